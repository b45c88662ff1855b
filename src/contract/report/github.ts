import type { Findings } from '../findings.ts'
import { differenceLine, outcomeWords, summary } from './words.ts'

/** Findings as workflow commands of GitHub Actions: an annotation for each failure, and one that sums up. */
export function toGithub(findings: Findings): string {
  const { target, hint, brokenOff, checks } = findings
  const lines = [hint, brokenOff]
    .filter((line) => line !== undefined)
    .map((line) => `::error title=understudy::${message(line)}`)
  for (const failure of checks.flatMap(({ failures }) => failures)) {
    const { id, step, clause, request, outcome, differences } = failure
    const text = [`${request} (${id}, step ${step})`, ...differences.map(differenceLine)].join('\n')
    const [level, title] = [outcome === 'broken' ? 'error' : 'notice', `${clause} ${outcomeWords(failure)}`]
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
