import { parseDuration } from './duration.ts'
import type { Issue } from './errors.ts'
import { fromIso, isInstant } from './instant.ts'
import { isJsonObject, own, type Json, type JsonObject } from './json.ts'
import { nearestWord } from './nearest.ts'
import { quoted } from './quoted.ts'
import type { AnyField, Field, FieldMap, Moment, TextField } from './field.ts'
import type { Infer } from './infer.ts'

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
export function check<Value extends Json>(
  field: Field<Value>,
  input: unknown,
  path: Issue['path'] = [],
  spelling: Spelling = 'written',
): Checked<Value> {
  const checker = new Checker(path, spelling)
  return checker.done(checker.read(field, input) as Value)
}

/** More than anybody reads: a wrong file of a megabyte must not become an error of thirty. */
const mostIssues = 100

/** So many of the issues as anybody reads. Those of a generator that are beyond it are not even looked for. */
export function readable(issues: Iterable<Issue>): readonly Issue[] {
  const shown: Issue[] = []
  for (const issue of issues) {
    if (shown.length === mostIssues) {
      const more = Array.isArray(issues) ? `${issues.length - mostIssues} more` : 'more'
      return [...shown, { path: [], message: `and ${more} of what is wrong.` }]
    }
    shown.push(issue)
  }
  return shown
}

/** Like {@link check} for an object of which any members may be missing: a patch. Blanks stay blank. */
export function checkPatch<Members extends FieldMap>(
  fields: Members,
  input: unknown,
  path: Issue['path'] = [],
): Checked<Partial<Infer<Members>>> {
  const checker = new Checker(path, 'called')
  return checker.done(
    checker.readObject({ kind: 'object', fields, about: 'a patch' }, input, 'patch') as Partial<Infer<Members>>,
  )
}

type ObjectField = Extract<AnyField, { kind: 'object' }>

/** Reads data by fields. Data of many thousand values is read, so the path is copied only for what is wrong. */
class Checker {
  readonly #issues: Issue[] = []
  readonly #path: (string | number)[]
  readonly #spelling: Spelling

  constructor(path: Issue['path'], spelling: Spelling) {
    this.#path = [...path]
    this.#spelling = spelling
  }

  done<Value>(value: Value): Checked<Value> {
    return this.#issues.length === 0 ? { value, issues: [] } : { issues: readable(this.#issues) }
  }

  read(field: AnyField, input: unknown): unknown {
    if (input === null && field.nullable === true) return null
    switch (field.kind) {
      case 'text':
        return this.#text(field, input)
      case 'integer':
      case 'number':
        return this.#number(field, input)
      case 'boolean':
        if (typeof input === 'boolean') return input
        return this.#fail(field, input, `true or false${unquoted(input, /^(true|false|yes|no|on|off)$/i)}`)
      case 'choice': {
        if (typeof input === 'string' && field.choices.includes(input)) return input
        const nearest = typeof input === 'string' ? this.#nearest(input, field.choices) : undefined
        return this.#fail(field, input, `one of ${field.choices.join(', ')}`, nearest)
      }
      case 'duration':
        return this.#duration(field, input)
      case 'moment': {
        const expected = 'an instant such as 2026-01-15T09:00:00Z, or relative such as +30m'
        return readMoment(input, this.#spelling) ?? this.#fail(field, input, expected)
      }
      case 'list': {
        const items = this.#blank(input, [])
        if (!Array.isArray(items)) return this.#fail(field, input, 'a list')
        return items.map((item, index) => this.#at(index, field.item, item))
      }
      case 'map': {
        const entries = this.#blank(input, {})
        if (!isJsonObject(entries)) return this.#fail(field, input, 'a map from names to values')
        return this.#map(field, entries)
      }
      case 'object':
        return this.readObject(field, this.#blank(input, {}), 'whole')
      case 'either': {
        const word = isJsonObject(input) ? own(input, field.by) : undefined
        const fields = typeof word === 'string' && Object.hasOwn(field.forms, word) ? field.forms[word] : undefined
        if (fields === undefined)
          return this.#fail(field, input, `one whose ${field.by} is ${Object.keys(field.forms).join(' or ')}`)
        return this.readObject({ kind: 'object', fields, about: field.about }, input, 'whole')
      }
      case 'anything':
        return input
    }
  }

  readObject(field: ObjectField, input: unknown, mode: 'whole' | 'patch'): unknown {
    const { fields } = field
    if (!isJsonObject(input)) {
      const message = `${quoted(input, field)} is not a map with ${Object.keys(fields).join(', ')}.`
      this.#issues.push({ path: [...this.#path], message })
      return undefined
    }
    if (field.more !== true)
      for (const key of Object.keys(input)) if (!Object.hasOwn(fields, key)) this.#unknown(key, fields)
    const value: Record<string, unknown> = field.more === true ? { ...input } : {}
    for (const [name, member] of membersOf(fields)) {
      const given = input[name]
      if (given !== undefined) value[name] = this.#at(name, member, given)
      else if (mode === 'patch') continue
      else if (member.default !== undefined) value[name] = member.default
      else if (member.optional !== true)
        this.#issues.push({ path: [...this.#path, name], message: `is missing: ${member.about}` })
    }
    return value
  }

  #map({ item, key: name }: Extract<AnyField, { kind: 'map' }>, entries: JsonObject): Record<string, unknown> {
    const value: Record<string, unknown> = {}
    for (const key of Object.keys(entries)) {
      if (name !== undefined && readText(name, key) === undefined) {
        this.#issues.push({
          path: [...this.#path, key],
          message: `${quoted(key, name)} is not ${shapeOf(name)}.`,
          onKey: true,
        })
        continue
      }
      const read = this.#at(key, item, entries[key])
      if (key !== '__proto__') value[key] = read
      // A name like any other, which would only not be put by its name.
      else Object.defineProperty(value, key, { value: read, enumerable: true, configurable: true, writable: true })
    }
    return value
  }

  #text(field: TextField, input: unknown): unknown {
    const written = field.orInteger === true && Number.isSafeInteger(input) ? String(input) : input
    if (typeof written !== 'string')
      return this.#fail(field, input, typeof input === 'number' ? 'text; put it in quotes' : 'text')
    return readText(field, written) ?? this.#fail(field, input, shapeOf(field))
  }

