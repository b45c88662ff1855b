import { parseDuration } from './duration.ts'
import type { Issue } from './errors.ts'
import { earliestInstant, fromIso, latestInstant } from './instant.ts'
import { isJsonObject } from './json.ts'
import { nearestWord } from './nearest.ts'
import type { AnyField, Field, FieldMap, Moment } from './field.ts'

/** A value that fits its field, or what is wrong with it. */
export type Checked<Value> = { readonly value: Value; readonly issues: readonly [] } | Failed

interface Failed {
  readonly value?: undefined
  readonly issues: readonly Issue[]
}

/** `written` by a person (`30m`), `called` by a program (the same, or milliseconds), or `stored` by ourselves. */
export type Spelling = 'written' | 'called' | 'stored'

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
  return issues.length === 0 ? { value: value as Value, issues: [] } : { issues: readable(issues) }
}

/** More than anybody reads: a wrong file of a megabyte must not become an error of thirty. */
const mostIssues = 100

function readable(issues: readonly Issue[]): readonly Issue[] {
  if (issues.length <= mostIssues) return issues
  const more = issues.length - mostIssues
  return [...issues.slice(0, mostIssues), { path: [], message: `and ${more} more of what is wrong.` }]
}

/** Like {@link check} for an object of which any members may be missing: a patch. Blanks stay blank. */
export function checkPatch<Value>(fields: FieldMap, input: unknown, path: Issue['path'] = []): Checked<Partial<Value>> {
  const issues: Issue[] = []
  const value = readObject({ kind: 'object', fields, about: 'a patch' }, input, path, issues, 'called', 'patch')
  return issues.length === 0 ? { value: value as Partial<Value>, issues: [] } : { issues: readable(issues) }
}

function read(field: AnyField, input: unknown, path: Issue['path'], issues: Issue[], spelling: Spelling): unknown {
  const fail = (expected: string, nearest?: string): undefined => {
    issues.push({
      path,
      message: `${show(input, field)} is not ${expected}.`,
      ...(nearest === undefined ? {} : { nearest }),
    })
    return undefined
  }
  if (input === null && field.nullable === true) return null
  switch (field.kind) {
    case 'text': {
      if (typeof input !== 'string') return fail(typeof input === 'number' ? 'text; put it in quotes' : 'text')
      const fits = field.pattern?.test(input) !== false
      const kept = fits && field.read !== undefined ? field.read(input) : input
      return fits && kept !== undefined ? kept : fail(field.shape ?? 'in the right form')
    }
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
      const ms = readDuration(input, spelling)
      if (ms === undefined)
        return fail(spelling === 'stored' ? 'a whole number of milliseconds' : 'a duration such as 90s, 30m or 1h30m')
      return ms < (field.min ?? -Infinity) ? fail(`a duration of at least ${field.min} ms`) : ms
    }
    case 'moment':
      return readMoment(input, spelling) ?? fail('an instant such as 2026-01-15T09:00:00Z, or relative such as +30m')
    case 'list': {
      const items = blank(input, spelling, [])
      if (!Array.isArray(items)) return fail('a list')
      return items.map((item, index) => read(field.item, item, [...path, index], issues, spelling))
    }
    case 'map': {
      const entries = blank(input, spelling, {})
      if (!isJsonObject(entries)) return fail('a map from names to values')
      return Object.fromEntries(
        Object.entries(entries).map(([key, item]) => [key, read(field.item, item, [...path, key], issues, spelling)]),
      )
    }
    case 'object':
      return readObject(field, blank(input, spelling, {}), path, issues, spelling, 'whole')
    case 'anything':
      return input
  }
}

function readObject(
  field: Extract<AnyField, { kind: 'object' }>,
  input: unknown,
  path: Issue['path'],
  issues: Issue[],
  spelling: Spelling,
  mode: 'whole' | 'patch',
): unknown {
  const { fields } = field
  if (!isJsonObject(input)) {
    issues.push({ path, message: `${show(input, field)} is not a map with ${Object.keys(fields).join(', ')}.` })
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
  for (const [name, member] of Object.entries(fields)) {
    const given = input[name]
    if (given !== undefined) value[name] = read(member, given, [...path, name], issues, spelling)
    else if (mode === 'patch') continue
    else if (member.default !== undefined) value[name] = member.default
    else if (member.optional !== true) issues.push({ path: [...path, name], message: `is missing: ${member.about}` })
  }
  return value
}

/** What a member is that somebody wrote and left blank: YAML has null for it. */
function blank(input: unknown, spelling: Spelling, instead: unknown): unknown {
  return spelling === 'written' ? (input ?? instead) : input
}

function readDuration(input: unknown, spelling: Spelling): number | undefined {
  if (typeof input === 'string') return spelling === 'stored' ? undefined : parseDuration(input)
  // In a file a bare number would leave its unit to be guessed.
  return spelling !== 'written' && Number.isSafeInteger(input) ? (input as number) : undefined
}

function readMoment(input: unknown, spelling: Spelling): Moment | undefined {
  if (spelling === 'called' && Number.isInteger(input)) {
    const at = Number(input)
    return at < earliestInstant || at > latestInstant ? undefined : { at }
  }
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

/** A wrong value as a message may quote it. What stands in the place of a secret may be one, whatever its form. */
function show(value: unknown, field: AnyField): string {
  if (value !== null && holdsSecret(field)) return 'The value'
  try {
    const text = JSON.stringify(value) ?? String(value)
    return text.length > 60 ? `${text.slice(0, 57)}…` : text
  } catch {
    // A BigInt, or an object that contains itself.
    return 'The value'
  }
}

function holdsSecret(field: AnyField): boolean {
  if (field.kind === 'list' || field.kind === 'map') return field.secret === true || holdsSecret(field.item)
  return field.secret === true || (field.kind === 'object' && Object.values(field.fields).some(holdsSecret))
}
