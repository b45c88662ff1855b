import { formatIssue, UnderstudyError } from '../core/errors.ts'
import { check } from '../core/check.ts'
import { object } from '../core/field.ts'
import { asObject, type Json, type JsonObject } from '../core/json.ts'
import { catchUp } from './catch-up.ts'
import { checkRecord } from './check-record.ts'
import { maskKey } from './mask.ts'
import type { Stage } from './stage.ts'
import type { Changes } from './changes.ts'
import type { Watcher } from './store.ts'

/** A world's records as they are stored, by full key (`secure-login/user:alice`): unmasked, for whoever keeps copies. */
export class WorldRecords {
  readonly #stage: Stage

  constructor(stage: Stage) {
    this.#stage = stage
  }

  get(key: string): Json | undefined {
    catchUp(this.#stage)
    return this.#stage.store.get(key)
  }

  /** Every key that starts so, the scenario's first. */
  keys(prefix: string): Iterable<string> {
    catchUp(this.#stage)
    return this.#stage.store.keys(prefix)
  }

  /** Puts a record, or deletes it, at once. Throws ERR_CHANGE_INVALID for one that does not fit. */
  put(key: string, record: Json | undefined): void {
    const { value, issues } = checkRecord(this.#stage.apis, key, record ?? null, [])
    if (issues.length > 0) throw new UnderstudyError('ERR_CHANGE_INVALID', issues.map(formatIssue).join(' '), issues)
    this.#stage.store.put(key, record === undefined ? undefined : value)
    this.#stage.tell(`${maskKey(key)} was ${record === undefined ? 'deleted' : 'put'}`, key)
  }

  /**
   * The record that a part of a scenario's section would make if it began now, under the settings as they are. Puts nothing.
   * Throws ERR_CHANGE_INVALID for what does not fit, with the places within the section.
   */
  async made(id: string, key: string, part: JsonObject): Promise<Json | undefined> {
    const api = this.#stage.apis.find((each) => each.id === id)
    if (api === undefined) return undefined
    const { value: read, issues } = check(object(api.section, { about: api.title }), part, [])
    const own = Object.entries(read ?? {}).filter(([name]) => Object.hasOwn(part, name))
    const settings = asObject(this.#stage.store.get(`${id}/settings`) ?? {})
    const section = { ...read, ...settings, ...Object.fromEntries(own) }
    const wrong = read === undefined ? issues : [...api.sectionIssues(section)]
    if (wrong.length > 0) throw new UnderstudyError('ERR_CHANGE_INVALID', wrong.map(formatIssue).join(' '), wrong)
    const now = this.#stage.now()
    const { seed } = this.#stage.setup
    return await this.#stage.answers.until((answer) => api.seed(section, { now, seed, answer }).get(key))
  }

  /** Every record that changed since the start, the clock and the faults among them; null for one that was deleted. */
  changes(): Changes {
    catchUp(this.#stage)
    return this.#stage.store.changes()
  }

  /** Puts what another copy of this world has put already: as it is, without a word to listeners. */
  apply(changes: Changes): void {
    const list = Object.entries(changes).map(([key, value]) => ({ key, value: value ?? undefined }))
    this.#stage.store.commit(list, '')
  }

  /** Calls back after every change with the keys, or without where all may have changed; the result stops it. */
  watch(watcher: Watcher): () => void {
    return this.#stage.store.watch(watcher)
  }
}
