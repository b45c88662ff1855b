import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commands } from './sirportly-commands.ts'
import { tries } from '../support/sample.ts'
import { createPair } from './sirportly-pair.ts'

const sequences = tries('UNDERSTUDY_TEST_SEQUENCES', 400, 1000)

// To play a failure again, give fc.assert the seed and path, and fc.commands the replayPath, that were printed.
it('Sirportly lets in and locks out as its contract says, whatever people, administrators and clocks do', async () => {
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), async (sequence) => {
      await fc.asyncModelRun(() => createPair(seen), sequence)
    }),
    { numRuns: sequences },
  )
  // Every kind of answer has to be common, or its rule was not tested.
  const rare = [
    'Authenticated',
    'Authenticated none',
    'Authenticated one',
    'Authenticated several',
    'APIAccessDisabled',
    'InvalidCredentials',
    'TwoFactorRequired',
    'InvalidTwoFactorCode',
    'TwoFactorLocked',
    'NotPermittedFromIPAddress',
    'AccountNotFound',
    'InvalidApplication',
    'errors',
  ].filter((kind) => (seen.get(kind) ?? 0) < sequences / 40)
  expect(rare).toEqual([])
})
