import type { TraceLine } from '../../src/world/trace.ts'
import { traceTo } from '../../src/world/trace.ts'
import { stepHost } from '../hosts/step.ts'
import { playOne, type Behaviour } from '../suites/play.ts'

/** Plays behaviours, and gives back the traces they leave, as of one process each. */
export async function traceOf(behaviours: readonly Behaviour[]): Promise<TraceLine[]> {
  const lines: TraceLine[] = []
  for (const behaviour of behaviours) {
    await playOne(
      {
        name: 'step',
        open: async (world) => {
          await traceTo(world, (line) => lines.push(line))
          return stepHost.open(world)
        },
      },
      behaviour,
    )
  }
  return lines
}
