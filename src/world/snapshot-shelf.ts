import { noRoom, room, weigh } from './room.ts'
import type { Snapshot } from './snapshot.ts'
import { snapshotLimit } from './named-snapshots.ts'

/** The snapshots of a store under their names, the one saved first first, and what a turn did to them. */
export class SnapshotShelf extends Map<string, Snapshot> {
  /** Undefined for what was taken away. */
  readonly saved: Map<string, string | undefined> = new Map<string, string | undefined>()

  constructor(texts: ReadonlyMap<string, string>) {
    super()
    for (const [name, text] of texts) this.set(name, JSON.parse(text) as Snapshot)
  }

  save(name: string, snapshot: Snapshot): void {
    if (weigh(snapshot) > room.snapshots) throw noRoom('Snapshots', room.snapshots, 'save it as a file')
    this.delete(name)
    this.set(name, snapshot)
    this.saved.set(name, JSON.stringify(snapshot))
    let bytes = 0
    for (const each of this.values()) bytes += weigh(each)
    for (const [oldest, each] of this) {
      if (this.size <= snapshotLimit && bytes <= room.snapshots) break
      bytes -= weigh(each)
      this.drop(oldest)
    }
  }

  /** False where there was none. */
  drop(name: string): boolean {
    this.saved.set(name, undefined)
    return this.delete(name)
  }
}
