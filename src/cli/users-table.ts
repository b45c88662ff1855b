import type { ShownUser } from '../control/views.ts'
import { parseDuration } from '../core/duration.ts'
import type { Json } from '../core/json.ts'
import type { Shell } from './command.ts'
import { paint, type Line, type Span } from './shown.ts'
import { table } from './table.ts'

/**
 * Users as a table: what one needs to sign in with, and where they stand. A terminal has room for less: there it says how
 * long a state lasts, as people say it, and leaves passwords out that are the username.
 */
export function usersTable({ io: { columns } }: Shell, users: readonly ShownUser[]): Line[] {
  const isNarrow = columns !== undefined && columns < 110
  const isTold = users.some(({ username, password }) => password !== username.split('/').at(-1))
  const rows = users.map((user) => [
    user.api,
    user.username,
    stateText(user.state),
    user.failures === undefined ? '' : `${user.failures}/${shownText(user.limit)}`,
    untilText(user, isNarrow),
    isNarrow && !isTold ? '' : shownText(user['password']),
    shownText(user['pin'] ?? user['code'] ?? (user['totp'] === undefined ? '' : isNarrow ? 'by app' : 'time-based')),
  ])
  const [failures, until, password] = isNarrow ? ['FAILS', 'FOR', 'PASS'] : ['FAILURES', 'UNTIL', 'PASSWORD']
  return table(['API', 'USER', 'STATE', failures, until, password, 'PIN'], rows, columns)
}

function untilText({ until, remaining }: ShownUser, isNarrow: boolean): string {
  if (until === undefined) return ''
  return isNarrow ? saidDuration(shownText(remaining)) : `${until} (${shownText(remaining)})`
}

/** A duration as people say it, in two parts at most: `29m58s` is 30 min, `1h30m` is 1 h 30 min. */
export function saidDuration(written: string): string {
  const ms = parseDuration(written)
  if (ms === undefined) return written
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`
  const minutes = Math.round(ms / 60_000)
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  const parts = [days > 0 ? `${days} d` : '', hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : '']
  return parts.filter(Boolean).slice(0, 2).join(' ')
}

/** A state in the colour of how far one gets with it. */
export function stateText(state: string): Span {
  const style = Object.entries(colours).find(([, states]) => (states as readonly string[]).includes(state))?.[0]
  return style === undefined ? state : paint(style as keyof typeof colours, state)
}

const colours = {
  green: ['active', 'authenticated', 'bypass'],
  yellow: ['onboarding', 'two-factor-required'],
  red: ['blocked', 'locked', 'no-api-access', 'no-groups'],
  dim: ['expired'],
} as const satisfies { readonly [style: string]: readonly string[] }

/** A status in the colour of what it says. */
export function statusText(status: number): Span {
  return paint(status >= 500 ? 'yellow' : status >= 400 ? 'red' : 'green', String(status))
}

/** A value as a cell tells it. */
export function shownText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
