import { parseDuration } from './duration.ts'
import type { Issue } from './errors.ts'
import { fromIso } from './instant.ts'
import { isJsonObject } from './json.ts'
import { nearestWord } from './nearest.ts'
import type { AnyField, Field, FieldMap, Moment } from './field.ts'

/** A value that fits its field, or what is wrong with it. */
export type Checked<Value> = { readonly value: Value; readonly issues: readonly [] } | Failed

interface Failed {
  readonly value?: undefined
  readonly issues: readonly Issue[]
}

/** `written` by a person (`30m`, `+30m`), or `stored` by ourselves (milliseconds). */
export type Spelling = 'written' | 'stored'

/**
 * Reads unknown data by its description: durations become milliseconds, moments become {@link Moment}s, blanks take
 * their defaults. Finds all issues at once; each names its path and the nearest valid word.
 */
export function check<Value>(
  field: Field<Value>,
  input: unknown,
  path: Issue['path'] = [],
  spelling: Spelling = 'written',
): Checked<Value> {
  const issues: Issue[] = []
  const value = read(field, input, path, issues, spelling)
  return issues.length === 0 ? { value: value as Value, issues: [] } : { issues }
}

/** Like {@link check} for an object of which any members may be missing: a patch. Blanks stay blank. */
export function checkPatch<Value>(fields: FieldMap, input: unknown, path: Issue['path'] = []): Checked<Partial<Value>> {
  const issues: Issue[] = []
  const value = readObject(fields, input, path, issues, 'written', 'patch')
  return issues.length === 0 ? { value: value as Partial<Value>, issues: [] } : { issues }
}

function read(field: AnyField, input: unknown, path: Issue['path'], issues: Issue[], spelling: Spelling): unknown {
  const fail = (expected: string, nearest?: string): undefined => {
    const shown = field.secret === true ? 'The value' : show(input)
    issues.push({ path, message: `${shown} is not ${expected}.`, ...(nearest === undefined ? {} : { nearest }) })
    return undefined
  }
  if (input === null && field.nullable === true) return null
  switch (field.kind) {
    case 'text':
      if (typeof input !== 'string') return fail(typeof input === 'number' ? 'text; put it in quotes' : 'text')
      return field.pattern === undefined || field.pattern.test(input) ? input : fail(field.shape ?? 'in the right form')
    case 'integer':
    case 'number': {
      const fits =
        typeof input === 'number' && (field.kind === 'number' ? Number.isFinite(input) : Number.isSafeInteger(input))
      if (!fits) return fail(`a ${field.kind === 'number' ? 'number' : 'whole number'}${bounds(field)}`)
      if (input < (field.min ?? -Infinity) || input > (field.max ?? Infinity)) return fail(`a number${bounds(field)}`)
      return input
    }
    case 'boolean':
      return typeof input === 'boolean' ? input : fail('true or false')
    case 'choice': {
      if (typeof input === 'string' && field.choices.includes(input)) return input
      return fail(
        `one of ${field.choices.join(', ')}`,
        typeof input === 'string' ? nearestWord(input, field.choices) : undefined,
      )
    }
    case 'duration': {
      if (spelling === 'stored') return Number.isSafeInteger(input) ? input : fail('a whole number of milliseconds')
      const ms = typeof input === 'string' ? parseDuration(input) : undefined
      if (ms === undefined) return fail('a duration such as 90s, 30m or 1h30m')
      return ms < (field.min ?? -Infinity) ? fail(`a duration of at least ${field.min} ms`) : ms
    }
    case 'moment':
      return readMoment(input) ?? fail('an instant such as 2026-01-15T09:00:00Z, or relative such as +30m')
    case 'list':
      if (!Array.isArray(input)) return fail('a list')
      return input.map((item, index) => read(field.item, item, [...path, index], issues, spelling))
    case 'map':
      if (!isJsonObject(input)) return fail('a map from names to values')
      return Object.fromEntries(
        Object.entries(input).map(([key, item]) => [key, read(field.item, item, [...path, key], issues, spelling)]),
      )
    case 'object':
      return readObject(field.fields, input ?? {}, path, issues, spelling, 'whole')
    case 'anything':
      return input
  }
}

function readObject(
  fields: FieldMap,
  input: unknown,
  path: Issue['path'],
  issues: Issue[],
  spelling: Spelling,
  mode: 'whole' | 'patch',
): unknown {
  if (!isJsonObject(input)) {
    issues.push({ path, message: `${show(input)} is not a map with ${Object.keys(fields).join(', ')}.` })
    return undefined
  }
  for (const key of Object.keys(input)) {
    if (Object.hasOwn(fields, key)) continue
    const nearest = nearestWord(key, Object.keys(fields))
    issues.push({
      path: [...path, key],
      message: `"${key}" is not known here; known are ${Object.keys(fields).join(', ')}.`,
      onKey: true,
      ...(nearest === undefined ? {} : { nearest }),
    })
  }
  const value: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const given = input[name]
    if (given !== undefined) value[name] = read(field, given, [...path, name], issues, spelling)
    else if (mode === 'patch') continue
    else if (field.default !== undefined) value[name] = field.default
    else if (field.optional !== true) issues.push({ path: [...path, name], message: `is missing: ${field.about}` })
  }
  return value
}

function readMoment(input: unknown): Moment | undefined {
  if (typeof input !== 'string') return undefined
  if (/^\s*[+-]/.test(input)) {
    const ms = parseDuration(input)
    return ms === undefined ? undefined : { in: ms }
  }
  const at = fromIso(input)
  return at === undefined ? undefined : { at }
}

function bounds(field: { readonly min?: number; readonly max?: number }): string {
  if (field.min !== undefined && field.max !== undefined) return ` from ${field.min} to ${field.max}`
  if (field.min !== undefined) return ` of at least ${field.min}`
  return field.max === undefined ? '' : ` of at most ${field.max}`
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
