import { check } from '../core/check.ts'
import type { AnyField, Fields } from '../core/field.ts'
import { object } from '../core/field.ts'
import type { Journey } from '../core/journey.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { Budget } from './budget.ts'
import type { Exchange } from './exchange.ts'
import { HttpPlayer } from './http-player.ts'
import { AttemptLedger } from './ledger.ts'
import { unlike, type Recording } from './likeness.ts'
import { plan } from './plan.ts'
import type { LoadedTarget } from './target.ts'
import { playPlanned } from './verify.ts'

/** What was found out about a setting of a server. */
export type SettingFinding = {
  readonly name: string
  /** What makes the mock answer like the server. */
  readonly value: Json
  /** Whether the server's answers tell it apart from every other value that was tried. */
  readonly isSeen: boolean
  /** An answer that would have been another with another value; or why nothing tells. */
  readonly evidence: string
}

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
export interface DiagnoseOptions {
  readonly ledgerFile: string
  readonly allowWait: boolean
  readonly onStart?: (what: string, place: number, total: number) => void
  readonly onWait?: (what: string) => void
}

/**
 * Finds out which revision, dialect and settings a server plays: journeys are played on it once, as far as is safe, and
 * then on mocks with one setting after the other, until no other value explains its answers better.
 */
export async function diagnose(loaded: LoadedTarget, options: DiagnoseOptions): Promise<Diagnosis> {
  const recordings = await record(loaded, options)
  let settings = loaded.target.settings
  let score = await scoreOf(loaded, settings, recordings)
  for (let isBetter = score > 0; isBetter;) {
    isBetter = false
    for (const { name, value } of candidates(loaded, settings, recordings)) {
      const changed = { ...settings, [name]: value }
      const other = await scoreOf(loaded, changed, recordings, score)
      if (other >= score) continue
      settings = changed
      score = other
      isBetter = score > 0
    }
  }
  const findings = await explain(loaded, settings, recordings)
  const left = await everyUnlike(loaded, settings, recordings)
  return {
    target: { path: loaded.path, api: loaded.api.id, title: loaded.api.title, baseUrl: loaded.target.baseUrl },
    settings: findings,
    differing: differingFromDefaults(loaded, settings),
    journeys: recordings.length,
    answers: recordings.reduce((sum, { exchanges }) => sum + exchanges.length, 0),
    unlike: left.map(({ journey, exchange }) => ({
      id: journey.id,
      request: `${exchange.sent.method} ${exchange.sent.path}`,
      difference: differenceOf(exchange),
    })),
  }
}

/** Plays what is safe to the end, whatever the server answers. */
async function record(loaded: LoadedTarget, options: DiagnoseOptions): Promise<Recording[]> {
  const budget = new Budget(loaded, new AttemptLedger(options.ledgerFile), () => Date.now())
  const journeys: readonly Journey[] = [...(loaded.api.kit.probes ?? []), ...loaded.api.kit.journeys]
  const planned = await plan(loaded, { interactions: [], journeys }, budget, { ...options, toTheEnd: true })
  const player = new HttpPlayer(loaded, options)
  const recordings: Recording[] = []
  try {
    await player.reach()
    for (const [place, step] of planned.entries()) {
      options.onStart?.(step.id, place + 1, planned.length)
      await player.settle()
      const at = player.now()
      const { exchanges } = await playPlanned(step, player, budget, at)
      const answered = exchanges.filter(({ received }) => received !== undefined)
      const journey = journeys[place] as Journey
      if (answered.length > 0) recordings.push({ journey, accounts: step.accounts, exchanges: answered, at })
    }
  } finally {
    player.close()
  }
  return recordings
}

/** How many answers the mock would not have given; as soon as there are more than `limit`, that is enough. */
async function scoreOf(
  loaded: LoadedTarget,
  settings: JsonObject,
  recordings: readonly Recording[],
  limit = Infinity,
): Promise<number> {
  let score = 0
  for (const recording of recordings) {
    score += (await unlike(loaded, settings, recording)).length
    if (score >= limit) break
  }
  return score
}

async function everyUnlike(
  loaded: LoadedTarget,
  settings: JsonObject,
  recordings: readonly Recording[],
): Promise<{ readonly journey: Journey; readonly exchange: Exchange }[]> {
  const found: { journey: Journey; exchange: Exchange }[] = []
  for (const recording of recordings) {
    for (const exchange of await unlike(loaded, settings, recording))
      found.push({ journey: recording.journey, exchange })
  }
  return found
}

/** For each setting the answer that tells it: the one that the mock with another value would not have given. */
async function explain(
  loaded: LoadedTarget,
  settings: JsonObject,
  recordings: readonly Recording[],
): Promise<SettingFinding[]> {
  const inForce = readSettings(loaded, settings)
  const before = await everyUnlike(loaded, settings, recordings)
  const findings: SettingFinding[] = []
  const others = candidates(loaded, settings, recordings)
  for (const name of new Set(others.map((candidate) => candidate.name))) {
    const tried = others.filter((candidate) => candidate.name === name)
    const value = inForce[name] ?? null
    const told: string[] = []
    for (const { value: other } of tried) {
      const against = await everyUnlike(loaded, { ...settings, [name]: other }, recordings)
      const telling = against.find(({ exchange }) => !before.some((known) => isSame(known.exchange, exchange)))
      if (telling !== undefined) {
        const { exchange, journey } = telling
        told.push(
          `with ${show(other)} ${exchange.sent.method} ${exchange.sent.path} would differ in ${differenceOf(exchange)} (${journey.id})`,
        )
      }
    }
    const isSeen = told.length === tried.length
    const evidence = told[0] ?? 'nothing that was reached depends on it'
    findings.push({ name, value, isSeen, evidence })
  }
  return findings
}

function isSame(one: Exchange, other: Exchange): boolean {
  return one.step === other.step && one.sent === other.sent && one.received === other.received
}

function differenceOf({ differences: [first] }: Exchange): string {
  return first === undefined ? '' : `${first.where}: ${first.expected}, where the server said ${first.received}`
}

/** Every other value that is worth a try: those that a setting can have, and those that the answers suggest. */
function candidates(
  loaded: LoadedTarget,
  settings: JsonObject,
  recordings: readonly Recording[],
): { readonly name: string; readonly value: Json }[] {
  const inForce = readSettings(loaded, settings)
  const { api } = loaded
  const suggested = api.kit.suggest?.(recordings.flatMap(({ exchanges }) => exchanges.flatMap(toAnswer))) ?? {}
  return Object.entries(api.settings as { readonly [name: string]: AnyField }).flatMap(([name, field]) => {
    const own = field.kind === 'choice' ? field.choices : field.kind === 'boolean' ? [true, false] : []
    const values: readonly Json[] = [...own, ...(suggested[name] ?? [])]
    return values.filter((value) => value !== inForce[name]).map((value) => ({ name, value }))
  })
}

function toAnswer({ received }: Exchange): { readonly body: string; readonly at: number }[] {
  return received === undefined ? [] : [{ body: received.body, at: received.at }]
}

function readSettings({ api }: LoadedTarget, settings: JsonObject): JsonObject {
  return check(object(api.settings as Fields<JsonObject>, { about: 'settings' }), settings).value ?? {}
}

function differingFromDefaults(loaded: LoadedTarget, settings: JsonObject): JsonObject {
  const defaults = readSettings(loaded, {})
  const inForce = readSettings(loaded, settings)
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => JSON.stringify(inForce[name]) !== JSON.stringify(defaults[name])),
  )
}

function show(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
