import type { AnyField } from '../../src/core/field.ts'
import { sameJson, type Json, type JsonObject } from '../../src/core/json.ts'
import { differences } from '../../src/contract/comparing/difference.ts'
import type { CheckedApi } from '../../src/contract/target/checked-api.ts'
import { readSettings } from '../../src/contract/target/settings.ts'
import type { MadeUp } from './recorded-traffic.ts'
import { playScript, type ScriptedExchange } from './scripted-server.ts'

/** What a made-up server is set to, as it is written. */
export function writtenSettings(api: CheckedApi, { section }: MadeUp): JsonObject {
  return Object.fromEntries(Object.entries(section).filter(([name]) => Object.hasOwn(api.settings, name)))
}

/** The same as it is read. */
export function settingsOf(api: CheckedApi, made: MadeUp): JsonObject {
  return readSettings(api, writtenSettings(api, made))
}

/** Settings that would have shown: another value of them would have answered the same script otherwise. */
export async function showing(api: CheckedApi, made: MadeUp, seen: readonly ScriptedExchange[]): Promise<Set<string>> {
  const inForce = settingsOf(api, made)
  const shown = new Set<string>()
  for (const [name, field] of Object.entries(api.settings))
    for (const value of otherValues(field, inForce[name])) {
      if (shown.has(name) || sameJson(readSettings(api, { [name]: value })[name], inForce[name])) continue
      const section = { ...made.section, ...(value === undefined ? {} : { [name]: value }) }
      const { exchanges } = await playScript(made, section)
      const isOther = exchanges.some(({ answer, clause }, index) => {
        const real = seen[index]
        return real !== undefined && differences(answer, real.answer, api.kit, { clause }).length > 0
      })
      if (isOther) shown.add(name)
    }
  return shown
}

function otherValues(field: AnyField, now: Json | undefined): Json[] {
  const never = 'nullable' in field && field.nullable ? [null] : []
  const count = typeof now === 'number' ? now : 3
  switch (field.kind) {
    case 'choice':
      return [...field.choices]
    case 'boolean':
      return [true, false]
    case 'integer':
      return [
        ...never,
        ...[count - 1, count + 1, count + 5].filter((each) => each >= (field.min ?? 0) && each <= (field.max ?? 1000)),
      ]
    case 'duration':
      return [
        ...never,
        ...[count / 10, count / 2, count * 2, count * 10].map((ms) => `${Math.max(1, Math.round(ms / 1000))}s`),
      ]
    default:
      return []
  }
}
