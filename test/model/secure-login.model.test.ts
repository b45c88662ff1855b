import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tries } from '../support/sample.ts'
import { commands, createPair } from './lockout-commands.ts'

const sequences = tries('UNDERSTUDY_TEST_SEQUENCES', 200, 600)

// To play a failure again, give fc.assert the seed and path, and fc.commands the replayPath, that were printed.
it('Secure Login locks out as its contract says, whatever people, administrators and clocks do', async () => {
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), async (sequence) => {
      await fc.asyncModelRun(() => createPair(seen), sequence)
    }),
    { numRuns: sequences },
  )
  // Every kind of answer has to be common, or its rule was not tested.
  const rare = [
    'user 200 enter',
    'user 200 bypass',
    'user 200 onboarding',
    'user 200 blocked',
    'user 401 ',
    'user 410 ',
  ]
    .concat(['user 406 ', 'auth 200', 'auth 401', 'auth 406', 'auth 410', 'auth 415'])
    .filter((kind) => (seen.get(kind) ?? 0) < sequences / 12)
  expect(rare).toEqual([])
})
