import { workflowCommand } from '../../../core/workflow-command.ts'
import { isFatal, type Findings } from '../findings.ts'
import { groupFailures, someOf } from './grouping.ts'
import { groupLines, subjectOf, summary } from './words.ts'

const titles = {
  broken: 'is broken',
  outside: 'is not what a consumer expects',
  unexpected: 'is not what the journey expects',
  differs: 'differs',
  accepted: 'differs',
}

/** Findings as workflow commands of GitHub Actions: an annotation for each failure, and one that sums up. */
export function toGithub(findings: Findings): string {
  const { target, hint, brokenOff } = findings
  const lines = [hint, brokenOff]
    .filter((line) => line !== undefined)
    .map((line) => workflowCommand('error', { title: 'understudy' }, [line]))
  for (const group of groupFailures(findings)) {
    const level = isFatal(group) ? 'error' : 'notice'
    const [, ...details] = groupLines(group)
    const title = `${subjectOf(group)} ${titles[group.outcome]}`
    const message = [`${group.first.request} (${someOf(group.checks)})`, ...details.map((line) => line.trim())]
    lines.push(workflowCommand(level, { file: target.path, title }, message))
  }
  lines.push(workflowCommand('notice', { title: target.title }, [summary(findings)]))
  return `${lines.join('\n')}\n`
}
