import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration } from '../../src/core/duration.ts'

const centuryMs = 100 * 365 * 86_400_000
const durations = fc.integer({ min: -centuryMs, max: centuryMs })

describe('formatDuration', () => {
  it('spells what parseDuration reads as the same duration', () => {
    fc.assert(
      fc.property(durations, (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms)
      }),
      { numRuns: 2000, examples: [[0], [1], [-1], [999], [60_000], [86_399_999]] },
    )
  })

  it('gives each unit once, largest first, and leaves out what is nought', () => {
    fc.assert(
      fc.property(durations, (ms) => {
        const parts = [...formatDuration(ms).matchAll(/(\d+)(ms|[dhms])/g)]
        const order = parts.map(([, , unit]) => ['d', 'h', 'm', 's', 'ms'].indexOf(unit as string))
        expect(order).toEqual([...new Set(order)].sort((one, other) => one - other))
        expect(ms === 0 || parts.every(([, count]) => count !== '0')).toBe(true)
      }),
    )
  })

  it.each([
    [0, '0s'],
    [250, '250ms'],
    [1000, '1s'],
    [90_000, '1m30s'],
    [5_400_000, '1h30m'],
    [86_400_000, '1d'],
    [-1_800_000, '-30m'],
    [694_861_001, '8d1h1m1s1ms'],
  ])('spells %d ms %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })
})

describe('parseDuration', () => {
  it('adds up its parts in any order', () => {
    const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
    const part = fc.record({ count: fc.nat(999), unit: fc.constantFrom('ms', 's', 'm', 'h', 'd', 'w') })
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('', '+', '-', ' ', '+ '),
        (parts, sign) => {
          const total = parts.reduce((sum, { count, unit }) => sum + count * unitMs[unit], 0)
          const written = `${sign}${parts.map(({ count, unit }) => `${count}${unit}`).join('')}`
          expect(parseDuration(written)).toBe(sign === '-' ? -total : total)
        },
      ),
    )
  })

  it.each([
    ['1.5h', 5_400_000],
    ['0.5ms', 1],
    [' 30 m ', 1_800_000],
    ['30m', 1_800_000],
    ['+30m', 1_800_000],
    ['- 5s', -5000],
    ['2w', 1_209_600_000],
    ['1m1ms', 60_001],
  ])('reads %j as %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each([
    '',
    ' ',
    '30',
    'm',
    '30 minutes',
    '30M',
    '1h 30m',
    '1h,30m',
    '--5s',
    '+-5s',
    '.5h',
    '1.h',
    '1e3s',
    '½h',
    '٣s',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  it('refuses what is too long to be counted in milliseconds', () => {
    expect(parseDuration(`${'9'.repeat(30)}w`)).toBeUndefined()
    expect(parseDuration(`${'9'.repeat(400)}ms`)).toBeUndefined()
  })

  it('is a whole number of milliseconds or undefined, whatever the text', () => {
    const likely = fc.string({ unit: fc.constantFrom(...Array.from('0123456789.+- smhdw')) })
    fc.assert(
      fc.property(likely, (text) => {
        const ms = parseDuration(text)
        expect(ms === undefined || Number.isSafeInteger(ms)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
