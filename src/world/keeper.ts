import type { Setup } from './setup.ts'
import type { Snapshot } from './snapshot.ts'
import type { Changes } from './changes.ts'

/** Is told everything that changes, in all worlds of a server, so that it can be kept beyond the process. */
export interface Keeper {
  /** A world began, or began anew: what `take` gives is all of it. */
  began(world: string, take: () => Snapshot): void
  /** Records of a world, by full key; null for those that were deleted. */
  changed(world: string, changes: Changes): void
  ended(world: string): void
  /** Later worlds start from another scenario. */
  started(setup: Setup): void
  /** A snapshot was saved under a name, or had to go. */
  saved(name: string, snapshot: Snapshot | undefined): void
  /** Keeps what it was told since the last time, as a whole. Throws ERR_STATE_FILE, and has kept nothing then. */
  keep(): void
  /** What it was told since the last time was undone. */
  forget(): void
}
