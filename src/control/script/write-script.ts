import type { Setup } from '../../world/setup.ts'
import type { World } from '../../world/world.ts'
import { inShell } from './in-shell.ts'
import { inTest } from './in-test.ts'
import { readScript } from './read-script.ts'
import { worldFile } from './world-file.ts'

/** A script, and what is told of it. */
export interface WrittenScript {
  readonly file: string
  readonly requests: number
  readonly changes: number
  readonly remarks: readonly string[]
}

/** Writes down what was done in a world, or for a scenario what it is now. */
export async function writeScript(
  world: World,
  as: 'scenario' | 'cli' | 'vitest' | 'playwright',
  load: (scenario: string) => Promise<Setup>,
): Promise<WrittenScript> {
  if (as === 'scenario') return { file: await worldFile(world), requests: 0, changes: 0, remarks: [] }
  const script = await readScript(world, load)
  const counted = (kind: string): number => script.steps.filter((step) => step.do === kind).length
  return {
    file: as === 'cli' ? inShell(script) : inTest(script, as),
    requests: counted('ask'),
    changes: counted('force'),
    remarks: [...script.remarks, ...script.steps.flatMap((step) => (step.do === 'remark' ? [step.text] : []))],
  }
}
