import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Column } from '../../src/world/column.ts'

test('a column tells what stood at each entry that is not forgotten', () => {
  const value = fc.constantFrom('a', 'b', undefined)
  const series = fc.array(fc.record({ value, times: fc.integer({ min: 1, max: 40 }) }), {
    minLength: 1,
    maxLength: 120,
  })
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 30 }), (runs, kept) => {
      const column = new Column<string>()
      const all = runs.flatMap((run) => Array.from({ length: run.times }, () => run.value))
      all.forEach((each, entry) => column.put(entry, each, Math.max(0, entry - kept)))
      const oldest = Math.max(0, all.length - 1 - kept)
      const told = all.slice(oldest).map((_, index) => column.at(oldest + index))
      expect(told).toEqual(all.slice(oldest))
      column.forget(oldest)
      expect(all.slice(oldest).map((_, index) => column.at(oldest + index))).toEqual(told)
    }),
    { numRuns: 200 },
  )
})

test('a column that nobody reads holds no more than twice what is not forgotten', () => {
  const column = new Column<object>()
  const kept = 100
  for (let entry = 0; entry < 5000; entry++) column.put(entry, {}, Math.max(0, entry - kept))
  expect(column.size).toBeLessThanOrEqual(2 * (kept + 1))
})
