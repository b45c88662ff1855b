import { formatDuration } from '../../core/duration.ts'
import type { AnyField } from '../../core/field.ts'
import type { Journey } from '../../core/journey.ts'
import { inWords, type Json, type JsonObject } from '../../core/json.ts'
import { candidates, recordedAnswers } from './candidates.ts'
import type { Exchange } from '../playing/exchange.ts'
import { unlike, type Recording } from './likeness.ts'
import { Redactor } from '../telling/redact.ts'
import { readSettings } from '../target/settings.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'

/** What was found out about a setting of a server. */
export type SettingFinding = {
  readonly name: string
  /** What makes the mock answer like the server. */
  readonly value: Json
  /** Whether the server's answers tell it apart from every other value that was tried, from some of them, or from none. */
  readonly seen: 'yes' | 'in part' | 'no'
  /** An answer that would have been another with another value; or why nothing tells. */
  readonly evidence: string
}

/** An answer, and the journey that it is of. */
export interface Placed {
  readonly journey: Journey
  readonly exchange: Exchange
}

/** Every answer that the mock with some settings would not have given. */
export async function everyUnlike(
  loaded: LoadedTarget,
  settings: JsonObject,
  recordings: readonly Recording[],
): Promise<Placed[]> {
  const found: Placed[] = []
  for (const recording of recordings) {
    for (const exchange of await unlike(loaded, settings, recording))
      found.push({ journey: recording.journey, exchange })
  }
  return found
}

/** For each setting the answer that tells it: the one that the mock with another value would not have given. */
export async function evidenceFor(
  loaded: LoadedTarget,
  settings: JsonObject,
  recordings: readonly Recording[],
): Promise<SettingFinding[]> {
  const inForce = readSettings(loaded.api, settings)
  const told = loaded.api.kit.tell?.(recordedAnswers(recordings)) ?? {}
  const outright = Object.entries(told).map(([name, { value, by }]): SettingFinding => ({
    name,
    value,
    seen: 'yes',
    evidence: by,
  }))
  const known = await everyUnlike(loaded, settings, recordings)
  const others = candidates(loaded, settings, recordings).filter(({ name }) => !Object.hasOwn(told, name))
  const findings: SettingFinding[] = []
  for (const name of new Set(others.map((candidate) => candidate.name))) {
    const tried = others.filter((candidate) => candidate.name === name)
    const evidence: string[] = []
    for (const { value, patch } of tried) {
      const telling = await firstTelling(loaded, { ...settings, ...patch }, recordings, known)
      if (telling !== undefined) evidence.push(`with ${inWords(value)} ${sentence(loaded, telling)}`)
    }
    const seen = evidence.length === tried.length ? 'yes' : evidence.length === 0 ? 'no' : 'in part'
    const first = evidence[0] ?? 'nothing that was reached depends on it'
    findings.push({ name, value: asWritten(name, loaded.api.settings, inForce), seen, evidence: first })
  }
  return [...outright, ...findings]
}

/** The first answer that the mock would not have given with other settings, and does give with those that were found. */
async function firstTelling(
  loaded: LoadedTarget,
  settings: JsonObject,
  recordings: readonly Recording[],
  known: readonly Placed[],
): Promise<Placed | undefined> {
  for (const recording of recordings) {
    for (const exchange of await unlike(loaded, settings, recording)) {
      if (!known.some((placed) => isSame(placed.exchange, exchange))) return { journey: recording.journey, exchange }
    }
  }
  return undefined
}

function isSame(one: Exchange, other: Exchange): boolean {
  return one.step === other.step && one.sent === other.sent && one.received === other.received
}

function sentence(loaded: LoadedTarget, { journey, exchange: { sent, differences } }: Placed): string {
  const where = new Redactor(loaded).differences(differences)
  return `${sent.method} ${sent.path} would differ in ${where} (${journey.id})`
}

/** A setting as people write it. */
function asWritten(name: string, fields: { readonly [name: string]: AnyField }, inForce: JsonObject): Json {
  const value = inForce[name] ?? null
  return fields[name]?.kind === 'duration' && typeof value === 'number' ? formatDuration(value) : value
}
