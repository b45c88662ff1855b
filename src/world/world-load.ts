import { weighScenario } from './room.ts'
import type { Setup } from './setup.ts'
import type { Stage } from './stage.ts'

/** How much a world holds. */
export interface WorldLoad {
  /** Those that were forgotten count as long as they can come back. */
  readonly requests: number
  /** And of what else there was before changes that can be taken back. */
  readonly requestBytes: number
  readonly records: number
  /** Of its scenario, if no other world plays the same, and of its large records. */
  readonly bytes: number
}

/** How much a world holds, given the scenario that others play. */
export function loadOf({ journal, past, store, setup }: Stage, others: Setup): WorldLoad {
  const before = past?.load ?? { requests: 0, bytes: 0 }
  return {
    requests: journal.size + before.requests,
    requestBytes: journal.bytes + before.bytes,
    records: store.grown,
    bytes: store.bytes + (setup === others ? 0 : weighScenario(setup)),
  }
}
