import type { Json, JsonObject } from '../../core/json.ts'

/** What a page keeps of a world beside its records. */
export interface Head {
  /** Of this layout. */
  readonly format: 1
  /** Another one after every start from the beginning. */
  readonly generation: string
  /** Counts the writes of a generation. */
  readonly version: number
  /** The scenario that the page's code asked for. What was kept for another one is not taken up. */
  readonly origin: JsonObject
  /** What is played, and since when. */
  readonly name: string
  readonly scenario: JsonObject
  readonly startedAt: number
}

/** A record that changed since the start; null for one that was deleted. */
export interface StoredRecord {
  readonly key: string
  readonly value: Json
  /** The write it came with. */
  readonly version: number
}

/** What there is in a transaction. Until that ends nobody else, in whichever tab, reads or writes. */
export interface Tables {
  readonly heads: IDBObjectStore
  readonly headKey: string
  readonly rows: IDBObjectStore
  /** Calls back with what was read, still within the transaction; what the callback throws aborts that. */
  readonly read: <Found>(request: IDBRequest<Found>, then: (found: Found) => void) => void
}

/** A database of the page's origin. Where the page may have none, nothing is done. */
export class PageDatabase {
  readonly #name: string
  readonly #onLoss: (error?: unknown) => void
  #opening: Promise<IDBDatabase | undefined>

  /** `onLoss` is told when the data is lost, with the error where it could not be had in the first place. */
  constructor(name: string, onLoss: (error?: unknown) => void) {
    this.#name = name
    this.#onLoss = onLoss
    this.#opening = this.#open()
  }

  /** Acts within a transaction, and waits until that is over. Throws why it was aborted. */
  async transact(act: (tables: Tables) => void): Promise<void> {
    const database = await this.#opening
    if (database === undefined) return
    await new Promise<void>((resolve, reject) => {
      // Relaxed: what a crash of the whole machine may lose is not worth waiting for the disk.
      const transaction = database.transaction(['heads', 'rows'], 'readwrite', { durability: 'relaxed' })
      let failure: unknown
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () => reject((failure ?? transaction.error) as Error))
      const read: Tables['read'] = (request, then) =>
        request.addEventListener('success', () => {
          try {
            then(request.result)
          } catch (error) {
            failure = error
            transaction.abort()
          }
        })
      act({ heads: transaction.objectStore('heads'), headKey: 'head', rows: transaction.objectStore('rows'), read })
    })
  }

  async #open(): Promise<IDBDatabase | undefined> {
    try {
      const database = await open(this.#name)
      const startAgain = (): void => {
        this.#opening = this.#open()
        this.#onLoss()
      }
      // Somebody cleared the data of the site, or is about to delete the database.
      database.addEventListener('close', startAgain)
      database.addEventListener('versionchange', () => {
        database.close()
        startAgain()
      })
      return database
    } catch (error) {
      this.#onLoss(error)
      return undefined
    }
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore('heads')
      request.result.createObjectStore('rows', { keyPath: 'key' }).createIndex('version', 'version')
    })
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error as Error))
  })
}
