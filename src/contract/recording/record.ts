import { sameJson, type Json, type JsonObject } from '../../core/json.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { readSettings } from '../target/settings.ts'
import type { Finding } from './finding.ts'
import { explainTraffic } from './explain-traffic.ts'
import { findingsOf } from './findings.ts'
import { firstGuess, explainedSection, StandIns } from './guess.ts'
import { meet, type Met } from './met-person.ts'
import { answersForKit } from './moves.ts'
import { place, type Placement } from './placement.ts'
import type { RecordedTraffic, Unplaced } from './recorded-entry.ts'
import { Replay } from './replay.ts'
import { Search } from './search.ts'

/** What a recording tells of a server and the people on it. */
export type Recorded = {
  readonly api: string
  readonly title: string
  readonly origin: string
  readonly settings: readonly Finding[]
  readonly people: readonly Finding[]
  /** Exchanges that were compared, and those that the mock with the scenario does not give. */
  readonly answers: number
  readonly unlike: readonly { readonly request: number; readonly what: string; readonly difference: string }[]
  readonly unplaced: readonly Unplaced[]
  /** What makes the mock answer so. */
  readonly scenario: JsonObject
}

/** The server of one of the APIs to which most of a recording went; undefined where nothing did. */
export function placeIn(apis: readonly CheckedApi[], { entries, unplaced }: RecordedTraffic): Placement | undefined {
  const placements = apis.map((api) => place(api, entries))
  const [best] = placements.sort((one, other) => other.exchanges.length - one.exchanges.length)
  if (best === undefined || best.exchanges.length === 0) return undefined
  const all = [...unplaced, ...best.unplaced].sort((one, other) => one.request - other.request)
  return { ...best, unplaced: all }
}

/** Makes a scenario of what was seen. With `withSecrets` passwords and codes are as they were sent; otherwise others stand for them. */
export async function recordedScenario(
  { api, origin, settings: placed, exchanges, unplaced }: Placement,
  { withSecrets }: { readonly withSecrets: boolean },
): Promise<Recorded> {
  const met = meet(api, exchanges)
  const standIns = new StandIns(withSecrets)
  const replay = new Replay(api, met, standIns)
  const search = new Search(replay)
  const told = toldOutright(api, met, placed)
  const recognised = api.kit.recognise?.(answersForKit(api, met, placed)) ?? {}
  const settings = { ...placed, ...recognised, ...told.settings }
  const guess = await explainTraffic(search, firstGuess(api, met, settings))
  const left = (await search.unlike(guess)) ?? []
  const findings = await findingsOf(api, search, guess)
  const outright = new Set(told.findings.map(({ name }) => name))
  return {
    api: api.id,
    title: api.title,
    origin,
    settings: [...told.findings, ...findings.filter(({ who, name }) => who === undefined && !outright.has(name))],
    people: findings.filter(({ who }) => who !== undefined),
    answers: exchanges.length,
    unlike: left.map(({ exchange, differences: [first] }) => ({
      request: exchange.number,
      what: `${exchange.request.method} ${exchange.path}`,
      difference: `${first?.where ?? 'the answer'} is another`,
    })),
    unplaced,
    scenario: { [api.id]: written(api, explainedSection(api, met, guess, standIns)) },
  }
}

function toldOutright(api: CheckedApi, met: Met, placed: JsonObject): { settings: JsonObject; findings: Finding[] } {
  const told = api.kit.tell?.(answersForKit(api, met, placed)) ?? {}
  const where = met.exchanges[0]?.number ?? 1
  const findings = Object.entries(told).map(([name, { value, by }]): Finding => ({
    name,
    value,
    confidence: 'certain',
    evidence: { request: where, what: by, otherwise: 'it is told outright' },
    left: [],
  }))
  const at = Object.entries(placed).map(([name, value]): Finding => ({
    name,
    value: value ?? null,
    confidence: 'certain',
    evidence: { request: where, what: met.exchanges[0]?.path ?? '', otherwise: 'requests name it' },
    left: [],
  }))
  return {
    settings: Object.fromEntries(Object.entries(told).map(([name, { value }]): [string, Json] => [name, value])),
    findings: [...at, ...findings],
  }
}

/** A section without what a scenario need not say. */
function written(api: CheckedApi, section: JsonObject): JsonObject {
  const defaults = readSettings(api, {})
  return Object.fromEntries(
    Object.entries(section).filter(
      ([name, value]) =>
        !Object.hasOwn(api.settings, name) || !sameJson(readSettings(api, { [name]: value })[name], defaults[name]),
    ),
  )
}
