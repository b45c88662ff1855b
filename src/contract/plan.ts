import type { Journey } from '../core/journey.ts'
import type { JsonObject } from '../core/json.ts'
import { isAttempt, type Budget } from './budget.ts'
import { castOf } from './casting.ts'
import { givenBy, whyUnreachable } from './given.ts'
import { createOracle } from './oracle.ts'
import type { Interaction } from './pact.ts'
import { playInteraction } from './play-interaction.ts'
import type { CheckResult, Exchange, Guard } from './exchange.ts'
import { playJourney } from './play-journey.ts'
import { NotReachedError, type Player } from './player.ts'
import type { LoadedTarget } from './target.ts'

/** One thing that a run is going to check, as rehearsed on the mock. */
export interface PlannedCheck {
  readonly id: string
  readonly title: string
  readonly kind: 'interaction' | 'journey'
  /** What will be sent; nothing where the check is left out. */
  readonly exchanges: readonly Exchange[]
  /** How many codes that count as wrong each account will see, by username. */
  readonly attempts: ReadonlyMap<string, number>
  /** Why it cannot be played. */
  readonly leftOut?: string
  /** Why it must not be. */
  readonly unsafe?: string
  /** Plays it on a server. */
  readonly play: (subject: Player, guard: Guard | undefined, at: number) => Promise<CheckResult>
}

/** What a run may check. */
export interface Repertoire {
  readonly interactions: readonly Interaction[]
  readonly journeys: readonly Journey[]
}

/** Rehearses everything on the mock, and says what can be checked on the target, and what it does to its accounts. */
export async function plan(loaded: LoadedTarget, repertoire: Repertoire, budget: Budget): Promise<PlannedCheck[]> {
  const checks = [
    ...repertoire.interactions.map((interaction) => interactionCheck(loaded, interaction)),
    ...repertoire.journeys.map((journey) => journeyCheck(loaded, journey)),
  ]
  const planned: PlannedCheck[] = []
  const promised = new Map<string, number>()
  for (const { rehearse, ...check } of checks) {
    const { exchanges, because } = await rehearse()
    const attempts = because === undefined ? attemptsOf(loaded, exchanges) : new Map<string, number>()
    const over = [...attempts].find(([user, count]) => (promised.get(user) ?? 0) + count > budget.left(user))
    if (because !== undefined) planned.push({ ...check, exchanges: [], attempts, leftOut: because })
    else if (over !== undefined)
      planned.push({ ...check, exchanges, attempts, unsafe: `${over[1]} wrong codes: ${budget.spent(over[0])}` })
    else {
      for (const [user, count] of attempts) promised.set(user, (promised.get(user) ?? 0) + count)
      planned.push({ ...check, exchanges, attempts })
    }
  }
  return planned
}

type Rehearsable = Pick<PlannedCheck, 'id' | 'title' | 'kind' | 'play'> & {
  readonly rehearse: () => Promise<CheckResult>
}

function journeyCheck(loaded: LoadedTarget, journey: Journey): Rehearsable {
  const play = async (at: number, subject?: Player, guard?: Guard): Promise<CheckResult> => {
    try {
      const accounts = castOf(loaded, journey)
      const { player, meaning } = await createOracle(loaded.api, loaded.target.settings, [...accounts.values()], at)
      const { kit } = loaded.api
      const parts = { oracle: player, meaning, accounts, kit, settings: loaded.settings }
      return await playJourney(journey, { ...parts, ...optional({ subject, guard }) })
    } catch (error) {
      if (!(error instanceof NotReachedError)) throw error
      return { outcome: 'not reached', because: error.message, exchanges: [] }
    }
  }
  const { id, title } = journey
  return {
    id,
    title,
    kind: 'journey',
    rehearse: () => play(Date.now()),
    play: (subject, guard, at) => play(at, subject, guard),
  }
}

function interactionCheck(loaded: LoadedTarget, interaction: Interaction): Rehearsable {
  const { api, target } = loaded
  const mount = api.mount(loaded.settings)
  const play = async (at: number, subject?: Player, guard?: Guard): Promise<CheckResult> => {
    const { player, meaning } = await createOracle(api, target.settings, [], at)
    const given = (): Promise<JsonObject | undefined> => givenBy(loaded, interaction, subject ?? player)
    const parts = { oracle: player, meaning, given, mount, kit: api.kit }
    return playInteraction(interaction, { ...parts, ...optional({ subject, guard }) })
  }
  return {
    id: interaction.id,
    title: interaction.description,
    kind: 'interaction',
    rehearse: async () => {
      const because = whyUnreachable(loaded, interaction)
      return because === undefined ? play(Date.now()) : { outcome: 'not reached', because, exchanges: [] }
    },
    play: (subject, guard, at) => play(at, subject, guard),
  }
}

function optional(parts: { readonly subject: Player | undefined; readonly guard: Guard | undefined }): {
  readonly subject?: Player
  readonly guard?: Guard
} {
  return {
    ...(parts.subject === undefined ? {} : { subject: parts.subject }),
    ...(parts.guard === undefined ? {} : { guard: parts.guard }),
  }
}

function attemptsOf({ api }: LoadedTarget, exchanges: readonly Exchange[]): Map<string, number> {
  const attempts = new Map<string, number>()
  for (const { meaning } of exchanges) {
    if (!isAttempt(meaning, api.kit.lockout)) continue
    const user = meaning.user ?? ''
    attempts.set(user, (attempts.get(user) ?? 0) + 1)
  }
  return attempts
}
