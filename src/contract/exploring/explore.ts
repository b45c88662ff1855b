import { createOracle } from '../playing/oracle.ts'
import { playJourney } from '../playing/play-journey.ts'
import { toAccount } from '../playing/assign-accounts.ts'
import { playPlanned } from '../playing/play-all.ts'
import { canArrange, Readiness } from '../playing/readiness.ts'
import { HttpPlayer, type HttpPlayerOptions } from '../playing/http-player.ts'
import type { Budget } from '../playing/budget.ts'
import type { CheckResult, Exchange } from '../playing/exchange.ts'
import { planJourney } from '../planning/plan-journey.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { toFinding } from '../telling/find.ts'
import type { CheckFinding, Failure } from '../telling/findings.ts'
import { judgeOf, type Judge } from '../telling/judge.ts'
import { Redactor } from '../telling/redact.ts'
import { UnderstudyError } from '../../core/errors.ts'
import type { Journey } from '../../core/journey.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Account } from '../../core/kit.ts'
import { Explorer } from './explorer.ts'
import { toJourney, type Move } from './sequence.ts'
import { fastCheck, shrink } from './shrink.ts'
import { toWritten } from './written.ts'

/** How often a sequence that showed something is played again, at most, to find the shortest part that shows it. */
const shrinkings = 60

/** How a target is explored. */
export interface ExploreOptions extends HttpPlayerOptions {
  readonly budget: Budget
  readonly seed: number
  /** How many sequences are made before the first that is played: those of an earlier run. */
  readonly after: number
  readonly sequences: number
  /** Ends the run after so long, in milliseconds. */
  readonly time?: number
  /** What an earlier run has found: it is not shrunk again. */
  readonly known?: readonly string[]
  readonly onStart?: (number: number, last: number) => void
  readonly onFound?: (found: FoundDeviation) => void
}

/** Something that a server does otherwise than the mock. */
export interface FoundDeviation {
  /** By what the same thing is known again: the clause, and where the answer differs. */
  readonly key: string
  readonly clause: string
  readonly outcome: Failure['outcome']
  /** The number of the sequence that showed it, and how many moves are left of it. */
  readonly sequence: number
  readonly length: number
  readonly finding: CheckFinding
  /** As a file of journeys has it. */
  readonly journey: JsonObject
}

/** What came of exploring a target. */
export interface Explored {
  readonly target: { readonly path: string; readonly api: string; readonly title: string; readonly baseUrl: string }
  readonly seed: number
  /** The last sequence that was made. */
  readonly last: number
  readonly played: number
  readonly requests: number
  /** How much the mock was made to do, of requests after each other. */
  readonly met: number
  readonly found: readonly FoundDeviation[]
  /** Why sequences were left out, and how many for each reason. */
  readonly leftOut: readonly { readonly because: string; readonly count: number }[]
  readonly brokenOff?: string
  readonly ms: number
}

/**
 * Plays sequences that nobody wrote on a real server, beside the mock, and shrinks what differs. Nobody is locked who may not
 * be. Throws ERR_UNSAFE where nothing may be sent, ERR_USAGE without accounts or fast-check, and ERR_TARGET_UNREACHABLE.
 */
export async function explore(loaded: LoadedTarget, options: ExploreOptions): Promise<Explored> {
  const { api, target, settings } = loaded
  if (Object.keys(target.accounts).length === 0)
    throw new UnderstudyError(
      'ERR_USAGE',
      `${loaded.path} has no accounts, and exploring is done by somebody: name some.`,
    )
  await fastCheck()
  const began = Date.now()
  const player = new HttpPlayer(loaded, options)
  const visit = new Visit(loaded, options, player)
  const explorer = new Explorer({
    api,
    settings,
    roles: Object.keys(target.accounts),
    seed: options.seed,
    rehearse: (journey) => rehearse(loaded, journey, began),
    isHarmless: (exchanges) => options.budget.isHarmless(exchanges),
    longestWait: target.clock.url === undefined ? (options.allowWait ? (options.maxWait ?? 0) : 0) : Infinity,
    arranges: canArrange(loaded),
  })
  const found: FoundDeviation[] = []
  const known = new Set(options.known)
  const leftOut = new Map<string, number>()
  const redactor = new Redactor(loaded)
  let [last, played, brokenOff]: [number, number, string | undefined] = [0, 0, undefined]
  try {
    for (let count = 0; count < options.after; count++) last = (await explorer.next()).number
    for (let count = 0; count < options.sequences && brokenOff === undefined; count++) {
      if (options.signal?.aborted === true || Date.now() - began >= (options.time ?? Infinity)) break
      const { number, moves, journey } = await explorer.next()
      last = number
      options.onStart?.(number, options.after + options.sequences)
      const result = await visit.play(journey)
      if (result.outcome !== 'not reached') played++
      else {
        const because = redactor.text(result.because ?? '')
        leftOut.set(because, (leftOut.get(because) ?? 0) + 1)
        if (result.unavailable === true) brokenOff = await player.whyDown()
      }
      const failure = visit.failureOf(journey, result)
      if (failure === undefined || known.has(keyOf(failure))) continue
      known.add(keyOf(failure))
      const shrunk = await shortest(explorer, visit, moves, failure)
      const made = foundOf(loaded, redactor, number, shrunk ?? { journey, result, length: moves.length }, visit)
      found.push(made)
      options.onFound?.(made)
    }
  } finally {
    player.close()
  }
  refuseUnsafe(played, leftOut, visit.hasOnlyBeenUnsafe)
  return {
    target: { path: loaded.path, api: api.id, title: api.title, baseUrl: redactor.text(target.baseUrl) },
    seed: options.seed,
    last,
    played,
    requests: visit.requests,
    met: explorer.novelty.size,
    found,
    leftOut: [...leftOut].map(([because, count]) => ({ because, count })),
    ...(brokenOff === undefined ? {} : { brokenOff: redactor.text(brokenOff) }),
    ms: Date.now() - began,
  }
}

