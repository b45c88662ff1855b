import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commands, createPair } from './cms-sessions-commands.ts'

// To play a failure again, give fc.assert the seed and path, and fc.commands the replayPath, that were printed.
it('sessions of the CMS begin, are shared, age and end as the contract says, whatever browsers and administrators do', async () => {
  const seen = new Map<string, number>()
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 50, size: 'max' }), async (sequence) => {
      runs++
      await fc.asyncModelRun(() => createPair(seen), sequence)
    }),
    { numRuns: 1000, interruptAfterTimeLimit: 25_000 },
  )
  expect(runs).toBeGreaterThanOrEqual(300)
  // Every kind of answer has to be common, or its rule was not tested.
  const rare = ['login OK new', 'login OK on', 'login NOTFOUND', 'login MAINTENANCEMODE', 'login FAILURE']
    .concat(['logout OK', 'logout OK all', 'logout INVALIDDATA', 'logout FAILURE', 'me 200', 'me 401'])
    .concat(['sso sid', 'sso NOTFOUND', 'sso kept out', 'validate OK', 'validate INVALIDDATA'])
    .filter((kind) => (seen.get(kind) ?? 0) < 20)
  expect(rare).toEqual([])
}, 60_000)
