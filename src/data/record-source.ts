import type { CollectionSpec, UserView } from '../core/api.ts'
import type { AnyField } from '../core/field.ts'
import { formatIssue, UnderstudyError, type Issue } from '../core/errors.ts'
import { asObject, type JsonObject } from '../core/json.ts'
import { fieldOfRecord } from '../world/check-record.ts'
import type { World } from '../world/world.ts'

/** What a collection follows and writes back to: records by name, each an object. */
export interface CollectionSource {
  /** For messages: `secureLogin.users`. */
  readonly title: string
  names(): Iterable<string>
  get(name: string): JsonObject | undefined
  /** The names that a change of these keys concerns. */
  touched(keys: readonly string[]): readonly string[]
  /** The name of a record that is to be made, or what is wrong with it. */
  nameFor(record: JsonObject): { readonly name: string } | { readonly issues: readonly Issue[] }
  /**
   * The record that is meant by what is no whole record, but what a scenario says of one; undefined where it is a record.
   * Rejects with ERR_CHANGE_INVALID for what is neither.
   */
  read?(name: string, values: JsonObject): Promise<JsonObject> | undefined
  /** What people see of a record, which depends on the clock: the user as the world views it. */
  view?(name: string): UserView | undefined
  /** Makes a record. */
  make(name: string, record: JsonObject): void
  /** Changes members of a record. */
  change(name: string, members: JsonObject): void
  remove(name: string): void
}

/** The records of one kind of an API. */
export class RecordSource implements CollectionSource {
  readonly title: string
  readonly #world: World
  readonly #api: string
  readonly #prefix: string
  readonly #spec: CollectionSpec

  constructor(title: string, world: World, api: string, spec: CollectionSpec) {
    this.title = title
    this.#world = world
    this.#api = api
    this.#prefix = `${api}/${spec.kind}:`
    this.#spec = spec
  }

  *names(): Iterable<string> {
    for (const key of this.#world.records.keys(this.#prefix)) yield key.slice(this.#prefix.length)
  }

  get(name: string): JsonObject | undefined {
    return this.#world.records.get(this.#prefix + name) as JsonObject | undefined
  }

  touched(keys: readonly string[]): readonly string[] {
    return keys.filter((key) => key.startsWith(this.#prefix)).map((key) => key.slice(this.#prefix.length))
  }

  nameFor({ key, ...record }: JsonObject): { readonly name: string } | { readonly issues: readonly Issue[] } {
    const { open, nameOf } = this.#spec
    if (!open) {
      const message = `takes no new records, because other records would have to know of them. Write them into the scenario.`
      return { issues: [{ path: [], message }] }
    }
    const name = nameOf === undefined ? key : nameOf(record)
    if (typeof name === 'string' && name !== '') return { name }
    return { issues: [{ path: ['key'], message: 'is missing: the name of the record.' }] }
  }

  read(name: string, { key: _key, ...given }: JsonObject): Promise<JsonObject> | undefined {
    const { kind, written } = this.#spec
    if (written === undefined || isWhole(fieldOfRecord(this.#world.worlds.apis, this.#prefix), given)) return undefined
    return this.#made(`${kind}:${name}`, written(given))
  }

  async #made(key: string, part: JsonObject): Promise<JsonObject> {
    try {
      return asObject((await this.#world.records.made(this.#api, key, part)) ?? {})
    } catch (error) {
      // The place within the section is the world's; whoever writes has the members of one.
      throw error instanceof UnderstudyError
        ? this.#refusal(error.issues.map((issue) => ({ ...issue, path: issue.path.slice(2) })))
        : error
    }
  }

  view(name: string): UserView | undefined {
    if (this.#spec.kind !== 'user' || this.get(name) === undefined) return undefined
    return this.#world.apis
      .find(({ id }) => id === this.#api)
      ?.user(name)
      .view()
  }

  make(name: string, record: JsonObject): void {
    this.#put(name, record)
  }

  change(name: string, members: JsonObject): void {
    const next = { ...this.get(name), ...members }
    if (this.#spec.nameOf !== undefined && this.#spec.nameOf(next) !== name)
      throw this.#refusal([{ path: [], message: `${name} cannot be given another name.` }])
    this.#put(name, next)
  }

  remove(name: string): void {
    this.#world.records.put(this.#prefix + name, undefined)
  }

  #put(name: string, record: JsonObject): void {
    try {
      this.#world.records.put(this.#prefix + name, record)
    } catch (error) {
      throw error instanceof UnderstudyError ? this.#refusal(error.issues) : error
    }
  }

  #refusal(issues: readonly Issue[]): UnderstudyError {
    return new UnderstudyError('ERR_CHANGE_INVALID', `${this.title}: ${issues.map(formatIssue).join(' ')}`, issues)
  }
}

/** Whether a record has every member that it must have. What fits is for the world to say. */
function isWhole(field: AnyField | undefined, given: JsonObject): boolean {
  if (field?.kind !== 'object') return true
  const isNeeded = ({ optional, default: standIn }: AnyField): boolean => optional !== true && standIn === undefined
  return Object.entries(field.fields).every(([name, each]) => Object.hasOwn(given, name) || !isNeeded(each))
}