/** What is left of a sequence, and how it was played. */
interface Shrunk {
  readonly journey: Journey
  readonly result: CheckResult
  readonly length: number
}

async function shortest(
  explorer: Explorer,
  visit: Visit,
  moves: readonly Move[],
  failure: Failure,
): Promise<Shrunk | undefined> {
  let shrunk: Shrunk | undefined
  await shrink(
    moves,
    async (some) => {
      const journey = toJourney(explorer.stage, some, 'explore.shrunk')
      const result = await visit.play(journey)
      const fails = visit.failureOf(journey, result)?.clause === failure.clause
      if (fails) shrunk = { journey, result, length: some.length }
      return fails
    },
    shrinkings,
  )
  return shrunk
}

function foundOf(
  loaded: LoadedTarget,
  redactor: Redactor,
  sequence: number,
  shrunk: Shrunk,
  visit: Visit,
): FoundDeviation {
  const { journey, result, length } = shrunk
  const failure = visit.failureOf(journey, result) as Failure
  const finding = redactor.finding(toFinding(visit.judge, { ...journey, kind: 'journey' }, result, 0))
  const { clause, outcome } = failure
  const different = result.exchanges.findLast(({ differences }) => differences.length > 0)
  const where = failure.differences[0]?.where ?? 'answer'
  const steps = journey.steps.slice(0, (different?.step ?? journey.steps.length) + 1)
  const after = journey.steps.slice(steps.length).filter(({ do: kind }) => kind === 'arrange')
  const title = `${clause}: ${where} of ${redactor.text(failure.request)} is otherwise (found by exploring)`
  const status = different?.expected.status
  const file = toWritten(
    loaded.api,
    { ...journey, steps: [...steps, ...after] },
    { title, ...(status === undefined ? {} : { status }) },
  )
  return { key: keyOf(failure), clause, outcome, sequence, length, finding, journey: file }
}

function keyOf({ clause, differences, request }: Failure): string {
  return `${clause} ${differences[0]?.where ?? ''} ${request.split('?')[0] ?? ''}`
}

function refuseUnsafe(played: number, leftOut: ReadonlyMap<string, number>, isUnsafe: boolean): void {
  if (played > 0 || leftOut.size === 0 || !isUnsafe) return
  throw new UnderstudyError('ERR_UNSAFE', [
    'Nothing was sent: every sequence could lock an account.',
    ...[...leftOut.keys()].map((because) => `  ${because}`),
    'Name an account that may be locked (role disposable, mayBeLocked: true).',
  ])
}

async function rehearse(
  { api, target, settings }: LoadedTarget,
  journey: Journey,
  at: number,
): Promise<readonly Exchange[]> {
  const accounts = new Map<string, Account>()
  for (const [actor, role] of Object.entries(journey.cast)) {
    const account = target.accounts[role]
    if (account !== undefined) accounts.set(actor, toAccount(role, account))
  }
  const { player, meaning } = await createOracle(api, target.settings, [...accounts.values()], at)
  return (await playJourney(journey, { oracle: player, meaning, accounts, kit: api.kit, settings })).exchanges
}

/** A server that sequences are played on, as `verify` plays journeys. */
class Visit {
  readonly judge: Judge
  requests = 0
  hasOnlyBeenUnsafe = true
  readonly #loaded: LoadedTarget
  readonly #options: ExploreOptions
  readonly #player: HttpPlayer
  readonly #readiness: Readiness

  constructor(loaded: LoadedTarget, options: ExploreOptions, player: HttpPlayer) {
    this.#loaded = loaded
    this.#options = options
    this.#player = player
    this.#readiness = new Readiness(loaded, options.budget)
    this.judge = judgeOf(loaded, Date.now())
  }

  async play(journey: Journey): Promise<CheckResult> {
    const { allowWait, maxWait, budget } = this.#options
    const check = await planJourney(this.#loaded, journey, this.#readiness, {
      allowWait,
      ...(maxWait === undefined ? {} : { maxWait }),
      at: Date.now(),
    })
    const unsafe = check.leftOut === undefined ? budget.forecast()(check.exchanges) : undefined
    if (unsafe === undefined) this.hasOnlyBeenUnsafe = false
    if (this.requests === 0 && unsafe === undefined && check.leftOut === undefined) await this.#player.reach()
    const { result } = await playPlanned(unsafe === undefined ? check : { ...check, unsafe }, this.#player, budget)
    this.requests += result.exchanges.length
    // What a sequence has arranged, the next one knows nothing of.
    const states = journey.steps.flatMap((step) => (step.do === 'arrange' ? step.state : []))
    if (states.length > 0 && result.exchanges.length > 0) await this.#player.release(states)
    return result
  }

  /** The first thing that is amiss and that nobody has accepted. */
  failureOf(journey: Journey, result: CheckResult): Failure | undefined {
    if (result.outcome !== 'failed') return undefined
    const { failures } = toFinding(this.judge, { ...journey, kind: 'journey' }, result, 0)
    return failures.find(({ outcome }) => outcome !== 'accepted')
  }
}
