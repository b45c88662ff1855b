import { describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

const nine = (): { time: () => number } => ({ time: new HostTime('2026-01-15T09:00:00Z').time })

interface Described {
  readonly id: string
  readonly settings: { readonly [name: string]: unknown }
  readonly fields: {
    readonly states: readonly string[]
    readonly settings: { readonly [name: string]: { readonly kind: string; readonly about: string } }
    readonly operations: readonly { readonly id: string }[]
  }
}

describe('GET /apis', () => {
  it('describes settings, states and operations, so that forms can be made of them', async () => {
    const { apis } = (await callControl(await createWorld('default', nine()), 'GET', '/apis')).body as unknown as {
      apis: Described[]
    }
    expect(apis.map(({ id }) => id)).toEqual(['secure-login', 'sirportly', 'gentics-cms'])
    const [login, desk, cms] = apis as [Described, Described, Described]
    expect(login.settings).toMatchObject({ active: true, blockFor: '30m' })
    expect(login.fields.states).toEqual(['enter', 'bypass', 'onboarding', 'blocked', 'expired'])
    expect(login.fields.settings).toMatchObject({
      active: { kind: 'boolean', default: true, headline: 'Plug-in' },
      blockAfter: { kind: 'integer', min: 1, max: 1000, default: 3, assumed: 'SL-U13' },
      blockFor: { kind: 'duration', default: '30m' },
      revision: { kind: 'choice', choices: ['current', 'legacy'] },
      contextPath: { kind: 'text', shape: 'a path such as /jira, or empty' },
    })
    expect(desk.fields.settings).toMatchObject({
      applications: { kind: 'list', item: { kind: 'text', secret: true } },
      lockFor: { kind: 'duration', nullable: true, optional: true },
    })
    expect(cms.fields.settings).toMatchObject({
      maintenance: { headline: 'Maintenance' },
      sso: { kind: 'object', fields: { failing: { kind: 'boolean' } } },
    })
    expect(login.fields.operations).toContainEqual(
      expect.objectContaining({
        id: 'secure-login.auth',
        method: 'POST',
        path: '/rest/securelogin-admin/1.0/api/auth',
      }),
    )
    for (const { settings, fields } of apis) {
      expect(Object.keys(fields.settings)).toEqual(expect.arrayContaining(Object.keys(settings)))
      for (const { about } of Object.values(fields.settings)) expect(about).not.toBe('')
    }
  })
})

describe('GET /users?search=', () => {
  it('finds users by a part of their names, in pages', async () => {
    const world = await createWorld({ 'secure-login': { crowd: 120, users: { Xenix: {} } } }, nine())
    const search = async (query: string): Promise<unknown> => {
      const { total, users } = (await callControl(world, 'GET', `/users?${query}`)).body as {
        total: number
        users: { username: string }[]
      }
      return [total, users.map(({ username }) => username)]
    }
    expect(await search('search=nix')).toEqual([1, ['Xenix']])
    expect(await search('search=XENIX')).toEqual([1, ['Xenix']])
    expect(await search('search=WD-11&limit=2')).toEqual([11, ['crowd-11', 'crowd-110']])
    expect(await search('search=wd-11&limit=2&after=crowd-110')).toEqual([11, ['crowd-111', 'crowd-112']])
    expect(await search('search=user')).toEqual([0, []])
  })
})

describe('GET /users/{api}/{username}/sequence', () => {
  it('is what the world tells of the user', async () => {
    const world = await createWorld('default', nine())
    await Phone.signIn(world, 'alice')
    const { status, body } = await callControl(world, 'GET', '/users/secure-login/alice/sequence')
    expect(status).toBe(200)
    expect(body).toMatchObject({ username: 'alice', state: 'enter', steps: [{ kind: 'request', id: 'r1' }] })
    expect(body['steps']).toEqual(JSON.parse(JSON.stringify(world.secureLogin.user('alice').sequence())))
    expect((await callControl(world, 'GET', '/users/secure-login/nobody/sequence')).status).toBe(404)
  })
})

describe('/clock/next', () => {
  it('tells what comes next, and goes there', async () => {
    const world = await createWorld('default', nine())
    expect((await callControl(world, 'GET', '/clock/next')).body).toEqual({
      next: { at: '2026-01-15T09:30:00Z', in: '30m', what: 'carol is no longer blocked' },
    })
    expect((await callControl(world, 'POST', '/clock/next')).body).toMatchObject({ now: '2026-01-15T09:30:00Z' })
    expect((await callControl(world, 'GET', '/clock/next')).body).toEqual({ next: null })
    expect(await callControl(world, 'POST', '/clock/next')).toMatchObject({
      status: 422,
      body: { detail: expect.stringMatching(/^Nothing ends by itself/) },
    })
  })
})

describe('/worlds', () => {
  it('lists the worlds without making any, and drops one', async () => {
    const world = await createWorld('default', nine())
    await callControl(world, 'POST', '/clock/advance', { by: '1h' }, ['x-understudy-world', 'side'])
    const list = async (): Promise<unknown> => (await callControl(world, 'GET', '/worlds')).body['worlds']
    expect(await list()).toEqual([
      { name: 'main', scenario: 'default', now: '2026-01-15T09:00:00Z', requests: 0 },
      { name: 'side', scenario: 'default', now: '2026-01-15T10:00:00Z', requests: 0 },
    ])
    expect((await callControl(world, 'DELETE', '/worlds/side')).body).toEqual({ dropped: 'side' })
    expect(await list()).toHaveLength(1)
    expect(world.worlds.get('side').clock.view().now).toBe('2026-01-15T09:00:00Z')
  })

  it('keeps main, and names the nearest of those there are', async () => {
    const world = await createWorld('default', nine())
    world.worlds.get('side')
    expect(await callControl(world, 'DELETE', '/worlds/main')).toMatchObject({
      status: 422,
      body: { detail: expect.stringMatching(/^World main is what requests meet/) },
    })
    expect(await callControl(world, 'DELETE', '/worlds/sied')).toMatchObject({
      status: 404,
      body: { code: 'ERR_WORLD_UNKNOWN', detail: expect.stringContaining('Did you mean "side"?') },
    })
    expect(world.worlds.names()).toEqual(['main', 'side'])
  })
})

describe('what can be chosen', () => {
  it('/scenarios lists what is shipped, and what is played', async () => {
    const { playing, scenarios } = (await callControl(await createWorld('lockout', nine()), 'GET', '/scenarios'))
      .body as { playing: string; scenarios: { name: string; description: string }[] }
    expect(playing).toBe('lockout')
    expect(scenarios).toContainEqual({ name: 'default', description: 'One user in each state, for a first look' })
  })

  it('/pact/states lists provider states with their parameters, each of which can be arranged', async () => {
    const world = await createWorld('default', nine())
    const { states } = (await callControl(world, 'GET', '/pact/states')).body as {
      states: { name: string; api: string; params: { [name: string]: { default?: unknown; optional?: true } } }[]
    }
    expect(new Set(states.map(({ api }) => api))).toEqual(new Set(['secure-login', 'sirportly', 'gentics-cms']))
    for (const { name, params } of states) {
      const needs = Object.values(params).some((param) => param.default === undefined && param.optional !== true)
      const { status } = await callControl(world, 'POST', '/pact/states', { state: name })
      expect([name, status]).toEqual([name, needs ? 422 : 200])
    }
  })
})

describe('DELETE /snapshots/{name}', () => {
  it('forgets one snapshot', async () => {
    const world = await createWorld('default', nine())
    for (const name of ['one', 'two']) await callControl(world, 'POST', '/snapshots', { name })
    expect((await callControl(world, 'DELETE', '/snapshots/one')).body).toEqual({ dropped: 'one' })
    expect((await callControl(world, 'GET', '/snapshots')).body).toMatchObject({ snapshots: [{ name: 'two' }] })
    expect((await callControl(world, 'DELETE', '/snapshots/one')).status).toBe(404)
  })
})

describe('POST /share', () => {
  it('gives the world without its secrets, as data and as a file; POST /scenario plays it', async () => {
    const world = await createWorld('default', nine())
    world.secureLogin.user('alice').set({ failures: 2 })
    const { status, body } = await callControl(world, 'POST', '/share', { note: 'stuck at 2' })
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toContain('910817')
    expect(String(body['file'])).toMatch(/^# A world of auth-understudy[^]*\nkind: auth-understudy\/snapshot\n/)
    const elsewhere = await createWorld('lockout', nine())
    const played = await callControl(elsewhere, 'POST', '/scenario', { scenario: body['world'] })
    expect(played).toMatchObject({ status: 200, body: { scenario: 'default', description: 'stuck at 2' } })
    expect(elsewhere.secureLogin.user('alice').view()).toMatchObject({ failures: 2 })
  })
})
