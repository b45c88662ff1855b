import type { ShownUser } from '../control/views.ts'
import type { Json } from '../core/json.ts'
import type { Shell } from './command.ts'
import type { Line } from './shown.ts'
import { table } from './table.ts'

/** Users as a table: what one needs to sign in with, and where they stand. */
export function usersTable(_shell: Shell, users: readonly ShownUser[]): Line[] {
  const rows = users.map((user) => [
    user.api,
    user.username,
    user.state,
    user.failures === undefined ? '' : `${user.failures}/${shownText(user.limit)}`,
    user.until === undefined ? '' : `${user.until} (${shownText(user.remaining)})`,
    shownText(user['password']),
    shownText(user['pin'] ?? user['code'] ?? (user['totp'] === undefined ? '' : 'time-based')),
  ])
  return table(['API', 'USER', 'STATE', 'FAILURES', 'UNTIL', 'PASSWORD', 'PIN'], rows)
}

/** A value as a cell tells it. */
export function shownText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
