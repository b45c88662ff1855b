import { UnderstudyError } from '../core/errors.ts'
import type { HttpRequest } from '../core/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts'
import { withFurtherHeaders } from '../core/saying.ts'
import type { Context, Outcome, Records, Reply } from '../core/step.ts'
import { beginSession, carriedId, useSession, type SessionOwner } from '../model/sessions.ts'
import type { Attempt } from './step-scene.ts'
import type { Model } from './model.ts'
import { handOut, sessionIds, type OwnSessions, type OwnSessionRecord } from './own-sessions.ts'
import type { PartSettings } from './own-settings.ts'
import type { OwnUserRecord } from './own-user.ts'
import { readParams, readRequest } from './read-request.ts'
import { Draft } from '../core/draft.ts'

/** One request, as its step is given it: what the step may ask and do, and what comes of it. */
export class StepTurn {
  readonly #model: Model
  readonly #turn: Draft
  readonly #request: HttpRequest
  readonly #context: Context<PartSettings>
  #about: string | undefined
  #current: { readonly id: string; readonly session: OwnSessionRecord } | undefined
  /** What cookies the answer sets: the id of a session, or none any more. */
  #handedOut: { readonly id: string | undefined } | undefined

  constructor(model: Model, records: Records, request: HttpRequest, context: Context<PartSettings>) {
    this.#model = model
    this.#turn = new Draft(records)
    this.#request = request
    this.#context = context
    this.#resume()
  }

  /** What the step is given. */
  asked(say: object): object {
    const { method } = this.#request
    const { params, address, settings, now, random, watcher } = this.#context
    const session = this.#session()
    return {
      ...readRequest(this.#request),
      method,
      params: readParams(params),
      address,
      settings,
      now,
      say,
      get session() {
        watcher?.readSession()
        return session
      },
      random: (length: number, alphabet: string) => random.text(length, alphabet),
      user: (username: Json | undefined) => this.#user(username),
      attempt: ({ username }: OwnUserRecord, isRight: boolean) => this.#attempt(username, (user) => [isRight, user]),
      attemptCode: ({ username }: OwnUserRecord, code: Json | undefined) => this.#attemptCode(username, code),
      change: (user: OwnUserRecord, to: JsonObject) => this.#change(user, to),
      lockOf: (user: OwnUserRecord) => this.#lockOf(user),
      begin: ({ username }: OwnUserRecord, facts: JsonObject = {}) => this.#begin(username, facts),
      keep: (facts: JsonObject) => this.#keep(facts),
      end: () => this.#end(),
    }
  }

  /** What the step comes to. */
  outcome(reply: Reply): Outcome {
    const carrier = this.#model.sessions?.carrier
    const headers = carrier === undefined || this.#handedOut === undefined ? [] : handOut(carrier, this.#handedOut.id)
    return {
      reply: headers.length === 0 ? reply : withFurtherHeaders(reply, headers),
      changes: this.#turn.changes,
      ...(this.#about === undefined ? {} : { user: this.#about }),
    }
  }

  #user(username: Json | undefined): OwnUserRecord | undefined {
    if (typeof username !== 'string') return undefined
    const stored = this.#model.users.get(this.#turn, username)
    this.#context.watcher?.read(username, 'username')
    if (stored === undefined) return undefined
    this.#about = stored.username
    return this.#shown(this.#fresh(stored))
  }

  /** The user for a step. Where somebody wants to know what of it the step reads, it is noted. */
  #shown(user: OwnUserRecord): OwnUserRecord {
    const { watcher } = this.#context
    if (watcher === undefined) return user
    return watched(user, (name) => watcher.read(user.username, name))
  }

