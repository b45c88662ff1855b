import type { AnyApi } from '../core/api.ts'
import { serverTime, worldTime } from '../core/clock.ts'
import type { EffectScene, SendInstructions } from '../core/effect.ts'
import {
  damage,
  describeFault,
  faultClause,
  isProcessed,
  replacesReply,
  strike,
  wayOf,
  type Fault,
} from '../core/fault.ts'
import type { HttpReply, HttpRequest } from '../core/http.ts'
import { problem } from '../core/problem.ts'
import type { Random } from '../core/random.ts'
import type { Operation, Route } from '../core/route.ts'
import { Needs, type Context, type Outcome, type Reply } from '../core/step.ts'
import { wrongMethod } from '../core/unrouted.ts'
import { clauseHeader } from '../core/world-header.ts'
import { sourceAddress } from './address.ts'
import type { Ask } from './answers.ts'
import { catchUp } from './catch-up.ts'
import { fullKeyOf } from './full-key.ts'
import type { Entry } from './entry.ts'
import { NotedRecords, Reads } from './reads.ts'
import type { AnySettings } from './any-settings.ts'
import type { Stage } from './stage.ts'
import { clockRecord, faultsRecord } from './own-records.ts'
import { whereabouts } from './whereabouts.ts'

/** What a host sends, and how. */
export interface Answer extends HttpReply {
  /** Its own: a host may write on. */
  readonly headers: string[]
  /** Real milliseconds to wait before sending. */
  readonly delayMs: number
  /** How the connection is to be spoilt, if at all. */
  readonly broken: SendInstructions['broken'] | undefined
}

/** Plays one request against the records as they are, commits what the step decided, and notes it in the journal. */
export function play(
  stage: Stage,
  request: HttpRequest,
  ask: Ask = stage.answers.now,
  random: Random = stage.random,
): Answer {
  catchUp(stage)
  const realNow = stage.time()
  const clock = clockRecord.get(stage.store)
  const at = serverTime(clock, realNow)
  if (request.tooLarge === true) return finish(stage, request, at, offstage(request, undefined, tooLarge))
  const route = findRoute(stage, request)
  const contextOf: ContextOf = (api, settings, params = {}) => ({
    now: at,
    settings,
    address: sourceAddress(request, api.trustsProxy?.(settings) ?? settings.trustProxy === true),
    params,
    random,
    answer: ask,
  })
  if (route.kind !== 'found') {
    const met = route.kind === 'unknown' ? metHost(stage, request, contextOf) : undefined
    return finish(stage, request, at, met ?? unrouted(stage, request, route, at))
  }

  const api = route.owner
  const prefix = `${api.id}/`
  const records = new NotedRecords(stage.store, fullKeyOf(api))
  const context = contextOf(api, stage.settings(api), route.params)
  const outcome = route.target.step(records, request, context)

  const { struck: fault, count } = strikeFaults(stage, api.id, route.target.id, outcome, worldTime(clock, realNow))
  const changes = fault === undefined || isProcessed(fault) ? outcome.changes : []
  stage.store.commit(changes, prefix)
  // Afterwards, so that what cannot be committed counts for nothing.
  count()
  const { user } = outcome
  const { address, settings } = context
  const { id: operation } = route.target
  return finish(stage, request, at, {
    reply:
      fault === undefined
        ? outcome.reply
        : faulty(fault, outcome.reply, (error) =>
            api.errorForm?.(operation)?.reply(error, { settings, now: at, request }),
          ),
    address,
    api: api.id,
    operation,
    user,
    reads: records.reads,
    changes,
    fault,
    ask,
  })
}

type Played = Pick<Entry, 'reply' | 'address' | 'api' | 'operation' | 'user' | 'reads' | 'changes' | 'fault' | 'ask'>

interface Strike {
  readonly struck: Fault | undefined
  /** Writes down what the faults have seen. */
  readonly count: () => void
}

const noStrike: Strike = { struck: undefined, count: () => undefined }

function strikeFaults(stage: Stage, api: string, operation: string, outcome: Outcome, at: number): Strike {
  const faults = faultsRecord.get(stage.store)
  if (faults.length === 0) return noStrike
  const call = { api, operation, user: outcome.user, at, seed: stage.setup.seed }
  const { struck, faults: counted } = strike(faults, call)
  // Where none was met nothing has changed; to write it all the same would make servers that share it wait in turn.
  const isCounted = counted.some((fault, index) => fault !== faults[index])
  return { struck, count: isCounted ? () => stage.store.put('faults', counted) : noStrike.count }
}

