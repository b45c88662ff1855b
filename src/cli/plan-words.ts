import type { PlannedCheck } from '../contract/planned-check.ts'
import type { LoadedTarget } from '../contract/target.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'

/** A plan for a terminal: every request, and how many wrong codes each account will see. */
export function planWords(planned: readonly PlannedCheck[], { target }: LoadedTarget): Line[] {
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
  const played = planned.filter(({ leftOut, unsafe }) => leftOut === undefined && unsafe === undefined)
  const sent = played.reduce((sum, { exchanges }) => sum + exchanges.length, 0)
  return [
    ...blocks.flat(),
    '',
    ...table(['ROLE', 'ACCOUNT', 'WRONG CODES', 'MAY BE LOCKED'], accounts),
    '',
    `${sent} requests in ${played.length} of ${planned.length} checks; nothing was sent`,
  ]
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
