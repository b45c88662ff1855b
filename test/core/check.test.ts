import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check, checkPatch } from '../../src/core/check.ts'
import { either } from '../../src/core/either.ts'
import { formatIssue } from '../../src/core/errors.ts'
import {
  anything,
  choice,
  duration,
  flag,
  integer,
  list,
  map,
  moment,
  nullable,
  number,
  object,
  text,
  type About,
  type AnyField,
} from '../../src/core/field.ts'
import { openObject } from '../../src/core/open-object.ts'

const about = 'a thing'
const shape = either('kind', { disc: { radius: number({ about }) }, dot: {} }, { about })

/** What is wrong, one line for each issue. */
function complaints(field: AnyField, input: unknown): string[] {
  return check(field, input).issues.map(formatIssue)
}

describe('check', () => {
  it.each<[string, AnyField, unknown, unknown]>([
    ['text', text({ about }), 'alice', 'alice'],
    ['text that fits its pattern', text({ about, pattern: /^\d+$/ }), '0815', '0815'],
    ['a whole number', integer({ about, min: 1, max: 3 }), 3, 3],
    ['a number', number({ about, min: 0, max: 1 }), 0.5, 0.5],
    ['false', flag({ about }), false, false],
    ['a choice', choice(['reject', 'extend'], { about }), 'extend', 'extend'],
    ['a duration as milliseconds', duration({ about }), '1h30m', 5_400_000],
    ['a fixed instant', moment({ about }), '2026-01-15T09:00:00Z', { at: Date.UTC(2026, 0, 15, 9) }],
    ['an instant from now on', moment({ about }), '+30m', { in: 1_800_000 }],
    ['an instant before now', moment({ about }), '-1d', { in: -86_400_000 }],
    ['a list', list(duration({ about }), { about }), ['1s', '2s'], [1000, 2000]],
    ['a map', map(duration({ about }), { about }), { soon: '1s', later: '1m' }, { soon: 1000, later: 60_000 }],
    ['an object', object({ on: text({ about }) }, { about }), { on: '*' }, { on: '*' }],
    ['an object with more', openObject({ on: text({ about }) }, { about }), { on: '*', x: [1] }, { on: '*', x: [1] }],
    ['one of several forms', shape, { kind: 'disc', radius: 1 }, { kind: 'disc', radius: 1 }],
    ['another of them', shape, { kind: 'dot' }, { kind: 'dot' }],
    ['null where it may be', nullable(text({ about })), null, null],
    ['anything', anything({ about }), { a: [null] }, { a: [null] }],
  ])('reads %s', (_, field, input, value) => {
    expect(check(field, input)).toEqual({ value, issues: [] })
  })

  it.each<[string, AnyField, unknown, string]>([
    ['a number for text', text({ about }), 910817, '910817 is not text; put it in quotes.'],
    [
      'a form that there is not',
      shape,
      { kind: 'toString' },
      '{"kind":"toString"} is not one whose kind is disc or dot.',
    ],
    ['no form', shape, [], '[] is not one whose kind is disc or dot.'],
    [
      'a member of another form',
      shape,
      { kind: 'dot', radius: 1 },
      'radius: "radius" is not known here; known are kind.',
    ],
    [
      'an open object that lacks something',
      openObject({ on: text({ about }) }, { about }),
      { x: 1 },
      'on: is missing: a thing',
    ],
    ['a list for text', text({ about }), ['a'], '["a"] is not text.'],
    ['null for text', text({ about }), null, 'null is not text.'],
    ['text of the wrong shape', text({ about, pattern: /^\d+$/, shape: 'digits' }), 'x', '"x" is not digits.'],
    [
      'text for a number',
      integer({ about, min: 1, max: 3 }),
      '3',
      '"3" is not a whole number from 1 to 3; leave the quotes out.',
    ],
    ['a fraction', integer({ about, min: 1 }), 1.5, '1.5 is not a whole number of at least 1.'],
    ['too small a number', integer({ about, min: 1 }), 0, '0 is not a number of at least 1.'],
    ['too large a number', number({ about, max: 1 }), 1.1, '1.1 is not a number of at most 1.'],
    ['a number that JSON has not', number({ about }), Number.NaN, 'null is not a number.'],
    ['a number too large to be exact', integer({ about }), 2 ** 53, '9007199254740992 is not a whole number.'],
    ['yes for true', flag({ about }), 'yes', '"yes" is not true or false; write true.'],
    ['an unknown choice', choice(['reject', 'extend'], { about }), 'lift', '"lift" is not one of reject, extend.'],
    ['a number for a duration', duration({ about }), 30, '30 is not a duration such as 90s, 30m or 1h30m.'],
    ['too short a duration', duration({ about, min: 1000 }), '1ms', '"1ms" is not a duration of at least 1000 ms.'],
    [
      'no instant',
      moment({ about }),
      'tomorrow',
      '"tomorrow" is not an instant such as 2026-01-15T09:00:00Z, or relative such as +30m.',
    ],
    ['an object for a list', list(text({ about }), { about }), {}, '{} is not a list.'],
    ['a list for a map', map(text({ about }), { about }), [], '[] is not a map from names to values.'],
    ['text for an object', object({ on: text({ about }) }, { about }), 'x', '"x" is not a map with on.'],
    ['a member that is missing', object({ on: text({ about }) }, { about }), {}, 'on: is missing: a thing'],
  ])('refuses %s', (_, field, input, complaint) => {
    expect(complaints(field, input)).toEqual([complaint])
  })

  it('names the nearest valid word', () => {
    expect(complaints(choice(['enter', 'bypass'], { about }), 'entre')).toEqual([
      '"entre" is not one of enter, bypass. Did you mean "enter"?',
    ])
    expect(complaints(object({ failures: integer({ about, default: 0 }) }, { about }), { failure: 2 })).toEqual([
      'failure: "failure" is not known here; known are failures. Did you mean "failures"?',
    ])
  })

  it('marks an unknown key as such, so that its place can be told apart from its value', () => {
    const [issue] = check(object({}, { about }), { typo: 1 }).issues
    expect(issue).toMatchObject({ path: ['typo'], onKey: true })
  })

  it('finds all issues at once, each with its path', () => {
    const user = object({ state: choice(['enter'], { about }), failures: integer({ about, min: 0 }) }, { about })
    const whole = object(
      { users: map(user, { about }), faults: list(object({ on: text({ about }) }, { about }), { about }) },
      { about },
    )
    const input = { users: { alice: { state: 'x', failures: -1, extra: 1 }, bob: {} }, faults: [{ on: '*' }, {}, 5] }
    expect(check(whole, input).issues.map(({ path }) => path)).toEqual([
      ['users', 'alice', 'extra'],
      ['users', 'alice', 'state'],
      ['users', 'alice', 'failures'],
      ['users', 'bob', 'state'],
      ['users', 'bob', 'failures'],
      ['faults', 1, 'on'],
      ['faults', 2],
    ])
  })

  it('fills in defaults for what is left out, and takes a blank map for an empty one', () => {
    const clock = object({ scale: number({ about, default: 1 }), at: moment({ about, optional: true }) }, { about })
    expect(check(clock, {}).value).toEqual({ scale: 1 })
    expect(check(clock, null).value).toEqual({ scale: 1 })
    expect(check(clock, { scale: undefined }).value).toEqual({ scale: 1 })
  })

  it('cuts what it quotes', () => {
    const [complaint] = complaints(flag({ about }), 'x'.repeat(1000))
    expect(complaint?.length).toBeLessThan(100)
  })

  it('reads keys that objects inherit like any other', () => {
    const people = map(object({ failures: integer({ about, default: 0 }) }, { about }), { about })
    const input: unknown = JSON.parse('{"__proto__": {"failures": 1}, "constructor": {}, "toString": {}}')
    const { value } = check(people, input)
    expect(Object.entries(value ?? {})).toEqual([
      ['__proto__', { failures: 1 }],
      ['constructor', { failures: 0 }],
      ['toString', { failures: 0 }],
    ])
    expect(complaints(people, JSON.parse('{"alice": {"__proto__": {}}}'))).toHaveLength(1)
    expect(complaints(object({}, { about }), JSON.parse('{"constructor": {}, "__proto__": {}}'))).toHaveLength(2)
  })

  it('never throws, whatever it is given', () => {
    const made = { text, integer, number, flag, duration, moment, anything }
    const fields = Object.values(made).map((make: (notes: About) => AnyField) => make({ about }))
    const nested = fields.flatMap((field): AnyField[] => [field, list(field, { about }), map(field, { about })])
    const odd = fc.oneof(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }))
    fc.assert(
      fc.property(fc.constantFrom(...nested), odd, (field, input) => {
        expect(Array.isArray(check(field, input).issues)).toBe(true)
      }),
      { numRuns: 1000 },
    )
    const circle: unknown[] = []
    circle.push(circle)
    expect(complaints(flag({ about }), circle)).toHaveLength(1)
  })
})

