import type { ClockState } from '../core/clock.ts'
import { checkSnapshot, type ReadScenario } from './snapshot.ts'
import type { Stage } from './stage.ts'

/** Nothing of a snapshot is used before all of it was checked. */
export function restoreSnapshot(stage: Stage, input: unknown, readScenario: ReadScenario): void {
  const { snapshot, setup } = checkSnapshot(stage.apis, input, readScenario)
  const { at: worldAt, ...rest } = snapshot.clock
  const clock: ClockState = { worldAt, realAt: stage.time(), ...rest }
  stage.use(setup)
  stage.start({ ...snapshot.records, clock }, snapshot.startedAt)
  stage.forkRandom(Object.keys(snapshot.records).join())
}
