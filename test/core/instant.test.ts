import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { earliestInstant, fromIso, latestInstant, toHttpDate, toIso } from '../../src/core/instant.ts'

const first = Date.parse('0001-01-01T00:00:00.000Z')
const last = Date.parse('9999-12-31T23:59:59.999Z')
const instants = fc.integer({ min: first, max: last })
const edges: [number][] = [
  [first],
  [last],
  [0],
  [-1],
  [-1000],
  [Date.parse('1600-02-29T00:00:00Z')],
  [Date.parse('1900-03-01T00:00:00Z')],
  [Date.parse('2000-02-29T23:59:59Z')],
]
const two = (value: number): string => String(value).padStart(2, '0')

describe('toIso', () => {
  it('tells every second of the years 1 to 9999 as Date does, fractions cut off', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(toIso(instant)).toBe(`${new Date(instant).toISOString().slice(0, 19)}Z`)
      }),
      { numRuns: 2000, examples: edges },
    )
  })
})

describe('every day of the 400 years after which the calendar repeats itself', () => {
  it('is told and read as Date does', () => {
    const wrong: string[] = []
    for (let instant = Date.parse('1800-01-01'); instant < Date.parse('2200-03-02'); instant += 86_400_000) {
      const told = new Date(instant).toISOString().replace('.000Z', 'Z')
      if (toIso(instant) !== told || fromIso(told) !== instant) wrong.push(told)
    }
    expect(wrong).toEqual([])
  })
})

describe('toHttpDate', () => {
  it('tells every second of the years 1 to 9999 as Date does', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(toHttpDate(instant)).toBe(new Date(instant).toUTCString())
      }),
      { numRuns: 2000, examples: edges },
    )
  })
})

describe('fromIso', () => {
  it('reads back what toIso tells, to the second', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(fromIso(toIso(instant))).toBe(Math.floor(instant / 1000) * 1000)
      }),
      { numRuns: 1000, examples: edges },
    )
  })

  it('reads milliseconds exactly', () => {
    for (let ms = 0; ms < 1000; ms++) {
      expect(fromIso(`2026-01-15T09:00:00.${String(ms).padStart(3, '0')}Z`)).toBe(Date.UTC(2026, 0, 15, 9) + ms)
    }
  })

  it('cuts finer fractions off', () => {
    expect(fromIso('2026-01-15T09:00:00.123999999Z')).toBe(Date.UTC(2026, 0, 15, 9, 0, 0, 123))
    expect(fromIso('2026-01-15T09:00:00.5Z')).toBe(Date.UTC(2026, 0, 15, 9, 0, 0, 500))
  })

  it('counts offsets from GMT as Date does', () => {
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom('+', '-'),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (instant, sign, hours, minutes) => {
          const local = new Date(instant).toISOString().slice(0, 23)
          const written = `${local}${sign}${two(hours)}:${two(minutes)}`
          const parsed = Date.parse(written)
          const expected = parsed < earliestInstant || parsed > latestInstant ? undefined : parsed
          expect(fromIso(written)).toBe(expected)
          expect(fromIso(`${local}${sign}${two(hours)}${two(minutes)}`)).toBe(expected)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['2026-01-15', '2026-01-15T00:00:00Z'],
    ['2026-01-15T09:05', '2026-01-15T09:05:00Z'],
    ['2026-01-15T09:05:06', '2026-01-15T09:05:06Z'],
    ['2026-01-15 09:05:06Z', '2026-01-15T09:05:06Z'],
    ['2026-01-15t09:05:06z', '2026-01-15T09:05:06Z'],
    ['  2026-01-15T09:05:06Z\n', '2026-01-15T09:05:06Z'],
  ])('takes %j for %s', (written, meant) => {
    expect(fromIso(written)).toBe(Date.parse(meant))
  })

  it('knows which days there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, day) => {
          const written = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
          const date = new Date(`${written}T00:00:00Z`)
          const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written)
          expect(fromIso(written)).toBe(exists ? date.getTime() : undefined)
        },
      ),
      {
        numRuns: 3000,
        examples: [
          [1900, 2, 29],
          [2000, 2, 29],
          [2024, 2, 30],
        ],
      },
    )
  })

  it.each([
    '',
    'now',
    '2026',
    '2026-01',
    '2026-1-15',
    '26-01-15T09:00:00Z',
    '12026-01-15T09:00:00Z',
    '+02026-01-15T09:00:00Z',
    '2026-01-15T24:00:00Z',
    '2026-01-15T09:60:00Z',
    '2026-01-15T09:00:60Z',
    '2026-01-15T09Z',
    '2026-01-15T09:00:00.Z',
    '2026-01-15T09:00:00ZZ',
    '2026-01-15T09:00:00+1',
    '2026-01-15T09:00:00+24:00',
    '2026-01-15T09:00:00+01:60',
    '2026-01-15T09:00:00+99:99',
    '2026−01−15T09:00:00Z',
    '２０２６-01-15T09:00:00Z',
    'Thu, 15 Jan 2026 09:00:00 GMT',
    '1768467600000',
  ])('refuses %j', (written) => {
    expect(fromIso(written)).toBeUndefined()
  })

  it('takes a spelling with one digit changed only where Date takes it, and for the same instant', () => {
    fc.assert(
      fc.property(instants, fc.nat(22), fc.nat(9), (instant, position, digit) => {
        const written = Array.from(new Date(instant).toISOString())
        if (/\d/.test(written[position] as string)) written[position] = String(digit)
        const text = written.join('')
        fc.pre(text.slice(11, 13) !== '24' && !text.startsWith('0000'))
        const parsed = Date.parse(text)
        const sameDay = !Number.isNaN(parsed) && new Date(parsed).toISOString() === text
        expect(fromIso(text)).toBe(sameDay ? parsed : undefined)
      }),
      { numRuns: 2000 },
    )
  })

  it('gives undefined, and never throws, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (garbage) => {
        expect(fromIso(garbage)).toBeUndefined()
      }),
    )
  })
})
