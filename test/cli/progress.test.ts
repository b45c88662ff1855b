import { expect, test } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { progressOf } from '../../src/cli/progress.ts'
import { printer } from '../../src/cli/shown.ts'
import type { CheckFinding } from '../../src/contract/findings.ts'

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
      progress.onDone({ id: 'check-2', outcome: 'failed', failures: [{ clause: 'SL-12' }] } as unknown as CheckFinding)
    now += 100
  }
  expect(told).toEqual(['failed: check-2: SL-12 is broken', '11/30 check-11', '21/30 check-21'])
})
