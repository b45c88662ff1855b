import { nearestInstant } from './instant.ts'

/** What is told about a field beside its kind. */
export interface FieldNotes<Value> {
  /** What it means, in one line: for help, schemas and tables. */
  readonly about: string
  /** Used where the field is left out. */
  readonly default?: Value
  /** May be left out without a default. */
  readonly optional?: true
  /** null is a value as well. */
  readonly nullable?: true
  /** The open point of the contract that this field settles. */
  readonly openPoint?: string
  /** Never shown in reports and logs. */
  readonly secret?: true
  /** The names in a map are secrets. */
  readonly secretKeys?: true
  /** A name for people, of what they look for first among the settings of an API. */
  readonly headline?: string
}

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
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'duration'; readonly min?: number }
  | { readonly kind: 'moment' }
  | { readonly kind: 'list'; readonly item: AnyField }
  | {
      readonly kind: 'map'
      readonly item: AnyField
      /** What names may be; anything if left out. */
      readonly key?: TextField
    }
  | { readonly kind: 'object'; readonly fields: FieldMap }
  | { readonly kind: 'anything' }

/** The description of one value of a scenario, a setting or a control call; as data, so that it can also be shown. */
export type Field<Value> = FieldKind & FieldNotes<Value> & { readonly valueType?: Value }

// Where only the shape matters, the value's type does not.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyField = Field<any>

export type TextField = Extract<AnyField, { kind: 'text' }>

/** Fields by name, of an object whose type is not known here. */
export interface FieldMap {
  readonly [name: string]: AnyField
}

/** One field for each member of a type: the description cannot forget one. */
export type Fields<Value> = { readonly [Name in keyof Value]-?: Field<Exclude<Value[Name], undefined>> }

/** A point in time: fixed, or so long after the moment at which it is applied. */
export type Moment = { readonly at: number } | { readonly in: number }

/** The instant a moment stands for, seen from `now`. */
export function momentAt(when: Moment, now: number): number {
  return nearestInstant('at' in when ? when.at : now + when.in)
}

type Notes<Value> = FieldNotes<Value>

type TextNotes = Omit<Extract<FieldKind, { kind: 'text' }>, 'kind'>

export function text(notes: Notes<string> & TextNotes): Field<string> & TextField {
  return { kind: 'text', ...notes }
}

export function integer(notes: Notes<number> & { min?: number; max?: number }): Field<number> {
  return { kind: 'integer', ...notes }
}

export function number(notes: Notes<number> & { min?: number; max?: number }): Field<number> {
  return { kind: 'number', ...notes }
}

export function flag(notes: Notes<boolean>): Field<boolean> {
  return { kind: 'boolean', ...notes }
}

export function choice<const Word extends string>(choices: readonly Word[], notes: Notes<NoInfer<Word>>): Field<Word> {
  return { kind: 'choice', choices, ...notes }
}

/** Milliseconds, spelt `30m`. */
export function duration(notes: Notes<number> & { min?: number }): Field<number> {
  return { kind: 'duration', ...notes }
}

/** An instant, spelt as ISO-8601 or relative: `+30m`. */
export function moment(notes: Notes<Moment>): Field<Moment> {
  return { kind: 'moment', ...notes }
}

export function list<Item>(item: Field<Item>, notes: Notes<readonly Item[]>): Field<readonly Item[]> {
  return { kind: 'list', item, ...notes }
}

export function map<Item>(
  item: Field<Item>,
  notes: Notes<{ readonly [key: string]: Item }> & Pick<Extract<FieldKind, { kind: 'map' }>, 'key'>,
): Field<{ readonly [key: string]: Item }> {
  return { kind: 'map', item, ...notes }
}

export function object<Value>(fields: Fields<Value>, notes: Notes<Value>): Field<Value> {
  return { kind: 'object', fields, ...notes }
}

/** Any JSON. */
export function anything<Value>(notes: Notes<Value>): Field<Value> {
  return { kind: 'anything', ...notes }
}

/** The same field, or null. */
export function nullable<Value>(field: Field<Value>): Field<Value | null> {
  return { ...field, nullable: true }
}
