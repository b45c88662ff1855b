import type * as FastCheck from 'fast-check'
import { whereNotInstalled } from '../../core/not-installed.ts'

/**
 * The shortest part of some moves that still fails, as fast-check finds it. `fails` is asked at most `tries` times: to ask a
 * real server takes time. Throws ERR_USAGE where fast-check is not installed.
 */
export async function shrink<Move>(
  moves: readonly Move[],
  fails: (moves: readonly Move[]) => Promise<boolean>,
  tries: number,
): Promise<readonly Move[]> {
  const fc = await fastCheck()
  let left = tries
  let shortest = moves
  const holds = fc.asyncProperty(
    fc.array(fc.constantFrom(...moves), { maxLength: moves.length }),
    async (some: readonly Move[]) => {
      if (some === moves) return false
      if (left-- <= 0 || !(await fails(some))) return true
      shortest = some
      return false
    },
  )
  await fc.check(holds, { examples: [[moves as Move[]]], numRuns: 1, seed: 1 })
  return shortest
}

/** Loaded where something is to be shrunk, so that whoever never explores needs none. */
export function fastCheck(): Promise<typeof FastCheck> {
  return import('fast-check').catch(
    whereNotInstalled(
      'fast-check',
      'ERR_USAGE',
      'explore shrinks what it finds by fast-check, which is not installed: npm install --save-dev fast-check.',
    ),
  )
}
