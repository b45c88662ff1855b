import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alphabets, createRandom, hashText } from '../../src/core/random.ts'

describe('createRandom', () => {
  it('repeats itself for the same seed', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const [one, other] = [createRandom(seed), createRandom(seed)]
        const draw = (random: typeof one): unknown[] => [random.next(), random.below(10), random.text(8, 'ab')]
        expect([draw(one), draw(one)]).toEqual([draw(other), draw(other)])
      }),
    )
  })

  it('gives the same values in every version: scenarios and their readers count on it', () => {
    const random = createRandom('1:secure-login:alice')
    expect([random.text(6, alphabets.digits), random.text(8, alphabets.upperHex), random.below(1000)]).toEqual([
      '265755',
      'ADAFC01F',
      228,
    ])
    expect(hashText('1:alice')).toBe(2_841_381_350)
  })

  it('gives unlike values for seeds that differ in one character', () => {
    const texts = Array.from({ length: 2000 }, (_, index) => createRandom(`seed-${index}`).text(16, alphabets.upperHex))
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('never gives the same text twice in a row of draws', () => {
    const random = createRandom('sessions')
    const texts = Array.from({ length: 20_000 }, () => random.text(32, alphabets.upperHex))
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('stays at least 0 and below 1, and below the bound', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 1_000_000 }), (seed, bound) => {
        const random = createRandom(seed)
        for (let draw = 0; draw < 20; draw++) {
          const value = random.next()
          expect(value >= 0 && value < 1).toBe(true)
          const whole = random.below(bound)
          expect(Number.isInteger(whole) && whole >= 0 && whole < bound).toBe(true)
        }
      }),
    )
  })

  it.each(Object.entries(alphabets))('draws texts of the %s alphabet only, of the length asked for', (_, alphabet) => {
    fc.assert(
      fc.property(fc.string(), fc.nat(64), (seed, length) => {
        const text = createRandom(seed).text(length, alphabet)
        expect(text).toHaveLength(length)
        expect(Array.from(text).filter((letter) => !alphabet.includes(letter))).toEqual([])
      }),
    )
  })

  it('draws each digit about as often as the others', () => {
    const counts = Array.from({ length: 10 }, () => 0)
    for (const digit of createRandom('fair').text(100_000, alphabets.digits))
      counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1
    expect(counts.every((count) => count > 9500 && count < 10_500)).toBe(true)
  })
})

describe('hashText', () => {
  it('is a whole number of 32 bits, the same for the same text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const hash = hashText(text)
        expect(hash).toBe(hashText(text))
        expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32).toBe(true)
      }),
    )
  })

  it('tells names with a running number apart', () => {
    const hashes = Array.from({ length: 10_000 }, (_, index) => hashText(`1:crowd-${index}`))
    expect(new Set(hashes).size).toBeGreaterThan(9990)
  })
})
