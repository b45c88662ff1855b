import { noRoom, room, weigh } from './room.ts'
import type { Snapshot } from './snapshot.ts'
import { refill, type Transactions } from './transactions.ts'

/** Snapshots kept under names; the one saved first goes first. */
export const snapshotLimit = 100

/** The named snapshots of all worlds, as many and as large as there is room for. */
export class NamedSnapshots {
  readonly all: Map<string, Snapshot> = new Map<string, Snapshot>()
  readonly #transactions: Transactions | undefined
  #bytes = 0
  #evicted = 0

  constructor(transactions: Transactions | undefined) {
    this.#transactions = transactions
  }

  /** How many were dropped to make room for later ones. */
  get evicted(): number {
    return this.#evicted
  }

  /** Keeps a snapshot under a name; `onEvict` is told of each that had to go. Throws ERR_NO_ROOM, and changes nothing. */
  save(name: string, snapshot: Snapshot, onEvict: (name: string, why: string) => void): void {
    const bytes = weigh(snapshot)
    if (bytes > room.snapshots) throw noRoom('Snapshots', room.snapshots, 'save it as a file')
    this.#note(name, snapshot)
    this.#forget(name)
    this.all.set(name, snapshot)
    this.#bytes += bytes
    while (this.all.size > snapshotLimit || this.#bytes > room.snapshots) {
      const [oldest] = this.all.keys() as Iterable<string>
      this.drop(oldest as string)
      this.#evicted++
      onEvict(oldest as string, `there may be ${snapshotLimit}, of ${room.snapshots / 1_048_576} MiB`)
    }
  }

  /** Forgets a snapshot; false where there was none. */
  drop(name: string): boolean {
    if (!this.all.has(name)) return false
    this.#note(name, undefined)
    return this.#forget(name)
  }

  #forget(name: string): boolean {
    const known = this.all.get(name)
    if (known !== undefined) this.#bytes -= weigh(known)
    return this.all.delete(name)
  }

  #note(name: string, snapshot: Snapshot | undefined): void {
    const [before, bytes, evicted] = [[...this.all], this.#bytes, this.#evicted]
    this.#transactions?.note(
      () => {
        refill(this.all, before)
        this.#bytes = bytes
        this.#evicted = evicted
      },
      (keeper) => keeper.saved(name, snapshot),
    )
  }
}
