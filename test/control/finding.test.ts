import { describe, expect, it } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

const nine = { time: new HostTime('2026-01-15T09:00:00Z').time }

const usersAt = async (world: WorldOf, query: string): Promise<unknown> => {
  const { status, body } = await callControl(world, 'GET', `/users?${query}`)
  if (status !== 200) return [status, body['detail']]
  const names = (body['users'] as { username: string }[]).map(({ username }) => username)
  expect(body['total']).toBe(names.length)
  return names
}

const requestsAt = async (world: WorldOf, query: string): Promise<unknown> => {
  const { status, body } = await callControl(world, 'GET', `/requests?${query}`)
  if (status !== 200) return [status, body['detail']]
  return (body['requests'] as { status: number; user?: string }[]).map(
    ({ status: answered, user }) => `${user} ${answered}`,
  )
}

describe('users are found', () => {
  it('by words of the username, names and addresses, and by the state', async () => {
    const world = await createWorld('default', nine)
    expect(await usersAt(world, 'search=carol+BLOCK')).toEqual(['carol'])
    expect(await usersAt(world, 'search=carol@jira')).toEqual(['carol'])
    expect(await usersAt(world, 'search=anywhere')).toEqual(['atech/adam', 'fibreband/adam'])
    expect(await usersAt(world, 'search=locked')).toEqual(['carol', 'atech/lou'].toSorted().toReversed())
    expect(await usersAt(world, 'search=zzz')).toEqual([])
  })

  it('by their state, in the APIs that know it, while it lasts', async () => {
    const world = await createWorld('default', nine)
    expect(await usersAt(world, 'state=blocked')).toEqual(['carol'])
    world.secureLogin.user('alice').set({ state: 'blocked', for: '1m' })
    expect(await usersAt(world, 'state=blocked')).toEqual(['alice', 'carol'])
    world.clock.advance('2m')
    expect(await usersAt(world, 'state=blocked&search=ali')).toEqual([])
    expect(await usersAt(world, 'state=enter&api=sirportly')).toEqual([
      422,
      expect.stringContaining('"enter" is no state of a user; there is active'),
    ])
    expect(await usersAt(world, 'state=blokced')).toEqual([422, expect.stringContaining('Did you mean "blocked"?')])
  })

  it('not by what they sign in with', async () => {
    const world = await createWorld('default', nine)
    for (const secret of ['910817', 's3cret', 'JBSWY3DP']) expect(await usersAt(world, `search=${secret}`)).toEqual([])
  })

  it('in a crowd without making everybody; who was not looked at is told', async () => {
    const world = await createWorld({ 'secure-login': { crowd: 30_000, users: { alice: {} } }, apis: ['secure-login'] })
    world.secureLogin.user('crowd-29999').set({ state: 'bypass' })
    const { body } = await callControl(world, 'GET', '/users?state=bypass')
    expect(body).toMatchObject({ total: 1, unseen: 10_000, users: [{ username: 'crowd-29999' }] })
    expect(await usersAt(world, 'search=crowd-2500')).toHaveLength(11)
  })

  it('with the sessions of those who are shown', async () => {
    const world = await createWorld('default', nine)
    for (const name of ['alice', 'alice', 'dave']) await Phone.signIn(world, name)
    const { body } = await callControl(world, 'GET', '/users?api=secure-login')
    const counts = (body['users'] as { username: string; sessions: number }[]).map((user) => [
      user.username,
      user.sessions,
    ])
    expect(Object.fromEntries(counts)).toEqual({ alice: 2, bob: 0, carol: 0, dave: 1 })
  })
})

describe('requests are found', () => {
  const played = async (): Promise<{ world: WorldOf; alice: Phone }> => {
    const world = await createWorld('default', nine)
    const alice = await Phone.signIn(world, 'alice')
    await alice.auth('000000')
    await Phone.signIn(world, 'dave')
    return { world, alice }
  }

  it('by a class of statuses, and by words of what is told', async () => {
    const { world } = await played()
    expect(await requestsAt(world, 'status=4xx')).toEqual(['alice 401'])
    expect(await requestsAt(world, 'status=2XX')).toEqual(['alice 200', 'dave 200'])
    expect(await requestsAt(world, 'status=401')).toEqual(['alice 401'])
    expect(await requestsAt(world, 'search=ALICE+sl-11')).toEqual(['alice 401'])
    expect(await requestsAt(world, 'search=dave+sl-11')).toEqual([])
    expect(world.asked('*', { status: 401 })).toHaveLength(1)
    expect(world.asked('*', { status: '4xx' })).toHaveLength(1)
    for (const wrong of ['9xx', '40x', '4', 'xx'])
      expect(await requestsAt(world, `status=${wrong}`)).toEqual([422, expect.stringContaining('such as 4xx')])
  })

  it('by how long ago they were, by the clock of the world', async () => {
    const { world, alice } = await played()
    world.clock.advance('10m')
    await alice.state()
    expect(await requestsAt(world, 'since=5m')).toEqual(['alice 200'])
    expect(await requestsAt(world, 'since=1h')).toHaveLength(4)
    expect(await requestsAt(world, 'since=-5m')).toEqual([422, expect.stringContaining('nor a duration such as 5m')])
  })

  it('not by a secret that they had', async () => {
    const { world, alice } = await played()
    await alice.auth('135246')
    expect(await requestsAt(world, 'search=135246')).toEqual([])
    expect(await requestsAt(world, `search=${alice.session}`)).toEqual([])
  })

  it('until they are cleared, which changes nothing else', async () => {
    const { world, alice } = await played()
    const before = world.snapshot()
    expect((await callControl(world, 'DELETE', '/requests')).body).toEqual({ cleared: 3 })
    expect(await requestsAt(world, '')).toEqual([])
    expect(world.changes).toEqual([{ at: '2026-01-15T09:00:00Z', what: 'the requests were cleared', after: 0 }])
    expect(world.snapshot()).toEqual(before)
    expect(await alice.state()).toBe('enter')
    expect(await requestsAt(world, '')).toEqual(['alice 200'])
  })
})
