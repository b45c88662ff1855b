import { Collection } from '@msw/data'
import { formatIssue, UnderstudyError, type Issue } from '../core/errors.ts'
import { isJsonObject, sameJson, type Json, type JsonObject } from '../core/json.ts'
import type { CollectionSource } from './record-source.ts'
import { assign, ownMembers, relationsOf, toRow, type RecordSchema, type Row } from './row.ts'
import { attend, type PlainVerbs } from './verbs.ts'

/** What @msw/data tells before it takes a row away. */
interface DeleteEvent {
  readonly data: { readonly deletedRecord: Row }
  preventDefault(): void
  stopImmediatePropagation(): void
}

/**
 * A collection that follows a source and writes back to it. The source decides: a row comes and goes when its record
 * has, and what others change there while an update is under way, which takes turns of the event loop, is kept.
 */
export class FollowedCollection {
  readonly collection: Collection<RecordSchema<Row>>
  readonly #source: CollectionSource
  readonly #plain: PlainVerbs
  /** The records that the collection is about to take in, by name: the values of the one call that brings each. */
  readonly #coming = new Map<string, object>()
  /** The row that is being taken away. */
  #leaving: Row | undefined
  /** What changed while a row was being taken away. */
  readonly #later = new Set<string>()
  /** Updates that the source knows of: @msw/data tells of one for each member. */
  readonly #told = new WeakSet<Row>()
  readonly #pending = new Set<Promise<unknown>>()
  readonly #closing = new AbortController()

