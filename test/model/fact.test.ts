import { describe, expect, expectTypeOf, test } from 'vitest'
import { choice, flag, integer, object, text, type Field } from '../../src/core/field.ts'
import type { Infer } from '../../src/core/infer.ts'
import { fact, factIn, factTable, only } from '../../src/model/fact.ts'
import { makerFrom, standIn, type Maker } from '../../src/model/maker.ts'

const facts = factTable({
  name: factIn({ record: text({ about: 'the key' }) }, { made: ({ name }) => name }),
  code: fact(text({ about: 'the right code', secret: true }), ['scenario?', 'change', 'record', 'param', 'shown'], {
    blank: 'by seed',
    given: '123',
    made: ({ draw }) => draw('code').text(4, '01'),
  }),
  floor: fact(integer({ about: 'how far up', default: 0, min: 0 }), ['scenario', 'record', 'param?', 'shown']),
  state: factIn(
    {
      scenario: choice(['open', 'shut'], { about: 'at the start', default: 'open' }),
      change: choice(['open', 'shut', 'gone'], { about: 'from then on' }),
      record: flag({ about: 'whether it is open' }),
    },
    { made: true, kept: (state: string) => state === 'open' },
  ),
  note: fact(text({ about: 'a note' }), ['scenario?', 'change', 'record?', 'shown']),
  key: factIn({
    scenario: object({ secret: text({ about: 'a secret', secret: true }) }, { about: 'a key', optional: true }),
  }),
})

const maker = (spec: Maker['spec']): Maker => ({ ...standIn('b7', 0), spec })

describe('a table of facts', () => {
  test('tells each place the fields that stand there, and whether they have to be said', () => {
    expect(Object.keys(facts.scenario)).toEqual(['code', 'floor', 'state', 'note', 'key'])
    expect(Object.keys(facts.change)).toEqual(['code', 'state', 'note'])
    expect(Object.keys(facts.record)).toEqual(['name', 'code', 'floor', 'state', 'note'])
    expect(Object.keys(facts.param)).toEqual(['code', 'floor'])
    expect(facts.scenario.code).toMatchObject({ optional: true, about: 'the right code; by seed if blank' })
    expect(facts.record.code).toEqual({ kind: 'text', about: 'the right code', secret: true })
    expect(facts.param.code).toEqual({ kind: 'text', about: 'the right code', secret: true, default: '123' })
    expect(facts.record.floor).toEqual({ kind: 'integer', about: 'how far up', min: 0 })
    expect(facts.param.floor).toEqual({ kind: 'integer', about: 'how far up', min: 0, optional: true })
  })

  test('tells the compiler the same', () => {
    expectTypeOf(facts.scenario.code).toEqualTypeOf<Field<string, string, 'may'>>()
    expectTypeOf<Infer<typeof facts.record>>().toEqualTypeOf<{
      readonly name: string
      readonly code: string
      readonly floor: number
      readonly state: boolean
      readonly note?: string
    }>()
    expectTypeOf<Infer<typeof facts.change>['state']>().toEqualTypeOf<'open' | 'shut' | 'gone'>()
    expectTypeOf(facts.given).toEqualTypeOf<{ readonly code: string }>()
    expect(facts.record.note).toMatchObject({ optional: true })
  })

  test('makes a record of what was said, and of what stands in for the rest', () => {
    expect(facts.make(maker({ code: '9', floor: 3, state: 'shut', note: 'x' }))).toEqual({
      name: 'b7',
      code: '9',
      floor: 3,
      state: false,
      note: 'x',
    })
    expect(facts.make(maker({ floor: 0 }))).toEqual({
      name: 'b7',
      code: expect.stringMatching(/^[01]{4}$/),
      floor: 0,
      state: true,
    })
  })

  test('takes of a change what is recorded as it stands, and shows what is to be shown', () => {
    expect(facts.kept({ code: '9', state: 'gone' })).toEqual({ code: '9' })
    expect(facts.shown({ name: 'b7', code: '9', floor: 3, state: true })).toEqual({ code: '9', floor: 3 })
  })

  test('knows what provider states take, and what is secret', () => {
    expect(facts.given).toEqual({ code: '123' })
    expect(facts.secrets).toEqual(['code', 'secret'])
    expect(Object.keys(only(facts.scenario, ['note', 'code']))).toEqual(['note', 'code'])
  })

  test('refuses a fact of which a user would have none', () => {
    const badge = fact(text({ about: 'a badge' }), ['scenario?', 'record'])
    expect(() => factTable({ badge })).toThrow('The fact badge is recorded of every user, but nobody has to say it')
  })
})

describe('somebody who is made up', () => {
  const start = (seed: number) => ({
    now: 5,
    seed,
    answer: (question: { readonly kind: string }) => ({ firstName: question.kind, lastName: 'L', email: 'e@x' }),
  })

  test('has blanks that depend on the seed, the user and the purpose alone', () => {
    const drawn = (seed: number, id: string, purpose?: string): string =>
      makerFrom(start(seed), 'gate', 'b7', {}, id).draw(purpose).text(12, '01')
    expect(drawn(1, 'a')).toBe(drawn(1, 'a'))
    expect(new Set([drawn(1, 'a'), drawn(2, 'a'), drawn(1, 'b'), drawn(1, 'a', 'code')]).size).toBe(4)
  })

  test('is a person of the world, or goes by the name', () => {
    expect(makerFrom(start(1), 'gate', 'b7', {}).person()).toEqual({ firstName: 'person', lastName: 'L', email: 'e@x' })
    expect(standIn('b7', 0).person()).toEqual({ firstName: 'b7', lastName: '', email: 'b7@example.com' })
  })
})
