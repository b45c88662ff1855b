import { object, type Field, type FieldMap } from './field.ts'
import type { Infer } from './infer.ts'
import type { Json } from './json.ts'
import type { Change, Records } from './step.ts'

/**
 * The records of one kind, under `<kind>:<id>`. What a store gives back gets its type here and nowhere else: a record
 * only comes into a store from a step, which is typed, or by a check against the kind's description.
 */
export interface Kind<Value> {
  /** What such a record looks like. */
  readonly field: Field<Value>
  key(id: string | number): string
  /** Whose key it is; undefined for one of another kind. */
  idIn(key: string): string | undefined
  /** The record; undefined where there is none, or nothing to look for. */
  get(records: Records, id: string | number | undefined): Value | undefined
  /** A record that is known to be of this kind, as such. */
  of(record: Json): Value
  put(id: string | number, value: Value): Change
  drop(id: string | number): Change
}

/** Records of one kind, by a description of their members. */
export function kind<Members extends FieldMap>(name: string, fields: Members): Kind<Infer<Members>>
export function kind(name: string, fields: FieldMap): Kind<Json> {
  const start = `${name}:`
  const key = (id: string | number): string => start + id
  return {
    field: object(fields, { about: `a ${name}` }),
    key,
    idIn: (each) => (each.startsWith(start) ? each.slice(start.length) : undefined),
    get: (records, id) => (id === undefined ? undefined : records.get(key(id))),
    of: (record) => record,
    put: (id, value) => ({ key: key(id), value }),
    drop: (id) => ({ key: key(id), value: undefined }),
  }
}

/** The only record of its kind, such as an API's settings. */
export interface Single<Value> {
  readonly key: string
  get(records: Records): Value
  put(value: Value): Change
}

/** A record that is always there, under a key of its own. */
export function single<Value>(key: string): Single<Value>
export function single(key: string): Single<Json | undefined> {
  return { key, get: (records) => records.get(key), put: (value) => ({ key, value }) }
}