  #fresh(stored: OwnUserRecord): OwnUserRecord {
    const { settings, now } = this.#context
    return this.#model.lock?.now(stored, settings, now) ?? stored
  }

  /** A user whom the step was given. What else it knows of them may be out of date. */
  #known(username: string): OwnUserRecord {
    const stored = this.#model.users.get(this.#turn, username)
    if (stored !== undefined) return this.#fresh(stored)
    throw new UnderstudyError('ERR_INTERNAL', `There is no user "${username}"; a step has to ask user(…) for one.`)
  }

  #put(user: OwnUserRecord): void {
    const { users } = this.#model
    if (user !== users.get(this.#turn, user.username)) this.#turn.commit([users.put(user.username, user)])
  }

  #change({ username }: OwnUserRecord, to: JsonObject): void {
    this.#context.watcher?.wrote(Object.keys(to))
    this.#put({ ...this.#known(username), ...this.#ownOf(to) })
  }

  #ownOf(to: JsonObject): JsonObject {
    const { own } = this.#model
    return Object.fromEntries(Object.entries(to).filter(([name]) => own.includes(name)))
  }

  #attempt(
    username: string,
    judge: (user: OwnUserRecord) => readonly [isRight: boolean, user: OwnUserRecord],
  ): Attempt {
    const { lock } = this.#model
    const { settings, now, watcher } = this.#context
    watcher?.counted()
    const user = this.#known(username)
    if (lock?.isLocked(user, now) === true) return { is: 'locked', until: lock.endOf(user) }
    const [isRight, judged] = judge(user)
    const next = lock === undefined ? judged : isRight ? lock.clear(judged) : lock.fail(judged, settings, now)
    this.#put(next)
    const left = lock === undefined ? Infinity : Math.max(0, lock.policy(settings).after - (next.failures ?? 0))
    return { is: isRight ? 'right' : 'wrong', left }
  }

  #attemptCode(username: string, code: Json | undefined): Attempt {
    const { factor } = this.#model
    let isUsedUp = false
    const attempt = this.#attempt(username, (user) => {
      if (typeof code !== 'string' || factor === undefined) return [false, user]
      const verdict = factor.judge(user, code, this.#context)
      isUsedUp = !verdict.isRight && verdict.isUsedUp
      return [verdict.isRight, verdict.user]
    })
    return attempt.is === 'wrong' && isUsedUp ? { ...attempt, isUsedUp } : attempt
  }

  #lockOf({ username }: OwnUserRecord): { readonly until: number | null } | undefined {
    const { lock } = this.#model
    const user = this.#known(username)
    return lock?.isLocked(user, this.#context.now) === true ? { until: lock.endOf(user) } : undefined
  }

  get #sessions(): OwnSessions {
    const { sessions, definition } = this.#model
    if (sessions !== undefined) return sessions
    throw new UnderstudyError('ERR_NOT_SUPPORTED', `${definition.id} has no sessions: give its definition some.`)
  }

  #resume(): void {
    const { sessions, users } = this.#model
    if (sessions === undefined) return
    const { settings, now } = this.#context
    const id = carriedId(this.#request, sessions.carrier)
    const session = sessions.sessions.get(this.#turn, id)
    const user = users.get(this.#turn, session?.username)
    if (id === undefined || session === undefined || !sessions.isAlive(session, user, settings, now)) return
    this.#about = session.username
    this.#store(id, useSession(session, now))
  }

  #store(id: string, session: OwnSessionRecord): void {
    const { sessions } = this.#sessions
    this.#current = { id, session }
    if (session !== sessions.get(this.#turn, id)) this.#turn.commit([sessions.put(id, session)])
  }

  #session(): JsonObject | undefined {
    if (this.#current === undefined) return undefined
    const { id, session } = this.#current
    const facts = Object.fromEntries(this.#sessions.own.map((name) => [name, session[name]]))
    const { watcher } = this.#context
    const shown: JsonObject = { ...facts, id, user: this.#shown(this.#known(session.username)) }
    if (watcher === undefined) return shown
    return watched(shown, (name) => watcher.read(session.username, `session.${name}`))
  }

  #begin(username: string, facts: JsonObject): string {
    const { start } = this.#sessions
    const { now, random } = this.#context
    const id = random.text(sessionIds.length, sessionIds.alphabet)
    const begun = beginSession(this.#known(username) as SessionOwner, now)
    this.#context.watcher?.wrote(ofSession(facts))
    this.#store(id, { ...start, ...this.#factsOf(facts), ...begun })
    this.#handedOut = { id }
    return id
  }

  #keep(facts: JsonObject): void {
    if (this.#current === undefined) return
    const { id, session } = this.#current
    this.#context.watcher?.wrote(ofSession(facts))
    this.#store(id, { ...session, ...this.#factsOf(facts) })
  }

  #factsOf(facts: JsonObject): JsonObject {
    const { own } = this.#sessions
    return Object.fromEntries(Object.entries(facts).filter(([name]) => own.includes(name)))
  }

  #end(): void {
    if (this.#current === undefined) return
    this.#turn.commit([this.#sessions.sessions.drop(this.#current.id)])
    this.#current = undefined
    this.#handedOut = { id: undefined }
  }
}

/** Whether a step has answered. A program that is no TypeScript may have forgotten to. */
export function isReply(reply: unknown): reply is Reply {
  return isJsonObject(reply) && typeof reply['status'] === 'number' && typeof reply['clause'] === 'string'
}

function ofSession(facts: JsonObject): string[] {
  return Object.keys(facts).map((name) => `session.${name}`)
}

/** The same, of which each member that is read is told. */
function watched<Facts extends object>(facts: Facts, note: (name: string) => void): Facts {
  return new Proxy(facts, {
    get(target, name) {
      note(String(name))
      return Reflect.get(target, name)
    },
  })
}