function finish(stage: Stage, request: HttpRequest, at: number, played: Played): Answer {
  const id = stage.nextId()
  // Spelt out: this is done for every request, and a spread costs more than everything around it.
  const { reply, address, api, operation, user, reads, changes, fault, ask } = played
  const world = stage.name
  const entry: Entry = { id, world, at, request, reply, address, api, operation, user, reads, changes, fault, ask }
  stage.record(entry)
  return toAnswer(entry, stage.dateAt(at))
}

/** What a host sends for an entry of the journal. */
export function toAnswer({ id, request, reply, fault }: Entry, date: string): Answer {
  const headers = [...reply.headers, 'date', date, 'x-understudy-request', id, clauseHeader, reply.clause]
  const way = fault === undefined ? straight : wayOf(fault)
  return {
    status: reply.status,
    headers,
    body: request.method === 'HEAD' ? undefined : reply.body,
    delayMs: way.delayMs ?? 0,
    broken: way.broken,
  }
}

const straight: SendInstructions = {}

function faulty(fault: Fault, reply: Reply, error: EffectScene['error']): Reply {
  const because = `${describeFault(fault)} (fault ${fault.id}); without it ${reply.clause}: ${reply.because}`
  return { ...damage(fault, reply, error), because, clause: replacesReply(fault) ? faultClause : reply.clause }
}

/** The operation that a request is for, under another spelling of its path if there is none under its own. */
export function findRoute(
  stage: Stage,
  { method, path }: Pick<HttpRequest, 'method' | 'path'>,
): Route<AnyApi, Operation<AnySettings>> {
  const route = stage.router().find(method, path)
  if (route.kind !== 'unknown') return route
  const api = stage.claimant(path)
  const respelt = api?.respell?.(path, stage.settings(api))
  return respelt === undefined ? route : stage.router().find(method, respelt)
}

/** What a step is told beside its records and the request. */
type ContextOf = (api: AnyApi, settings: AnySettings, params?: Context<AnySettings>['params']) => Context<AnySettings>

/** What the host product of an API says to a request for something of its own that is not mocked. */
function metHost(stage: Stage, request: HttpRequest, contextOf: ContextOf): Played | undefined {
  for (const api of stage.playing) {
    const settings = stage.settings(api)
    const mount = api.mount(settings)
    // Without a path of its own the host would be everywhere.
    if (api.elsewhere === undefined || mount === '' || !request.path.startsWith(`${mount}/`)) continue
    const prefix = `${api.id}/`
    const context = contextOf(api, settings)
    const records = new NotedRecords(stage.store, fullKeyOf(api))
    const outcome = api.elsewhere(records, request, context)
    if (outcome === undefined) continue
    const { reply, changes, user } = outcome
    stage.store.commit(changes, prefix)
    return { ...offstage(request, api.id, reply), address: context.address, user, reads: records.reads, changes }
  }
  return undefined
}

/** The answer to a request that no operation takes. */
function unrouted(
  stage: Stage,
  request: HttpRequest,
  route: Exclude<Route<AnyApi, Operation<AnySettings>>, { kind: 'found' }>,
  at: number,
): Played {
  if (route.kind === 'wrong-method') {
    const { owner, allow } = route
    const own = owner.unrouted?.(request, { allow }, stage.settings(owner), at)
    return offstage(request, owner.id, own ?? wrongMethod(request, allow, owner.wrongMethodClause))
  }
  const api = stage.claimant(request.path)
  if (api !== undefined) {
    const settings = stage.settings(api)
    const own = api.unrouted?.(request, { allow: undefined }, settings, at)
    return offstage(request, api.id, own ?? api.unknownPath(request.path, settings))
  }
  const detail = `Nothing is mocked at ${request.path}. ${whereabouts(stage)}`
  return offstage(request, undefined, { ...problem(404, 'Not found', detail), clause: 'none', because: detail })
}

function offstage(request: HttpRequest, api: string | undefined, reply: Reply): Played {
  return {
    address: request.address,
    api,
    operation: undefined,
    user: undefined,
    reads: nothing,
    changes: [],
    fault: undefined,
    ask: askNothing,
    reply,
  }
}

const nothing: Reads = new Reads()

const askNothing: Ask = (question) => {
  throw new Needs(question)
}

const tooLarge: Reply = {
  ...problem(413, 'Body too large', 'The body is larger than this server accepts; nothing was changed.'),
  clause: 'none',
  because: 'the body is larger than the host accepts',
}
