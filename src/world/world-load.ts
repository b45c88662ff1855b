import { weighScenario } from './room.ts'
import type { Setup } from './setup.ts'
import type { Stage } from './stage.ts'

/** How much a world holds. */
export interface WorldLoad {
  readonly requests: number
  readonly requestBytes: number
  readonly records: number
  /** Of its scenario, if no other world plays the same, and of its large records. */
  readonly bytes: number
}

/** What a world holds beside the scenario of all. */
export function loadOf({ journal, store, setup }: Stage, ofAll: Setup): WorldLoad {
  const ownScenario = setup === ofAll ? 0 : weighScenario(setup)
  return { requests: journal.size, requestBytes: journal.bytes, records: store.grown, bytes: store.bytes + ownScenario }
}
