import type { Issue } from '../core/errors.ts'
import { sameJson, type Json, type JsonObject } from '../core/json.ts'

/** A schema as @msw/data reads it (Standard Schema), of records with their name in `key`. */
export interface RecordSchema<Item, Given = Item> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: 'auth-understudy'
    readonly validate: (value: unknown) => Validated<Item> | Promise<Validated<Item>>
    readonly types?: { readonly input: Given; readonly output: Item }
  }
}

type Validated<Item> = { readonly value: Item } | { readonly issues: readonly Issue[] }

/** A record as a collection holds it. */
export type Row = { readonly key: string } & { readonly [member: string]: unknown }

/** A record as a row. */
export function toRow(key: string, record: JsonObject): Row {
  return { ...structuredClone(record), key }
}

/** Changes a row in place: whoever holds it, or relates to it, goes on with the same one. */
export function assign(row: Row, record: JsonObject): void {
  const target = row as { [member: string]: unknown }
  for (const [name, value] of Object.entries(record)) {
    if (!sameJson(target[name] as Json, value)) target[name] = structuredClone(value)
  }
  for (const name of ownMembers(row)) if (!Object.hasOwn(record, name)) delete target[name]
}

/** What somebody defined relations for: those are getters. */
export function relationsOf(row: Row): string[] {
  const members = Object.entries(Object.getOwnPropertyDescriptors(row))
  return members.filter(([, member]) => 'get' in member).map(([name]) => name)
}

/** The members that are the record's: neither its name nor a relation. */
export function ownMembers(row: Row): string[] {
  const relations = relationsOf(row)
  return Object.keys(row).filter((name) => name !== 'key' && !relations.includes(name))
}
