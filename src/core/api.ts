import type { ErrorForm } from './api-error.ts'
import type { Clause } from './clause.ts'
import type { Issue } from './errors.ts'
import type { AnyField, FieldMap } from './field.ts'
import type { Infer } from './infer.ts'
import type { HttpRequest } from './http.ts'
import type { Json, JsonObject } from './json.ts'
import type { Kit } from './kit.ts'
import type { Lint } from './lint.ts'
import type { AnyMutant, Mutant } from './mutant.ts'
import type { Operation } from './route.ts'
import type { Change, Context, Outcome, Question, Records, Reply } from './step.ts'
import type { AnyTracing } from './tracing.ts'
import type { RouteMiss } from './unrouted.ts'

/** The descriptions of an API from which the types of everything else about it follow. */
export interface ApiParts {
  readonly id: string
  readonly operations: readonly { readonly id: string }[]
  /** How a scenario spells this API. */
  readonly section: FieldMap
  /** The part of the section that can be changed while the world runs. */
  readonly settings: FieldMap
  /** What can be done to one user while the world runs. */
  readonly userChange: FieldMap
  /** How a person of a scenario's `people` gets an identity here. */
  readonly identity: Identity
}

/**
 * An API, as the world, the scenario, the control API and the contract kit need to know it. It is typed by its parts:
 * `Api<typeof parts>`, with `{ ...parts, title: … }` as its value.
 */
export interface Api<Parts extends ApiParts> {
  readonly id: Parts['id']
  readonly title: string
  readonly clauses: readonly Clause[]
  readonly operations: readonly (Operation<Infer<Parts['settings']>> & Pick<Parts['operations'][number], 'id'>)[]
  /** Prefix of the operations' paths. */
  mount(settings: Infer<Parts['settings']>): string
  /**
   * What the host product does with a request below the mount that is for nothing here, before anybody looks where it
   * goes; undefined where it lets it pass. Left out where there is no such host.
   */
  elsewhere?(records: Records, request: HttpRequest, context: Context<Infer<Parts['settings']>>): Outcome | undefined
  /** Matches the end of every path that is this API's or looks meant for it, whatever stands before it. */
  readonly claims: RegExp
  /**
   * Matches the paths that are its own for certain, from the start. Handlers for any origin take only these, as the
   * app may have others of its own; what `claims` matches if left out.
   */
  readonly ownPaths?: RegExp
  /** Answers a claimed path that is none of the operations'. */
  unknownPath(path: string, settings: Infer<Parts['settings']>): Reply
  /** Another spelling of a path that no operation takes, by which to look again. */
  respell?(path: string, settings: Infer<Parts['settings']>): string | undefined
  /**
   * Answers what no operation takes in the API's own form, instead of `unknownPath` and the 405 of every API; undefined
   * where these will do.
   */
  unrouted?(request: HttpRequest, lost: RouteMiss, settings: Infer<Parts['settings']>, now: number): Reply | undefined
  /** Whether X-Forwarded-For tells where requests come from; the setting `trustProxy` if left out. */
  trustsProxy?(settings: Infer<Parts['settings']>): boolean
  /**
   * How the answers of an operation word an error, for faults that answer one; undefined where they have no form for it.
   * Left out by an API that has none. The same form each time, where it is the same.
   */
  errorForm?(operation: string): ErrorForm<Infer<Parts['settings']>> | undefined
  /** The clause that a 405 plays. */
  readonly wrongMethodClause: string
  readonly section: Parts['section']
  /**
   * The ids of the user records that a name stands for. Left out where the name is the id; needed where one name may
   * be several users.
   */
  userIds?(name: string, records: Records): readonly string[]
  /**
   * What is wrong with a section although each of its members fits; paths are relative to the section. Asked for no
   * more than anybody reads, so that looking for the nearest word is best left until then.
   */
  sectionIssues(section: Infer<Parts['section']>): Iterable<Issue>
  readonly identity: Parts['identity']
  readonly settings: Parts['settings']
  readonly userChange: Parts['userChange']
  /** The records a scenario starts with. */
  seed(section: Infer<Parts['section']>, start: SeedStart): Seed
  /** What the records of each kind look like, so that foreign snapshots can be checked. */
  readonly records: { readonly [kind: string]: AnyField }
  /** Kinds of records that others may hold copies of, by the name of many; left out where nobody needs any. */
  readonly collections?: { readonly [name: string]: CollectionSpec }
  viewUser(user: JsonObject, settings: Infer<Parts['settings']>, now: number): UserView
  /** Left out by an API without sessions. Whose it is, is what its record says as `username`, where it says so. */
  viewSession?(session: JsonObject, records: Records, settings: Infer<Parts['settings']>, now: number): SessionView
  /** What else is written where a user comes or goes; left out where no other record knows of a user. */
  userKin?(user: JsonObject, records: Records, isComing: boolean): readonly Change[]
  /** The user after a change; throws an UnderstudyError that says what is wrong with it. */
  changeUser(
    user: JsonObject,
    change: Partial<Infer<Parts['userChange']>>,
    settings: Infer<Parts['settings']>,
    now: number,
  ): JsonObject
  readonly providerStates: { readonly [name: string]: ProviderState }
  /** What curl is to be called with to see the API at work, for one of its users; word by word, as no shell has read it. */
  tryOut(url: string, user: UserView, settings: Infer<Parts['settings']>): readonly string[]
  /** What a body tells of the outcome; for an API that says no with a status that says yes. */
  readonly outcome?: (body: JsonObject) => NamedResult | undefined
  /** What it takes to check real servers, loaded only where one is; left out by an API that is only played. */
  readonly loadKit?: () => Promise<Kit>
  /** The ways in which a server plausibly gets a clause wrong; loaded only where one is played. */
  readonly mutants?: () => Promise<readonly Mutant<Infer<Parts['settings']>>[]>
  /** The rules that its clients are to keep; loaded where somebody asks. Left out where it knows of none. */
  readonly lints?: () => Promise<readonly Lint[]>
  /** What the journal must not show. */
  readonly secrets: Secrets
  /** What coverage and pacts from traffic take; left out by an API that has neither. */
  readonly tracing?: () => Promise<AnyTracing>
}

