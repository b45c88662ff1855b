import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tries } from '../support/sample.ts'
import { commands, createPair } from './cms-sessions-commands.ts'

const sequences = tries('UNDERSTUDY_TEST_SEQUENCES', 400, 1000)

// To play a failure again, give fc.assert the seed and path, and fc.commands the replayPath, that were printed.
it('sessions of the CMS begin, are shared, age and end as the contract says, whatever browsers and administrators do', async () => {
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 50, size: 'max' }), async (sequence) => {
      await fc.asyncModelRun(() => createPair(seen), sequence)
    }),
    { numRuns: sequences },
  )
  // Every kind of answer has to be common, or its rule was not tested.
  const rare = ['login OK new', 'login OK on', 'login NOTFOUND', 'login MAINTENANCEMODE', 'login FAILURE']
    .concat(['logout OK', 'logout OK all', 'logout INVALIDDATA', 'logout FAILURE', 'me 200', 'me 401'])
    .concat(['sso sid', 'sso NOTFOUND', 'sso kept out', 'validate OK', 'validate INVALIDDATA'])
    .filter((kind) => (seen.get(kind) ?? 0) < sequences / 50)
  expect(rare).toEqual([])
})
