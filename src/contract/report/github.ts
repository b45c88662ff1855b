import { isGuess } from '../../core/clause.ts'
import { workflowCommand } from '../../core/workflow-command.ts'
import type { Findings } from '../findings.ts'
import { differenceLine, summary } from './words.ts'

/** Findings as workflow commands of GitHub Actions: an annotation for each failure, and one that sums up. */
export function toGithub(findings: Findings): string {
  const { target, hint, brokenOff, checks } = findings
  const lines = [hint, brokenOff]
    .filter((line) => line !== undefined)
    .map((line) => workflowCommand('error', { title: 'understudy' }, [line]))
  for (const { id, step, clause, request, differences } of checks.flatMap(({ failures }) => failures)) {
    const message = [`${request} (${id}, step ${step})`, ...differences.map(differenceLine)]
    const [level, title] = isGuess(clause)
      ? (['notice', `${clause} differs`] as const)
      : (['error', `${clause} is broken`] as const)
    lines.push(workflowCommand(level, { file: target.path, title }, message))
  }
  lines.push(workflowCommand('notice', { title: target.title }, [summary(findings)]))
  return `${lines.join('\n')}\n`
}
