import { formatDuration } from './duration.ts'
import type { FieldMap } from './field.ts'
import type { Json, JsonObject } from './json.ts'

/** Stored values as a person would write them: durations as `30m`. */
export function spellFields(fields: FieldMap, values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Json | undefined] => {
      const isDuration = fields[name]?.kind === 'duration' && typeof value === 'number'
      return [name, isDuration ? formatDuration(value) : value]
    }),
  )
}
