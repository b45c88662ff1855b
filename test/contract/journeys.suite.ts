import { describe, expect, test } from 'vitest'
import { createOracle, WorldPlayer, type CheckedApi } from '../../src/contract/oracle.ts'
import { playJourney, type JourneyResult } from '../../src/contract/play-journey.ts'
import type { Answered } from '../../src/contract/difference.ts'
import type { Call, Player } from '../../src/contract/player.ts'
import { clausesOf } from '../../src/contract/blame.ts'
import { toFinding } from '../../src/contract/find.ts'
import { check } from '../../src/core/check.ts'
import { object, type Fields } from '../../src/core/field.ts'
import type { Journey } from '../../src/core/journey.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Account } from '../../src/core/kit.ts'
import { createWorldOn } from '../../src/scenario/create-world.ts'

/** A way to play an API's journeys: what an administrator set, and who has which role. */
export interface Staging {
  readonly about: string
  readonly settings: JsonObject
  readonly account: (role: string) => Account
  /** What the subject's section says beside the settings and accounts, so that its numbers are others. */
  readonly elsewhere?: JsonObject
}

const oracleTime = Date.UTC(2026, 0, 15, 9)
const subjectTime = Date.UTC(2027, 6, 1, 18, 0, 7)

/** Every journey of an API, on two mocks that have neither clock nor seed nor numbers in common. */
export function passesOnTheMock(api: CheckedApi, stagings: readonly Staging[]): void {
  describe.each(stagings.map((staging) => [staging.about, staging] as const))('%s', (_, staging) => {
    test.each(api.kit.journeys.map((journey) => [journey.id, journey] as const))('%s', async (__, journey) => {
      const result = await playOnMocks(api, journey, staging)
      expect(
        result.exchanges.flatMap(({ step, differences }) => differences.map((found) => ({ step, ...found }))),
      ).toEqual([])
      const expected = leftOut(journey, staging) === undefined ? 'passed' : 'not reached'
      expect({ outcome: result.outcome, because: result.because }).toEqual({
        outcome: expected,
        because: leftOut(journey, staging),
      })
      expect(result.exchanges.length > 0).toBe(lacking(journey, staging) === undefined)
    })
  })
}

/** A journey cannot show what the settings hide. */
function lacking({ needs = {} }: Journey, { settings }: Staging): string | undefined {
  return Object.keys(needs).find((name) => needs[name] === true && settings[name] !== true)
}

/** Nor can it wait for what has no end. */
function leftOut(journey: Journey, staging: Staging): string | undefined {
  const lack = lacking(journey, staging)
  if (lack !== undefined) return `it needs a server with ${lack}: true`
  const endless = journey.steps.find(
    (step) => step.do === 'wait' && step.for === 'lockFor' && staging.settings['lockFor'] === undefined,
  )
  return endless === undefined ? undefined : 'the setting lockFor has no value, so there is nothing to wait for'
}

/** Plays a journey on the mock as oracle and on another mock, which may be bent, as subject. */
export async function playOnMocks(
  api: CheckedApi,
  journey: Journey,
  { settings, account, elsewhere = {} }: Staging,
  bend: (subject: Player) => Player = (subject) => subject,
): Promise<JourneyResult> {
  const accounts = new Map(Object.entries(journey.cast).map(([actor, role]) => [actor, account(role)]))
  const cast = [...accounts.values()]
  const oracle = await createOracle(api, settings, cast, oracleTime)
  const world = await createWorldOn(
    { time: () => subjectTime, salt: () => 'subject' },
    { clock: { frozen: true }, [api.id]: { ...settings, ...api.kit.section(cast, settings), ...elsewhere } },
    { apis: { [api.id]: api }, seed: 4711 },
  )
  return playJourney(journey, {
    oracle: oracle.player,
    meaning: oracle.meaning,
    subject: bend(new WorldPlayer(world, api)),
    accounts,
    kit: api.kit,
    settings: readSettings(api, settings),
  })
}

function readSettings(api: CheckedApi, settings: JsonObject): JsonObject {
  const { value, issues } = check(object(api.settings as Fields<JsonObject>, { about: 'settings' }), settings)
  if (value === undefined) throw new Error(JSON.stringify(issues))
  return value
}

/** The clauses that no journey shows, whatever the staging. */
export async function clausesNotShown(api: CheckedApi, stagings: readonly Staging[]): Promise<string[]> {
  const shown = new Set<string>()
  for (const staging of stagings) {
    for (const journey of api.kit.journeys) {
      const { exchanges } = await playOnMocks(api, journey, staging)
      for (const exchange of exchanges) for (const clause of clausesOf(api.kit, exchange)) shown.add(clause)
    }
  }
  return api.clauses.map(({ id }) => id).filter((id) => !shown.has(id))
}

/** A player whose answers are others than the mock's. */
export function bent(bend: (answered: Answered, call: Call) => Partial<Answered>): (subject: Player) => Player {
  return (subject) => ({
    send: async (call) => {
      const answered = await subject.send(call)
      return { ...answered, ...bend(answered, call) }
    },
    open: (account) => subject.open(account),
    code: (account) => subject.code(account),
    wait: (ms) => subject.wait(ms),
    arrange: (state, params) => subject.arrange(state, params),
  })
}

/** Another text in each body that has the first one. */
export function rewritten(from: string | RegExp, to: string): (subject: Player) => Player {
  return bent(({ body }) => ({ body: body.replace(from, to) }))
}

/** The clauses that journeys find broken, each with the journeys that do. */
export async function broken(
  api: CheckedApi,
  staging: Staging,
  bend?: (subject: Player) => Player,
): Promise<{ [clause: string]: string[] }> {
  const found: { [clause: string]: string[] } = {}
  for (const journey of api.kit.journeys) {
    const { failures } = toFinding(
      api.kit,
      { ...journey, kind: 'journey' },
      await playOnMocks(api, journey, staging, bend),
      '',
      0,
    )
    const [first] = failures
    if (first !== undefined) (found[first.clause] ??= []).push(journey.id.slice(api.id.length + 1))
  }
  return found
}
