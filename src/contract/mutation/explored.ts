import type { Journey } from '../../core/journey.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Account, Kit } from '../../core/kit.ts'
import { mutate, type AnyMutant } from '../../core/mutant.ts'
import { Explorer, type Sequence } from '../exploring/explorer.ts'
import { toJourney, type Move } from '../exploring/sequence.ts'
import { shrink } from '../exploring/shrink.ts'
import { Rehearsal } from '../planning/rehearsal.ts'
import { chargesOf } from '../playing/blame.ts'
import { isDifferent } from '../playing/exchange.ts'
import { createOracle, type Oracle } from '../playing/oracle.ts'
import { playJourney, type JourneyResult } from '../playing/play-journey.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { trialCast } from '../playing/trial-cast.ts'
import { oracleAt, settingsOf, subjectAt } from './mutation.ts'

/** What exploring has found of a mutant. */
export interface ExploredMutant {
  readonly mutant: AnyMutant
  /** The number of the sequence that showed it; undefined where none did. */
  readonly sequence?: number
  /** How many requests, waits and arranged states the shrunk one has. */
  readonly length?: number
  readonly clause?: string
  readonly moves?: readonly Move[]
}

/** Explores mocks of an API, the honest one and mutants, by the same sequences for all that have the same settings. */
export class ExploredApi {
  readonly #api: CheckedApi
  readonly #seed: number
  readonly #count: number
  readonly #sequences = new Map<string, Promise<Prepared>>()

  constructor(api: CheckedApi, seed: number, count: number) {
    this.#api = api
    this.#seed = seed
    this.#count = count
  }

  /** Plays sequences on an API until one shows that it is another, and shrinks that. */
  async explore(
    mutant: AnyMutant | undefined,
    under: JsonObject = mutant?.under ?? {},
  ): Promise<Omit<ExploredMutant, 'mutant'>> {
    const given = { ...this.#api.kit.trial.settings, ...under }
    const key = JSON.stringify(given)
    const prepared = this.#sequences.get(key) ?? this.#prepare(given)
    this.#sequences.set(key, prepared)
    const { sequences, explorer } = await prepared
    const other = mutant === undefined ? this.#api : mutate(this.#api, mutant)
    const pair = new Pair(this.#api, other, given)
    for (const { sequence, rehearsal } of sequences) {
      const found = await pair.play(sequence.journey, rehearsal)
      const clause = clauseOf(this.#api, found)
      if (clause === undefined) continue
      const fails = async (moves: readonly Move[]): Promise<boolean> =>
        clauseOf(this.#api, await pair.play(toJourney(explorer.stage, moves, 'shrunk'))) !== undefined
      const moves = await shrink(sequence.moves, fails, 500)
      const shrunk = await pair.play(toJourney(explorer.stage, moves, 'shrunk'))
      return { sequence: sequence.number, length: moves.length, clause: clauseOf(this.#api, shrunk) ?? clause, moves }
    }
    return {}
  }

  async #prepare(given: JsonObject): Promise<Prepared> {
    const api = this.#api
    const settings = settingsOf(api, given)
    const rehearsals = new Map<Journey, Rehearsal>()
    const explorer = new Explorer({
      api,
      settings,
      roles: Object.keys(api.kit.roles),
      seed: this.#seed,
      rehearse: async (journey) => {
        const rehearsal = new Rehearsal(createOracle(api, given, castOf(api.kit, journey), oracleAt))
        rehearsals.set(journey, rehearsal)
        const { player, meaning } = await rehearsal.begin()
        const accounts = accountsOf(api.kit, journey)
        return (await playJourney(journey, { oracle: player, meaning, accounts, kit: api.kit, settings })).exchanges
      },
    })
    const sequences = []
    for (let count = 0; count < this.#count; count++) {
      const sequence = await explorer.next()
      sequences.push({ sequence, rehearsal: rehearsals.get(sequence.journey) as Rehearsal })
      rehearsals.clear()
    }
    return { sequences, explorer }
  }
}

interface Prepared {
  readonly sequences: readonly { readonly sequence: Sequence; readonly rehearsal: Rehearsal }[]
  readonly explorer: Explorer
}

/** An honest mock and another one. */
class Pair {
  readonly #api: CheckedApi
  readonly #other: CheckedApi
  readonly #given: JsonObject
  #subject: Oracle | undefined
  #oracle: Oracle | undefined

  constructor(api: CheckedApi, other: CheckedApi, given: JsonObject) {
    this.#api = api
    this.#other = other
    this.#given = given
  }

  async play(journey: Journey, rehearsal?: Rehearsal): Promise<JourneyResult> {
    const { kit } = this.#api
    const cast = castOf(kit, journey)
    this.#subject = await (this.#subject?.begin(cast, subjectAt) ??
      createOracle(this.#other, this.#given, cast, subjectAt, 'subject'))
    const oracle = await (rehearsal?.begin() ?? this.#begin(cast))
    return playJourney(journey, {
      oracle: oracle.player,
      meaning: oracle.meaning,
      subject: this.#subject.player,
      accounts: accountsOf(kit, journey),
      kit,
      settings: settingsOf(this.#api, this.#given),
    })
  }

  async #begin(cast: readonly Account[]): Promise<Oracle> {
    this.#oracle = await (this.#oracle?.begin(cast, oracleAt) ?? createOracle(this.#api, this.#given, cast, oracleAt))
    return this.#oracle
  }
}

function clauseOf({ kit }: CheckedApi, { outcome, exchanges }: JourneyResult): string | undefined {
  const exchange = outcome === 'failed' ? exchanges.find(isDifferent) : undefined
  return exchange && chargesOf(kit, exchange)[0]?.clause
}

function accountsOf(kit: Kit, { cast }: Journey): Map<string, Account> {
  return new Map(
    [...trialCast(kit, { cast })].map(([actor, account]) => [
      actor,
      { ...account, username: kit.trial.usernames?.[account.role] ?? `qa-${account.role}` },
    ]),
  )
}

function castOf(kit: Kit, journey: Journey): Account[] {
  return [...accountsOf(kit, journey).values()]
}
