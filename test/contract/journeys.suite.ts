import { describe, expect, test } from 'vitest'
import type { CheckedApi } from '../../src/contract/target/checked-api.ts'
import { createOracle, WorldPlayer } from '../../src/contract/playing/oracle.ts'
import { playJourney, type JourneyResult } from '../../src/contract/playing/play-journey.ts'
import type { Answered } from '../../src/contract/comparing/answered.ts'
import type { Call, Player } from '../../src/contract/playing/player.ts'
import { clausesOf } from '../../src/contract/playing/blame.ts'
import { mockJudge } from '../../src/contract/telling/judge.ts'
import { toFinding } from '../../src/contract/telling/find.ts'
import { check } from '../../src/core/check.ts'
import { object } from '../../src/core/field.ts'
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
      const result = await playOnce(api, journey, staging)
      expect(
        result.exchanges.flatMap(({ step, differences }) => differences.map((found) => ({ step, ...found }))),
      ).toEqual([])
      const because = leftOut(api, journey, staging)
      expect({ outcome: result.outcome, because: result.because }).toEqual({
        outcome: because === undefined ? 'passed' : 'not reached',
        because,
      })
      expect(result.exchanges.length > 0).toBe(!because?.includes('it needs'))
    })
  })
}

/** Why a journey cannot be played: it is about other settings, or waits for what has no end. */
function leftOut(api: CheckedApi, { steps, needs = {} }: Journey, staging: Staging): string | undefined {
  const settings = readSettings(api, staging.settings)
  const lacking = Object.entries(needs).filter(([name, wanted]) => settings[name] !== wanted)
  if (lacking.length > 0)
    return `it needs a server with ${lacking.map(([name, wanted]) => `${name}: ${JSON.stringify(wanted)}`).join(', ')}`
  const endless = steps.find(
    (step) => step.do === 'wait' && step.for === 'lockFor' && settings['lockFor'] === undefined,
  )
  return endless === undefined ? undefined : 'the setting lockFor has no value, so there is nothing to wait for'
}

const played = new Map<string, Promise<JourneyResult>>()

/** Two tests look at the same results. */
function playOnce(api: CheckedApi, journey: Journey, staging: Staging): Promise<JourneyResult> {
  const key = `${journey.id} ${staging.about}`
  const result = played.get(key) ?? playOnMocks(api, journey, staging)
  played.set(key, result)
  return result
}

/** Plays a journey on the mock as oracle and on another mock, which may be bent, as subject. */
export async function playOnMocks(
  api: CheckedApi,
  journey: Journey,
  { settings, account, elsewhere = {} }: Staging,
  bend: Bend = (subject) => subject,
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
  const { value, issues } = check(object(api.settings, { about: 'settings' }), settings)
  if (value === undefined) throw new Error(JSON.stringify(issues))
  return value
}

/** The clauses that no journey shows, whatever the staging. */
export async function clausesNotShown(api: CheckedApi, stagings: readonly Staging[]): Promise<string[]> {
  const shown = new Set<string>()
  for (const staging of stagings) {
    for (const journey of api.kit.journeys) {
      const { exchanges } = await playOnce(api, journey, staging)
      for (const exchange of exchanges) for (const clause of clausesOf(api.kit, exchange)) shown.add(clause)
    }
  }
  return api.clauses.map(({ id }) => id).filter((id) => !shown.has(id))
}

/** What makes a wrong server out of a right one. */
export type Bend = (subject: Player) => Player

/** A player that does some things otherwise. */
export function otherwise(change: (subject: Player) => Partial<Player>): Bend {
  return (subject) => ({
    baseUrl: subject.baseUrl,
    now: () => subject.now(),
    send: (call) => subject.send(call),
    open: (account) => subject.open(account),
    code: (account) => subject.code(account),
    wait: (ms) => subject.wait(ms),
    arrange: (state, params) => subject.arrange(state, params),
    ...change(subject),
  })
}

/** A player whose answers are others than the mock's. */
export function bent(bend: (answered: Answered, call: Call) => Partial<Answered>): Bend {
  return otherwise((subject) => ({
    send: async (call) => {
      const answered = await subject.send(call)
      return { ...answered, ...bend(answered, call) }
    },
  }))
}

/** A player that takes requests for others. */
export function mistaken(bend: (call: Call) => Partial<Call>): Bend {
  return otherwise((subject) => ({ send: (call) => subject.send({ ...call, ...bend(call) }) }))
}

/** Another text in each body that has the first one. */
export function rewritten(from: string | RegExp, to: string): Bend {
  return bent(({ body }) => ({ body: body.replace(from, to) }))
}

/** Another text in each header that has the first one. */
export function rewrittenHeaders(from: string | RegExp, to: string): Bend {
  return bent(({ headers }) => ({ headers: headers.map((text) => text.replace(from, to)) }))
}

/** The clauses that journeys find broken, each with the journeys that do; of all, or of some by their ids. */
export async function broken(
  api: CheckedApi,
  staging: Staging,
  bend?: Bend,
  some: RegExp = /./,
): Promise<{ [clause: string]: string[] }> {
  const found: { [clause: string]: string[] } = {}
  for (const journey of api.kit.journeys.filter(({ id }) => some.test(id))) {
    const { failures } = toFinding(
      mockJudge(api, staging.settings),
      { ...journey, kind: 'journey' },
      await playOnMocks(api, journey, staging, bend),
      0,
    )
    const [first] = failures
    if (first !== undefined) (found[first.clause] ??= []).push(journey.id.slice(api.id.length + 1))
  }
  return found
}
