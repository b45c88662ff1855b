import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestWord } from '../../src/core/nearest.ts'

const words = ['enter', 'bypass', 'onboarding', 'blocked', 'expired']

/** The plain definition: the fewest insertions, deletions, replacements and swaps of neighbours. */
function distance(from: string, to: string): number {
  const rows = Array.from({ length: from.length + 1 }, (_, row) =>
    Array.from({ length: to.length + 1 }, (_cell, column) => (row === 0 ? column : column === 0 ? row : 0)),
  )
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity
  for (let row = 1; row <= from.length; row++) {
    for (let column = 1; column <= to.length; column++) {
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1] && row > 1 && column > 1
      ;(rows[row] as number[])[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1),
        swapped ? at(row - 2, column - 2) + 1 : Infinity,
      )
    }
  }
  return at(from.length, to.length)
}

describe('nearestWord', () => {
  it.each([
    ['entre', 'enter'],
    ['bypas', 'bypass'],
    ['onboardign', 'onboarding'],
    ['BLOCKED', 'blocked'],
    ['blokced', 'blocked'],
    ['expierd', 'expired'],
  ])('takes %s for %s', (written, meant) => {
    expect(nearestWord(written, words)).toBe(meant)
  })

  it('has no idea of a word that resembles none', () => {
    expect(nearestWord('suspended', words)).toBeUndefined()
    expect(nearestWord('enter', [])).toBeUndefined()
  })

  it('lets a short word differ in one letter, and no more', () => {
    expect(nearestWord('in', ['on', 'off'])).toBe('on')
    expect(nearestWord('at', ['off'])).toBeUndefined()
  })

  it('is the first of the closest, and none that is further off than a third of the letters', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 9 })
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 6 }), (written, candidates) => {
        const distances = candidates.map((candidate) => distance(written, candidate))
        const least = Math.min(...distances)
        const allowed = Math.max(1, Math.floor(written.length / 3))
        const expected = least <= allowed ? candidates[distances.indexOf(least)] : undefined
        expect(nearestWord(written, candidates)).toBe(expected)
      }),
      { numRuns: 2000 },
    )
  })
})
