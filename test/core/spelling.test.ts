import { expect, test } from 'vitest'
import { check, checkPatch } from '../../src/core/check.ts'
import { duration, list, map, moment, object, text } from '../../src/core/field.ts'

const fields = {
  for: duration({ about: 'how long', min: 1 }),
  until: moment({ about: 'until when' }),
  names: list(text({ about: 'a name' }), { about: 'names' }),
  users: map(object({ pin: text({ about: 'a PIN', optional: true }) }, { about: 'a user' }), { about: 'users' }),
}
const file = object(fields, { about: 'a file' })

test('what a person leaves blank in a file is nothing, or all defaults', () => {
  const written = { for: '1s', until: '+1s', names: null, users: { alice: null } }
  expect(check(file, written).value).toEqual({ for: 1000, until: { in: 1000 }, names: [], users: { alice: {} } })
  expect(check(file, { ...written, users: null }).value).toMatchObject({ users: {} })
})

test('a program may say milliseconds, a file has to name the unit', () => {
  expect(checkPatch(fields, { for: 1500, until: 42 }).value).toEqual({ for: 1500, until: { at: 42 } })
  expect(checkPatch(fields, { for: 0 }).issues).toHaveLength(1)
  expect(checkPatch(fields, { for: 1.5 }).issues).toHaveLength(1)
  expect(check(file, { for: 1500, until: 42, names: [], users: {} }).issues.map(({ path }) => path)).toEqual([
    ['for'],
    ['until'],
  ])
})

test('a blank in a patch is a mistake', () => {
  expect(checkPatch(fields, { names: null, users: null }).issues).toHaveLength(2)
})
