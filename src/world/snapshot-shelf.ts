import type { Snapshot } from './snapshot.ts'
import { snapshotLimit } from './worlds.ts'

/** The snapshots of a store under their names, the one saved first first, and what a turn did to them. */
export class SnapshotShelf extends Map<string, Snapshot> {
  /** Undefined for what was taken away. */
  readonly saved: Map<string, string | undefined> = new Map<string, string | undefined>()

  constructor(texts: ReadonlyMap<string, string>) {
    super()
    for (const [name, text] of texts) this.set(name, JSON.parse(text) as Snapshot)
  }

  save(name: string, snapshot: Snapshot): void {
    this.delete(name)
    this.set(name, snapshot)
    this.saved.set(name, JSON.stringify(snapshot))
    const [oldest = name] = this.keys()
    if (this.size > snapshotLimit) this.drop(oldest)
  }

  /** False where there was none. */
  drop(name: string): boolean {
    this.saved.set(name, undefined)
    return this.delete(name)
  }
}
