import { object, type Field, type FieldMap } from './field.ts'
import type { Infer } from './infer.ts'
import type { Json } from './json.ts'
import { remembered } from './remembered.ts'
import type { Change, Records } from './step.ts'

/**
 * The records of one kind, under `<kind>:<id>`. What a store gives back gets its type here and nowhere else: a record
 * only comes into a store from a step, which is typed, or by a check against the kind's description.
 */
export interface Kind<Value> {
  /** What such a record looks like. */
  readonly field: Field<Value>
  readonly key: (id: string | number) => string
  /** Whose key it is; undefined for one of another kind. */
  readonly idIn: (key: string) => string | undefined
  /** The record; undefined where there is none, or nothing to look for. */
  readonly get: (records: Records, id: string | number | undefined) => Value | undefined
  /** A record that is known to be of this kind, as such. */
  readonly of: (record: Json) => Value
  readonly put: (id: string | number, value: Value) => Change
  readonly drop: (id: string | number) => Change
}

/** Records of one kind, by a description of their members. */
export function kind<Members extends FieldMap>(
  name: string,
  fields: Members,
  about = `a ${name}`,
): Kind<Infer<Members>> {
  type Value = Infer<Members>
  const start = `${name}:`
  const keyOf = remembered((id) => start + id)
  const key = (id: string | number): string => (typeof id === 'string' ? keyOf(id) : start + id)
  return {
    field: object(fields, { about }),
    key,
    idIn: (each) => (each.startsWith(start) ? each.slice(start.length) : undefined),
    get: (records, id) => (id === undefined ? undefined : (records.get(key(id)) as Value | undefined)),
    of: (record) => record as Value,
    put: (id, value) => ({ key: key(id), value: value as Json }),
    drop: (id) => ({ key: key(id), value: undefined }),
  }
}

/** The only record of its kind, which is always there: an API's settings, a world's clock. */
export interface Single<Value> {
  readonly key: string
  readonly get: (records: Records) => Value
}

/** A record under a key of its own. */
export function single<Value>(key: string): Single<Value> {
  return { key, get: (records) => records.get(key) as Value }
}
