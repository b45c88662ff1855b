import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { shipped } from '../../src/scenario/shipped.ts'
import { HostTime } from '../support/host-time.ts'

const nine = { time: new HostTime('2026-01-15T09:00:00Z').time }

function load(section: object, more: object = {}): Promise<WorldOf> {
  return createWorld({ 'gentics-cms': section, ...more }, nine)
}

/** What is wrong with a section, one line each. */
async function mistakes(section: object): Promise<string> {
  const error: unknown = await load(section).catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'ERR_SCENARIO_INVALID' })
  return (error as Error).message
}

async function loginOf(world: WorldOf, login: string, password = login): Promise<{ readonly [name: string]: unknown }> {
  const answer = await world.play({
    method: 'POST',
    path: '/rest/auth/login',
    query: '',
    headers: ['content-type', 'application/json'],
    body: new TextEncoder().encode(JSON.stringify({ login, password })),
    address: '127.0.0.1',
  })
  return JSON.parse(String(answer.body)) as { readonly [name: string]: unknown }
}

describe('a user of the CMS', () => {
  it('is filled in where blank: a person, an id, a group, the login as password', async () => {
    const world = await load({ users: { ann: {} } })
    expect(world.genticsCms.user('ann').view()).toEqual({
      username: 'ann',
      state: 'active',
      details: {
        password: 'ann',
        id: expect.any(Number),
        firstName: expect.stringMatching(/^\S/),
        lastName: expect.stringMatching(/^\S/),
        email: expect.stringMatching(/@example\.com$/),
        groups: ['Editors'],
        seesMaintenance: false,
      },
    })
    expect(await loginOf(world, 'ann')).toMatchObject({ user: { login: 'ann', groups: [{ name: 'Editors' }] } })
  })

  it('is the same for the same seed, whoever else there is, and another for another', async () => {
    const view = async (users: object, seed: number): Promise<unknown> =>
      (await load({ users }, { seed })).genticsCms.user('ann').view()
    const alone = await view({ ann: {} }, 1)
    expect(await view({ bob: {}, ann: {}, zoe: {} }, 1)).toEqual(alone)
    expect(await view({ ann: {} }, 2)).not.toEqual(alone)
  })

  it('without groups is in none, and comes into one when made active', async () => {
    const world = await load({ users: { ann: { groups: [] }, bob: { groups: [{ name: 'X' }], state: 'no-groups' } } })
    const { genticsCms } = world
    expect([genticsCms.user('ann').view().state, genticsCms.user('bob').view().state]).toEqual([
      'no-groups',
      'no-groups',
    ])
    expect(genticsCms.user('ann').set({ state: 'active' }).details['groups']).toEqual(['Editors'])
    expect(genticsCms.user('bob').set({ state: 'active' }).details['groups']).toEqual(['X'])
  })

  it('may be a person of several APIs, or one of a crowd', async () => {
    const world = await createWorld(
      {
        people: {
          ann: {
            firstName: 'Ann',
            lastName: 'Able',
            email: 'ann@x.example',
            'gentics-cms': { seesMaintenance: true },
            'secure-login': {},
          },
        },
        'gentics-cms': {
          crowd: 2,
          users: { 'crowd-2': { firstName: 'Two', lastName: 'Two', email: 'two@x.example' } },
        },
      },
      nine,
    )
    const { items } = world.genticsCms.users()
    expect(items.map(({ username, details }) => [username, details['firstName']])).toEqual([
      ['crowd-2', 'Two'],
      ['ann', 'Ann'],
      ['crowd-1', expect.any(String)],
    ])
    expect(world.genticsCms.user('ann').view().details).toMatchObject({ email: 'ann@x.example', seesMaintenance: true })
    expect(world.genticsCms.user('crowd-1').view().details['id']).toBe(1_000_001)
    expect(await loginOf(world, 'crowd-1')).toMatchObject({ responseInfo: { responseCode: 'OK' } })
  })

  it('is found by id when a password is hashed, also in a crowd of a million', async () => {
    const world = await load({ crowd: 1_000_000, users: { ann: { id: 7 } }, allowFrom: ['127.0.0.1'] })
    const ownerOf = async (userId: number): Promise<unknown> => {
      const answer = await world.play({
        method: 'POST',
        path: '/rest/auth/hashpassword',
        query: '',
        headers: ['content-type', 'application/json'],
        body: new TextEncoder().encode(JSON.stringify({ password: 'x', userId })),
        address: '127.0.0.1',
      })
      return (JSON.parse(String(answer.body)) as { user?: { login: string } }).user?.login
    }
    expect(await ownerOf(7)).toBe('ann')
    expect(await ownerOf(2_000_000)).toBe('crowd-1000000')
    for (const id of [0, 8, 1_000_000, 2_000_001, -1]) expect(await ownerOf(id)).toBeUndefined()
  })
})

