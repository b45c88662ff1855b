import { describe, expect, it } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { outcome } from '../support/help-desk.ts'
import { callControl } from '../support/control-client.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

const nine = { time: new HostTime('2026-01-15T09:00:00Z').time }
const start = (): Promise<WorldOf> => createWorld('default', nine)

const add = async (world: WorldOf, api: string, users: unknown, more = {}): Promise<unknown> => {
  const { status, body } = await callControl(world, 'POST', '/users', { api, users, ...more })
  if (status !== 200) return [status, String(body['detail']).split('\n').slice(1)]
  return (body['users'] as { username: string; state: string }[]).map(({ username, state }) => `${username} ${state}`)
}

describe('POST /users', () => {
  it('brings users who sign in as any other, until the scenario is started again', async () => {
    const world = await start()
    expect(
      await add(world, 'secure-login', [
        { username: 'zed', pin: '123456' },
        { username: 'zoe', state: 'blocked', for: '5m' },
      ]),
    ).toEqual(['zed enter', 'zoe blocked'])
    const zed = await Phone.signIn(world, 'zed')
    expect([await zed.auth('123456'), await zed.state()]).toEqual([200, 'bypass'])
    expect(world.secureLogin.users({ search: 'z' }).items.map(({ username }) => username)).toEqual(['zed', 'zoe'])
    const { restored } = { restored: await createWorld('default', nine) }
    restored.restore(world.snapshot())
    expect(restored.secureLogin.user('zoe').view().state).toBe('blocked')
    world.reset()
    expect(world.secureLogin.users({ search: 'zed' }).total).toBe(0)
  })

  it('tells every record that has to know of them', async () => {
    const world = await start()
    expect(await add(world, 'sirportly', [{ username: 'adam', account: 'atech' }])).toEqual([
      422,
      ['  users[0].username: atech/adam is there already.'],
    ])
    const ned = { username: 'ned', password: 'p', account: 'fibreband', apiAccess: true }
    expect(await add(world, 'sirportly', [ned, { ...ned, account: 'atech' }])).toEqual([
      'fibreband/ned active',
      'atech/ned active',
    ])
    expect(await outcome(world, { username: 'ned', password: 'p', account: 'atech' })).toBe('Authenticated')
    expect((await callControl(world, 'GET', '/users/ned')).body['detail']).toContain('"fibreband/ned" or "atech/ned"')
    expect(await add(world, 'gentics-cms', [{ username: 'new', id: 12_345 }])).toEqual([
      422,
      [expect.stringContaining('12345')],
    ])
  })

  it('brings nobody where one of them is wrong, and says which', async () => {
    const world = await start()
    const before = world.snapshot()
    expect(
      await add(world, 'secure-login', [
        { username: 'ok' },
        { username: 'alice' },
        { username: 'bad', stat: 'enter', pin: 'x' },
        { pin: '123456' },
        { username: 'ok' },
        7,
      ]),
    ).toMatchObject([422, { length: 3 }])
    expect(await add(world, 'secure-login', [{ username: 'ok' }, { username: 'bad', stat: 'enter' }])).toEqual([
      422,
      [expect.stringMatching(/users\[1\]\.stat: "stat" is not known here; .* Did you mean "state"\?/)],
    ])
    expect(await add(world, 'secure-login', [{ username: 'ok' }, { username: 'alice' }])).toEqual([
      422,
      ['  users[1].username: alice is there already.'],
    ])
    for (const wrong of [7, [null], [{}], [{ username: '' }], [{ username: '__proto__' }], { length: 1 }])
      expect(await add(world, 'secure-login', wrong)).toMatchObject([422, expect.anything()])
    expect(await add(world, 'secure-login', [{ username: 'ok' }], { preview: true })).toEqual(['ok enter'])
    expect(world.snapshot()).toEqual(before)
  })
})

describe('a user', () => {
  it('is cloned with everything but what tells the two apart', async () => {
    const world = await start()
    const clone = async (name: string, as: string): Promise<unknown> => {
      const [api, username] = name.split(':') as [string, string]
      const path = `/users/${api}/${encodeURIComponent(username)}/clone`
      const { status, body } = await callControl(world, 'POST', path, { username: as })
      return status === 200 ? body : [status, body['detail']]
    }
    expect(await clone('secure-login:carol', 'carla')).toMatchObject({
      username: 'carla',
      state: 'blocked',
      pin: '135791',
    })
    expect(await clone('sirportly:atech/lou', 'luc')).toMatchObject({ username: 'atech/luc', state: 'locked' })
    const cloned = await clone('gentics-cms:ada', 'ann')
    expect(cloned).toMatchObject({ username: 'ann', email: 'ada@cms.example' })
    expect((cloned as { id: number }).id).not.toBe(12_346)
    expect(await clone('secure-login:carol', 'alice')).toEqual([422, expect.stringContaining('alice is there already')])
  })

  it('is removed, with all that he had open', async () => {
    const world = await start()
    const alice = await Phone.signIn(world, 'alice')
    for (const path of ['/users/secure-login/alice', '/users/sirportly/atech%2Fadam', '/users/gentics-cms/ada'])
      expect((await callControl(world, 'DELETE', path)).status).toBe(200)
    expect(await alice.state()).toBe('401')
    expect(world.secureLogin.users().items.map(({ username }) => username)).toEqual(['bob', 'carol', 'dave'])
    // The other one of that name is the only one now.
    expect((await callControl(world, 'GET', '/users/adam')).body).toMatchObject({ username: 'fibreband/adam' })
    expect((await callControl(world, 'DELETE', '/users/secure-login/alice')).status).toBe(404)
    expect(await add(world, 'secure-login', [{ username: 'alice' }])).toEqual(['alice enter'])
    expect(await add(world, 'sirportly', [{ username: 'adam', account: 'atech' }])).toEqual([
      'atech/adam no-api-access',
    ])
    world.reset()
    expect(world.secureLogin.users().total).toBe(4)
  })
})

describe('PUT /users', () => {
  it('changes several at once, or none', async () => {
    const world = await start()
    const put = async (body: object): Promise<unknown> => {
      const { status, body: told } = await callControl(world, 'PUT', '/users', body)
      return status === 200
        ? (told['users'] as { state: string }[]).map(({ state }) => state)
        : [status, told['detail']]
    }
    const before = world.snapshot()
    expect(await put({ users: ['alice', 'nobody'], change: { state: 'blocked' } })).toEqual([
      404,
      expect.stringContaining('No API has a user "nobody"'),
    ])
    // Adam has no second factor that could be locked.
    expect(await put({ users: ['atech/faye', 'atech/adam'], change: { state: 'locked' } })).toEqual([
      422,
      expect.stringContaining('adam'),
    ])
    expect(world.snapshot()).toEqual(before)
    expect(await put({ users: ['alice', 'dave'], change: { state: 'blocked', for: '5m' } })).toEqual([
      'blocked',
      'blocked',
    ])
    expect(await put({ api: 'gentics-cms', users: ['ada', 'node'], change: { state: 'no-groups' } })).toHaveLength(2)
  })
})
