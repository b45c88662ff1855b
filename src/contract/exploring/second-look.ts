import type { CheckResult } from '../playing/exchange.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import type { Failure } from '../telling/findings.ts'
import type { Redactor } from '../telling/redact.ts'
import type { Crews } from './crews.ts'
import type { ExploreOptions } from './explore-options.ts'
import type { Sequence } from './explorer.ts'
import { foundOf, deviationKey, type FoundDeviation, type Exhibit } from './found.ts'
import type { Company } from './sequence.ts'
import { shortest } from './shortest.ts'
import { playTogether } from './together.ts'
import type { Visit } from './visit.ts'

/** A sequence that was played. */
export interface PlayedSequence {
  readonly sequence: Sequence
  readonly result: CheckResult
  readonly failure: Failure | undefined
  /** With whose accounts. */
  readonly loaded: LoadedTarget
  readonly isAlone: boolean
}

/** What differed beside others, and was not shown alone. */
export interface Unconfirmed {
  readonly sequence: number
  readonly clause: string
  /** Why it could not be played again; left out where it was, and did not differ. */
  readonly because?: string
}

/** What sequences are played again with. */
export interface LookOptions {
  readonly loaded: LoadedTarget
  readonly options: ExploreOptions
  readonly stage: Company
  readonly redactor: Redactor
  readonly visit: Visit
  readonly crews: Crews
  readonly isOver: () => boolean
}

interface Suspect extends Exhibit {
  readonly sequence: Sequence
  readonly isAlone: boolean
}

/**
 * Looks at what differed, in the order of the sequences. What somebody beside it may have done is not told of the server: it is
 * played again alone first. It is shrunk beside others, by accounts of its own, and what is left of it is played alone once more.
 */
export class SecondLook {
  readonly found: FoundDeviation[] = []
  readonly unconfirmed: Unconfirmed[] = []
  readonly #look: LookOptions
  readonly #known: Set<string>

  constructor(look: LookOptions) {
    this.#look = look
    this.#known = new Set(look.options.known)
  }

  /** Gives back the sequences that could not be looked at, as there was no time left, or nobody to ask. */
  async lookAt(all: readonly PlayedSequence[]): Promise<ReadonlySet<number>> {
    const suspects: Suspect[] = []
    const unseen = new Set<number>()
    for (const played of all) {
      const { failure, sequence } = played
      if (failure === undefined || this.#known.has(deviationKey(failure))) continue
      const suspect = await this.#again(played, failure, unseen)
      if (suspect === undefined || this.#known.has(deviationKey(suspect.failure))) continue
      this.#known.add(deviationKey(failure)).add(deviationKey(suspect.failure))
      suspects.push({ ...suspect, sequence, isAlone: played.isAlone })
    }
    const shrunk = await this.#shrink(suspects)
    for (const suspect of suspects) await this.#tell(suspect, shrunk.get(suspect) ?? suspect)
    return unseen
  }

  async #again(
    { sequence, result: before, isAlone, loaded: of }: PlayedSequence,
    first: Failure,
    unseen: Set<number>,
  ): Promise<Exhibit | undefined> {
    const { number, journey, moves } = sequence
    if (isAlone) return { journey, result: before, failure: first, moves }
    const { visit, crews, isOver, redactor } = this.#look
    const crew = crews.engage(sequence)
    const result = await visit.play(journey, crew?.loaded ?? of)
    crew?.leave()
    const failure = visit.failureOf(journey, result)
    if (failure !== undefined) return { journey, result, failure, moves }
    const { outcome, because = '', unavailable } = result
    if (outcome === 'not reached' && (isOver() || unavailable === true)) unseen.add(number)
    else
      this.unconfirmed.push({
        sequence: number,
        clause: first.clause,
        ...(outcome === 'not reached' ? { because: redactor.text(because) } : {}),
      })
    return undefined
  }

  /** The shortest part of each. */
  async #shrink(suspects: readonly Suspect[]): Promise<ReadonlyMap<Suspect, Exhibit>> {
    const { loaded, options, visit, crews, stage, isOver } = this.#look
    const shrunk = new Map<Suspect, Exhibit>()
    const shrink = async (suspect: Suspect, on: LoadedTarget): Promise<void> => {
      shrunk.set(suspect, await shortest(suspect, visit, stage, { loaded: on, isOver }))
    }
    const together = suspects.filter(({ isAlone }) => !isAlone)
    await playTogether({
      jobs: options.jobs ?? 1,
      next: async () => together.shift(),
      engage: ({ sequence }) => crews.engage(sequence),
      play: (suspect, crew) => shrink(suspect, crew.loaded),
      isOver,
    })
    for (const suspect of suspects) if (suspect.isAlone) await shrink(suspect, loaded)
    return shrunk
  }

  async #tell(suspect: Suspect, shrunk: Exhibit): Promise<void> {
    const { loaded, options, redactor, visit } = this.#look
    const shown = suspect.isAlone || shrunk.moves === suspect.moves ? shrunk : await this.#alone(suspect, shrunk)
    const found = foundOf(shown, suspect.sequence.number, { loaded, redactor, judge: visit.judge })
    this.found.push(found)
    options.onFound?.(found)
  }

  /** What is left of it, where that shows the same alone; otherwise all of it. */
  async #alone(suspect: Suspect, { journey, moves }: Exhibit): Promise<Exhibit> {
    const { loaded, visit, crews } = this.#look
    const crew = crews.engage(suspect.sequence)
    const result = await visit.play(journey, crew?.loaded ?? loaded)
    crew?.leave()
    const failure = visit.failureOf(journey, result)
    return failure?.clause === suspect.failure.clause ? { journey, result, failure, moves } : suspect
  }
}
