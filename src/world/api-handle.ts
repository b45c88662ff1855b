import type { AnyApi, SessionView, UserView } from '../core/api.ts'
import { checkPatch } from '../core/check.ts'
import { didYouMean, formatIssue, UnderstudyError, type Issue } from '../core/errors.ts'
import type { AnyField, FieldMap } from '../core/field.ts'
import type { Infer, WrittenIn } from '../core/infer.ts'
import { toIso } from '../core/instant.ts'
import { asObject, own, type JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { spellFields } from '../core/spell-fields.ts'
import { totpCounter } from '../core/second-factor.ts'
import { worldTime } from '../core/clock.ts'
import { masked, maskSession } from './mask.ts'
import { changedSettings, scenarioSettings } from './scenario-settings.ts'
import { sequenceOf, type SequenceStep } from './sequence.ts'
import type { Stage } from './stage.ts'
import { clockRecord } from './own-records.ts'

/** A change, as a program writes it: durations as `30m` or in milliseconds, instants as ISO-8601 or `+30m`. */
export type Patch<Fields> = { readonly [Name in keyof Fields]?: WrittenIn<Fields[Name]> }

/** Part of a list that may be long. */
export type Page<Item> = { readonly total: number; readonly items: readonly Item[] }

function unknownSetting(name: string, known: readonly string[]): Issue[] {
  if (known.includes(name)) return []
  const nearest = nearestWord(name, known)
  const message = `"${name}" is no setting; there are ${known.join(', ')}.`
  return [{ path: [name], message, ...(nearest === undefined ? {} : { nearest }) }]
}

/** Whether a setting, or what a list of it holds, is not to be told. */
function isSecret(field: AnyField | undefined): boolean {
  if (field === undefined || field.secret === true) return true
  return field.kind === 'list' || field.kind === 'map' ? isSecret(field.item) : false
}

/** One API of a world, to look at and to change while it runs. */
export class ApiHandle<Some extends AnyApi = AnyApi> {
  readonly id: string
  readonly title: string
  readonly #stage: Stage
  readonly #api: AnyApi

  constructor(stage: Stage, api: Some) {
    this.id = api.id
    this.title = api.title
    this.#stage = stage
    this.#api = api
  }

  /** The settings in force; durations in milliseconds. */
  get settings(): Infer<Some['settings']> {
    return this.#stage.settings(this.#api) as Infer<Some['settings']>
  }

  /** The same as a scenario would write them: durations as `30m`. */
  get writtenSettings(): JsonObject {
    return spellFields(this.#api.settings, this.#stage.settings(this.#api))
  }

  /** What the scenario says of the settings that are not so any more, as it would write them; null where it says nothing. */
  get changedSettings(): JsonObject {
    const before = spellFields(this.#api.settings, scenarioSettings(this.#stage, this.#api))
    return Object.fromEntries(changedSettings(this.#stage, this.#api).map((name) => [name, own(before, name) ?? null]))
  }

  /** Where it is mounted: the prefix of its paths. */
  get path(): string {
    return this.#api.mount(this.#stage.settings(this.#api))
  }

  /** Changes settings at once: `{ active: false, blockFor: '10m' }`. */
  set(patch: Patch<Some['settings']>): Infer<Some['settings']> {
    const { value, issues } = checkPatch(this.#api.settings, patch)
    if (value === undefined) throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
    this.#stage.store.put(`${this.id}/settings`, { ...this.#stage.settings(this.#api), ...value })
    this.#stage.tell(
      `${this.title}: ${Object.entries(patch)
        .map(([name, to]) => `${name} is now ${isSecret(this.#api.settings[name]) ? masked : String(to)}`)
        .join(', ')}`,
    )
    return this.settings
  }

  /** Puts settings back to what the scenario says: those that are named, or all. Throws ERR_CHANGE_INVALID. */
  resetSettings(names: readonly string[] = Object.keys(this.#api.settings)): Infer<Some['settings']> {
    const known = Object.keys(this.#api.settings)
    const issues = names.flatMap((name) => unknownSetting(name, known))
    if (issues.length > 0) throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
    const back = changedSettings(this.#stage, this.#api).filter((name) => names.includes(name))
    if (back.length === 0) return this.settings
    const before = scenarioSettings(this.#stage, this.#api)
    const kept = Object.entries(this.#stage.settings(this.#api)).filter(([name]) => !back.includes(name))
    const again = Object.entries(before).filter(([name]) => back.includes(name))
    this.#stage.store.put(`${this.id}/settings`, Object.fromEntries([...kept, ...again]))
    this.#stage.tell(`${this.title}: ${back.join(', ')} ${back.length === 1 ? 'is' : 'are'} as in the scenario again`)
    return this.settings
  }

  /**
   * The users in the order of the scenario; `after` is the last username of the page before, `search` a part of the
   * usernames to look for.
   */
  users(options: { readonly limit?: number; readonly after?: string; readonly search?: string } = {}): Page<UserView> {
    const { limit = 100, after, search = '' } = options
    const sought = search.toLowerCase()
    const items: UserView[] = []
    let total = 0
    let reached = after === undefined
    for (const key of this.#keys('user:')) {
      if (sought !== '' && !key.slice(this.#key('').length).toLowerCase().includes(sought)) continue
      total++
      if (reached && items.length < limit) items.push(this.#viewUser(key))
      if (key === `${this.id}/user:${after}`) reached = true
    }
    return { total, items }
  }

  /** The sessions, oldest first. */
  sessions(limit = 100): Page<SessionView & { readonly id: string }> {
    const items: (SessionView & { readonly id: string })[] = []
    let total = 0
    if (this.#api.viewSession === undefined) return { total, items }
    const settings = this.#stage.settings(this.#api)
    const records = { get: (key: string) => this.#stage.store.get(`${this.id}/${key}`) }
    for (const key of this.#keys('session:')) {
      total++
      if (items.length >= limit) continue
      const session = asObject(this.#stage.store.get(key))
      const id = maskSession(key.slice(`${this.id}/session:`.length))
      items.push({ id, ...this.#api.viewSession(session, records, settings, this.#stage.now()) })
    }
    return { total, items }
  }

  /** How many sessions each user has that the next request would find alive. */
  openSessions(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    for (const { username, state } of this.sessions(Infinity).items)
      if (state !== 'expired') counts.set(username, (counts.get(username) ?? 0) + 1)
    return counts
  }

  /** One user. Throws ERR_USER_UNKNOWN, naming the nearest, or ERR_USER_AMBIGUOUS, naming those of that name. */
  user(username: string): UserHandle<Some['userChange']> {
    const [id, ...others] = this.#idsOf(username)
    if (id === undefined) throw this.#unknownUser(username)
    if (others.length > 0) {
      const all = [id, ...others].map((each) => `"${each}"`).join(' or ')
      throw new UnderstudyError('ERR_USER_AMBIGUOUS', `${this.title} has several users "${username}"; say ${all}.`)
    }
    return new UserHandle(this.#stage, this.#api, this.#key(id))
  }

  /** Whether there is such a user, or are several. */
  has(username: string): boolean {
    return this.#idsOf(username).length > 0
  }

  /** Enough names to find a misspelling: a crowd of a million is not searched for one. */
  usernames(): string[] {
    const names: string[] = []
    for (const key of this.#keys('user:')) {
      names.push(key.slice(`${this.id}/user:`.length))
      if (names.length === 1000) break
    }
    return names
  }

  #idsOf(name: string): readonly string[] {
    if (this.#stage.store.get(this.#key(name)) !== undefined) return [name]
    const records = { get: (key: string) => this.#stage.store.get(`${this.id}/${key}`) }
    const ids = this.#api.userIds?.(name, records) ?? []
    return ids.filter((id) => this.#stage.store.get(this.#key(id)) !== undefined)
  }

  #key(id: string): string {
    return `${this.id}/user:${id}`
  }

  #viewUser(key: string): UserView {
    return this.#api.viewUser(asObject(this.#stage.store.get(key)), this.#stage.settings(this.#api), this.#stage.now())
  }

  #keys(kind: string): Iterable<string> {
    return this.#stage.store.keys(`${this.id}/${kind}`)
  }

  #unknownUser(username: string): UnderstudyError {
    const known = this.usernames()
    const some = known.length > 10 ? `${known.slice(0, 10).join(', ')}, …` : known.join(', ')
    const there = known.length === 0 ? 'it has no users' : `it has ${some}`
    return new UnderstudyError(
      'ERR_USER_UNKNOWN',
      `${this.title} has no user "${username}"; ${there}.${didYouMean(nearestWord(username, known))}`,
    )
  }
}

/** One user of an API, to look at and to change while the world runs. */
export class UserHandle<Change extends FieldMap = FieldMap> {
  readonly #stage: Stage
  readonly #api: AnyApi
  readonly #key: string

  constructor(stage: Stage, api: AnyApi, key: string) {
    this.#stage = stage
    this.#api = api
    this.#key = key
  }

  /** The state that requests would meet now. */
  view(): UserView {
    return this.#api.viewUser(this.#record, this.#stage.settings(this.#api), this.#stage.now())
  }

  /** Forces a state, at once and for open sessions too: `{ state: 'blocked', for: '30m' }`. */
  set(change: Patch<Change>): UserView {
    return this.#set(change)
  }

  #set(change: unknown): UserView {
    const { value, issues } = checkPatch(this.#api.userChange, change)
    if (value === undefined) throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
    const ends = value['state'] === 'expired' ? this.#openSessions() : undefined
    const user = this.#api.changeUser(this.#record, value, this.#stage.settings(this.#api), this.#stage.now())
    this.#stage.store.put(this.#key, user)
    const view = this.view()
    if (ends !== undefined) {
      const ended = ends === 0 ? 'had no session to end' : `had ${ends} ${ends === 1 ? 'session' : 'sessions'} ended`
      this.#stage.tell(`${this.#api.title}: ${view.username} ${ended}`, this.#key)
      return view
    }
    const until = view.until === undefined ? '' : ` until ${toIso(view.until)}`
    const failures = view.failures === undefined ? '' : `, ${view.failures} of ${view.limit} failures`
    this.#stage.tell(`${this.#api.title}: ${view.username} was set to ${view.state}${until}${failures}`, this.#key)
    return view
  }

  /** What the user did and met, oldest first: requests with the states around them, and changes from outside. */
  sequence(): SequenceStep[] {
    return sequenceOf(this.#stage, this.#api, this.#key.slice(`${this.#api.id}/user:`.length))
  }

  unblock(): UserView {
    return this.#set({ unblock: true })
  }

  /** The code that the user's authenticator app shows now, or the fixed one. The app's clock has no skew. */
  async code(): Promise<string> {
    const { pin, code, totp } = this.view().details as { pin?: string; code?: string; totp?: { secret: string } }
    if (totp === undefined) return pin ?? code ?? ''
    const at = worldTime(clockRecord.get(this.#stage.store), this.#stage.time())
    const question = { kind: 'totp', secret: totp.secret, counter: totpCounter(at) } as const
    return String(await this.#stage.answers.until((ask) => ask(question)))
  }

  #openSessions(): number {
    const api = new ApiHandle(this.#stage, this.#api)
    return api.openSessions().get(this.view().username) ?? 0
  }

  get #record(): JsonObject {
    return asObject(this.#stage.store.get(this.#key))
  }
}
