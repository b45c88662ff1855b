import type { CheckResult } from '../playing/exchange.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import type { Failure } from '../telling/findings.ts'
import type { Redactor } from '../telling/redact.ts'
import { Crews, isWholeServers, type Crew } from './crews.ts'
import type { ExploreOptions } from './explore.ts'
import type { Explorer, Sequence } from './explorer.ts'
import { foundOf, keyOf, shortest, type FoundDeviation } from './found.ts'
import { playTogether } from './together.ts'
import { Visit } from './visit.ts'

/** So many sequences for each job are made, played, and looked at in their order, before the next. */
const sequencesPerJob = 16

/** How sequences were played beside each other. */
export interface JobsReport {
  readonly wanted: number
  /** How many sequences there were at once, at most. */
  readonly atOnce: number
  /** How many were played alone, as they change what is the whole server's. */
  readonly alone: number
  /** The account that most sequences waited for, where it kept jobs from being at work; of how many it played how many. */
  readonly waitedFor?: { readonly username: string; readonly played: number; readonly of: number }
  /** What differed beside others, and not when it was played again alone: it is not found. */
  readonly onlyTogether: readonly { readonly sequence: number; readonly clause: string }[]
}

interface Played {
  readonly sequence: Sequence
  readonly result: CheckResult
  readonly failure: Failure | undefined
  /** With whose accounts. */
  readonly loaded: LoadedTarget
  readonly isAlone: boolean
}

/**
 * Plays sequences round by round. In each, those that need nothing but accounts are played at once, each by accounts of its own,
 * then one by one those that change what is the whole server's; then what differed is looked at in the order of the sequences,
 * so that what is found does not depend on who was faster. With one job a round is one sequence.
 */
export class Rounds {
  readonly visit: Visit
  readonly found: FoundDeviation[] = []
  readonly leftOut = new Map<string, number>()
  last = 0
  played = 0
  brokenOff: string | undefined
  readonly #loaded: LoadedTarget
  readonly #options: ExploreOptions
  readonly #explorer: Explorer
  readonly #redactor: Redactor
  readonly #crews: Crews
  readonly #known: Set<string>
  readonly #began = Date.now()
  readonly #onlyTogether: { sequence: number; clause: string }[] = []
  #made = 0
  #atOnce = 1
  #alone = 0
  #together = 0
  /** How often a job had nothing to play, as all who were needed were at play. */
  #idle = 0

  constructor(loaded: LoadedTarget, options: ExploreOptions, explorer: Explorer, redactor: Redactor) {
    this.#loaded = loaded
    this.#options = options
    this.#explorer = explorer
    this.#redactor = redactor
    this.visit = new Visit(loaded, options)
    this.#crews = new Crews(loaded, this.visit.readiness)
    this.#known = new Set(options.known)
  }

  async playAll(): Promise<void> {
    const { after, sequences, jobs = 1 } = this.#options
    try {
      for (let count = 0; count < after; count++) this.last = (await this.#explorer.next()).number
      while (this.#made < sequences && !this.#isOver())
        await this.#playRound(jobs === 1 ? 1 : Math.min(sequences - this.#made, jobs * sequencesPerJob))
    } finally {
      this.visit.player.close()
    }
  }

  /** How jobs were at work. */
  get jobs(): JobsReport {
    const { jobs = 1 } = this.#options
    const [most] = [...this.#crews.played].toSorted(([, one], [, other]) => other - one)
    const isShort = this.#idle * 4 > this.#together
    return {
      wanted: jobs,
      atOnce: this.#atOnce,
      alone: this.#alone,
      ...(most === undefined || !isShort
        ? {}
        : { waitedFor: { username: this.#redactor.text(most[0]), played: most[1], of: this.#together } }),
      onlyTogether: this.#onlyTogether,
    }
  }

  async #playRound(size: number): Promise<void> {
    const { jobs = 1 } = this.#options
    const made: Sequence[] = []
    const alone: Sequence[] = []
    const done = new Map<number, Played>()
    const next = async (): Promise<Sequence | undefined> => {
      while (made.length < size && !this.#isOver()) {
        const sequence = await this.#explorer.next()
        made.push(sequence)
        this.#made++
        if (jobs > 1 && !isWholeServers(this.#loaded, sequence)) return sequence
        alone.push(sequence)
      }
      return undefined
    }
    const play = async (sequence: Sequence, loaded: LoadedTarget, isAlone: boolean): Promise<void> => {
      const { after, sequences, onStart, signal } = this.#options
      onStart?.(sequence.number, after + sequences)
      const result = await this.visit.play(sequence.journey, loaded)
      const isReached = result.outcome !== 'not reached'
      // Whatever was interrupted is played by whoever goes on.
      if (!isReached && signal?.aborted === true) return
      if (!isReached && result.unavailable === true) this.brokenOff ??= await this.visit.player.whyDown()
      const failure = this.visit.failureOf(sequence.journey, result)
      done.set(sequence.number, { sequence, result, failure, loaded, isAlone })
    }
    const { most, idle } = await playTogether({
      jobs,
      next,
      engage: (sequence: Sequence) => this.#crews.engage(sequence),
      play: (sequence, { loaded }: Crew) => play(sequence, loaded, false),
      isOver: () => this.#isOver(),
    })
    this.#atOnce = Math.max(this.#atOnce, most)
    this.#idle += idle
    this.#together += done.size
    for (const sequence of alone) {
      if (this.#isOver()) break
      await play(sequence, this.#loaded, true)
    }
    if (jobs > 1) this.#alone += [...done.values()].filter(({ isAlone }) => isAlone).length
    await this.#lookAt(made, done)
  }

  async #lookAt(made: readonly Sequence[], done: ReadonlyMap<number, Played>): Promise<void> {
    let isWhole = true
    for (const { number } of made) {
      const played = done.get(number)
      const isSeen = played !== undefined && (await this.#tell(played))
      isWhole = isWhole && isSeen
      if (isWhole) this.last = number
    }
  }

  #leaveOut(because = ''): void {
    const told = this.#redactor.text(because)
    this.leftOut.set(told, (this.leftOut.get(told) ?? 0) + 1)
  }

  /**
   * Tells what a sequence has shown. What somebody beside it may have done is not told of the server: alone it has to do it again.
   * Gives back whether that could be seen.
   */
  async #tell(played: Played): Promise<boolean> {
    const { sequence, loaded } = played
    const { number, journey, moves } = sequence
    const { visit } = this
    if (played.result.outcome === 'not reached') this.#leaveOut(played.result.because)
    else this.played++
    const first = played.failure
    if (first === undefined || this.#known.has(keyOf(first))) return true
    const result = played.isAlone ? played.result : await visit.play(journey, loaded)
    const failure = visit.failureOf(journey, result)
    if (failure === undefined) {
      if (result.outcome === 'not reached') return false
      this.#onlyTogether.push({ sequence: number, clause: first.clause })
      return true
    }
    if (this.#known.has(keyOf(failure))) return true
    this.#known.add(keyOf(first)).add(keyOf(failure))
    const shown = { journey, result, failure, moves }
    const shrunk = await shortest(shown, visit, this.#explorer.stage, { loaded, isOver: () => this.#isOver() })
    const found = foundOf(shrunk, number, { loaded, redactor: this.#redactor, visit })
    this.found.push(found)
    this.#options.onFound?.(found)
    return true
  }

  #isOver(): boolean {
    const { signal, time = Infinity } = this.#options
    return signal?.aborted === true || this.brokenOff !== undefined || Date.now() - this.#began >= time
  }
}
