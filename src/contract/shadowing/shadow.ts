import { bindingOf } from '../../core/clause.ts'
import type { JsonObject } from '../../core/json.ts'
import { masked } from '../../world/mask.ts'
import { differences, type Difference } from '../comparing/difference.ts'
import { chargesOf } from '../playing/blame.ts'
import { Redactor } from '../telling/redact.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { credentialsIn, type SentCredentials } from '../playing/credentials.ts'
import { firstPossibilities, possibility } from './first-met.ts'
import { learned } from './learn.ts'
import { appBranches, branches, playPossibility, type PossibleAnswer, type SeenTurn } from './person.ts'
import { distinct, mostPossibilities, type Possibility } from './possibility.ts'
import { cookieSet, cookiesOfSessions, sessionsCarried, type SeenExchange } from '../playing/seen.ts'
import { ShadowedPerson } from './shadowed-person.ts'
import { BareStage } from './stage.ts'

/** An answer that no possibility gives. */
export type Drift = {
  readonly clause: string
  /** Whether the clause binds every server, or says what is assumed. */
  readonly binding: boolean
  /** The clause that was to be kept by the last answer to a code of this user, where there was one: it may have begun there. */
  readonly after?: string
  readonly operation: string
  readonly difference: Pick<Difference, 'where' | 'expected' | 'received'>
  /** Of the request that told it first, counted from 1. */
  readonly request: number
}

/** What was found. */
export type Shadowed = {
  readonly seen: number
  readonly compared: number
  /** Of requests to this API about which nothing can be said. */
  readonly unknown: number
  readonly drifts: readonly Drift[]
  /** What the contract leaves open, where only another reading than the usual explains what was seen. */
  readonly readings: JsonObject
}

/** What a possibility would have answered, and in what it is another answer. */
interface Judged {
  readonly played: PossibleAnswer
  readonly found: readonly Difference[]
}

/** A mock with certain settings that plays along with a real server, from what is seen of it. */
export class Shadow {
  readonly #stage: BareStage
  /** The same where what only an administrator knows, such as a list of tokens, is something else. */
  readonly #otherwise: BareStage | undefined
  readonly #redactor: Redactor
  readonly #cookies: readonly string[]
  readonly #people = new Map<string, ShadowedPerson>()
  readonly #owners = new Map<string, ShadowedPerson>()
  readonly #drifts = new Map<string, Drift>()
  #seen = 0
  #compared = 0
  #unknown = 0

  constructor(api: CheckedApi, settings: JsonObject) {
    this.#stage = new BareStage(api, settings)
    const own = Object.entries(api.kit.ownSettings ?? {}).filter(([name]) => !Object.hasOwn(settings, name))
    const others = Object.fromEntries(own.map(([name, { value }]) => [name, value]))
    this.#otherwise = own.length === 0 ? undefined : new BareStage(api, { ...settings, ...others })
    this.#redactor = new Redactor({ api, secrets: [] })
    this.#cookies = [...cookiesOfSessions(api.kit)]
  }

  /** Whether a request is one of the API's. */
  takes(request: SeenExchange['request']): boolean {
    return this.#stage.operation(request) !== undefined
  }

