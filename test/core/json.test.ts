import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJsonObject, sameJson, type Json } from '../../src/core/json.ts'

/** The same data written the other way round. */
function reversed(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => reversed(item) as Json)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  )
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isJsonObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  )
}

const values = fc.jsonValue().map((value) => value as Json)

describe('sameJson', () => {
  it('takes no notice of the order of keys', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(sameJson(value, reversed(value))).toBe(true)
      }),
    )
  })

  it('tells two values apart exactly when their sorted spellings differ', () => {
    const small = fc.jsonValue({ maxDepth: 2, stringUnit: fc.constantFrom('a', 'b') }).map((value) => value as Json)
    fc.assert(
      fc.property(small, small, (one, other) => {
        expect(sameJson(one, other)).toBe(canonical(one) === canonical(other))
      }),
      { numRuns: 1000 },
    )
  })

  it.each<[Json | undefined, Json | undefined, boolean]>([
    [{ a: undefined }, {}, true],
    [undefined, undefined, true],
    [undefined, null, false],
    [[], {}, false],
    [[1, 2], [2, 1], false],
    [{ length: 0 }, [], false],
    [{ constructor: null }, {}, false],
    ['1', 1, false],
  ])('of %j and %j is %s', (one, other, same) => {
    expect(sameJson(one, other)).toBe(same)
    expect(sameJson(other, one)).toBe(same)
  })

  it('is not misled by keys that objects inherit', () => {
    const tricky = JSON.parse('{"__proto__": {}}') as Json
    expect(sameJson(tricky, {})).toBe(false)
    expect(sameJson({}, tricky)).toBe(false)
  })
})

describe('isJsonObject', () => {
  it.each([
    [{}, true],
    [[], false],
    [null, false],
    ['', false],
    [undefined, false],
  ])('of %j is %s', (value, is) => {
    expect(isJsonObject(value)).toBe(is)
  })
})
