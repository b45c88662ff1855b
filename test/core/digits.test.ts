import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digitsOf } from '../../src/core/digits.ts'

test.each([0, 7, 999, 1000, 1001, 10_000, 999_999, 1_000_000, 2 ** 40])('%i is written as it is', (count) => {
  expect(digitsOf(count)).toBe(`${count}`)
})

test('every count is written as it is', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (count) => digitsOf(count) === `${count}`))
})
