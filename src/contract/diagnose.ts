import { UnderstudyError } from '../core/errors.ts'
import type { Journey } from '../core/journey.ts'
import { sameJson, type JsonObject } from '../core/json.ts'
import type { Budget } from './budget.ts'
import { candidates, heardOf } from './candidates.ts'
import { evidenceFor, everyUnlike, type SettingFinding } from './evidence.ts'
import { HttpPlayer, type HttpPlayerOptions } from './http-player.ts'
import { countUnlike, type Recording } from './likeness.ts'
import { plan } from './plan.ts'
import { playAll } from './play-all.ts'
import { Redactor } from './redact.ts'
import { readSettings } from './settings.ts'
import type { LoadedTarget } from './target.ts'

/** What a server was found to be. */
export type Diagnosis = {
  readonly target: { readonly path: string; readonly api: string; readonly title: string; readonly baseUrl: string }
  readonly settings: readonly SettingFinding[]
  /** What to write into a scenario, or a target's settings: what differs from the defaults. */
  readonly differing: JsonObject
  readonly journeys: number
  readonly answers: number
  /** Answers that the mock with these settings would not have given. */
  readonly unlike: readonly { readonly id: string; readonly request: string; readonly difference: string }[]
}

/** How a diagnosis goes on. */
export interface DiagnoseOptions extends HttpPlayerOptions {
  readonly budget: Budget
  readonly onStart?: (check: { readonly id: string }, place: number, total: number) => void
}

/** So often are the journeys played again with what was found out, at most. */
const rounds = 3

/**
 * Finds out which revision, dialect and settings a server plays: journeys are played on it, as far as is safe, and then
 * on mocks with one setting after the other, until no other value explains its answers better. What limits and times
 * were found is what the journeys are played by again.
 */
export async function diagnose(loaded: LoadedTarget, options: DiagnoseOptions): Promise<Diagnosis> {
  const { api, target } = loaded
  let settings: JsonObject = target.settings
  let recordings: readonly Recording[] = []
  for (let round = 0; round < rounds; round++) {
    const before = settings
    const asFound = { ...loaded, target: { ...target, settings }, settings: readSettings(api, settings) }
    recordings = await record(asFound, options)
    settings = await explain(loaded, settings, recordings)
    if (sameJson(before, settings)) break
  }
  const redactor = new Redactor(loaded)
  const left = await everyUnlike(loaded, settings, recordings)
  return {
    target: { path: loaded.path, api: api.id, title: api.title, baseUrl: redactor.text(target.baseUrl) },
    settings: await evidenceFor(loaded, settings, recordings),
    differing: differingFromDefaults(loaded, settings),
    journeys: recordings.length,
    answers: recordings.reduce((sum, { exchanges }) => sum + exchanges.length, 0),
    unlike: left.map(({ journey, exchange: { sent, differences } }) => ({
      id: journey.id,
      request: `${sent.method} ${sent.path}`,
      difference: redactor.differences(differences),
    })),
  }
}

/** Plays what is safe to the end, whatever the server answers. */
async function record(loaded: LoadedTarget, options: DiagnoseOptions): Promise<Recording[]> {
  const { kit } = loaded.api
  const hasClock = loaded.target.clock.url !== undefined
  const probes = (kit.probes ?? []).filter(({ takesDays }) => hasClock || takesDays !== true)
  const journeys: readonly Journey[] = [...kit.journeys, ...probes]
  const { budget } = options
  const planned = await plan(loaded, { interactions: [], journeys }, budget, { ...options, toTheEnd: true })
  const player = new HttpPlayer(loaded, options)
  const { played, brokenOff } = await playAll(planned, player, budget, { ...options, kit }).finally(() =>
    player.close(),
  )
  if (brokenOff !== undefined) throw new UnderstudyError('ERR_TARGET_UNREACHABLE', brokenOff)
  return played.flatMap(({ check, result, at }) => {
    const journey = journeys.find(({ id }) => id === check.id)
    const exchanges = result.exchanges.filter(({ received }) => received !== undefined)
    if (journey === undefined || exchanges.length === 0) return []
    return [{ journey, accounts: check.accounts, exchanges, at, playedBy: loaded.settings }]
  })
}

/** The settings with which the mock answers most like the server. */
async function explain(loaded: LoadedTarget, given: JsonObject, recordings: readonly Recording[]): Promise<JsonObject> {
  const told = loaded.api.kit.tell?.(heardOf(recordings)) ?? {}
  let settings = { ...given, ...Object.fromEntries(Object.entries(told).map(([name, { value }]) => [name, value])) }
  let score = await countUnlike(loaded, settings, recordings)
  for (let isBetter = score > 0; isBetter;) {
    isBetter = false
    for (const { patch } of candidates(loaded, settings, recordings)) {
      const changed = { ...settings, ...patch }
      const other = await countUnlike(loaded, changed, recordings, score)
      if (other >= score) continue
      settings = changed
      score = other
      isBetter = score > 0
    }
  }
  return settings
}

function differingFromDefaults({ api }: LoadedTarget, settings: JsonObject): JsonObject {
  const defaults = readSettings(api, {})
  const inForce = readSettings(api, settings)
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !sameJson(inForce[name], defaults[name])))
}
