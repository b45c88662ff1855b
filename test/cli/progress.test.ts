import { expect, test } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { progressOf } from '../../src/cli/progress.ts'
import { printer } from '../../src/cli/shown.ts'
import type { CheckFinding } from '../../src/contract/telling/findings.ts'

test('progress is told after the first second, once a second, and failures at once', () => {
  let now = 0
  const told: string[] = []
  const io = {
    now: () => now,
    err: printer((text) => told.push(text), false),
  } as unknown as Io
  const progress = progressOf(io)
  for (let place = 1; place <= 30; place++) {
    progress.onStart({ id: `check-${place}` }, place, 30)
    if (place === 2)
      progress.onDone({
        id: 'check-2',
        outcome: 'failed',
        failures: [{ clause: 'SL-12', outcome: 'broken' }],
      } as unknown as CheckFinding)
    now += 100
  }
  expect(told).toEqual(['failed: check-2: SL-12 is broken', '11/30 check-11', '21/30 check-21'])
})

test('waits are told with their sum, and what is left of it', () => {
  const told: string[] = []
  const io = {
    now: () => 0,
    err: printer((text) => told.push(text), false),
  } as unknown as Io
  const progress = progressOf(io)
  progress.onPlan(5_400_000)
  progress.onWait('30m')
  progress.onWait('1h')
  progress.onWait('5s')
  expect(told).toEqual([
    'it will wait 1h30m in all; --plan tells for what',
    "waiting 30m for the server's clock; 1h30m of waiting left in all",
    "waiting 1h for the server's clock; 1h of waiting left in all",
    "waiting 5s for the server's clock",
  ])
})
