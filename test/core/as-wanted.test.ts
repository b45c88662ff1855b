import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asWanted } from '../../src/core/as-wanted.ts'
import { choice, duration, flag, integer, list, number, object, text, type AnyField } from '../../src/core/field.ts'

const about = { about: 'x' }

describe('a value as its field wants it', () => {
  it.each<[string, AnyField, unknown, unknown]>([
    ['digits as a number', text(about), 910817, '910817'],
    ['a word of digits as a number', choice(['1', '2'], about), 2, '2'],
    ['a number as text', integer(about), '2', 2],
    ['a number with a fraction as text', number(about), '0.5', 0.5],
    ['true as text', flag(about), 'true', true],
    ['false as text', flag(about), 'false', false],
    ['a list as JSON', list(integer(about), about), '["1", 2]', [1, 2]],
    [
      'members',
      object({ a: integer(about), b: text(about) }, about),
      { a: '1', b: 2, c: '3' },
      { a: 1, b: '2', c: '3' },
    ],
  ])('is made of %s', (_what, field, given, wanted) => {
    expect(asWanted(field, given)).toEqual(wanted)
  })

  it.each<[string, AnyField, unknown]>([
    ['zeros before it', integer(about), '02'],
    ['spaces around it', integer(about), ' 2'],
    ['more digits than a number keeps', integer(about), '9007199254740993'],
    ['another spelling', number(about), '1e3'],
    ['no end', number(about), 'Infinity'],
    ['a number that lost digits', text(about), 2 ** 53],
    ['half a number', text(about), 1.5],
    ['a truth', text(about), true],
    ['capitals', flag(about), 'True'],
    ['a number', flag(about), 1],
    ['a number without a unit', duration(about), '30'],
    ['half a list', list(text(about), about), '["a"'],
    ['no list', list(text(about), about), 'a'],
    ['no object', object({ a: text(about) }, about), 'a'],
  ])('is left as it is where something would be lost: %s', (_what, field, given) => {
    expect(asWanted(field, given)).toBe(given)
  })

  it('would be written as it was given', () => {
    const fields: AnyField[] = [text(about), integer(about), number(about), flag(about)]
    const given = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.string(),
      fc.double().map(String),
      fc.integer().map(String),
    )
    fc.assert(
      fc.property(fc.constantFrom(...fields), given, (field, value) => {
        expect(String(asWanted(field, value))).toBe(String(value))
      }),
    )
  })
})
