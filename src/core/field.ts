import type { Infer, Presence, Written } from './infer.ts'
import { nearestInstant } from './instant.ts'
import type { Json } from './json.ts'

/** What a description says of a value, whatever its kind. */
export interface About {
  /** What it means, in one line: for help, schemas and tables. */
  readonly about: string
  /** The open point of the contract that this field settles. */
  readonly openPoint?: string
  /** Never shown in reports and logs. */
  readonly secret?: true
  /** The names in a map are secrets. */
  readonly secretKeys?: true
  /** A name for people, of what they look for first among the settings of an API. */
  readonly headline?: string
  /** A document that has several such values describes them once, under this name. */
  readonly named?: string
}

/** What is told about a field beside its kind. */
interface FieldNotes<Read> extends About {
  /** Used where the field is left out. */
  readonly default?: Read
  /** May be left out without a default. */
  readonly optional?: true
  /** null is a value as well. */
  readonly nullable?: true
}

/** The kinds of fields there are. */
export const fieldKinds = [
  'text',
  'integer',
  'number',
  'boolean',
  'choice',
  'duration',
  'moment',
  'list',
  'map',
  'object',
  'either',
  'anything',
] as const satisfies readonly FieldKind['kind'][]

type FieldKind =
  | {
      readonly kind: 'text'
      readonly pattern?: RegExp
      readonly shape?: string
      /** What is kept of a text that may be spelled in several ways; undefined for one that does not fit. */
      readonly read?: (written: string) => string | undefined
      /** A whole number is the text of its digits. */
      readonly orInteger?: true
    }
  | { readonly kind: 'integer' | 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' }
  | {
      readonly kind: 'choice'
      readonly choices: readonly string[]
      /** What each of the words means, for editors and pages. */
      readonly meanings?: Named<string>
    }
  | { readonly kind: 'duration'; readonly min?: number }
  | { readonly kind: 'moment' }
  | { readonly kind: 'list'; readonly item: AnyField }
  | {
      readonly kind: 'map'
      readonly item: AnyField
      /** What names may be; anything if left out. */
      readonly key?: TextField
    }
  | {
      readonly kind: 'object'
      readonly fields: FieldMap
      /** It may have members beside these, of which nothing is known. */
      readonly more?: true
    }
  | {
      readonly kind: 'either'
      /** The member that tells which of the forms it is. */
      readonly by: string
      readonly forms: { readonly [word: string]: FieldMap }
    }
  | { readonly kind: 'anything' }

/**
 * The description of one value of a scenario, a record, a setting or a control call; as data, so that it can also be
 * shown. It tells the compiler the type that programs read, how people write it, and whether it has to be there.
 */
export type Field<Read, Spelt = unknown, Is extends Presence = Presence> = FieldKind &
  FieldNotes<Read> & {
    /** Never there: for the compiler only. */
    readonly tells?: { readonly read: Read; readonly written: Spelt; readonly presence: Is }
  }

/** A field of which only the shape matters. */
export type AnyField = Field<Json>

export type TextField = Extract<AnyField, { kind: 'text' }>

/** Fields by name. */
export interface FieldMap {
  readonly [name: string]: AnyField
}

/** The description of an object by its members. */
export type ObjectField<Members, Is extends Presence = 'must'> = Field<Infer<Members>, Written<Members>, Is>

/** A point in time: fixed, or so long after the moment at which it is applied. */
export type Moment = { readonly at: number } | { readonly in: number }

/** The instant a moment stands for, seen from `now`. */
export function momentAt(when: Moment, now: number): number {
  return nearestInstant('at' in when ? when.at : now + when.in)
}

type Optional = { readonly optional: true }
type Default<Read> = { readonly default: Read }

/** Values by any names. */
export type Named<Value> = { readonly [name: string]: Value }

/** Makes fields of one kind. Spelt as overloads: what is no note is told at its place. */
export interface Builder<Read, Spelt = Read, Notes = unknown> {
  (notes: About & Notes & Optional): Field<Read, Spelt, 'may'>
  (notes: About & Notes & Default<Read>): Field<Read, Spelt, 'default'>
  (notes: About & Notes): Field<Read, Spelt, 'must'>
}

interface ChoiceBuilder {
  <const Word extends string>(
    choices: readonly Word[],
    notes: About & Meanings<NoInfer<Word>> & Optional,
  ): Field<Word, Word, 'may'>
  <const Word extends string>(
    choices: readonly Word[],
    notes: About & Meanings<NoInfer<Word>> & Default<NoInfer<Word>>,
  ): Field<Word, Word, 'default'>
  <const Word extends string>(
    choices: readonly Word[],
    notes: About & Meanings<NoInfer<Word>>,
  ): Field<Word, Word, 'must'>
}

/** What each word of a choice means: of all of them, or of none. */
type Meanings<Word extends string> = { readonly meanings?: { readonly [Each in Word]: string } }

interface ListBuilder {
  <Read, Spelt>(item: Field<Read, Spelt>, notes: About & Optional): Field<readonly Read[], readonly Spelt[], 'may'>
  <Read, Spelt>(
    item: Field<Read, Spelt>,
    notes: About & Default<readonly NoInfer<Read>[]>,
  ): Field<readonly Read[], readonly Spelt[], 'default'>
  <Read, Spelt>(item: Field<Read, Spelt>, notes: About): Field<readonly Read[], readonly Spelt[], 'must'>
}

interface MapBuilder {
  <Read, Spelt>(item: Field<Read, Spelt>, notes: About & Key & Optional): Field<Named<Read>, Named<Spelt>, 'may'>
  <Read, Spelt>(
    item: Field<Read, Spelt>,
    notes: About & Key & Default<Named<NoInfer<Read>>>,
  ): Field<Named<Read>, Named<Spelt>, 'default'>
  <Read, Spelt>(item: Field<Read, Spelt>, notes: About & Key): Field<Named<Read>, Named<Spelt>, 'must'>
}

interface ObjectBuilder {
  <Members extends FieldMap>(fields: Members, notes: About & Optional): ObjectField<Members, 'may'>
  <Members extends FieldMap>(
    fields: Members,
    notes: About & Default<Infer<NoInfer<Members>>>,
  ): ObjectField<Members, 'default'>
  <Members extends FieldMap>(fields: Members, notes: About): ObjectField<Members>
}

interface AnythingBuilder {
  <Value extends Json = Json, Spelt = Value>(notes: About & Optional): Field<Value, Spelt, 'may'>
  <Value extends Json = Json, Spelt = Value>(notes: About & Default<Value>): Field<Value, Spelt, 'default'>
  <Value extends Json = Json, Spelt = Value>(notes: About): Field<Value, Spelt, 'must'>
}

type Bounds = { readonly min?: number; readonly max?: number }
type Shape = Omit<Extract<FieldKind, { kind: 'text' }>, 'kind'>
type Key = Pick<Extract<FieldKind, { kind: 'map' }>, 'key'>

export const text: Builder<string, string, Shape> = (notes: FieldNotes<string> & Shape) => ({ kind: 'text', ...notes })

export const integer: Builder<number, number, Bounds> = (notes: FieldNotes<number> & Bounds) => ({
  kind: 'integer',
  ...notes,
})

export const number: Builder<number, number, Bounds> = (notes: FieldNotes<number> & Bounds) => ({
  kind: 'number',
  ...notes,
})

export const flag: Builder<boolean> = (notes: FieldNotes<boolean>) => ({ kind: 'boolean', ...notes })

export const choice: ChoiceBuilder = <Word extends string>(
  choices: readonly Word[],
  notes: FieldNotes<Word> & Meanings<Word>,
) => ({
  kind: 'choice',
  choices,
  ...notes,
})

/** Milliseconds, spelt `30m`. */
export const duration: Builder<number, string, { readonly min?: number }> = (
  notes: FieldNotes<number> & { readonly min?: number },
) => ({ kind: 'duration', ...notes })

/** An instant, spelt as ISO-8601 or relative: `+30m`. */
export const moment: Builder<Moment, string> = (notes: FieldNotes<Moment>) => ({ kind: 'moment', ...notes })

export const list: ListBuilder = <Read>(item: AnyField, notes: FieldNotes<Read>) => ({ kind: 'list', item, ...notes })

export const map: MapBuilder = <Read>(item: AnyField, notes: FieldNotes<Read> & Key) => ({
  kind: 'map',
  item,
  ...notes,
})

export const object: ObjectBuilder = <Read>(fields: FieldMap, notes: FieldNotes<Read>) => ({
  kind: 'object',
  fields,
  ...notes,
})

/** Any JSON. */
export const anything: AnythingBuilder = <Value>(notes: FieldNotes<Value>) => ({ kind: 'anything', ...notes })

/** The same field, which may be left out. */
export function optionally<Read, Spelt>(field: Field<Read, Spelt>): Field<Read, Spelt, 'may'> {
  const { tells: _tells, ...rest } = field
  return { ...rest, optional: true }
}

/** The same field, or null; null as well where it is left out, with that as its default. */
export function nullable<Read, Spelt, Is extends Presence>(
  field: Field<Read, Spelt, Is>,
): Field<Read | null, Spelt | null, Is>
export function nullable<Read, Spelt>(
  field: Field<Read, Spelt>,
  notes: Default<null>,
): Field<Read | null, Spelt | null, 'default'>
export function nullable(field: AnyField, notes: Partial<Default<null>> = {}): AnyField {
  return { ...field, nullable: true, ...notes }
}
