import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCollections, type Collections } from '../../src/data.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'

let world: WorldOf
let data: Collections
const named = (username: string) => (user: { readonly username: string }) => user.username === username

beforeEach(async () => {
  world = await createWorld()
  data = await createCollections(world)
})
afterEach(() => data.close())

describe('listeners and relations of others', () => {
  const usernames = (): string[] => data.secureLogin.users.all().map(({ key }) => key)

  test('may change the world while a row is taken away', () => {
    data.secureLogin.users.hooks.on('delete', ({ data: { deletedRecord } }) => {
      if (deletedRecord.key === 'carol') world.records.put('secure-login/user:bob', undefined)
      if (deletedRecord.key === 'bob') data.secureLogin.users.delete((q) => q.where(named('alice')))
    })
    const before = usernames()
    world.records.put('secure-login/user:carol', undefined)
    const after = before.filter((username) => !['alice', 'bob', 'carol'].includes(username))
    expect(usernames()).toEqual(after)
    expect(world.secureLogin.users().items.map(({ username }) => username)).toEqual(after)
  })

  test('take along what relates to a row, once', async () => {
    const { users, sessions } = data.secureLogin
    type Relate = (...given: unknown[]) => unknown
    users.defineRelations((({ many }: { many: Relate }) => ({ opened: many(sessions) })) as never)
    sessions.defineRelations((({ one }: { one: Relate }) => ({ owner: one(users, { onDelete: 'cascade' }) })) as never)
    const session = { openedAt: 0, lastSeenAt: 0, sessionEpoch: 0, failures: 0, authenticated: null }
    const owners = users.all().slice(0, 3)
    for (const owner of owners)
      await sessions.create({ key: `of ${owner.key}`, username: owner.username, ...session, owner } as never)
    const told: string[] = []
    sessions.hooks.on('delete', ({ data: { deletedRecord } }) => void told.push(deletedRecord.key))
    users.delete(owners[1] as never)
    const left = [`of ${owners[0]?.key}`, `of ${owners[2]?.key}`]
    expect(told).toEqual([`of ${owners[1]?.key}`])
    expect(sessions.all().map(({ key }) => key)).toEqual(left)
    expect(world.secureLogin.sessions().items).toHaveLength(2)
  })

  test('that refuse a new row leave no record of it', async () => {
    data.secureLogin.users.hooks.on('create', () => {
      throw new Error('no more users')
    })
    const [alice] = data.secureLogin.users.all()
    await expect(
      data.secureLogin.users.create({ ...structuredClone({ ...alice }), key: '', username: 'zoe' }),
    ).rejects.toThrow('no more users')
    expect(world.records.get('secure-login/user:zoe')).toBeUndefined()
    expect(usernames()).not.toContain('zoe')
  })
})
