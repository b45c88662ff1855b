import type { Findings } from '../findings.ts'
import { groupFailures, someOf } from './grouping.ts'
import { groupLines, outcomeWords, summary } from './words.ts'

/** Findings as workflow commands of GitHub Actions: an annotation for each failure, and one that sums up. */
export function toGithub(findings: Findings): string {
  const { target, hint, brokenOff } = findings
  const lines = [hint, brokenOff]
    .filter((line) => line !== undefined)
    .map((line) => `::error title=understudy::${message(line)}`)
  for (const group of groupFailures(findings)) {
    const level = group.outcome === 'broken' ? 'error' : 'notice'
    const [, ...details] = groupLines(group)
    const title = `${group.clause} ${outcomeWords(group.first)}`
    const text = [`${group.first.request} (${someOf(group.checks)})`, ...details.map((line) => line.trim())].join('\n')
    lines.push(`::${level} file=${property(target.path)},title=${property(title)}::${message(text)}`)
  }
  lines.push(`::notice title=${property(target.title)}::${message(summary(findings))}`)
  return `${lines.join('\n')}\n`
}

function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