describe('sessions of a scenario', () => {
  it('have the sid of their place and a secret by seed where blank, and are viewed as requests would find them', async () => {
    const users = { ann: { firstName: 'A', lastName: 'A', email: 'a@x' } }
    const sessions = [{ user: 'ann' }, { user: 'ann', sid: 9, idle: '59m' }, { user: 'ann', idle: '1h1s' }]
    const world = await load({ users, sessions, sessionFor: '1h' })
    expect(world.genticsCms.sessions()).toEqual({
      total: 3,
      items: [
        {
          id: '1',
          username: 'ann',
          state: 'live',
          until: Date.UTC(2026, 0, 15, 10, 0, 1),
          details: { openedAt: '2026-01-15T09:00:00Z', lastSeenAt: '2026-01-15T09:00:00Z', idleFor: '0s' },
        },
        {
          id: '9',
          username: 'ann',
          state: 'live',
          until: Date.UTC(2026, 0, 15, 9, 1, 1),
          details: { openedAt: '2026-01-15T08:01:00Z', lastSeenAt: '2026-01-15T08:01:00Z', idleFor: '59m' },
        },
        {
          id: '3',
          username: 'ann',
          state: 'aged',
          details: { openedAt: '2026-01-15T07:59:59Z', lastSeenAt: '2026-01-15T07:59:59Z' },
        },
      ],
    })
    expect(await loginOf(world, 'ann')).toMatchObject({ sid: '10' })
    world.genticsCms.user('ann').set({ state: 'expired' })
    expect(world.genticsCms.sessions().items.map(({ state }) => state)).toEqual([
      'expired',
      'expired',
      'expired',
      'expired',
    ])
  })

  it('keep when they were opened while logins go on with them', async () => {
    const users = { ann: { firstName: 'A', lastName: 'A', email: 'a@x' } }
    const world = await load({ users, sessions: [{ user: 'ann', secret: 'abcdefghijklmn0', idle: '30m' }] })
    await world.play({
      method: 'POST',
      path: '/rest/auth/login',
      query: 'sid=1',
      headers: ['content-type', 'application/json', 'cookie', 'GCN_SESSION_SECRET=abcdefghijklmn0'],
      body: new TextEncoder().encode('{"login":"ann","password":"ann"}'),
      address: '127.0.0.1',
    })
    expect(world.genticsCms.sessions().items[0]?.details).toEqual({
      openedAt: '2026-01-15T08:30:00Z',
      lastSeenAt: '2026-01-15T09:00:00Z',
      idleFor: '0s',
    })
  })
})

