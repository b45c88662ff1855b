import type { LoadedTarget } from '../target/loaded-target.ts'
import type { Redactor } from '../telling/redact.ts'
import { Crews, isWholeServers } from './crews.ts'
import type { ExploreOptions } from './explore-options.ts'
import type { Explorer, Sequence } from './explorer.ts'
import { SecondLook, type PlayedSequence, type Unconfirmed } from './second-look.ts'
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
  /** Who played most, where jobs had nothing to do because those who were needed were at play; and of how many sequences. */
  readonly waitedFor?: { readonly username: string; readonly played: number; readonly of: number }
  /** What differed beside others, and was not shown alone: it is not found. */
  readonly unconfirmed: readonly Unconfirmed[]
}

/**
 * Plays sequences round by round. In each, those that need nothing but accounts are played at once, each by accounts of its own,
 * then one by one those that change what is the whole server's; then what differed is looked at in the order of the sequences,
 * so that what is found does not depend on who was faster. With one job a round is one sequence.
 */
export class Rounds {
  readonly visit: Visit
  readonly look: SecondLook
  readonly leftOut = new Map<string, number>()
  last = 0
  played = 0
  brokenOff: string | undefined
  readonly #loaded: LoadedTarget
  readonly #options: ExploreOptions
  readonly #explorer: Explorer
  readonly #redactor: Redactor
  readonly #crews: Crews
  readonly #jobs: number
  readonly #began = Date.now()
  /** How many sequences each account has played beside others, and how many there were. */
  readonly #playedBy = new Map<string, number>()
  #together = 0
  /** How often a job had nothing to play, as those who were needed were at play. */
  #idle = 0
  #atOnce = 1
  #alone = 0
  #made = 0

  constructor(loaded: LoadedTarget, options: ExploreOptions, explorer: Explorer, redactor: Redactor) {
    this.#loaded = loaded
    this.#options = options
    this.#explorer = explorer
    this.#redactor = redactor
    this.#jobs = options.jobs ?? 1
    this.visit = new Visit(loaded, options)
    this.#crews = new Crews(loaded, this.visit.readiness)
    const { visit } = this
    const isOver = (): boolean => this.#isOver()
    this.look = new SecondLook({ loaded, options, stage: explorer.stage, redactor, visit, crews: this.#crews, isOver })
  }

  async playAll(): Promise<void> {
    const { after, sequences } = this.#options
    try {
      for (let count = 0; count < after; count++) this.last = (await this.#explorer.next()).number
      while (this.#made < sequences && !this.#isOver())
        await this.#playRound(this.#jobs === 1 ? 1 : Math.min(sequences - this.#made, this.#jobs * sequencesPerJob))
    } finally {
      this.visit.player.close()
    }
  }

  /** How jobs were at work. */
  get jobs(): JobsReport {
    const [most] = [...this.#playedBy].toSorted(([, one], [, other]) => other - one)
    const isShort = most !== undefined && this.#idle * 4 > this.#together
    const waitedFor = isShort && { username: this.#redactor.text(most[0]), played: most[1], of: this.#together }
    return {
      wanted: this.#jobs,
      atOnce: this.#atOnce,
      alone: this.#alone,
      ...(waitedFor === false ? {} : { waitedFor }),
      unconfirmed: this.look.unconfirmed,
    }
  }

  async #playRound(size: number): Promise<void> {
    const made: number[] = []
    const alone: Sequence[] = []
    const done = new Map<number, PlayedSequence>()
    const next = async (): Promise<Sequence | undefined> => {
      while (made.length < size && !this.#isOver()) {
        const sequence = await this.#explorer.next()
        made.push(sequence.number)
        this.#made++
        if (this.#jobs > 1 && !isWholeServers(this.#loaded, sequence)) return sequence
        alone.push(sequence)
      }
      return undefined
    }
    const { most, idle } = await playTogether({
      jobs: this.#jobs,
      next,
      engage: (sequence: Sequence) => this.#crews.engage(sequence),
      play: async (sequence, { loaded, usernames }) => {
        for (const username of usernames) this.#playedBy.set(username, (this.#playedBy.get(username) ?? 0) + 1)
        this.#together++
        await this.#play(sequence, loaded, false, done)
      },
      isOver: () => this.#isOver(),
    })
    this.#atOnce = Math.max(this.#atOnce, most)
    this.#idle += idle
    for (const sequence of alone) {
      if (this.#isOver()) break
      if (this.#jobs > 1) this.#alone++
      await this.#play(sequence, this.#loaded, true, done)
    }
    const unseen = await this.look.lookAt(made.flatMap((number) => done.get(number) ?? []))
    const open = made.findIndex((number) => !done.has(number) || unseen.has(number))
    this.last = (open < 0 ? made : made.slice(0, open)).at(-1) ?? this.last
  }

  async #play(
    sequence: Sequence,
    loaded: LoadedTarget,
    isAlone: boolean,
    done: Map<number, PlayedSequence>,
  ): Promise<void> {
    const { after, sequences, onStart, signal } = this.#options
    const { number, journey } = sequence
    onStart?.(number, after + sequences)
    const result = await this.visit.play(journey, loaded)
    if (result.outcome !== 'not reached') this.played++
    // Whatever was interrupted is played by whoever goes on.
    else if (signal?.aborted === true) return
    else {
      const because = this.#redactor.text(result.because ?? '')
      this.leftOut.set(because, (this.leftOut.get(because) ?? 0) + 1)
      if (result.unavailable === true) this.brokenOff ??= await this.visit.player.whyDown()
    }
    const failure = this.visit.failureOf(journey, result)
    done.set(number, { sequence, result, failure, loaded, isAlone })
  }

  #isOver(): boolean {
    const { signal, time = Infinity } = this.#options
    return signal?.aborted === true || this.brokenOff !== undefined || Date.now() - this.#began >= time
  }
}
