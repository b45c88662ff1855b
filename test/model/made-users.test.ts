import { describe, expect, test } from 'vitest'
import * as cms from '../../src/apis/gentics-cms/state.ts'
import * as jira from '../../src/apis/secure-login/state.ts'
import { users as deskUsers } from '../../src/apis/sirportly/state.ts'
import { userFacts as deskFacts } from '../../src/apis/sirportly/user-facts.ts'
import type { AnyField } from '../../src/core/field.ts'
import { check } from '../../src/core/check.ts'
import { makerFrom, standIn } from '../../src/model/maker.ts'

const start = {
  now: 1_768_467_600_000,
  seed: 7,
  answer: () => ({ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com' }),
}

describe.each([
  ['secure-login', jira],
  ['sirportly', { userFacts: deskFacts, users: deskUsers }],
  ['gentics-cms', cms],
] as const)('a user of %s of whom nothing is said', (api, { userFacts, users }) => {
  test.each([
    ['from a scenario', makerFrom(start, api, 'ann', {})],
    ['for a provider state', standIn('ann', start.now)],
  ])('is whole, made up %s', (_, maker) => {
    const user = userFacts.make(maker)
    const field: AnyField = users.field
    expect(check(field, user, [], 'stored')).toEqual({ value: user, issues: [] })
  })

  test('is the same each time, and another by another seed', () => {
    const made = (seed: number): unknown => userFacts.make(makerFrom({ ...start, seed }, api, 'ann', {}))
    expect(made(7)).toEqual(made(7))
    expect(made(7)).not.toEqual(made(8))
  })
})
