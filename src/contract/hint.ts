import type { AnyField } from '../core/field.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { unlike, type Recording } from './likeness.ts'
import type { LoadedTarget } from './target.ts'
import type { Played } from './verify.ts'

/**
 * Which other setting explains what failed, in words: another revision or dialect, mostly. Undefined where nothing
 * failed, or no single setting explains anything.
 */
export async function hintFor(loaded: LoadedTarget, played: readonly Played[]): Promise<string | undefined> {
  const recordings = recordingsOf(loaded, played)
  if (!recordings.some(({ outcome }) => outcome === 'failed')) return undefined
  const found = await sumOf(loaded, loaded.target.settings, recordings)
  let best: { readonly name: string; readonly value: Json; readonly left: number } | undefined
  for (const { name, value } of alternatives(loaded)) {
    const left = await sumOf(loaded, { ...loaded.target.settings, [name]: value }, recordings)
    if (left < (best?.left ?? found)) best = { name, value, left }
  }
  if (best === undefined) return undefined
  const { name, value, left } = best
  const what =
    left === 0 ? 'That explains all that failed' : `That explains ${found - left} of ${found} answers that differ`
  return (
    `The target answers as ${loaded.api.title} does with ${name}: ${show(value)}, not ${show(loaded.settings[name])}. ` +
    `${what}. Say so in the target's settings, or run \`understudy diagnose ${loaded.path}\`.`
  )
}

/** How many answers the mock with these settings would not have given. */
async function sumOf(loaded: LoadedTarget, settings: JsonObject, recordings: readonly Recording[]): Promise<number> {
  let sum = 0
  for (const recording of recordings) sum += (await unlike(loaded, settings, recording)).length
  return sum
}

function recordingsOf(
  loaded: LoadedTarget,
  played: readonly Played[],
): (Recording & { readonly outcome: 'passed' | 'failed' })[] {
  return played.flatMap(({ check, result, at }) => {
    const journey = loaded.api.kit.journeys.find(({ id }) => id === check.id)
    if (journey === undefined || result.outcome === 'not reached') return []
    return [{ journey, accounts: check.accounts, exchanges: result.exchanges, at, outcome: result.outcome }]
  })
}

/** Every setting with a few possible values, with each value that the target's settings do not have. */
function alternatives({ api, settings }: LoadedTarget): { readonly name: string; readonly value: Json }[] {
  return Object.entries(api.settings as { readonly [name: string]: AnyField }).flatMap(([name, field]) => {
    const values = field.kind === 'choice' ? field.choices : field.kind === 'boolean' ? [true, false] : []
    return values.filter((value) => value !== settings[name]).map((value) => ({ name, value }))
  })
}

function show(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