  get result(): Shadowed {
    return {
      seen: this.#seen,
      compared: this.#compared,
      unknown: this.#unknown,
      drifts: [...this.#drifts.values()],
      readings: {},
    }
  }

  /** Compares an answer, the how many-th of all, and narrows what is possible. Gives back what is told for the first time. */
  observe(seen: SeenExchange, number: number): readonly Drift[] {
    this.#seen++
    const operation = this.#stage.operation(seen.request)?.id
    if (operation === undefined) return []
    const given = credentialsIn(this.#stage.api, operation, seen.request)
    const person = this.#personOf(seen, given)
    if (person === undefined) {
      this.#unknown++
      return []
    }
    this.#leaveSession(person, seen)
    const judge = (branch: typeof branches, stage = this.#stage): Judged[] =>
      person.possible
        .flatMap((one) => branch(stage, one, given, seen.answer))
        .flatMap((one) => this.#judge(stage, one, { seen, username: person.username, given, turn: number }) ?? [])
    const judged = judge(branches)
    const narrowed = (of: readonly Judged[]): readonly Possibility[] =>
      distinct(of.filter(fits).map(({ played }) => played.next))
    const byFixedCode = narrowed(judged)
    const byCode = byFixedCode.length > 0 ? byFixedCode : narrowed(judge(appBranches))
    const fitting =
      byCode.length > 0 || this.#otherwise === undefined ? byCode : narrowed(judge(branches, this.#otherwise))
    // Another answer of what depends on more than is known may be as right.
    const isUnexplained = fitting.length === 0 && (person.isOpen || judged.some(isLeftOut))
    if (judged.length === 0 || fitting.length > mostPossibilities || isUnexplained) {
      this.#forget(person)
      this.#unknown++
      return []
    }
    if (fitting.length > 0) {
      const fittingHere = judged.filter(fits)
      if (fittingHere.length > 0 && fittingHere.every(({ found }) => found.length > 0)) this.#unknown++
      else this.#compared++
      if (judged.some((each) => (fits(each) ? each.played.isLoose : isLeftOut(each)))) person.loosen()
      this.#follow(person, fitting, seen)
      return []
    }
    this.#compared++
    const best = judged.reduce((one, other) => (other.found.length < one.found.length ? other : one))
    const told = this.#tell(best.played, best.found, seen, { operation, number })
    // What they are now is not known any more, unless they only were told of it otherwise.
    if (best.played.expected.status === seen.answer.status && best.found.every(({ where }) => where !== 'body.state')) {
      const alike = judged.filter(({ found }) => found.length === best.found.length)
      this.#follow(
        person,
        alike.map(({ played }) => played.next),
        seen,
      )
    } else this.#forget(person)
    return told
  }

  /** What somebody is from now on, and what they go on in. */
  #follow(person: ShadowedPerson, possible: readonly Possibility[], { answer }: SeenExchange): void {
    if (person.username === '') return
    person.narrow(possible)
    const opened = [
      ...this.#cookies.flatMap((name) => cookieSet(answer.headers, name) ?? []),
      ...(this.#stage.api.kit.sessionHeader === undefined
        ? []
        : possible.flatMap(({ sessions, known }) => sessions.theirs((ours) => known.has(`session:${ours}`)))),
    ]
    for (const value of opened) this.#owners.set(value, person)
  }

  /** Whose request it is; nobody's where it carries no session. Undefined in a session that was opened before. */
  #personOf(seen: SeenExchange, given: SentCredentials): ShadowedPerson | undefined {
    const { username } = given
    if (username !== undefined) {
      const known = this.#people.get(username)
      if (known !== undefined) return known
      const possible = firstPossibilities(this.#stage, username, seen, seen.answer.at)
      const person = new ShadowedPerson(username, possible, this.#stage.api.kit.lockout?.hasPast)
      if (possible.length === 0) return undefined
      this.#people.set(username, person)
      return person
    }
    const inSession = sessionsCarried(this.#stage.api.kit, seen.request)
    if (inSession.length > 0) return inSession.flatMap((value) => this.#owners.get(value) ?? [])[0]
    // Some paths name a session.
    for (const [value, owner] of this.#owners) if (value.length >= 12 && seen.request.path.includes(value)) return owner
    const known = this.#stage.with(undefined, seen.answer.at)
    if (known === undefined) return undefined
    return new ShadowedPerson('', [possibility(this.#stage, known, false)])
  }

  /** Undefined where only a whole world could answer. Where the answer tells what may be anything, it is judged by that. */
  #judge(stage: BareStage, one: Possibility, turn: SeenTurn): Judged | undefined {
    const played = playPossibility(stage, one, turn)
    if (played === undefined) return undefined
    const judged = { played, found: this.#differences(played, turn.seen) }
    if (!played.isOpen || judged.found.length === 0) return judged
    const other = learned(stage, one, played, turn.seen.answer)
    return other === undefined ? judged : (this.#judge(stage, other, turn) ?? judged)
  }

  /** In a session of somebody else's, what somebody tells of themselves may change what is known of that one. */
  #leaveSession(person: ShadowedPerson, { request }: SeenExchange): void {
    for (const carried of sessionsCarried(this.#stage.api.kit, request)) {
      const owner = this.#owners.get(carried)
      const isAlive = ({ sessions, known }: Possibility): boolean => known.has(`session:${sessions.nameOf(carried)}`)
      if (owner !== undefined && owner !== person && owner.possible.some(isAlive)) this.#forget(owner)
    }
  }

  #differences({ expected, reply }: PossibleAnswer, { answer }: SeenExchange): readonly Difference[] {
    return differences(expected, answer, this.#stage.api.kit, { clause: reply.clause })
  }

  #forget(person: ShadowedPerson): void {
    this.#people.delete(person.username)
    for (const [session, owner] of this.#owners) if (owner === person) this.#owners.delete(session)
  }

  #tell(
    played: PossibleAnswer,
    found: readonly Difference[],
    { request, answer }: SeenExchange,
    { operation, number }: { readonly operation: string; readonly number: number },
  ): readonly Drift[] {
    const { api, settings } = this.#stage
    const { clause, because } = played.reply
    const isBinding = bindingOf(api.clauses, settings)
    const charges = chargesOf(api.kit, {
      step: 0,
      sent: { do: 'send', method: request.method, path: request.path },
      call: { method: request.method, path: request.path, headers: [], body: undefined },
      meaning: { clause, because, operation, user: undefined },
      expected: played.expected,
      received: answer,
      differences: found,
    })
    return charges.flatMap(({ clause: broken, differences: [first] }) => {
      if (first === undefined) return []
      const key = `${broken} ${operation} ${first.where}`
      if (this.#drifts.has(key)) return []
      const { where, expected, received } = this.#masked(this.#redactor.difference(first), request)
      const difference = { where, expected, received }
      const after = played.next.after
      const drift = {
        clause: broken,
        binding: isBinding(broken),
        ...(after === undefined || after === broken ? {} : { after }),
        operation,
        difference,
        request: number,
      }
      this.#drifts.set(key, drift)
      return [drift]
    })
  }

  /** An answer may repeat what was sent. */
  #masked(difference: Difference, request: SeenExchange['request']): Difference {
    const { password, code } = credentialsIn(this.#stage.api, this.#stage.operation(request)?.id, request)
    const hide = (text: string): string =>
      [password, code].reduce<string>(
        (left, secret) => (secret === undefined || secret === '' ? left : left.replaceAll(secret, masked)),
        text,
      )
    return { ...difference, expected: hide(difference.expected), received: hide(difference.received) }
  }
}

/** Whether an answer is a possibility's, or may be: of what depends on more than is known only the status is looked at. */
function fits({ played, found }: Judged): boolean {
  return found.length === 0 || (played.isOpen && found.every(({ where }) => where !== 'status'))
}

/** Whether an answer is none of a possibility's that may be right all the same. */
function isLeftOut(judged: Judged): boolean {
  return judged.played.isOpen && !fits(judged)
}