  #number(field: Extract<AnyField, { kind: 'integer' | 'number' }>, input: unknown): unknown {
    const fits =
      typeof input === 'number' && (field.kind === 'number' ? Number.isFinite(input) : Number.isSafeInteger(input))
    const expected = `a ${field.kind === 'number' ? 'number' : 'whole number'}${bounds(field)}`
    if (!fits) return this.#fail(field, input, expected + unquoted(input, /^-?\d+(\.\d+)?$/))
    if (input < (field.min ?? -Infinity) || input > (field.max ?? Infinity))
      return this.#fail(field, input, `a number${bounds(field)}`)
    return input
  }

  #duration(field: Extract<AnyField, { kind: 'duration' }>, input: unknown): unknown {
    const ms = readDuration(input, this.#spelling)
    if (ms === undefined) {
      const stored = this.#spelling === 'stored'
      return this.#fail(
        field,
        input,
        stored ? 'a whole number of milliseconds' : 'a duration such as 90s, 30m or 1h30m',
      )
    }
    return ms < (field.min ?? -Infinity) ? this.#fail(field, input, `a duration of at least ${field.min} ms`) : ms
  }

  #at(step: string | number, field: AnyField, input: unknown): unknown {
    this.#path.push(step)
    const value = this.read(field, input)
    this.#path.pop()
    return value
  }

  #fail(field: AnyField, input: unknown, expected: string, nearest?: string): undefined {
    const message = `${quoted(input, field)} is not ${expected}.`
    this.#issues.push({ path: [...this.#path], message, ...(nearest === undefined ? {} : { nearest }) })
    return undefined
  }

  #unknown(key: string, fields: FieldMap): void {
    const names = Object.keys(fields)
    const nearest = this.#nearest(key, names)
    this.#issues.push({
      path: [...this.#path, key],
      message: `"${key}" is not known here; known are ${names.join(', ')}.`,
      onKey: true,
      ...(nearest === undefined ? {} : { nearest }),
    })
  }

  /** Not looked for where nobody will read it. */
  #nearest(word: string, words: readonly string[]): string | undefined {
    return this.#issues.length < mostIssues ? nearestWord(word, words) : undefined
  }

  /** What a member is that somebody wrote and left blank: YAML has null for it. */
  #blank(input: unknown, instead: unknown): unknown {
    return this.#spelling === 'written' ? (input ?? instead) : input
  }
}

const members = new WeakMap<FieldMap, readonly (readonly [string, AnyField])[]>()

/** The fields of an object as a list, made once. */
function membersOf(fields: FieldMap): readonly (readonly [string, AnyField])[] {
  const known = members.get(fields)
  if (known !== undefined) return known
  const list = Object.entries(fields)
  members.set(fields, list)
  return list
}

/** What is kept of a text; undefined where it does not fit. */
function readText({ pattern, read }: TextField, written: string): string | undefined {
  if (pattern?.test(written) === false) return undefined
  return read === undefined ? written : read(written)
}

function shapeOf({ shape }: TextField): string {
  return shape ?? 'in the right form'
}

function readDuration(input: unknown, spelling: Spelling): number | undefined {
  if (typeof input === 'string') return spelling === 'stored' ? undefined : parseDuration(input)
  // In a file a bare number would leave its unit to be guessed.
  return spelling !== 'written' && Number.isSafeInteger(input) ? (input as number) : undefined
}

function readMoment(input: unknown, spelling: Spelling): Moment | undefined {
  if (spelling === 'called' && typeof input === 'number') return isInstant(input) ? { at: input } : undefined
  if (typeof input !== 'string') return undefined
  if (/^\s*[+-]/.test(input)) {
    const ms = parseDuration(input)
    return ms === undefined ? undefined : { in: ms }
  }
  const at = fromIso(input)
  return at === undefined ? undefined : { at }
}

/** What to do about a text where a number or a truth belongs; YAML 1.2 has no other words for them. */
function unquoted(input: unknown, pattern: RegExp): string {
  if (typeof input !== 'string' || !pattern.test(input)) return ''
  return /^(yes|no|on|off)$/i.test(input) ? `; write ${/^(yes|on)$/i.test(input)}` : '; leave the quotes out'
}

function bounds(field: { readonly min?: number; readonly max?: number }): string {
  if (field.min !== undefined && field.max !== undefined) return ` from ${field.min} to ${field.max}`
  if (field.min !== undefined) return ` of at least ${field.min}`
  return field.max === undefined ? '' : ` of at most ${field.max}`
}
