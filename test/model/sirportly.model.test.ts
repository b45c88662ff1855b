import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commands } from './sirportly-commands.ts'
import { createPair } from './sirportly-pair.ts'

// To play a failure again, give fc.assert the seed and path, and fc.commands the replayPath, that were printed.
it('Sirportly lets in and locks out as its contract says, whatever people, administrators and clocks do', async () => {
  const seen = new Map<string, number>()
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), async (sequence) => {
      runs++
      await fc.asyncModelRun(() => createPair(seen), sequence)
    }),
    { numRuns: 1000, interruptAfterTimeLimit: 25_000 },
  )
  expect(runs).toBeGreaterThanOrEqual(100)
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
  ].filter((kind) => (seen.get(kind) ?? 0) < 50)
  expect(rare).toEqual([])
}, 60_000)
