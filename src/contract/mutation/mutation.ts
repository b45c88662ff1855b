import { inAnswers } from '../../core/bend.ts'
import { check } from '../../core/check.ts'
import { UnderstudyError } from '../../core/errors.ts'
import { object } from '../../core/field.ts'
import type { Journey } from '../../core/journey.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Account } from '../../core/kit.ts'
import { mutate, type AnyMutant } from '../../core/mutant.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { createOracle } from '../playing/oracle.ts'
import type { PactInteraction } from '../comparing/own-pact.ts'
import { playInteraction } from '../playing/play-interaction.ts'
import { arranging } from '../playing/precondition.ts'
import { playJourney, type JourneyResult } from '../playing/play-journey.ts'
import type { CheckResult } from '../playing/exchange.ts'
import { mockJudge } from '../telling/judge.ts'
import { Rehearsal } from '../planning/rehearsal.ts'
import { toFinding, type CheckName } from '../telling/find.ts'
import type { Failure } from '../telling/findings.ts'
import { trialCast } from '../playing/trial-cast.ts'
import { closedBy } from '../playing/gate.ts'

/** What the kit noticed of a mutant. */
export interface MutantTrial {
  readonly mutant: AnyMutant
  /** The first failure of each journey that failed; none if the mutant has survived. */
  readonly failures: readonly Failure[]
}

/** How mutants are tried. */
export interface TrialOptions {
  /** Stops at the first check that fails. */
  readonly untilKilled?: boolean
  /** Interactions of pacts to play beside the journeys. */
  readonly interactions?: readonly PactInteraction[]
}

// Far from each other, and neither at the start of an hour: what a journey compares must not depend on the clock.
export const oracleAt = 1_768_467_600_000
export const subjectAt = 1_768_500_187_000

/** Plays the journeys of an API on a mutant of it, and interactions if there are any, and collects what they find. */
export async function tryMutant(
  api: CheckedApi,
  mutant: AnyMutant,
  { untilKilled = false, interactions = [] }: TrialOptions = {},
): Promise<MutantTrial> {
  const failures: Failure[] = []
  const subject = mutate(api, mutant)
  for (const { play, ...checked } of checksOf(api, mutant.under, interactions)) {
    if (mutant.isMechanical === true && !(await clausesMet(api, checked.id, mutant.under, play)).has(mutant.clause))
      continue
    const result = await play(subject)
    if (result.outcome !== 'failed') continue
    failures.push(...toFinding(mockJudge(api, {}), checked, result, 0).failures.slice(0, 1))
    if (untilKilled || closedBy(api.kit, checked.id, result) !== undefined) break
  }
  return { mutant, failures }
}

type TrialCheck = CheckName & { readonly play: (subject: CheckedApi) => Promise<CheckResult> }

/** As a target is verified: what any server passes comes first, then interactions, and then the journeys. */
function checksOf(
  api: CheckedApi,
  under: JsonObject | undefined,
  interactions: readonly PactInteraction[],
): readonly TrialCheck[] {
  const given = { ...api.kit.trial.settings, ...under }
  const journeys = api.kit.journeys.map((journey): TrialCheck => {
    const { id, title } = journey
    return { id, title, kind: 'journey', play: (subject) => playOn(api, subject, journey, given) }
  })
  const others = interactions.map((interaction): TrialCheck => {
    const { id, description: title } = interaction
    return { id, title, kind: 'interaction', play: (subject) => playInteractionOn(api, subject, interaction, under) }
  })
  const first = journeys.filter(({ id }) => id === api.kit.gate?.journey)
  return [...first, ...others, ...journeys.filter((journey) => !first.includes(journey))]
}

const met = new Map<string, Promise<ReadonlySet<string>>>()

/** The clauses that the honest API plays in a check. What bends the answers of another one cannot be seen in it. */
function clausesMet(
  api: CheckedApi,
  id: string,
  under: JsonObject = {},
  play: TrialCheck['play'],
): Promise<ReadonlySet<string>> {
  const key = `${id} ${JSON.stringify(under)}`
  const known = met.get(key) ?? noted(api, play)
  met.set(key, known)
  return known
}

async function noted(api: CheckedApi, play: TrialCheck['play']): Promise<ReadonlySet<string>> {
  const clauses = new Set<string>()
  const bend = inAnswers((reply) => {
    clauses.add(reply.clause)
    return reply
  })
  await play(mutate(api, { id: 'none', clause: 'none', title: 'notes what is played', bend }))
  return clauses
}

/** Plays an interaction on the mock as oracle, and on another as subject, which both can arrange its states. */
async function playInteractionOn(
  api: CheckedApi,
  subject: CheckedApi,
  interaction: PactInteraction,
  given: JsonObject = {},
): Promise<CheckResult> {
  const oracle = await rehearsalOf(api, interaction.id, given, []).begin()
  const played = await createOracle(subject, given, [], subjectAt, 'subject')
  return playInteraction(interaction, {
    oracle: oracle.player,
    meaning: oracle.meaning,
    subject: played.player,
    mount: api.mount(settingsOf(api, given)),
    precondition: arranging(interaction.states),
  })
}

const rehearsals = new Map<string, Rehearsal>()

function rehearsalOf(api: CheckedApi, id: string, given: JsonObject, cast: readonly Account[]): Rehearsal {
  const key = `${id} ${JSON.stringify(given)}`
  const rehearsal = rehearsals.get(key) ?? new Rehearsal(createOracle(api, given, cast, oracleAt))
  rehearsals.set(key, rehearsal)
  return rehearsal
}

/** Plays a journey on the mock as oracle, and on another as subject. */
export async function playOn(
  api: CheckedApi,
  subject: CheckedApi,
  journey: Journey,
  given: JsonObject = api.kit.trial.settings,
): Promise<JourneyResult> {
  const accounts = trialCast(api.kit, journey)
  const cast = [...accounts.values()]
  const oracle = await rehearsalOf(api, journey.id, given, cast).begin()
  const played = await createOracle(subject, given, cast, subjectAt, 'subject')
  return playJourney(journey, {
    oracle: oracle.player,
    meaning: oracle.meaning,
    subject: played.player,
    accounts,
    kit: api.kit,
    settings: settingsOf(api, given),
  })
}

export function settingsOf(api: CheckedApi, given: JsonObject): JsonObject {
  const { value, issues } = check(object(api.settings, { about: 'settings' }), given)
  if (value === undefined)
    throw new UnderstudyError('ERR_INTERNAL', `The kit of ${api.title} is tried with settings that do not fit.`, issues)
  return value
}

/** Whether the first failure names the clause that is bent. */
export function blamesRightly({ mutant, failures }: MutantTrial): boolean {
  return failures[0]?.clause === mutant.clause
}