  constructor(source: CollectionSource) {
    this.#source = source
    const validate: RecordSchema<Row>['~standard']['validate'] = (value) => {
      const row = this.#validate(value)
      return row instanceof Promise ? row.then((read) => ({ value: read })) : { value: row }
    }
    this.collection = new Collection({
      schema: { '~standard': { version: 1, vendor: 'auth-understudy', validate } } satisfies RecordSchema<Row>,
    })
    this.#plain = attend(this.collection, {
      creating: (values, outcome) => this.#until(this.#creating(values, outcome)),
      updating: (rows, outcome) => this.#until(this.#updating(rows, outcome)),
    })
    const { hooks } = this.collection
    const { signal } = this.#closing
    hooks.on('create', ({ data }) => this.#created(data.record, data.initialValues as Row), { signal })
    hooks.on('update', ({ data }) => this.#updated(data.prevRecord, data.nextRecord), { signal })
    hooks.on('delete', (event) => this.#deleted(event as DeleteEvent), { signal })
  }

  /** Takes over what the source has under these names; under all, if none are given. */
  follow(names?: readonly string[]): void {
    if (this.#closing.signal.aborted) return
    const known = new Map(this.collection.all().map((row) => [row.key, row]))
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

  /** Waits until the collection has taken in what is coming, and what was begun has come to its end. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending)
  }

  /** Stops following and writing back. */
  close(): void {
    this.#closing.abort()
  }

  #take(name: string, record: JsonObject): void {
    const values = { key: name, ...record }
    this.#coming.set(name, values)
    const take = async (): Promise<void> => {
      try {
        await this.#plain.create(values)
      } finally {
        this.#coming.delete(name)
      }
      this.follow([name])
    }
    // It fails where a listener of somebody else does, and that is nobody's to hide.
    void this.#until(take())
  }

  /**
   * While @msw/data takes a row away it keeps its place as a number, so nothing else may leave meanwhile, whatever
   * listeners do.
   */
  #drop(row: Row): void {
    if (this.#leaving !== undefined) {
      this.#later.add(row.key)
      return
    }
    this.#leaving = row
    try {
      this.collection.delete(row as never)
    } finally {
      this.#leaving = undefined
    }
    const names = [...this.#later]
    this.#later.clear()
    if (names.length > 0) this.follow(names)
  }

  /** @msw/data asks before it takes a record in, new or changed, and takes what it is given back. */
  #validate(value: unknown): Row | Promise<Row> {
    if (!isJsonObject(value)) throw this.#refusal('a record is an object.')
    const { key } = value
    if (typeof key === 'string') {
      const present = this.#source.get(key)
      if (present !== undefined && !this.#closing.signal.aborted) return this.#shown(toRow(key, present))
      // Its record may have gone already. So will the row, as soon as it is there.
      if (this.#coming.has(key) || this.#closing.signal.aborted) return this.#rowOf(key, value)
    }
    const named = this.#source.nameFor(value)
    if ('issues' in named) throw this.#refusal(named.issues.map(formatIssue).join(' '), named.issues)
    const { name } = named
    const read = this.#source.read?.(name, this.#copy(value, ownMembers(value as Row)))
    return read === undefined ? this.#rowOf(name, value) : read.then((record) => this.#rowOf(name, record))
  }

  /** With what people see, read when it is asked for, as time changes it; copies of a row are copies of the record. */
  #shown(row: Row): Row {
    if (this.#source.view === undefined) return row
    const get = (): unknown => this.#source.view?.(row.key)
    return Object.defineProperty(row, 'view', { configurable: true, enumerable: false, get })
  }

  #created(row: Row, values: Row): void {
    const { key } = row
    if (this.#coming.get(key) === values) return
    if (this.#coming.has(key) || this.#source.get(key) !== undefined)
      throw this.#refusal(`there is a "${key}" already; update it.`)
    this.#coming.set(key, values)
    try {
      this.#source.make(key, this.#copy(row, ownMembers(row)))
    } catch (error) {
      this.#coming.delete(key)
      throw error
    }
  }

  /** A row whose record was made, and which a listener of somebody else then refuses, leaves no record behind. */
  async #creating(values: Row, outcome: Promise<Row>): Promise<Row> {
    try {
      return await outcome
    } catch (error) {
      for (const [name, by] of this.#coming) if (by === values) this.#source.remove(name)
      throw error
    } finally {
      for (const [name, by] of this.#coming) {
        if (by !== values) continue
        this.#coming.delete(name)
        this.follow([name])
      }
    }
  }

  #updated(before: Row, after: Row): void {
    if (this.#told.has(after)) return
    this.#told.add(after)
    const { key } = before
    if (after.key !== key) throw this.#refusal(`the key of ${key} stays.`)
    if (!this.#holds(before)) throw this.#refusal(`there is no "${key}" any more.`)
    const row = this.collection.all().find((candidate) => candidate.key === key)
    const relations = new Set(row === undefined ? [] : relationsOf(row))
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    const changed = [...names].filter(
      (name) => !relations.has(name) && !sameJson(before[name] as Json, after[name] as Json),
    )
    if (changed.length > 0) this.#source.change(key, this.#copy(after, changed))
  }

  /** @msw/data puts a changed row in place some turns after it asked for it; what changed meanwhile is taken over then. */
  async #updating<Outcome>(rows: readonly Row[], outcome: Promise<Outcome>): Promise<Outcome> {
    try {
      return await outcome
    } catch (error) {
      const gone = rows.find((row) => !this.#holds(row))
      // What @msw/data says when it finds no row to replace is the row, twice.
      const isLost = gone !== undefined && error instanceof Error && error.name === 'Invariant Violation'
      throw isLost ? this.#refusal(`there is no "${gone.key}" any more.`) : error
    } finally {
      this.follow(rows.map(({ key }) => key))
    }
  }

  /** Whether the very row is still there, changed or not, rather than another of its name. */
  #holds(row: Row): boolean {
    return this.collection.findMany(undefined, { cursor: row as never, take: 1 }).length > 0
  }

  /** Takes the record away instead of the row, which goes when the source says so. */
  #deleted(event: DeleteEvent): void {
    const { deletedRecord: row } = event.data
    if (this.#leaving === row) return
    event.preventDefault()
    event.stopImmediatePropagation()
    this.#source.remove(row.key)
    this.follow([row.key])
  }

  #rowOf(key: string, record: JsonObject): Row {
    return this.#shown({ ...this.#copy(record, Object.keys(record)), key })
  }

  /** Some members, as nobody else holds them. */
  #copy(row: JsonObject | Row, names: readonly string[]): JsonObject {
    return Object.fromEntries(
      names.map((name) => {
        try {
          return [name, structuredClone(row[name] as Json)]
        } catch {
          throw this.#refusal(`${name}: is nothing that JSON can hold.`)
        }
      }),
    )
  }

  #until<Outcome>(outcome: Promise<Outcome>): Promise<Outcome> {
    this.#pending.add(outcome)
    const forget = async (): Promise<void> => {
      await Promise.allSettled([outcome])
      this.#pending.delete(outcome)
    }
    void forget()
    return outcome
  }

  #refusal(message: string, issues?: readonly Issue[]): UnderstudyError {
    return new UnderstudyError('ERR_CHANGE_INVALID', `${this.#source.title}: ${message}`, issues)
  }
}
