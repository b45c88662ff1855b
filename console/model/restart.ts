import { effect, signal, type Signal } from '@preact/signals'
import type { ApiView, ChangeView, Json, JsonObject, User } from '../server/types.ts'
import { tryChange } from './actions.ts'
import { apis, changes, connection, requestTotal, server, users } from './live.ts'
import { toast } from './messages.ts'
import { worldName } from './place.ts'
import { lastingWords, lockOf } from './lasting.ts'

/** What the page knew of a world when its server was lost. */
interface Memory {
  readonly world: string
  readonly users: readonly User[]
  readonly apis: readonly ApiView[]
  readonly changes: readonly ChangeView[]
  readonly requests: number
}

/** What a server that was started again does not know any more. */
export interface Loss {
  readonly requests: number
  readonly changes: readonly string[]
  /** Who is in another state than before, with the state that they were in. */
  readonly users: readonly User[]
  readonly settings: readonly { readonly api: string; readonly patch: { readonly [name: string]: Json } }[]
}

/** Told until it is put right or dismissed. */
export const loss: Signal<Loss | undefined> = signal(undefined)

let memory: Memory | undefined

function remember(): void {
  memory ??= {
    world: worldName.peek(),
    users: users.peek()?.users ?? [],
    apis: apis.peek(),
    changes: changes.peek(),
    requests: requestTotal.peek(),
  }
}

async function compare(before: Memory): Promise<void> {
  const [past, { changes: made }, { users: found }, { apis: described }] = await Promise.all([
    server.request('GET /requests', { query: { limit: 1 } }),
    server.request('GET /changes'),
    server.request('GET /users', { query: { limit: 10_000 } }),
    server.request('GET /apis'),
  ])
  if (before.world !== worldName.peek()) return
  const known = new Set(made.map(keyOf))
  const gone = before.changes.filter((each) => !known.has(keyOf(each)))
  // A server that was merely out of reach has all of it, and more.
  if (past.total >= before.requests && gone.length === 0) return
  loss.value = {
    requests: Math.max(0, before.requests - past.total),
    changes: gone.map(({ what }) => what),
    users: before.users.filter((user) => isOther(user, found)),
    settings: before.apis.flatMap((api) => differing(api, described)),
  }
}

const keyOf = ({ at, what }: ChangeView): string => `${at} ${what}`

function isOther(before: User, found: readonly User[]): boolean {
  const now = found.find(({ api, username }) => api === before.api && username === before.username)
  return now !== undefined && (now.state !== before.state || now.failures !== before.failures)
}

function differing(before: ApiView, described: readonly ApiView[]): Loss['settings'] {
  const now: JsonObject = described.find(({ id }) => id === before.id)?.settings ?? {}
  const settings: JsonObject = before.settings
  const patch = Object.entries(settings).flatMap(([name, value]) => {
    const isTold = value !== undefined && before.fields.settings[name]?.secret !== true
    return isTold && JSON.stringify(value) !== JSON.stringify(now[name]) ? [[name, value] as const] : []
  })
  return patch.length === 0 ? [] : [{ api: before.id, patch: Object.fromEntries(patch) }]
}

/** Puts states, failures and settings back; requests and sessions are gone. */
export async function putBack({ users: lost, settings }: Loss): Promise<void> {
  const problem = await tryChange(async () => {
    for (const { api, patch } of settings) await server.request('PATCH /apis/{api}', { params: { api }, body: patch })
    for (const user of lost) {
      const { api, username } = user
      await server.request('PUT /users/{api}/{username}', { params: { api, username }, body: toChange(user) })
    }
  })
  if (problem === undefined) loss.value = undefined
  else toast('bad', problem.title, problem.message)
}

function toChange(user: User): { readonly [name: string]: Json } {
  const { state, failures, limit, until } = user
  const api = apis.peek().find(({ id }) => id === user.api)
  const isLocked = api !== undefined && state === lockOf(api)
  if (isLocked) return { state, ...(until === undefined ? {} : { [lastingWords[1]]: until }) }
  return { state, ...(failures === undefined || limit === undefined || failures >= limit ? {} : { failures }) }
}

/** Watches for a server that comes back without what it knew. */
export function watchRestarts(): void {
  effect(() => {
    if (connection.value === 'lost') remember()
    if (connection.value !== 'live' || memory === undefined) return
    const before = memory
    memory = undefined
    void compare(before).catch(() => undefined)
  })
  effect(() => {
    void worldName.value
    loss.value = undefined
  })
}
