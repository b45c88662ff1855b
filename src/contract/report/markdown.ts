import { markdownBlock, markdownCode, markdownText } from '../../core/markdown.ts'
import type { ClauseFinding, Findings } from '../findings.ts'
import { failureLines, summary } from './words.ts'

/** Findings as Markdown, such as for a step summary or a pull request. */
export function toMarkdown(findings: Findings): string {
  const { target, hint, brokenOff, checks, clauses } = findings
  const failures = checks.flatMap((check) => check.failures)
  const unreached = checks.filter(({ outcome }) => outcome === 'not reached')
  return [
    `# ${target.title} at ${markdownText(target.baseUrl)}`,
    '',
    ...(hint === undefined ? [] : [`**${markdownText(hint)}**`, '']),
    ...(brokenOff === undefined ? [] : [`**Broken off: ${markdownText(brokenOff)}**`, '']),
    summary(findings),
    '',
    ...(failures.length === 0 ? [] : ['## What is not as it should be', '']),
    ...failures.flatMap((failure) => [...markdownBlock(failureLines(failure)), '']),
    '## Clauses',
    '',
    '| clause | | shown by | what it says |',
    '| --- | --- | --- | --- |',
    ...clauses.map(clauseRow),
    '',
    ...(unreached.length === 0 ? [] : ['## Not reached', '']),
    ...unreached.map(({ id, because }) => `- ${markdownCode(id)}: ${markdownText(because ?? '')}`),
    '',
  ].join('\n')
}

function clauseRow({ clause, outcome, shown, because }: ClauseFinding): string {
  const by = outcome === 'kept' ? `${shown} ${shown === 1 ? 'answer' : 'answers'}` : markdownText(because ?? '')
  const mark = { kept: 'kept', broken: '**broken**', differs: 'differs from a guess', 'not reached': 'not reached' }[
    outcome
  ]
  return `| ${clause.id} | ${mark} | ${by} | ${markdownText(clause.text)} |`
}
