import { UnderstudyError } from '../../core/errors.ts'
import type { Journey } from '../../core/journey.ts'
import { sameJson, type JsonObject } from '../../core/json.ts'
import type { Budget } from '../playing/budget.ts'
import { candidates, recordedAnswers } from './candidates.ts'
import { evidenceFor, everyUnlike, type SettingFinding } from './evidence.ts'
import { HttpPlayer, type HttpPlayerOptions } from '../playing/http-player.ts'
import { countUnlike, type Recording } from './likeness.ts'
import { plan } from '../planning/plan.ts'
import type { PlannedCheck } from '../playing/planned-check.ts'
import { playAll } from '../playing/play-all.ts'
import { Redactor } from '../telling/redact.ts'
import { readSettings } from '../target/settings.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'

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
  /** What may be played beside the probes of the API; the API's own journeys, if left out. */
  readonly journeys?: readonly Journey[]
  readonly onStart?: (check: { readonly id: string }, place: number, total: number) => void
}

/** So often is a server asked again by what was found out, at most. */
const rounds = 3

/**
 * Finds out which revision, dialect and settings a server plays: journeys are played on it, as far as is safe, and then
 * on mocks with one setting after the other, until no other value explains its answers better. What counts wrong codes
 * is played once it is known how many lock, and what depends on a setting that turned out otherwise is played again.
 */
export async function diagnose(loaded: LoadedTarget, options: DiagnoseOptions): Promise<Diagnosis> {
  const { api, target } = loaded
  const player = new HttpPlayer(loaded, options)
  const journeys = journeysFor(loaded, options.journeys ?? api.kit.journeys)
  let settings: JsonObject = target.settings
  let changed: ReadonlySet<string> = new Set()
  let recordings: readonly Recording[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      const before = readSettings(api, settings)
      const asFound = { ...loaded, target: { ...target, settings }, settings: before }
      relock(asFound, options.budget, player.now())
      const isDue = ({ id, attempts }: PlannedCheck): boolean => {
        if (round === 0) return attempts.size === 0 || api.kit.probes?.some((probe) => probe.id === id) === true
        const journey = journeys.find((candidate) => candidate.id === id)
        return (round === 1 && attempts.size > 0) || (journey !== undefined && dependsOn(loaded, journey, changed))
      }
      const played = await record(asFound, journeys, isDue, player, options)
      const again = new Set(played.map(({ journey }) => journey))
      recordings = [...recordings.filter(({ journey }) => !again.has(journey)), ...played]
      settings = await explain(loaded, settings, recordings)
      const after = readSettings(api, settings)
      changed = new Set(Object.keys(after).filter((name) => !sameJson(before[name], after[name])))
      if (round > 0 && changed.size === 0) break
    }
  } finally {
    player.close()
  }
  return toDiagnosis(loaded, settings, recordings)
}

async function toDiagnosis(
  loaded: LoadedTarget,
  settings: JsonObject,
  recordings: readonly Recording[],
): Promise<Diagnosis> {
  const { api, target, path } = loaded
  const redactor = new Redactor(loaded)
  const left = await everyUnlike(loaded, settings, recordings)
  return {
    target: { path, api: api.id, title: api.title, baseUrl: redactor.text(target.baseUrl) },
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

/** Accounts that were left locked are so for as long as is known by now, at most. */
function relock({ api, settings, target }: LoadedTarget, budget: Budget, now: number): void {
  const ms = settings[api.kit.lockout?.for ?? '']
  for (const { username } of Object.values(target.accounts)) {
    const lock = budget.lockOf(username)
    if (lock !== undefined && typeof ms === 'number') budget.noteLock(username, now + ms, lock.by)
  }
}

/** What shows how a server is set up, without setting it up otherwise: provider states put no settings back. */
function journeysFor({ api: { kit }, target }: LoadedTarget, all: readonly Journey[]): readonly Journey[] {
  const hasClock = target.clock.url !== undefined
  const probes = (kit.probes ?? []).filter(({ takesDays }) => hasClock || takesDays !== true)
  return [...all, ...probes].filter(({ steps }) => steps.every((step) => step.do !== 'arrange'))
}

/** Whether a journey goes on otherwise with other values of some settings: how often it sends, or how long it waits. */
function dependsOn(
  { api: { kit } }: LoadedTarget,
  { needs = {}, steps }: Journey,
  names: ReadonlySet<string>,
): boolean {
  if (Object.keys(needs).some((name) => names.has(name))) return true
  return steps.some((step) => {
    if (step.do === 'wait') return typeof step.for === 'string' && names.has(step.for)
    return step.do === 'send' && typeof step.times === 'string' && names.has(kit.lockout?.after ?? '')
  })
}

/** Plays what is due and safe, to the end, whatever the server answers. */
async function record(
  loaded: LoadedTarget,
  journeys: readonly Journey[],
  isDue: (check: PlannedCheck) => boolean,
  player: HttpPlayer,
  options: DiagnoseOptions,
): Promise<Recording[]> {
  const { kit } = loaded.api
  const { budget } = options
  const how = { ...options, toTheEnd: true, anyCodes: true }
  const planned = await plan(loaded, { interactions: [], journeys }, budget, how)
  const { played, brokenOff, excuse } = await playAll(planned.filter(isDue), player, budget, {
    ...options,
    kit,
    settings: loaded.settings,
  })
  if (excuse !== undefined) throw new UnderstudyError('ERR_TARGET_INVALID', `${loaded.path}: ${excuse}.`)
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
  const told = loaded.api.kit.tell?.(recordedAnswers(recordings)) ?? {}
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
