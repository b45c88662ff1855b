import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createWorld, type Scenario, type WorldOf } from '../../src/index.ts'
import { shareWorld } from '../../src/scenario/share.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'
import { request } from '../support/request.ts'

const shippedNames = readdirSync(new URL('../../scenarios/', import.meta.url))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''))

/** Every string under a member of one of these names, whatever the depth. */
function secretsIn(value: unknown, names: readonly string[], under = ''): string[] {
  if (typeof value === 'string') return names.includes(under) ? [value] : []
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, names, under))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => secretsIn(member, names, name))
}

const told: Scenario = {
  description: 'secrets everywhere',
  'secure-login': {
    users: {
      anna: { password: 'correct horse', pin: '90210777' },
      tara: { totp: { secret: 'JBSWY3DPEHPK3PXPJBSW' } },
      paul: {},
    },
  },
  sirportly: {
    applications: ['application-token-1'],
    accounts: { atech: {} },
    users: [
      {
        username: 'adam',
        password: 'hunter22',
        account: 'atech',
        apiAccess: true,
        twoFactor: { code: '13579135' },
        apiToken: { token: 'tokenAAAA1', secret: 'secretBBB2' },
      },
    ],
  },
  'gentics-cms': {
    users: { node: { password: 'n0de-password' } },
    sessions: [{ user: 'node', secret: 'abcdefghijklmno' }],
    sso: { tokens: { 'bearer-of-node': 'node' } },
  },
  people: { kim: { 'secure-login': { pin: '55667788' } } },
}
const written = [
  'correct horse',
  '90210777',
  'JBSWY3DPEHPK3PXPJBSW',
  'application-token-1',
  'hunter22',
  '13579135',
  'tokenAAAA1',
  'secretBBB2',
  'n0de-password',
  'abcdefghijklmno',
  'bearer-of-node',
  '55667788',
]

async function toldWorld(): Promise<{ world: WorldOf; session: string }> {
  const world = await createWorld(told, { time: new HostTime('2026-01-15T09:00:00Z').time })
  const anna = await Phone.signIn(world, 'anna', 'correct horse')
  await anna.auth('000000')
  world.secureLogin.user('paul').set({ password: 'typed by hand', failures: 1 })
  world.genticsCms.user('node').set({ state: 'no-groups' })
  world.sirportly.set({ applications: ['application-token-1', 'application-token-2'] })
  await world.play(
    request('POST', '/api/v2/authentication/authenticate', {
      headers: ['x-auth-application', 'application-token-1', 'content-type', 'application/x-www-form-urlencoded'],
      body: 'username=adam&password=hunter22&account=atech&two_factor_code=1',
    }),
  )
  return { world, session: anna.session }
}

describe('a shared world', () => {
  it('holds none of the secrets that somebody wrote, typed or was given', async () => {
    const { world, session } = await toldWorld()
    const before = JSON.stringify(world.snapshot())
    const text = JSON.stringify(shareWorld(world))
    for (const secret of [...written, session, 'typed by hand', 'application-token-2']) {
      expect(before).toContain(secret)
      expect(text).not.toContain(secret)
    }
    expect(JSON.stringify(world.snapshot())).toBe(before)
  })

  it('has the same secret wherever the same was, in the scenario and in records', async () => {
    const { world } = await toldWorld()
    const shared = shareWorld(world)
    const [pin] = secretsIn(shared.scenario, ['pin'])
    expect(pin).toMatch(/^[0-9]{8}$/)
    expect(shared.records['secure-login/user:anna']).toMatchObject({ pin, failures: 1 })
    expect(secretsIn(shared.scenario, ['code'])).toEqual(secretsIn(shared.records, ['code']))
  })

  it('can be played: everybody is in the same state, and the made-up secrets open the doors', async () => {
    const { world } = await toldWorld()
    const shared = shareWorld(world, { note: 'anna cannot enter' })
    const played = await createWorld(shared, { time: new HostTime('2027-01-01T00:00:00Z').time })
    expect(played.scenario.description).toBe('anna cannot enter')
    for (const api of world.apis) {
      const states = (of: WorldOf): unknown =>
        of
          .api(api.id)
          .users()
          .items.map(({ username, state, failures, until }) => [username, state, failures, until])
      expect(states(played)).toEqual(states(world))
      expect(played.api(api.id).sessions().total).toBe(world.api(api.id).sessions().total)
    }
    const { password, pin } = played.secureLogin.user('anna').view().details
    const anna = await Phone.signIn(played, 'anna', String(password))
    expect(await anna.auth(String(pin))).toBe(200)
    played.reset()
    expect(played.secureLogin.user('anna').view()).toMatchObject({ failures: 1, details: { pin, password } })
  })

  it('leaves blanks blank, and what their seed made up as it was', async () => {
    const world = await createWorld({ 'secure-login': { users: { paul: {} } } })
    const { pin } = world.secureLogin.user('paul').view().details
    world.secureLogin.user('paul').set({ failures: 2 })
    const shared = shareWorld(world)
    expect(shared.scenario['secure-login']).toEqual({ users: { paul: {} } })
    expect(shared.records['secure-login/user:paul']).toMatchObject({ password: 'paul', pin })
  })

  it.each(shippedNames)('of the scenario %s can be played', async (name) => {
    const world = await createWorld(name, { time: new HostTime('2026-01-15T09:00:00Z').time })
    for (const api of world.apis) for (const { username } of api.users().items) api.user(username).set({})
    const played = await createWorld(shareWorld(world))
    expect(played.apis.map((api) => api.users().total)).toEqual(world.apis.map((api) => api.users().total))
    const names = ['password', 'pin', 'code', 'secret', 'token']
    const pairs = secretsIn(world.snapshot(), names)
    const shown = new Set(secretsIn(shareWorld(world), names))
    const usernames = world.apis.flatMap((api) =>
      api.users().items.map(({ username }) => username.replace(/^.*\//, '')),
    )
    // What the API calls an error.
    const words = world.faults.list().map(({ spec }) => spec.error?.code)
    const harmless = ['', ...usernames, ...words]
    const kept = pairs.filter((secret) => shown.has(secret) && !harmless.includes(secret))
    // What nobody wrote down was made up by the scenario's seed, which is no secret.
    const inScenario = secretsIn(world.snapshot().scenario, names)
    expect(kept.filter((secret) => inScenario.includes(secret))).toEqual([])
  })
})
