import { expect, test } from 'vitest'
import { bare, defineApi, text } from '../../src/api.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld } from '../../src/index.ts'

const right = bare(204, 'the password is right')

/** A door that opens by name and password. */
function doorWith<const Id extends string>(id: Id, badge = text({ about: 'the number of the badge' })) {
  return defineApi({
    id,
    user: { password: text({ about: 'the password', secret: true }), badge },
    lockout: { word: 'locked', counts: 'wrong passwords', after: 2, for: '1m' },
    clauses: {
      'D-1': { text: 'The right password opens.', says: { right } },
      'D-2': { text: 'No other does.', says: { wrong: bare(403, 'the password is not right') } },
    },
    operations: {
      open: {
        at: 'POST /open/{who}',
        about: 'opens the door',
        step: ({ params, query, user, attempt, say }) => {
          const who = user(params['who'])
          return who && attempt(who, query['p'] === who.password).is === 'right' ? say.right : say.wrong
        },
      },
    },
  })
}

test('a crowd of an API of one’s own is made when it is met, signs in by name, and is locked like anybody', async () => {
  const door = doorWith('door')
  const world = await createWorld(
    { door: { crowd: 1_000_000, users: { 'crowd-7': { password: 'own', badge: '7' } } } },
    { apis: { door } },
  )
  const fetch = createFetch(world)
  const open = async (who: string, password: string): Promise<number> =>
    (await fetch(`https://hall.example/door/open/${who}?p=${password}`, { method: 'POST' })).status
  expect([await open('crowd-999999', 'crowd-999999'), await open('crowd-7', 'own')]).toEqual([204, 204])
  expect([await open('crowd-7', 'crowd-7'), await open('crowd-1000001', 'crowd-1000001')]).toEqual([403, 403])
  expect(world.door.user('crowd-5').set({ locked: true }).state).toBe('locked')
  expect(await open('crowd-5', 'crowd-5')).toBe(403)
  expect(world.door.user('crowd-6').view().details['badge']).toMatch(/^\d{8}$/)
})

test('of whom nobody can be made up there is no crowd, which is told where it is written', async () => {
  const door = doorWith('door', text({ about: 'of letters', pattern: /^[a-z]+$/, shape: 'letters' }))
  const made = createWorld({ door: { crowd: 3 } }, { apis: { door } })
  await expect(made).rejects.toThrow(/door\.crowd: Nobody can be made up: Nobody has said badge/)
  await expect(createWorld({ door: { crowd: 0 } }, { apis: { door } })).resolves.toBeDefined()
})
