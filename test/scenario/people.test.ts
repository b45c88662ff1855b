import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, type Scenario, type World } from '../../src/index.ts'
import { collectGarbage } from '../support/garbage.ts'
import { Phone } from '../support/phone.ts'

type Users = { readonly [username: string]: object }

const scenario = (users: Users, more: object = {}): Scenario => ({ 'secure-login': { users, ...more } })

/** What is known of each user, by username. */
function people(world: World): { [username: string]: unknown } {
  const { items } = world.api('secure-login').users()
  return Object.fromEntries(items.map(({ username, details }) => [username, details]))
}

describe('a user whose names are left blank', () => {
  it('is filled in: a name, an e-mail address, six digits, the username as password', async () => {
    const world = await createWorld(scenario({ alice: {} }))
    expect(world.secureLogin.user('alice').view().details).toEqual({
      password: 'alice',
      pin: expect.stringMatching(/^\d{6}$/),
      displayName: expect.stringMatching(/^\S+ \S+/),
      emailAddress: expect.stringMatching(/^[a-z0-9._'-]+@example\.com$/),
    })
  })

  it('gets a secret of 32 Base32 digits for time-based PINs, and can sign in by it', async () => {
    const world = await createWorld(scenario({ tara: { totp: {} } }))
    const tara = world.secureLogin.user('tara')
    expect(tara.view().details).toMatchObject({ totp: { secret: expect.stringMatching(/^[A-Z2-7]{32}$/) } })
    expect(await (await Phone.signIn(world, 'tara')).auth(await tara.code())).toBe(200)
  })

  it('keeps what is written down', async () => {
    const written = { pin: '42', password: 'pw', displayName: 'A', emailAddress: 'a@b.example' }
    const world = await createWorld(scenario({ alice: written, bob: { displayName: 'Bob Only' } }))
    expect(people(world)).toMatchObject({
      alice: written,
      bob: { displayName: 'Bob Only', emailAddress: expect.stringContaining('@') },
    })
  })

  it('is the same person for the same seed, and another for another', async () => {
    const users = { alice: {}, bob: { totp: {} } }
    const [one, again, other] = await Promise.all(
      [1, 1, 2].map(async (seed) => people(await createWorld(scenario(users), { seed }))),
    )
    expect(again).toEqual(one)
    const [alice, stranger] = [one?.['alice'], other?.['alice']] as [object, object]
    expect(Object.entries(stranger).filter((entry) => Object.entries(alice).flat().includes(entry[1]))).toEqual([
      ['password', 'alice'],
    ])
    expect(other?.['bob']).not.toEqual(one?.['bob'])
  })

  it('does not depend on who else there is, nor on the order', async () => {
    const names = fc.uniqueArray(fc.constantFrom('bob', 'carol', 'dave', 'erin', 'crowd-2', 'zoe', '7'), {
      maxLength: 5,
    })
    const alone = people(await createWorld(scenario({ alice: {} })))['alice']
    await fc.assert(
      fc.asyncProperty(names, fc.nat(5), fc.nat(3), async (others, position, crowd) => {
        const order = [...others.slice(0, position), 'alice', ...others.slice(position)]
        const users = Object.fromEntries(order.map((name) => [name, name === 'dave' ? { totp: {} } : {}]))
        expect(people(await createWorld(scenario(users, { crowd })))['alice']).toEqual(alone)
      }),
      { numRuns: 50 },
    )
  })

  it('is the same person after a reset, in another world and after a snapshot', async () => {
    const world = await createWorld(scenario({ alice: {} }))
    const before = people(world)
    world.reset()
    expect(people(world)).toEqual(before)
    expect(people(world.worlds.get('other'))).toEqual(before)
    const second = await createWorld(scenario({ somebody: {} }))
    second.restore(JSON.parse(JSON.stringify(world.snapshot())))
    expect(people(second)).toEqual(before)
  })
})

describe('a crowd', () => {
  it('is numbered from 1, after the users that are written down', async () => {
    const world = await createWorld(scenario({ alice: {} }, { crowd: 3 }))
    expect(Object.keys(people(world))).toEqual(['alice', 'crowd-1', 'crowd-2', 'crowd-3'])
    for (const stranger of [
      'crowd-0',
      'crowd-4',
      'crowd-01',
      'crowd-',
      'crowd-1.5',
      'crowd-1e0',
      'crowd--1',
      'Crowd-1',
    ])
      expect(() => world.secureLogin.user(stranger)).toThrow(expect.objectContaining({ code: 'ERR_USER_UNKNOWN' }))
  })

  it('has members that differ, and sign in like anybody', async () => {
    const world = await createWorld(scenario({}, { crowd: 500 }))
    const { items } = world.secureLogin.users({ limit: 500 })
    expect(new Set(items.map(({ details }) => details['pin'])).size).toBeGreaterThan(490)
    const phone = await Phone.signIn(world, 'crowd-77')
    expect(await phone.auth(await world.secureLogin.user('crowd-77').code())).toBe(200)
  })

  it('may have one member written down, who is there once', async () => {
    const world = await createWorld(scenario({ 'crowd-2': { state: 'bypass' } }, { crowd: 3 }))
    const { total, items } = world.secureLogin.users()
    expect(total).toBe(3)
    expect(items.map(({ username, state }) => `${username} ${state}`)).toEqual([
      'crowd-2 bypass',
      'crowd-1 enter',
      'crowd-3 enter',
    ])
  })

  it('of a million has its last member at hand, without making the others', async () => {
    collectGarbage()
    const heap = process.memoryUsage().heapUsed
    const world = await createWorld(scenario({ alice: {} }, { crowd: 1_000_000 }))
    const last = world.secureLogin.user('crowd-1000000')
    const phone = await Phone.signIn(world, 'crowd-1000000')
    for (const state of ['000000', '000001', 'x']) await phone.auth(state)
    expect(last.view()).toMatchObject({ state: 'blocked', failures: 3 })
    collectGarbage()
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(50_000_000)
    expect(() => world.secureLogin.user('crowd-1000001')).toThrow(expect.objectContaining({ code: 'ERR_USER_UNKNOWN' }))
  })

  it('keeps its last member for the same seed, whatever the size of the crowd', async () => {
    const [small, large] = await Promise.all(
      [10, 1_000_000].map(async (crowd) =>
        (await createWorld(scenario({}, { crowd }))).secureLogin.user('crowd-10').view(),
      ),
    )
    expect(large).toEqual(small)
  })

  it('is listed page by page', async () => {
    const world = await createWorld(scenario({ alice: {} }, { crowd: 250 }))
    const names: string[] = []
    for (let after: string | undefined; ; after = names.at(-1)) {
      const { total, items } = world.secureLogin.users({ limit: 100, ...(after === undefined ? {} : { after }) })
      expect(total).toBe(251)
      if (items.length === 0) break
      names.push(...items.map(({ username }) => username))
    }
    expect(names).toEqual(['alice', ...Array.from({ length: 250 }, (_, index) => `crowd-${index + 1}`)])
  })
})
