import { styleText } from 'node:util'
import type { CheckFinding, Findings } from '../contract/findings.ts'
import type { PlannedCheck } from '../contract/plan.ts'
import { failureLines, summary } from '../contract/report/words.ts'
import type { LoadedTarget } from '../contract/target.ts'
import type { Io } from './io.ts'
import { table } from './table.ts'

/** What is told while a run goes on: a line for each check that failed, and where it is. */
export interface Progress {
  readonly start: (check: PlannedCheck, place: number, total: number) => void
  readonly done: (finding: CheckFinding) => void
  readonly wait: (what: string) => void
  readonly end: () => void
}

/** Progress on stderr: on a terminal one line that changes, elsewhere a line every ten checks and for each failure. */
export function progress(io: Io): Progress {
  const paint = (style: 'red' | 'dim', text: string): string => (io.color.err ? styleText(style, text) : text)
  return {
    start: (check, place, total) => {
      if (place % 20 === 0 || place === total) io.err(paint('dim', `${place}/${total} ${check.id}`))
    },
    done: ({ id, outcome, failures }) => {
      if (outcome === 'failed') io.err(paint('red', `failed: ${id}: ${failures[0]?.clause} is broken`))
      if (outcome === 'differs') io.err(`differs: ${id}: ${failures[0]?.clause} is a guess that does not hold here`)
    },
    wait: (what) => io.err(paint('dim', what)),
    end: () => undefined,
  }
}

/** Findings for a terminal: the clauses, what is broken, what was not reached, and a line that sums up. */
export function findingsWords(findings: Findings, color: boolean): string {
  const { target, hint, brokenOff, checks, clauses } = findings
  const paint = (style: 'bold' | 'red' | 'green' | 'dim', text: string): string =>
    color ? styleText(style, text) : text
  const failures = checks.flatMap((check) => check.failures)
  const rows = clauses.map(({ clause, outcome, shown, because }) => [
    clause.id,
    outcome,
    outcome === 'kept' ? `${shown} ${shown === 1 ? 'answer' : 'answers'}` : clip(because ?? '', 100),
  ])
  const lines = table(['CLAUSE', 'OUTCOME', 'SHOWN BY, OR WHY NOT'], rows)
    .split('\n')
    .map((line) => {
      if (/^\S+ +broken/.test(line)) return paint('red', line)
      if (/^\S+ +differs/.test(line)) return paint('bold', line)
      return /^\S+ +not reached/.test(line) ? paint('dim', line) : line
    })
  const unreached = checks.filter(({ outcome }) => outcome === 'not reached')
  return [
    ...(hint === undefined ? [] : [paint('bold', hint), '']),
    ...(brokenOff === undefined ? [] : [paint('bold', `Broken off: ${brokenOff}`), '']),
    `${paint('bold', target.title)} at ${target.baseUrl}`,
    '',
    ...lines,
    '',
    ...failures.flatMap((failure) => {
      const [first = '', ...more] = failureLines(failure)
      return [paint('red', first), ...more, '']
    }),
    ...reasons(unreached),
    findings.counts.failed === 0 && findings.counts.passed > 0 ? paint('green', summary(findings)) : summary(findings),
    ...(findings.counts.passed + findings.counts.failed === 0 ? ['Nothing was checked, so nothing is known.'] : []),
  ].join('\n')
}

/** Checks that were not reached, by reason: most have one in common. */
function reasons(unreached: readonly CheckFinding[]): string[] {
  const byReason = new Map<string, string[]>()
  for (const { id, because = '' } of unreached) byReason.set(because, [...(byReason.get(because) ?? []), id])
  const lines = [...byReason].flatMap(([because, ids]) => {
    const shown = ids.length > 3 ? `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more` : ids.join(', ')
    return [`not reached, because ${because}`, `  ${shown}`]
  })
  return lines.length === 0 ? [] : [...lines, '']
}

/** A plan for a terminal: every request, and how many wrong codes each account will see. */
export function planWords(planned: readonly PlannedCheck[], { target }: LoadedTarget): string {
  const blocks = planned.map(({ id, title, exchanges, attempts, leftOut, unsafe }) => {
    const head = `${id}: ${title}`
    if (leftOut !== undefined) return [head, `  left out: ${leftOut}`]
    const requests = exchanges.map(({ sent, meaning }) => `  ${sent.method} ${sent.path}  ${meaning.clause}`)
    const counts = [...attempts].map(
      ([user, count]) => `  ${count} wrong ${count === 1 ? 'code' : 'codes'} for ${user}`,
    )
    return [head, ...folded(requests), ...counts, ...(unsafe === undefined ? [] : [`  UNSAFE: ${unsafe}`])]
  })
  const totals = new Map<string, number>()
  for (const { attempts, unsafe } of planned) {
    if (unsafe === undefined) for (const [user, count] of attempts) totals.set(user, (totals.get(user) ?? 0) + count)
  }
  const accounts = Object.entries(target.accounts).map(([role, { username, mayBeLocked }]) => [
    role,
    username,
    String(totals.get(username) ?? 0),
    mayBeLocked ? 'yes' : 'no',
  ])
  const sent = planned.reduce((sum, { exchanges, unsafe }) => sum + (unsafe === undefined ? exchanges.length : 0), 0)
  return [
    ...blocks.map((lines) => lines.join('\n')),
    '',
    table(['ROLE', 'ACCOUNT', 'WRONG CODES', 'MAY BE LOCKED'], accounts),
    '',
    `${sent} requests in ${planned.filter(({ leftOut, unsafe }) => leftOut === undefined && unsafe === undefined).length} checks; nothing was sent`,
  ].join('\n')
}

/** Lines that follow each other and are the same, once. */
function folded(lines: readonly string[]): string[] {
  const found: { line: string; count: number }[] = []
  for (const line of lines) {
    const last = found.at(-1)
    if (last?.line === line) last.count++
    else found.push({ line, count: 1 })
  }
  return found.map(({ line, count }) => (count === 1 ? line : `${line} × ${count}`))
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
