import { markdownBlock, markdownCode, markdownText } from '../../../core/markdown.ts'
import type { ClauseFinding, Findings } from '../findings.ts'
import { groupFailures, groupUnreached } from './grouping.ts'
import { groupLines, summary } from './words.ts'

/** Findings as Markdown, such as for a step summary or a pull request. */
export function toMarkdown(findings: Findings): string {
  const { target, hint, brokenOff, checks, clauses } = findings
  const groups = groupFailures(findings)
  const unreached = groupUnreached(checks)
  return [
    `# ${target.title} at ${markdownText(target.baseUrl)}`,
    '',
    ...(hint === undefined ? [] : [`**${markdownText(hint)}**`, '']),
    ...(brokenOff === undefined ? [] : [`**Broken off: ${markdownText(brokenOff)}**`, '']),
    summary(findings),
    '',
    ...(groups.length === 0 ? [] : ['## What is not as it should be', '']),
    ...groups.flatMap((group) => [...markdownBlock(groupLines(group)), '']),
    '## Clauses',
    '',
    '| clause | | shown by | what it says |',
    '| --- | --- | --- | --- |',
    ...clauses.map(clauseRow),
    '',
    ...(unreached.length === 0 ? [] : ['## Not reached', '']),
    ...unreached.map(({ because, ids }) => `- ${markdownText(because)}: ${ids.map(markdownCode).join(', ')}`),
    '',
  ].join('\n')
}

function clauseRow({ clause, outcome, shown, because }: ClauseFinding): string {
  const by = outcome === 'kept' ? `${shown} ${shown === 1 ? 'answer' : 'answers'}` : markdownText(because ?? '')
  const mark = {
    kept: 'kept',
    broken: '**broken**',
    differs: 'differs',
    accepted: 'accepted',
    'not reached': 'not reached',
  }[outcome]
  return `| ${clause.id} | ${mark} | ${by} | ${markdownText(clause.text)} |`
}
