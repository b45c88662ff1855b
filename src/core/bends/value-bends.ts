import { fromIso, toHttpDate, toIso } from '../instant.ts'
import { asObject, isJsonObject, type Json, type JsonObject } from '../json.ts'

/** A way to tell a value otherwise. */
export interface ValueBend {
  readonly word: string
  /** What becomes of the value: `is missing`. */
  readonly title: string
  readonly fits: (value: Json) => boolean
  /** Undefined leaves the member out. */
  readonly change: (value: Json) => Json | undefined
}

type Change<Value> = (value: Value) => Json

const text = (word: string, title: string, change: Change<string>, fits = /./): ValueBend => ({
  word,
  title,
  fits: (value) => typeof value === 'string' && fits.test(value),
  change: (value) => change(value as string),
})

const of = (type: 'boolean' | 'number', word: string, title: string, change: Change<never>): ValueBend => ({
  word,
  title,
  fits: (value) => typeof value === type,
  change: change as Change<Json>,
})

const list = (word: string, title: string, least: number, change: Change<readonly Json[]>): ValueBend => ({
  word,
  title,
  fits: (value) => Array.isArray(value) && value.length >= least,
  change: (value) => change(value as readonly Json[]),
})

const object = (word: string, title: string, change: Change<JsonObject>): ValueBend => ({
  word,
  title,
  fits: isJsonObject,
  change: (value) => change(asObject(value)),
})

const isoShape = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/

/** An instant, as a text or as milliseconds; what is spelt as a number of them is told from other numbers by its size. */
const instant = (word: string, title: string, spell: Change<number>): ValueBend => ({
  word,
  title,
  fits: (value) => (typeof value === 'string' ? isoShape.test(value) : typeof value === 'number' && value > 1e12),
  change: (value) => spell(typeof value === 'string' ? (fromIso(value) ?? 0) : Number(value)),
})

/** A text of one word, of which there may be a few that mean something. */
export const isWord: RegExp = /^[A-Za-z]+(_[A-Za-z]+)*$/

/** What becomes of members, whatever they are called. */
export const valueBends: readonly ValueBend[] = [
  { word: 'no', title: 'is missing', fits: () => true, change: () => undefined },
  { word: 'null', title: 'is null', fits: (value) => value !== null, change: () => null },
  { word: 'blank', title: 'is blank', fits: (value) => value === null || typeof value === 'string', change: () => '' },
  {
    word: 'text',
    title: 'is a text',
    fits: (value) => typeof value !== 'string' && value !== null,
    change: (value) => JSON.stringify(value),
  },
  {
    word: 'empty',
    title: 'is empty',
    fits: (value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0,
    change: (value) => (Array.isArray(value) ? [] : {}),
  },
  text('number', 'is a number', (old) => (/^\d{1,15}$/.test(old) ? Number(old) : 1)),
  text('list', 'is a list', (old) => [old]),
  text('longer', 'has a 0 more', (old) => `${old}0`),
  text('upper', 'is in upper case', (old) => old.toUpperCase(), isWord),
  text('lower', 'is in lower case', (old) => old.toLowerCase(), isWord),
  of('boolean', 'not', 'is the contrary', (old: boolean) => !old),
  of('number', 'more', 'is one more', (old: number) => old + 1),
  list('first', 'has its first item only', 2, (old) => old.slice(0, 1)),
  list('single', 'is its first item', 1, (old) => old[0] ?? null),
  object('values', 'is a list of its values', (old) => Object.values(old).map((value) => value ?? null)),
  instant('no-zone', 'has no zone', (ms) => toIso(ms).replace('Z', '')),
  instant('offset', 'is local time with its offset', (ms) => toIso(ms + 3_600_000).replace('Z', '+01:00')),
  instant('local', 'is local time that claims to be GMT', (ms) => toIso(ms + 3_600_000)),
  instant('seconds', 'is a number of seconds', (ms) => Math.floor(ms / 1000)),
  instant('milliseconds', 'is a number of milliseconds', (ms) => ms),
  instant('iso', 'is spelt with a Z', toIso),
  instant('fraction', 'has milliseconds', (ms) => toIso(ms).replace('Z', '.000Z')),
  instant('date', 'is spelt like a Date header', toHttpDate),
  instant('early', 'is ten minutes early', (ms) => toIso(ms - 600_000)),
]
