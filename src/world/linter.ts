import type { AnyApi, UserView } from '../core/api.ts'
import { isJsonObject, type Json } from '../core/json.ts'
import type { Lint, LintedExchange, LintedUser } from '../core/lint.ts'
import type { Records } from '../core/step.ts'
import type { AnySettings } from './any-settings.ts'
import type { Entry } from './entry.ts'
import { clockRecord } from './own-records.ts'
import type { Stage } from './stage.ts'
import { isRefused } from './views.ts'

/** How many exchanges of an API are looked back upon; no rule is about more. */
const lookedBack = 50

/** The rules of some APIs, by API. */
export type LintTable = ReadonlyMap<string, readonly Lint[]>

/** Loads the rules that clients of some APIs are to keep. */
export async function loadLints(apis: readonly AnyApi[]): Promise<LintTable> {
  const loaded = apis.map(async ({ id, lints }) => [id, (await lints?.()) ?? []] as const)
  return new Map(await Promise.all(loaded))
}

/** Reads the requests of one world in their order, and tells which rules each breaks. */
export class Linter {
  readonly #stage: Stage
  readonly #table: LintTable
  readonly #earlier = new Map<string, LintedExchange[]>()

  constructor(stage: Stage, table: LintTable) {
    this.#stage = stage
    this.#table = table
  }

  /** The rules that a request breaks. */
  heed(entry: Entry): readonly Lint[] {
    const api = this.#stage.playing.find(({ id }) => id === entry.api)
    const lints = api === undefined ? undefined : this.#table.get(api.id)
    if (api === undefined || lints === undefined || lints.length === 0) return []
    const exchange = lintedExchange(this.#stage, api, entry)
    const earlier = this.#earlier.get(api.id) ?? []
    const broken = lints.filter((lint) => lint.breaks(exchange, earlier))
    this.#earlier.set(api.id, [exchange, ...earlier.slice(0, lookedBack - 1)])
    return broken
  }
}

function lintedExchange(stage: Stage, api: AnyApi, entry: Entry): LintedExchange {
  const { request, reply, at, address, operation, user } = entry
  const clock = clockRecord.get(stage.store)
  const [before, after] = sides(entry, api)
  const settings = stage.settings(api)
  return {
    operation,
    request,
    reply,
    refused: isRefused(entry, stage.apis),
    at,
    address,
    before: lintedUser(api, before, user, settings, at),
    after: lintedUser(api, after, user, settings, at),
    ...sessionsOf(entry, api),
    isStill: clock.frozen || clock.scale === 0,
    skewMs: clock.skewMs,
  }
}

/** The records that a request read or wrote, as it found them and as it left them. */
export function sides(entry: Entry, api: AnyApi): [before: Records, after: Records] {
  const changed = new Map(entry.changes.map(({ key, value }) => [key, value]))
  const before = (key: string): Json | undefined => entry.reads.get(`${api.id}/${key}`)
  return [{ get: before }, { get: (key) => (changed.has(key) ? changed.get(key) : before(key)) }]
}

/** The user whom a request was about, as it found them; undefined where it read of none. */
export function userBefore(entry: Entry, api: AnyApi, settings: AnySettings): UserView | undefined {
  const [before] = sides(entry, api)
  return viewOf(api, before, entry.user, settings, entry.at)
}

function viewOf(
  api: AnyApi,
  records: Records,
  user: string | undefined,
  settings: AnySettings,
  at: number,
): UserView | undefined {
  const record = user === undefined ? undefined : records.get(`user:${user}`)
  return isJsonObject(record) ? api.viewUser(record, settings, at) : undefined
}

function lintedUser(...asked: Parameters<typeof viewOf>): LintedUser | undefined {
  const view = viewOf(...asked)
  return view && { username: view.username, state: view.state, failures: view.failures, until: view.until }
}

function sessionsOf({ reads, changes }: Entry, api: AnyApi): Pick<LintedExchange, 'session' | 'opened'> {
  const prefix = `${api.id}/session:`
  const isThere = (id: string): boolean => isJsonObject(reads.get(prefix + id))
  const read = [...reads.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
  const written = changes.flatMap(({ key, value }) =>
    key.startsWith('session:') && value !== undefined ? [key.slice('session:'.length)] : [],
  )
  return { session: read.find(isThere), opened: written.find((id) => !isThere(id)) }
}
