import { check } from '../core/check.ts'
import { UnderstudyError } from '../core/errors.ts'
import { object, type Fields } from '../core/field.ts'
import type { Journey } from '../core/journey.ts'
import type { JsonObject } from '../core/json.ts'
import type { Account, Kit } from '../core/kit.ts'
import { mutate, type AnyMutant } from '../core/mutant.ts'
import { createOracle, type CheckedApi } from './oracle.ts'
import { playJourney, type JourneyResult } from './play-journey.ts'
import { nowhere } from './curl.ts'
import { toFinding } from './find.ts'
import type { Failure } from './findings.ts'
import { closedBy } from './gate.ts'

/** What the kit noticed of a mutant. */
export interface MutantTrial {
  readonly mutant: AnyMutant
  /** The first failure of each journey that failed; none if the mutant has survived. */
  readonly failures: readonly Failure[]
}

/** How mutants are tried. */
export interface TrialOptions {
  /** Stops at the first journey that fails. */
  readonly untilKilled?: boolean
}

// Far from each other, and neither at the start of an hour: what a journey compares must not depend on the clock.
const oracleAt = 1_768_467_600_000
const subjectAt = 1_768_500_187_000

/** Plays the journeys of an API on a mutant of it, and collects what they find. */
export async function tryMutant(
  api: CheckedApi,
  mutant: AnyMutant,
  { untilKilled = false }: TrialOptions = {},
): Promise<MutantTrial> {
  const failures: Failure[] = []
  const subject = mutate(api, mutant)
  const given = { ...api.kit.trial.settings, ...mutant.under }
  for (const journey of inOrder(api.kit)) {
    const result = await playOn(api, subject, journey, given)
    if (result.outcome !== 'failed') continue
    failures.push(...toFinding(api.kit, { ...journey, kind: 'journey' }, result, nowhere, 0).failures.slice(0, 1))
    const isOver = untilKilled && failures.length > 0
    if (isOver || closedBy(api.kit, journey.id, result) !== undefined) break
  }
  return { mutant, failures }
}

/** As a target is verified: what has to be passed by any server comes first. */
function inOrder({ gate, journeys }: Kit): readonly Journey[] {
  const first = journeys.filter(({ id }) => id === gate?.journey)
  return [...first, ...journeys.filter((journey) => !first.includes(journey))]
}

/** Plays a journey on the mock as oracle, and on another as subject. */
export async function playOn(
  api: CheckedApi,
  subject: CheckedApi,
  journey: Journey,
  given: JsonObject = api.kit.trial.settings,
): Promise<JourneyResult> {
  const accounts = new Map(Object.entries(journey.cast).map(([actor, role]) => [actor, standIn(api.kit, actor, role)]))
  const cast = [...accounts.values()]
  const oracle = await createOracle(api, given, cast, oracleAt)
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

function standIn({ trial, roles }: Kit, actor: string, role: string): Account {
  const names = Object.keys(roles[role]?.facts ?? {})
  const facts = Object.fromEntries(names.map((name) => [name, trial.facts[name]]))
  return { role, username: actor, pin: trial.pin, facts }
}

function settingsOf(api: CheckedApi, given: JsonObject): JsonObject {
  const { value, issues } = check(object(api.settings as Fields<JsonObject>, { about: 'settings' }), given)
  if (value === undefined)
    throw new UnderstudyError('ERR_INTERNAL', `The kit of ${api.title} is tried with settings that do not fit.`, issues)
  return value
}

/** Whether the first failure names the clause that is bent. */
export function blamesRightly({ mutant, failures }: MutantTrial): boolean {
  return failures[0]?.clause === mutant.clause
}
