import { formatDuration } from '../core/duration.ts'
import type { PlannedCheck } from '../contract/playing/planned-check.ts'
import type { LoadedTarget } from '../contract/target/loaded-target.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'

/** A plan for a terminal: every request, and how many wrong codes each account will see. */
export function planWords(planned: readonly PlannedCheck[], { target }: LoadedTarget, waitMs: number): Line[] {
  const blocks = planned.map(({ id, title, exchanges, attempts, waitMs: ownMs, leftOut, unsafe }) => {
    const head = `${id}: ${title}`
    if (leftOut !== undefined) return [head, `  left out: ${leftOut}`]
    const requests = exchanges.map(({ sent, meaning }) => `  ${sent.method} ${sent.path}  ${meaning.clause}`)
    const counts = [...attempts].map(
      ([user, count]) => `  ${count} wrong ${count === 1 ? 'code' : 'codes'} for ${user}`,
    )
    const wait = ownMs === 0 ? [] : [`  waits ${formatDuration(ownMs)}`]
    return [head, ...folded(requests), ...wait, ...counts, ...(unsafe === undefined ? [] : [`  UNSAFE: ${unsafe}`])]
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
  const played = planned.filter(({ leftOut, unsafe }) => leftOut === undefined && unsafe === undefined)
  const sent = played.reduce((sum, { exchanges }) => sum + exchanges.length, 0)
  return [
    ...blocks.flat(),
    '',
    ...table(['ROLE', 'ACCOUNT', 'WRONG CODES', 'MAY BE LOCKED'], accounts),
    '',
    ...(waitMs === 0 ? [] : [`It waits ${formatDuration(waitMs)} in all, for accounts to be unlocked again too.`]),
    `${sent} requests in ${played.length} of ${planned.length} checks; nothing was sent`,
  ]
}

/** A plan as data. */
export function planJson(
  planned: readonly PlannedCheck[],
  waitMs: number,
): { readonly waitMs: number; readonly checks: readonly object[] } {
  const checks = planned.map(({ id, title, kind, exchanges, attempts, waitMs: ownMs, leftOut, unsafe }) => ({
    id,
    title,
    kind,
    requests: exchanges.map(({ sent: { method, path }, meaning: { clause } }) => ({ method, path, clause })),
    attempts: Object.fromEntries(attempts),
    waitMs: ownMs,
    leftOut,
    unsafe,
  }))
  return { waitMs, checks }
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
