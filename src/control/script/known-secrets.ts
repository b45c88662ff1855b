import type { AnyApi } from '../../core/api.ts'
import { object } from '../../core/field.ts'
import { isJsonObject, own, type Json } from '../../core/json.ts'
import { SecretCollector } from '../../scenario/replace-secrets.ts'
import { scenarioFields } from '../../scenario/scenario.ts'
import { fieldOfRecord } from '../../world/check-record.ts'
import type { Entry } from '../../world/entry.ts'
import type { Setup } from '../../world/setup.ts'

/** Secrets of the scenario and of what was forced: whoever has the script has them anyway. */
export class KnownSecrets {
  readonly #apis: readonly AnyApi[]
  readonly #all = new Set<string>()
  readonly #collector: SecretCollector

  constructor(apis: readonly AnyApi[], setup: Setup) {
    this.#apis = apis
    this.#collector = new SecretCollector(this.#all)
    this.#collector.replace(object(scenarioFields(apis), { about: 'a scenario' }), setup.source)
  }

  has(secret: string): boolean {
    return this.#all.has(secret)
  }

  /** What a request met: the password and the PIN of its user, who may be made up. */
  meet({ reads }: Entry): void {
    for (const [key, record] of reads) {
      if (record === undefined) continue
      this.#all.add(key.replace(/^[^:]*:/, ''))
      const field = fieldOfRecord(this.#apis, key)
      if (field !== undefined) this.#collector.replace(field, record)
      const username = isJsonObject(record) ? own(record, 'username') : undefined
      // What a blank password stands for.
      if (typeof username === 'string') this.#all.add(username)
    }
  }

  /** Whatever somebody forced. */
  force(data: Json | undefined): void {
    if (typeof data === 'string') this.#all.add(data)
    else if (Array.isArray(data)) for (const item of data) this.force(item)
    else if (isJsonObject(data)) for (const member of Object.values(data)) this.force(member)
  }
}
