import { HttpPlayer } from '../playing/http-player.ts'
import { playPlanned } from '../playing/play-all.ts'
import { Readiness } from '../playing/readiness.ts'
import type { CheckResult } from '../playing/exchange.ts'
import { planJourney } from '../planning/plan-journey.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { toFinding } from '../telling/find.ts'
import type { Failure } from '../telling/findings.ts'
import { judgeOf, type Judge } from '../telling/judge.ts'
import type { Journey } from '../../core/journey.ts'
import type { ExploreOptions } from './explore-options.ts'

/** A server that sequences are played on, as `verify` plays journeys. */
export class Visit {
  readonly judge: Judge
  readonly player: HttpPlayer
  readonly readiness: Readiness
  requests = 0
  hasOnlyBeenUnsafe = true
  readonly #options: ExploreOptions
  #reached: Promise<void> | undefined

  constructor(loaded: LoadedTarget, options: ExploreOptions) {
    this.#options = options
    this.player = new HttpPlayer(loaded, options)
    this.readiness = new Readiness(loaded, options.budget)
    this.judge = judgeOf(loaded, Date.now())
  }

  /** Plays a sequence with the accounts of a target. */
  async play(journey: Journey, loaded: LoadedTarget): Promise<CheckResult> {
    const { allowWait, maxWait, budget } = this.#options
    const check = await planJourney(loaded, journey, this.readiness, {
      allowWait,
      ...(maxWait === undefined ? {} : { maxWait }),
      at: Date.now(),
    })
    const unsafe = check.leftOut === undefined ? budget.forecast()(check.exchanges) : undefined
    if (unsafe === undefined) this.hasOnlyBeenUnsafe = false
    if (unsafe === undefined && check.leftOut === undefined) await (this.#reached ??= this.player.reach())
    const { result } = await playPlanned(unsafe === undefined ? check : { ...check, unsafe }, this.player, budget)
    this.requests += result.exchanges.length
    // What a sequence has arranged, the next one knows nothing of.
    const states = journey.steps.flatMap((step) => (step.do === 'arrange' ? step.state : []))
    if (states.length > 0 && result.exchanges.length > 0) await this.player.release(states)
    return result
  }

  /** The first thing that is amiss and that nobody has accepted. */
  failureOf(journey: Journey, result: CheckResult): Failure | undefined {
    if (result.outcome !== 'failed') return undefined
    const { failures } = toFinding(this.judge, { ...journey, kind: 'journey' }, result, 0)
    return failures.find(({ outcome }) => outcome !== 'accepted')
  }
}
