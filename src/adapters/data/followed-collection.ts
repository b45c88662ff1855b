import { Collection } from '@msw/data'
import { UnderstudyError, type Issue } from '../../core/errors.ts'
import { isJsonObject, sameJson, type Json, type JsonObject } from '../../core/json.ts'
import type { Source } from './record-source.ts'

/** A schema as @msw/data reads it (Standard Schema), of records with their name in `key`. */
export interface RecordSchema<Item> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: 'auth-understudy'
    readonly validate: (value: unknown) => { readonly value: Item } | { readonly issues: readonly Issue[] }
    readonly types?: { readonly input: Item; readonly output: Item }
  }
}

type Row = { readonly key: string } & { readonly [member: string]: unknown }

/**
 * A collection that follows a source and writes back to it. The source decides: what others change there while an
 * update of the collection is under way, which takes turns of the event loop, is kept.
 */
export class FollowedCollection {
  readonly collection: Collection<RecordSchema<Row>>
  readonly #source: Source
  /** Names whose record the collection is about to take in. */
  readonly #coming = new Set<string>()
  readonly #pending = new Set<Promise<unknown>>()
  readonly #closing = new AbortController()
  #following = false

  constructor(source: Source) {
    this.#source = source
    const validate = (value: unknown): ReturnType<RecordSchema<Row>['~standard']['validate']> => this.#validate(value)
    this.collection = new Collection({
      schema: { '~standard': { version: 1, vendor: 'auth-understudy', validate } } satisfies RecordSchema<Row>,
    })
    const { hooks } = this.collection
    const { signal } = this.#closing
    hooks.on('create', ({ data }) => this.#created(data.record), { signal })
    hooks.on('update', ({ data }) => this.#updated(data.prevRecord, data.nextRecord), { signal })
    hooks.on('delete', ({ data }) => this.#deleted(data.deletedRecord), { signal })
  }

  /** Takes over what the source has under these names; under all, if none are given. */
  follow(names?: readonly string[]): void {
    const rows = this.collection.all()
    const known = new Map(rows.map((row) => [row.key, row]))
    for (const name of names ?? new Set([...this.#source.names(), ...known.keys()])) {
      const row = known.get(name)
      const record = this.#source.get(name)
      if (record === undefined) {
        if (row !== undefined) this.#drop(row)
      } else if (row !== undefined) assign(row, record)
      else if (!this.#coming.has(name)) this.#take(name, record)
    }
  }

  /** Follows what a change of these keys concerns. */
  followKeys(keys: readonly string[] | undefined): void {
    this.follow(keys === undefined ? undefined : this.#source.touched(keys))
  }

  /** Waits until the collection has taken in what is coming. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending)
  }

  /** Stops writing back. */
  close(): void {
    this.#closing.abort()
  }

  #take(name: string, record: JsonObject): void {
    this.#coming.add(name)
    this.#finish(name, this.collection.create({ key: name, ...record }))
  }

  /** Looks again when something has come to its end: it may have changed meanwhile. */
  #finish(name: string, end: Promise<unknown>): void {
    const finish = async (): Promise<void> => {
      await end
      this.#coming.delete(name)
      this.#pending.delete(finished)
      this.follow([name])
    }
    const finished = finish()
    this.#pending.add(finished)
  }

  #drop(row: Row): void {
    this.#following = true
    this.collection.delete(row as never)
    this.#following = false
  }

  /** @msw/data asks before it takes a record in, new or changed, and takes what it is given back. */
  #validate(value: unknown): { readonly value: Row } | { readonly issues: readonly Issue[] } {
    if (!isJsonObject(value)) return { issues: [{ path: [], message: 'A record is an object.' }] }
    const { key } = value
    const present = typeof key === 'string' ? this.#source.get(key) : undefined
    if (present !== undefined) return { value: toRow(key as string, present) }
    const named = this.#source.nameFor(value)
    return 'issues' in named ? named : { value: toRow(named.name, value) }
  }

  #created(row: Row): void {
    if (this.#coming.has(row.key)) return
    if (this.#source.get(row.key) !== undefined) {
      throw new UnderstudyError(
        'ERR_CHANGE_INVALID',
        `${this.#source.title}: there is a "${row.key}" already; update it.`,
      )
    }
    this.#coming.add(row.key)
    this.#afterwards(row.key)
    this.#source.make(row.key, structuredClone(pick(row, ownMembers(row))))
  }

  #updated(before: Row, after: Row): void {
    if (after.key !== before.key)
      throw new UnderstudyError('ERR_CHANGE_INVALID', `${this.#source.title}: the key of ${before.key} stays.`)
    const row = this.collection.all().find(({ key }) => key === before.key)
    const relations = new Set(row === undefined ? [] : relationsOf(row))
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    const changed = [...names].filter(
      (name) => !relations.has(name) && !sameJson(before[name] as Json, after[name] as Json),
    )
    this.#afterwards(before.key)
    if (changed.length > 0) this.#source.change(before.key, structuredClone(pick(after, changed)))
  }

  #deleted(row: Row): void {
    if (this.#following) return
    this.#afterwards(row.key)
    this.#source.remove(row.key)
  }

  /** @msw/data puts the outcome in place some turns after it told of it; what changed meanwhile is taken over then. */
  #afterwards(name: string): void {
    this.#finish(name, new Promise((resolve) => setTimeout(resolve)))
  }
}

function toRow(key: string, record: JsonObject): Row {
  return { ...structuredClone(record), key }
}

/** Changes a row in place: whoever holds it, or relates to it, goes on with the same one. */
function assign(row: Row, record: JsonObject): void {
  const target = row as { [member: string]: unknown }
  for (const [name, value] of Object.entries(record)) {
    if (!sameJson(target[name] as Json, value)) target[name] = structuredClone(value)
  }
  for (const name of ownMembers(row)) if (!Object.hasOwn(record, name)) delete target[name]
}

/** What somebody defined relations for: those are getters. */
function relationsOf(row: Row): string[] {
  const members = Object.entries(Object.getOwnPropertyDescriptors(row))
  return members.filter(([, member]) => 'get' in member).map(([name]) => name)
}

function ownMembers(row: Row): string[] {
  const relations = relationsOf(row)
  return Object.keys(row).filter((name) => name !== 'key' && !relations.includes(name))
}

function pick(row: Row, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, row[name] as Json]))
}
