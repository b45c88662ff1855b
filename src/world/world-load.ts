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

/** What the world of a stage holds, beside the scenario that is that of all. */
export function loadOf({ journal, store, setup }: Stage, ofAll: Setup): WorldLoad {
  return {
    requests: journal.size,
    requestBytes: journal.bytes,
    records: store.grown,
    bytes: store.bytes + (setup === ofAll ? 0 : weighScenario(setup)),
  }
}
