import type { AnyApi, SessionView, UserView } from '../core/api.ts'
import { checkPatch } from '../core/check.ts'
import { checkOptions, type OptionNames } from '../core/check-options.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import type { FieldMap } from '../core/field.ts'
import type { Infer, WrittenIn } from '../core/infer.ts'
import { asObject, own, type JsonObject } from '../core/json.ts'
import { nearestWord } from '../core/nearest.ts'
import { spellFields } from '../core/spell-fields.ts'
import type { Records } from '../core/step.ts'
import { totpCounter } from '../core/second-factor.ts'
import { worldTime } from '../core/clock.ts'
import { catchUp } from './catch-up.ts'
import { changeSettings, checkChange, forceUser, openSessions } from './force-user.ts'
import { maskSession } from './mask.ts'
import { changedSettings, resetSettings, scenarioSettings } from './scenario-settings.ts'
import { sequenceOf, type SequenceStep } from './sequence.ts'
import type { Stage } from './stage.ts'
import { clockRecord } from './own-records.ts'
import { cloneUser, readUsers, removeUser } from './coming-users.ts'
import { checkState, searchUsers, statesOf, type FoundUsers, type UserSearch } from './user-search.ts'

const knownOfUsers: OptionNames<UserSearch> = { limit: true, after: true, search: true, state: true }

/** A change, as a program writes it: durations as `30m` or in milliseconds, instants as ISO-8601 or `+30m`. */
export type Patch<Fields> = { readonly [Name in keyof Fields]?: WrittenIn<Fields[Name]> }

/** Part of a list that may be long. */
export type Page<Item> = { readonly total: number; readonly items: readonly Item[] }

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
    catchUp(this.#stage)
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
    catchUp(this.#stage)
    changeSettings(this.#stage, this.#api, patch)
    return this.settings
  }

  /** Puts settings back to what the scenario says: those that are named, or all. Throws ERR_CHANGE_INVALID. */
  resetSettings(names: readonly string[] = Object.keys(this.#api.settings)): Infer<Some['settings']> {
    resetSettings(this.#stage, this.#api, names)
    return this.settings
  }

  /**
   * The users in the order of the scenario; `after` is the last username of the page before, `search` words that are in
   * their usernames, names or addresses, or are their states. Throws ERR_FILTER_INVALID for a state that there is none of.
   */
  users(options: UserSearch = {}): FoundUsers {
    checkOptions('users(options)', options, knownOfUsers)
    catchUp(this.#stage)
    if (options.state !== undefined) checkState(options.state, this.states)
    return searchUsers(this.#stage, this.#api, options)
  }

  /** The states that users can be put into, and those that they are in. */
  get states(): string[] {
    return statesOf(this.#stage, this.#api)
  }

  /** The sessions, oldest first. */
  sessions(limit = 100): Page<SessionView & { readonly id: string }> {
    catchUp(this.#stage)
    const items: (SessionView & { readonly id: string })[] = []
    let total = 0
    if (this.#api.viewSession === undefined) return { total, items }
    const settings = this.#stage.settings(this.#api)
    for (const key of this.#keys('session:')) {
      total++
      if (items.length >= limit) continue
      const session = asObject(this.#stage.store.get(key))
      const id = maskSession(key.slice(`${this.id}/session:`.length))
      items.push({ id, ...this.#api.viewSession(session, this.#records, settings, this.#stage.now()) })
    }
    return { total, items }
  }

  /** How many sessions each of these users has that the next request would find alive. Those of others are not looked at. */
  openSessions(usernames: Iterable<string>): ReadonlyMap<string, number> {
    return openSessions(this.#stage, this.#api, usernames)
  }

  /**
   * Further users, each as a scenario writes one, with its `username`: all of them, or none. They are there until the
   * scenario is started again. Throws ERR_CHANGE_INVALID with everything that is wrong; `preview` changes nothing.
   */
  async add(users: readonly JsonObject[], { preview = false } = {}): Promise<readonly UserView[]> {
    return this.#stage.answers.until(() => {
      const coming = readUsers(this.#stage, this.#api, users)
      if (!preview) coming.come()
      return coming.views
    })
  }

  /** One user. Throws ERR_USER_UNKNOWN, naming the nearest, or ERR_USER_AMBIGUOUS, naming those of that name. */
  user(username: string): UserHandle<Some['userChange']> {
    catchUp(this.#stage)
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

  /** All of that name, who may be in several accounts. */
  named(name: string): readonly UserView[] {
    const settings = this.#stage.settings(this.#api)
    const recordOf = (id: string): JsonObject => asObject(this.#stage.store.get(this.#key(id)))
    return this.#idsOf(name).map((id) => this.#api.viewUser(recordOf(id), settings, this.#stage.now()))
  }

  /** Whether its users can be changed in this way: it knows the members, the state and what they are. */
  takes(change: JsonObject): boolean {
    return checkPatch(this.#api.userChange, change).value !== undefined
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
    const ids = this.#api.userIds?.(name, this.#records) ?? []
    return ids.filter((id) => this.#stage.store.get(this.#key(id)) !== undefined)
  }

  #key(id: string): string {
    return `${this.id}/user:${id}`
  }

  get #records(): Records {
    return { get: (key: string) => this.#stage.store.get(`${this.id}/${key}`) }
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
    catchUp(this.#stage)
    return this.#api.viewUser(this.#record, this.#stage.settings(this.#api), this.#stage.now())
  }

  /** Forces a state, at once and for open sessions too: `{ state: 'blocked', for: '30m' }`. */
  set(change: Patch<Change>): UserView {
    return this.#set(change)
  }

  #set(change: unknown): UserView {
    catchUp(this.#stage)
    return forceUser(this.#stage, this.#api, this.#key, change)
  }

  /** Throws what {@link set} would, and changes nothing. */
  check(change: Patch<Change>): void {
    checkChange(this.#stage, this.#api, this.#key, change)
  }

  /** Another user who is the same, but for the username and the id. Throws ERR_CHANGE_INVALID for one who is there. */
  async clone(username: string): Promise<UserView> {
    return this.#stage.answers.until(() => cloneUser(this.#stage, this.#api, this.#key, username))
  }

  /** Takes the user away, until the scenario is started again. */
  remove(): void {
    removeUser(this.#stage, this.#api, this.#key)
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

  get #record(): JsonObject {
    return asObject(this.#stage.store.get(this.#key))
  }
}