describe('check of what was stored', () => {
  it('takes durations in whole milliseconds, and no other way', () => {
    const field = duration({ about, min: 1000 })
    expect(check(field, 1_800_000, [], 'stored').value).toBe(1_800_000)
    for (const input of ['30m', 1000.5, 999, null]) expect(check(field, input, [], 'stored').issues).toHaveLength(1)
    expect(check(map(field, { about }), { a: 5000 }, [], 'stored').value).toEqual({ a: 5000 })
  })
})

describe('checkPatch', () => {
  const fields = { blockAfter: integer({ about, default: 3, min: 1 }), blockFor: duration({ about, default: 1000 }) }

  it('leaves blanks blank', () => {
    expect(checkPatch(fields, { blockFor: '30m' }).value).toEqual({ blockFor: 1_800_000 })
    expect(checkPatch(fields, {}).value).toEqual({})
  })

  it('requires nothing, and still knows what is wrong', () => {
    expect(checkPatch({ on: text({ about }) }, {}).issues).toEqual([])
    expect(checkPatch(fields, { blockAfter: 0, blockfor: '1s' }).issues.map(({ path }) => path)).toEqual([
      ['blockfor'],
      ['blockAfter'],
    ])
    for (const input of [null, [], 'x', undefined]) expect(checkPatch(fields, input).issues).toHaveLength(1)
  })
})

describe('a secret', () => {
  const secret = text({ about, pattern: /^\d+$/, shape: 'digits', secret: true, optional: true })
  const user = object({ pin: secret, totp: object({ secret }, { about, optional: true }) }, { about })
  const spec = object({ users: map(user, { about }), tokens: list(secret, { about, optional: true }) }, { about })

  it.each<[string, unknown]>([
    ['of the wrong shape', { users: { alice: { pin: 'hunter2' } } }],
    ['in a list', { users: {}, tokens: ['hunter2'] }],
    ['where a list of secrets belongs', { users: {}, tokens: 'hunter2' }],
    ['where a map with a secret belongs', { users: { alice: { totp: 'hunter2' } } }],
    ['where a user belongs', { users: { alice: 'hunter2' } }],
    ['inside of what does not belong there', { users: { alice: { pin: { value: 'hunter2' } } } }],
    ['where the users belong', { users: ['hunter2'] }],
  ])('%s is not quoted', (_, input) => {
    const told = complaints(spec, input)
    expect(told).toHaveLength(1)
    expect(told.join()).not.toContain('hunter2')
  })
})