/** An API of which no more is known than that it is one. Whoever plays its operations gives them its own settings. */
export interface AnyApi extends Omit<Api<ApiParts>, 'operations' | 'mutants'> {
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly operations: readonly Operation<any>[]
  readonly mutants?: () => Promise<readonly AnyMutant[]>
  /** The file that it was loaded from, for messages; noted by who loads it. */
  readonly file?: string
}

/** How a request ended, in the API's own word. */
export interface NamedResult {
  readonly word: string
  readonly refused: boolean
}

/** What is known of a person whatever the API. */
export type PersonFacts = {
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly email?: string | undefined
}

/** How a person becomes a user of an API. */
export interface Identity<Fields extends FieldMap = FieldMap> {
  /** How `people.<name>.<api>` is spelt. */
  readonly fields: Fields
  /** The section, as written, with the people as further users: of a list, the last. Users that are none stay so. */
  add(section: JsonObject, people: readonly Person[]): JsonObject
}

/** A person who has an identity in an API: what is known of them anyway, and who they are there. */
export interface Person {
  readonly username: string
  readonly facts: PersonFacts
  readonly spec: JsonObject
}

/** What seeding may know. */
export interface SeedStart {
  /** The mocked server's time at the start. */
  readonly now: number
  readonly seed: number
  answer(question: Question): Json
}

/** Records made when they are first read, so that a crowd of a million costs nothing until it is touched. */
export interface Seed {
  keys(): Iterable<string>
  get(key: string): Json | undefined
}

/** A kind of record that others may hold copies of, and change. */
export interface CollectionSpec {
  readonly kind: string
  /** What stands behind `kind:` in the key; left out where the record does not tell. */
  readonly nameOf?: (record: JsonObject) => string
  /** Whether one more can be put beside the others, because no other record has to know of it. */
  readonly open: boolean
  /** The part of a scenario's section that has such a one in it, of what a scenario says of it and the name; for those that a scenario writes down. */
  readonly written?: (spec: JsonObject) => JsonObject
}

/** A user as people see them: the state that requests would meet now. */
export type UserView = {
  /** What tells the user from every other of this API. */
  readonly username: string
  readonly state: string
  /** What the next request of the user meets whatever the state, such as that the API is switched off. */
  readonly meets?: string
  /** Where failures lock: how many were counted, and how many lock. */
  readonly failures?: number
  readonly limit?: number
  /** When the state ends by itself, in milliseconds. */
  readonly until?: number
  /** What one signs in with, and other facts of this API. */
  readonly details: JsonObject
}

/** A session as people see it. */
export type SessionView = {
  readonly username: string
  readonly state: string
  /** What its next request meets whatever the state. */
  readonly meets?: string
  /** When it ends by itself, in milliseconds. */
  readonly until?: number
  readonly details: JsonObject
}

/** A provider state of the pacts: arranges a world, and gives back values that requests need. */
export interface ProviderState<Params extends FieldMap = FieldMap> {
  readonly about: string
  readonly params: Params
  /** It is about the server and no API: several may have it, and it is the same whichever arranges it. */
  readonly isShared?: true
  arrange(arrangement: Arrangement<Infer<Params>>): JsonObject
}

/** A provider state whose params are typed by their fields. */
export function providerState<Params extends FieldMap>(state: ProviderState<Params>): ProviderState {
  return state
}

/** The world as a provider state may change it. */
export interface Arrangement<Params = JsonObject> {
  readonly params: Params
  readonly now: number
  /** Where requests come from if nothing else is said. */
  readonly address: string
  readonly get: (key: string) => Json | undefined
  readonly commit: (changes: readonly Change[]) => void
  readonly random: (length: number, alphabet: string) => string
  readonly patchSettings: (patch: JsonObject) => void
  readonly setClock: (at: number) => void
}

/** Where an API's secrets travel. */
export interface Secrets {
  /** Members of JSON and form bodies and of queries that are secrets, beside those whose name says so (`secret-name.ts`). */
  readonly members: readonly string[]
  /** Operations whose request body is a secret as a whole. */
  readonly bodies: readonly string[]
  /** Whether a word (letters and digits) is a secret wherever it stands: in a path, in a query, in a text. */
  isToken?(word: string): boolean
  /** Ends of paths behind which a secret may stand as the last segment: any, or the identifier of a session. */
  readonly behind?: { readonly [end: string]: 'secret' | 'session' }
}
