import { requestCookie } from '../../core/cookie.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import type { ToldOfUser } from '../../core/kit.ts'
import { fromIso, toIso } from '../../core/instant.ts'
import { valueIn } from '../../core/json.ts'
import { masked } from '../../world/mask.ts'
import { credentialsIn, type SentCredentials } from '../playing/credentials.ts'
import { cookieSet } from '../playing/seen.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import type { PlacedExchange } from './placement.ts'

/** Something that was sent to prove who somebody is, and whether it was ever right. */
export interface SentSecret {
  readonly text: string
  /** Numbers of the exchanges that let in by it, and when. */
  readonly taken: { readonly number: number; readonly at: number }[]
  /** It was refused after that. */
  isOver?: true
}

/** Somebody whom a recording names. */
export interface MetPerson {
  readonly username: string
  readonly passwords: Map<string, SentSecret>
  readonly codes: Map<string, SentSecret>
  facts: JsonObject
  /** Exchanges that were refused a code which is masked: it may have been no code at all. */
  readonly hidden: number[]
  /** Each value that was met of a fact, told or only sent. */
  readonly metFacts: Map<string, Set<Json>>
  /** Until when the first lock lasts that an answer tells. */
  until?: string
}

/** An exchange, and what is known of who it is by. */
export interface MetExchange extends PlacedExchange {
  readonly given: SentCredentials
  readonly person: MetPerson | undefined
  readonly introduction: ToldOfUser
}

/** Who is met in a recording, and where. */
export interface Met {
  readonly people: readonly MetPerson[]
  readonly exchanges: readonly MetExchange[]
  /** Words that settings have lists of, by setting. */
  readonly listed: ReadonlyMap<string, ReadonlySet<string>>
}

/** Reads who is who. */
export function meet(api: CheckedApi, placed: readonly PlacedExchange[]): Met {
  const { kit } = api
  const people = new Map<string, MetPerson>()
  const owners = new Map<string, MetPerson>()
  const listed = new Map<string, Set<string>>()
  const called = (username: string): MetPerson => {
    const known = people.get(username) ?? {
      username,
      passwords: new Map(),
      codes: new Map(),
      facts: {},
      hidden: [],
      metFacts: new Map(),
    }
    people.set(username, known)
    return known
  }
  const exchanges = placed.map((exchange): MetExchange => {
    const { request, answer, operation } = exchange
    const given = credentialsIn(api, operation, request)
    const introduction = kit.introduce?.(request, answer) ?? { isIn: answer.status >= 200 && answer.status < 300 }
    const cookie = kit.login === undefined ? undefined : requestCookie(request.headers, kit.login.cookie)
    const username = given.username ?? introduction.username
    const person =
      username !== undefined && username !== ''
        ? called(username)
        : cookie === undefined
          ? undefined
          : owners.get(cookie)
    for (const [setting, word] of Object.entries(introduction.listed ?? {}))
      listed.set(setting, (listed.get(setting) ?? new Set()).add(word))
    if (person === undefined) return { ...exchange, given, person, introduction }
    const opened = cookieSet(answer.headers, kit.login?.cookie)
    if (opened !== undefined && given.username !== undefined) owners.set(opened, person)
    noteSent(person.passwords, given.password, exchange, introduction)
    noteSent(person.codes, given.code, exchange, introduction)
    if (isMasked(given.code) && !introduction.isIn) person.hidden.push(exchange.number)
    // What lets in is true; what was only sent may be.
    const { isIn, facts = {} } = introduction
    person.facts = isIn ? { ...person.facts, ...facts } : { ...facts, ...person.facts }
    for (const [fact, value] of Object.entries(facts))
      person.metFacts.set(fact, (person.metFacts.get(fact) ?? new Set()).add(value ?? null))
    const until = fromIso(String(valueIn(answer.body, kit.lockout?.until?.member ?? '') ?? ''))
    if (until !== undefined) person.until ??= toIso(until)
    return { ...exchange, given, person, introduction }
  })
  const needed = new Set(Object.values(kit.roles).flatMap(({ facts = {} }) => Object.keys(facts)))
  for (const fact of needed) lend(fact, [...people.values()])
  return { people: [...people.values()], exchanges, listed }
}

/** Who never said what others did has it as one of them. */
function lend(fact: string, people: readonly MetPerson[]): void {
  const values = new Set(
    people.flatMap(({ facts, metFacts }) => [
      ...(facts[fact] === undefined ? [] : [facts[fact]]),
      ...(metFacts.get(fact) ?? []),
    ]),
  )
  const [first] = values
  if (first === undefined) return
  for (const person of people) {
    if (Object.hasOwn(person.facts, fact)) continue
    person.facts = { ...person.facts, [fact]: first }
    person.metFacts.set(fact, values)
  }
}

function noteSent(
  secrets: Map<string, SentSecret>,
  text: string | undefined,
  { number, answer }: PlacedExchange,
  { isIn }: ToldOfUser,
): void {
  if (text === undefined || text === '') return
  const secret = secrets.get(text) ?? { text, taken: [] }
  if (isIn) secret.taken.push({ number, at: answer.at })
  else if (secret.taken.length > 0) secret.isOver = true
  secrets.set(text, secret)
}

/** Whether a secret is one that was hidden before it was recorded. */
export function isMasked(text: string | undefined): boolean {
  return text === masked
}
