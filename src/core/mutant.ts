import type { HttpRequest } from './http.ts'
import type { JsonObject } from './json.ts'
import { replayRandom } from './random.ts'
import type { Operation } from './route.ts'
import type { Context, Outcome, Records, Reply, Step } from './step.ts'
import { wrongMethod, type RouteMiss } from './unrouted.ts'

/**
 * A way in which a server plausibly gets one clause wrong. Whatever plays an API plays its mutants as well: to see
 * whether the contract kit notices, or somebody's own tests.
 */
export interface Mutant<Settings> {
  /** Unique and stable: the API, the clause and a word, such as `secure-login.SL-12.message`. */
  readonly id: string
  /** The one clause that is bent. */
  readonly clause: string
  /** What the server does, in plain words. */
  readonly title: string
  /** Settings without which nobody could see it. */
  readonly under?: JsonObject
  /** It was made of an answer by `replyMutants`, and not written by hand. */
  readonly isMechanical?: boolean
  readonly bend: Bend<Settings>
}

// Mutants of different APIs; what they have in common is enough where they are listed and picked.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyMutant = Mutant<any>

/** What of an API a mutant may bend. */
export interface Bendable<Settings> {
  readonly operations: readonly Operation<Settings>[]
  unknownPath(path: string, settings: Settings): Reply
  /** What the host product answers; see `Api`. */
  elsewhere?(records: Records, request: HttpRequest, context: Context<Settings>): Outcome | undefined
  /** What no operation takes, in the API's own form; see `Api`. */
  unrouted?(request: HttpRequest, lost: RouteMiss, settings: Settings, now: number): Reply | undefined
  /** The clause that a 405 plays. */
  readonly wrongMethodClause: string
}

/** Gives an API back that does something else. */
export type Bend<Settings> = (api: Bendable<Settings>) => Bendable<Settings>

/** The API as a server plays it that gets a clause wrong. Its answers say what bent them, and what they would have been. */
export function mutate<Settings, Played extends Bendable<Settings>>(api: Played, mutant: Mutant<Settings>): Played {
  const bent = mutant.bend(api)
  const operations = bent.operations.map((operation) => {
    const honest = api.operations.find(({ id }) => id === operation.id)
    return honest?.step === operation.step ? operation : { ...operation, step: owningUp(mutant, honest, operation) }
  })
  const unknownPath: Played['unknownPath'] = (path, settings) =>
    explain(mutant, api.unknownPath(path, settings), bent.unknownPath(path, settings))
  return { ...api, operations, unknownPath, ...offstage(mutant, api, bent) }
}

/** What is answered without any operation, where the mutant bends that. */
function offstage<Settings>(
  mutant: Mutant<Settings>,
  honest: Bendable<Settings>,
  bent: Bendable<Settings>,
): Pick<Bendable<Settings>, 'unrouted' | 'elsewhere'> {
  const unrouted: Bendable<Settings>['unrouted'] = (request, lost, settings, now) => {
    const reply = bent.unrouted?.(request, lost, settings, now)
    return reply && explain(mutant, unroutedOf(honest, request, lost, settings, now), reply)
  }
  const elsewhere: Bendable<Settings>['elsewhere'] = (records, request, context) => {
    const outcome = bent.elsewhere?.(records, request, context)
    const wanted = honest.elsewhere?.(records, request, context)
    return outcome && { ...outcome, reply: explain(mutant, wanted?.reply, outcome.reply) }
  }
  return {
    ...(bent.unrouted === honest.unrouted ? {} : { unrouted }),
    ...(bent.elsewhere === honest.elsewhere ? {} : { elsewhere }),
  }
}

/** The answer to what no operation takes; undefined where that is left to `unknownPath`. */
export function unroutedOf<Settings>(
  api: Bendable<Settings>,
  request: HttpRequest,
  lost: RouteMiss,
  settings: Settings,
  now: number,
): Reply | undefined {
  const own = api.unrouted?.(request, lost, settings, now)
  if (own !== undefined || lost.allow === undefined) return own
  return wrongMethod(request, lost.allow, api.wrongMethodClause)
}

/** Steps are pure, so the honest one can be played beside the bent one, to tell what the mutant changed. */
function owningUp<Settings>(
  mutant: Mutant<Settings>,
  honest: Operation<Settings> | undefined,
  bent: Operation<Settings>,
): Step<Settings> {
  return (records, request, context) => {
    const replay = replayRandom(context.random)
    const again = (): Context<Settings> => ({ ...context, random: replay() })
    const outcome = bent.step(records, request, again())
    if (honest === undefined) return { ...outcome, reply: explain(mutant, undefined, outcome.reply) }
    const wanted = honest.step(records, request, again())
    const reply = explain(mutant, wanted.reply, outcome.reply)
    const onlyInRecords = reply === outcome.reply && !sameChanges(wanted, outcome)
    return { ...outcome, reply: onlyInRecords ? { ...reply, because: `${reply.because} (${told(mutant)})` } : reply }
  }
}

function explain<Settings>(mutant: Mutant<Settings>, honest: Reply | undefined, bent: Reply): Reply {
  if (honest === undefined) return { ...bent, because: told(mutant) }
  if (sameReply(honest, bent)) return bent
  const without = `${honest.status} by ${honest.clause}: ${honest.because}`
  return { ...bent, because: `${told(mutant)}; without it ${without}` }
}

function told({ id, title }: Pick<Mutant<unknown>, 'id' | 'title'>): string {
  return `bent by the mutant ${id}: ${title}`
}

/** Whether two answers are the same, whatever they mean. */
export function sameReply(one: Reply, other: Reply): boolean {
  return one.status === other.status && one.body === other.body && one.headers.join('\n') === other.headers.join('\n')
}

function sameChanges(one: Outcome, other: Outcome): boolean {
  return JSON.stringify(one.changes) === JSON.stringify(other.changes)
}
