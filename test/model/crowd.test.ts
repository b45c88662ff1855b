import { describe, expect, test } from 'vitest'
import { crowdNames, crowdNumber } from '../../src/model/crowd.ts'

describe('a crowd', () => {
  test.each([
    ['crowd-1', 1],
    ['crowd-10', 10],
    ['crowd-11', undefined],
    ['crowd-0', undefined],
    ['crowd-01', undefined],
    ['crowd-1x', undefined],
    ['crowd-', undefined],
    ['alice', undefined],
  ])('of ten has %s as number %s', (name, number) => {
    expect(crowdNumber(name, 10)).toBe(number)
  })

  test('is named without those who are written down', () => {
    expect([...crowdNames(3, (name) => name === 'crowd-2')]).toEqual(['crowd-1', 'crowd-3'])
  })
})
