import { describe, expect, expectTypeOf, it } from 'vitest'
import { check, checkPatch } from '../../src/core/check.ts'
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
  object,
  text,
  type FieldMap,
  type Moment,
} from '../../src/core/field.ts'
import type { Infer, Written, WrittenIn } from '../../src/core/infer.ts'
import type { JsonObject } from '../../src/core/json.ts'

const about = 'a thing'

const members = {
  name: text({ about }),
  age: integer({ about, optional: true }),
  state: choice(['enter', 'blocked'], { about, default: 'enter' }),
  for: duration({ about, default: 1000 }),
  until: moment({ about, optional: true }),
  lock: nullable(duration({ about, optional: true })),
  seen: nullable(integer({ about }), { default: null }),
  tags: list(text({ about }), { about, default: [] }),
  marks: map(object({ at: duration({ about }) }, { about }), { about, optional: true }),
  rest: anything<JsonObject>({ about, default: {} }),
  flags: object({ on: flag({ about, default: false }), by: text({ about, optional: true }) }, { about }),
}

type Read = {
  readonly name: string
  readonly age?: number
  readonly state: 'enter' | 'blocked'
  readonly for: number
  readonly until?: Moment
  readonly lock?: number | null
  readonly seen: number | null
  readonly tags: readonly string[]
  readonly marks?: { readonly [name: string]: { readonly at: number } }
  readonly rest: JsonObject
  readonly flags: { readonly on: boolean; readonly by?: string }
}

describe('the type of fields', () => {
  it('is what a program reads: a default is there, what may be left out may not be', () => {
    expectTypeOf<Infer<typeof members>>().toEqualTypeOf<Read>()
    const { value } = check(object(members, { about }), { name: 'alice', flags: {}, for: '2s' })
    expectTypeOf(value).toEqualTypeOf<Read | undefined>()
    expect(value).toEqual({
      name: 'alice',
      state: 'enter',
      for: 2000,
      seen: null,
      tags: [],
      rest: {},
      flags: { on: false },
    })
  })

  it('is what people write: durations and instants as text, what has a default left out', () => {
    expectTypeOf<Written<typeof members>>().toEqualTypeOf<{
      readonly name: string
      readonly age?: number
      readonly state?: 'enter' | 'blocked'
      readonly for?: string
      readonly until?: string
      readonly lock?: string | null
      readonly seen?: number | null
      readonly tags?: readonly string[]
      readonly marks?: { readonly [name: string]: { readonly at: string } }
      readonly rest?: JsonObject
      readonly flags: { readonly on?: boolean; readonly by?: string }
    }>()
    const written: Written<typeof members> = { name: 'alice', flags: {}, until: '+30m', marks: { a: { at: '1s' } } }
    expect(check(object(members, { about }), written).issues).toEqual([])
  })

  it('is what a program changes: the same, and durations in milliseconds as well', () => {
    expectTypeOf<WrittenIn<(typeof members)['for']>>().toEqualTypeOf<string | number>()
    expectTypeOf<WrittenIn<(typeof members)['age']>>().toEqualTypeOf<number>()
    expectTypeOf<WrittenIn<(typeof members)['until']>>().toEqualTypeOf<string>()
    const patch = { for: 2000, until: '+30m' }
    expect(checkPatch(members, patch).value).toEqual({ for: 2000, until: { in: 1_800_000 } })
  })

  it('is JSON for fields that are not known', () => {
    expectTypeOf<Infer<FieldMap>>().toEqualTypeOf<JsonObject>()
    const unknown: FieldMap = members
    expect(checkPatch(unknown, { name: 'bob' }).value).toEqual({ name: 'bob' })
  })

  it('does not take notes that are none, nor a default that does not fit', () => {
    // @ts-expect-error -- a misspelt note
    const misspelt = text({ about, secert: true })
    // @ts-expect-error -- not one of the choices
    const other = choice(['enter', 'blocked'], { about, default: 'blokced' })
    expect([misspelt.kind, other.kind]).toEqual(['text', 'choice'])
  })
})
