import { markup } from '../../../core/markup.ts'
import type { CheckFinding, ClauseFinding, Findings } from '../findings.ts'
import { groupFailures } from './grouping.ts'
import { htmlPage } from './page.ts'
import { groupLines, summary } from './words.ts'

const style = `
pre { background: var(--soft); padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; border-left: .25rem solid var(--bad); }
.kept, .passed { color: var(--ok); } .broken, .failed { color: var(--bad); font-weight: 600; }
.differs { font-weight: 600; } pre.broken, pre.differs { color: inherit; font-weight: inherit; } pre.differs, pre.accepted { border-left-color: var(--line); } .not-reached { color: var(--dim); } .hint { border: 1px solid var(--bad); padding: .75rem 1rem; }
td:nth-child(-n+2) { white-space: nowrap; }`

/** Findings as one HTML page that needs nothing beside it. */
export function toHtml(findings: Findings): string {
  const { target, hint, brokenOff, startedAt, warnings, checks, clauses } = findings
  const groups = groupFailures(findings)
  return htmlPage(`${target.title}: ${summary(findings)}`, style, [
    `<h1>${markup(target.title)} at ${markup(target.baseUrl)}</h1>`,
    `<p>${markup(summary(findings))}. Begun at ${markup(startedAt)}, by ${markup(target.path)}.</p>`,
    ...[hint, brokenOff, ...warnings]
      .filter((line) => line !== undefined)
      .map((line) => `<p class="hint">${markup(line)}</p>`),
    ...(groups.length === 0 ? [] : ['<h2>What is not as it should be</h2>']),
    ...groups.map((group) => `<pre class="${group.outcome}">${markup(groupLines(group).join('\n'))}</pre>`),
    '<h2>Clauses</h2><table><tr><th>Clause</th><th>Outcome</th><th>Shown by</th><th>What it says</th></tr>',
    ...clauses.map(clauseRow),
    '</table><h2>Checks</h2><table><tr><th>Check</th><th>Outcome</th><th>What it shows</th></tr>',
    ...checks.map(checkRow),
    '</table>',
  ])
}

function clauseRow({ clause, outcome, shown, because }: ClauseFinding): string {
  return row([
    markup(clause.id),
    badge(outcome),
    markup(outcome === 'kept' ? String(shown) : (because ?? '')),
    markup(clause.text),
  ])
}

function checkRow({ id, outcome, title, because }: CheckFinding): string {
  return row([
    `<code>${markup(id)}</code>`,
    badge(outcome),
    markup(because === undefined ? title : `${title}: ${because}`),
  ])
}

function badge(outcome: string): string {
  return `<span class="${outcome.replace(' ', '-')}">${outcome}</span>`
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
}
