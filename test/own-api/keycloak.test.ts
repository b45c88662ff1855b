import { describe, expect, test } from 'vitest'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { realm } from './keycloak.ts'

const at = 'http://id.example/realms/hall/protocol/openid-connect'

interface Desk {
  readonly world: WorldOf<{ realm: typeof realm }>
  readonly ask: typeof fetch
  /** Tries a password; the status. */
  readonly try: (password: string) => Promise<number>
  /** What an administrator sees. */
  readonly view: () => unknown[]
}

async function open(): Promise<Desk> {
  const world = await createWorld(
    { clock: { at: '2026-01-15T09:00:00Z', frozen: true }, realm: { users: { ada: { password: 'right' } } } },
    { apis: { realm }, salt: 'keycloak' },
  )
  const ask = createFetch(world)
  return {
    world,
    ask,
    try: async (password) => {
      const body = new URLSearchParams({ grant_type: 'password', username: 'ada', password })
      return (await ask(`${at}/token`, { method: 'POST', body })).status
    },
    view: () => {
      const { state, failures, until } = world.realm.user('ada').view()
      return [state, failures, until === undefined ? undefined : (until - world.clock.now) / 1000]
    },
  }
}

describe("Keycloak's brute force detection, by defineApi", () => {
  test('waits after three, longer after six, and for good after two waits', async () => {
    const desk = await open()
    const failures = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time++) {
        desk.world.clock.advance('5s')
        expect(await desk.try('wrong')).toBe(401)
      }
    }
    await failures(3)
    expect(desk.view()).toEqual(['disabled', 3, 60])
    expect(await desk.try('right')).toBe(401)
    desk.world.clock.advance('1m')
    expect(desk.view()).toEqual(['open', 3, undefined])
    // What is kept locks again with the next, which is the second wait.
    await failures(1)
    expect(desk.view()).toEqual(['disabled', 4, 60])
    desk.world.clock.advance('1m')
    await failures(1)
    expect(desk.view()).toEqual(['disabled', 5, undefined])
    desk.world.clock.advance('30d')
    expect(await desk.try('right')).toBe(401)
    desk.world.realm.user('ada').set({ unblock: true })
    await failures(3)
    expect(desk.view()).toEqual(['disabled', 3, 60])
  })

  test('forgets what is older than the reset time, and everything with a right login', async () => {
    const desk = await open()
    await desk.try('wrong')
    desk.world.clock.advance('5s')
    await desk.try('wrong')
    desk.world.clock.advance('13h')
    await desk.try('wrong')
    expect(desk.view()).toEqual(['open', 1, undefined])
    expect(await desk.try('right')).toBe(200)
    expect(desk.view()).toEqual(['open', 0, undefined])
    // The right login has taken the time of the last failure with it: this one comes not too fast.
    await desk.try('wrong')
    expect(desk.view()).toEqual(['open', 1, undefined])
  })

  test('locks whoever fails faster than people do', async () => {
    const desk = await open()
    await desk.try('wrong')
    desk.world.clock.advance('999ms')
    await desk.try('wrong')
    expect(desk.view()).toEqual(['disabled', 2, 60])
  })

  test('gives out tokens that live while they are used, and end with a logout, by force, and with the state', async () => {
    const { world, ask } = await open()
    const token = async (): Promise<string> => {
      const body = new URLSearchParams({ username: 'ada', password: 'right' })
      return (await (await ask(`${at}/token`, { method: 'POST', body })).json()).access_token
    }
    const told = async (bearer: string): Promise<number> =>
      (await ask(`${at}/userinfo`, { headers: { authorization: `Bearer ${bearer}` } })).status
    const first = await token()
    expect(await told(first)).toBe(200)
    expect(await told('another')).toBe(401)
    world.clock.advance('29m')
    expect(await told(first)).toBe(200)
    world.clock.advance('29m')
    expect([await told(first), world.realm.sessions().items[0]?.state]).toEqual([200, 'open'])
    world.clock.advance('30m')
    expect([await told(first), world.realm.sessions().items[0]?.state]).toEqual([401, 'expired'])
    const second = await token()
    world.realm.user('ada').set({ state: 'expired' })
    expect(await told(second)).toBe(401)
    const third = await token()
    world.realm.user('ada').set({ disabled: true })
    expect(await told(third)).toBe(401)
    world.realm.user('ada').set({ disabled: false })
    expect(await told(third)).toBe(200)
    const out = await ask(`${at}/logout`, { method: 'POST', headers: { authorization: `Bearer ${third}` } })
    expect([out.status, await told(third)]).toEqual([204, 401])
    const shown = JSON.stringify([
      world.requests,
      world.requests.map(({ id }) => world.why(id)),
      world.realm.sessions(),
    ])
    for (const id of [first, second, third]) expect(shown).not.toContain(id)
  })

  test('arranges sessions for pacts', async () => {
    const { world, ask } = await open()
    const told = async (bearer: unknown): Promise<number> =>
      (await ask(`${at}/userinfo`, { headers: { authorization: `Bearer ${String(bearer)}` } })).status
    expect(await told(world.arrange('a user of realm who is open', { username: 'ada' })['session'])).toBe(200)
    expect(await told(world.arrange('a user of realm who is disabled', { session: 'a-known-one' })['session'])).toBe(
      401,
    )
    expect(world.realm.sessions().total).toBe(2)
    expect(await told(world.arrange('a session of realm that has expired', { username: 'ada' })['session'])).toBe(401)
  })
})