describe('the shipped scenarios', () => {
  it('have users of the CMS who need no filling in', async () => {
    for (const name of Object.keys(shipped)) {
      const { items } = (await createWorld(name)).genticsCms.users()
      for (const { details } of items) expect(details['email']).toMatch(/@cms\.example$/)
    }
  })

  it('default has a user who may see the maintenance setting, and one without groups', async () => {
    const { items } = (await createWorld('default')).genticsCms.users()
    expect(items.map(({ username, state, details }) => [username, state, details['seesMaintenance']])).toEqual([
      ['node', 'active', false],
      ['ada', 'active', true],
      ['otto', 'no-groups', false],
    ])
  })

  it('cms-maintenance lets only ada in, tells when it is over, and goes on with a session', async () => {
    const world = await createWorld('cms-maintenance')
    const messages = [{ type: 'WARNING', message: 'We are back at noon.', sender: { login: 'ada' } }]
    expect(await loginOf(world, 'node')).toMatchObject({ messages, responseInfo: { responseCode: 'MAINTENANCEMODE' } })
    expect(await loginOf(world, 'ada')).toMatchObject({ messages, sid: '2' })
    expect(world.genticsCms.sessions().items.map(({ username, state }) => [username, state])).toEqual([
      ['node', 'live'],
      ['ada', 'live'],
    ])
  })

  it('cms-observed plays the other dialect', async () => {
    const world = await createWorld('cms-observed')
    await loginOf(world, 'node')
    expect(world.requests.map(({ status }) => status)).toEqual([200])
  })

  it('cms-sso has the public key of the private one that is beside it', async () => {
    const privateKey = readFileSync(new URL('../../scenarios/cms-sso.private-key.pem', import.meta.url), 'utf8')
    const { rsa } = (await createWorld('cms-sso')).genticsCms.settings
    const derived = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' })
    expect(rsa.publicKey?.trim()).toBe(String(derived).trim())
  })
})

describe('a section that cannot be', () => {
  it('names what is wrong, all of it, with the nearest word', async () => {
    const message = await mistakes({
      dialect: 'documentd',
      globalPrefix: 'ABCDE',
      allowFrom: ['10.0.0.0/33', 'home'],
      sso: { tokens: { t: 5 }, header: 'a b' },
      rsa: { publicKey: 'no key', payload: '{user}' },
      messages: [{ type: 'LOUD', message: 'x' }],
      users: { ann: { groups: [{ description: 'nameless' }], state: 'blocked' } },
      sessions: [{ user: 'ann', secret: 'too short', sid: 0 }],
    })
    for (const part of [
      'gentics-cms.dialect: "documentd" is not one of documented, observed. Did you mean "documented"?',
      'gentics-cms.globalPrefix: "ABCDE" is not four letters and digits, in quotes.',
      'gentics-cms.allowFrom[1]: "home" is not an address, or a range such as 10.0.0.0/8.',
      'gentics-cms.sso.tokens.t: 5 is not text',
      'gentics-cms.sso.header: "a b" is not the name of a header.',
      'gentics-cms.rsa.publicKey: "no key" is not a public key in PEM.',
      'gentics-cms.rsa.payload: "{user}" is not a text with {username}, {salt} and {expirationTimestamp}.',
      'gentics-cms.messages[0].type: "LOUD" is not one of CRITICAL, INFO',
      'gentics-cms.users.ann.groups[0].name: is missing: its name',
      'gentics-cms.users.ann.state: "blocked" is not one of active, no-groups.',
      'gentics-cms.sessions[0].secret: The value is not fifteen letters and digits.',
      'gentics-cms.sessions[0].sid: 0 is not a number from 1 to 2147483647.',
    ]) {
      expect(message).toContain(part)
    }
  })

  it('names what contradicts itself though each member fits', async () => {
    const message = await mistakes({
      allowFrom: ['10.0.0.0/33'],
      users: { ann: { id: 7 }, bob: { id: 7 } },
      sessions: [{ user: 'anne' }, { user: 'ann', sid: 1 }, { user: 'crowd-3' }, { user: 'crowd-2' }],
      crowd: 2,
    })
    expect(message.split('\n').slice(1)).toEqual([
      '  gentics-cms.allowFrom[0]: "10.0.0.0/33" is no address, and no range such as 10.0.0.0/8.',
      '  gentics-cms.users.bob.id: 7 is the id of ann already.',
      '  gentics-cms.sessions[0].user: "anne" is not one of the users. Did you mean "ann"?',
      '  gentics-cms.sessions[1].sid: There is a session 1 already.',
      expect.stringMatching(/^ {2}gentics-cms\.sessions\[2\]\.user: "crowd-3" is not one of the users\./),
    ])
  })

  it('has groups that are too deep', async () => {
    const nest = (levels: number): object => ({
      name: `g${levels}`,
      ...(levels > 1 ? { children: [nest(levels - 1)] } : {}),
    })
    await load({ users: { ann: { groups: [nest(5)] } } })
    expect(await mistakes({ users: { ann: { groups: [nest(6)] } } })).toContain('"children" is not known here')
  })
})
