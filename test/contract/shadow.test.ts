import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { start } from '../../examples/providers/secure-login/server.js'
import { quirks, readings } from '../../examples/providers/secure-login/quirks.js'
import { secureLogin } from '../../src/apis/secure-login/api.ts'
import { ShadowedWorlds } from '../../src/contract/shadowing/shadowed-worlds.ts'
import type { Shadowed } from '../../src/contract/shadowing/shadow.ts'
import { listenInFront } from '../../src/contract/shadowing/shadow-server.ts'
import { checkedApi, type CheckedApi } from '../../src/contract/target/checked-api.ts'
import * as registry from '../../src/apis/registry.ts'
import { createSecureLoginClient } from '../../src/client.ts'
import { createWorld } from '../../src/index.ts'
import { listen } from '../../src/server/node.ts'
import { writtenSettings } from './record-truth.ts'
import { makeUp, type ScriptedRequest } from './recorded-traffic.ts'
import { playScript, toHttpRequest } from './scripted-server.ts'
import { logInAsAnAppDoes } from './shadow-app.ts'

const api = (await checkedApi(secureLogin)) as CheckedApi

const users = [
  { username: 'alice', pin: '910817' },
  { username: 'bob', pin: '910817', state: 'bypass' as const },
  { username: 'carol', pin: '910817', state: 'onboarding' as const },
]

async function shadowed(url: string): Promise<Shadowed> {
  const shadow = new ShadowedWorlds(api, {})
  const server = await listenInFront({
    upstream: new URL(url),
    port: 0,
    takes: (request) => shadow.takes(request),
    onSeen: (seen) => void shadow.observe(seen),
    onGone: () => undefined,
  })
  onTestFinished(() => server.close())
  await logInAsAnAppDoes(`${server.url}/jira`)
  await new Promise((resolve) => {
    setTimeout(resolve, 20)
  })
  return shadow.result
}

async function atProvider(quirk: string | undefined): Promise<Shadowed> {
  const provider = await start({ users, ...(quirk === undefined ? {} : { quirk }) })
  onTestFinished(() => provider.close())
  return shadowed(provider.url)
}

async function atMutant(mutants: readonly string[]): Promise<Shadowed> {
  const scenario = {
    'secure-login': {
      users: { alice: { pin: '910817' }, bob: { state: 'bypass' }, carol: { state: 'onboarding' } },
    },
  } as const
  const world = await createWorld(scenario, { mutants })
  const listener = await listen(world)
  onTestFinished(() => listener.close())
  return shadowed(listener.url)
}

test.each([undefined, ...Object.keys(quirks), ...Object.keys(readings)])(
  'a right server drifts from no possibility, with the quirk %s',
  async (quirk) => {
    const { seen, compared, drifts } = await atProvider(quirk)
    expect(drifts.filter(({ binding }) => binding)).toEqual([])
    expect(compared).toBeGreaterThan(12)
    expect(seen).toBe(28)
  },
)

test('a right mock drifts from nothing, and of its app nothing stays unknown', async () => {
  const { drifts, unknown } = await atMutant([])
  expect({ drifts, unknown }).toEqual({ drifts: [], unknown: 0 })
})

const every = (await Promise.all(Object.values(registry).map(checkedApi))) as CheckedApi[]

test.each(Array.from({ length: 18 }, (_, seed) => seed))(
  'of traffic with mock %s of any API, whatever it is set to, nothing is drift',
  async (seed) => {
    const made = makeUp(seed)
    const own = every.find(({ id }) => id === made.api) as CheckedApi
    const { exchanges } = await playScript(made, made.section)
    const shadow = new ShadowedWorlds(own, writtenSettings(own, made))
    for (const { sent, answer } of exchanges) shadow.observe({ request: toHttpRequest(sent), answer })
    const { drifts, compared } = shadow.result
    expect(drifts).toEqual([])
    expect(compared).toBeGreaterThan(4)
  },
)

test('which applications a Sirportly knows is its administrator’s to know, and one that is refused no drift', async () => {
  const own = every.find(({ id }) => id === 'sirportly') as CheckedApi
  const ask = (token: string): ScriptedRequest => ({
    waitMs: 0,
    browser: 'app',
    method: 'POST',
    path: '/api/v2/authentication/authenticate',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-auth-application': token },
    body: 'username=adam&password=adam&account=atech',
  })
  const adam = { username: 'adam', account: 'atech', apiAccess: true }
  const section = { applications: ['known'], accounts: { atech: {} }, users: [adam] }
  const { exchanges } = await playScript({ api: 'sirportly', section, script: ['known', 'other'].map(ask) }, section)
  const shadow = new ShadowedWorlds(own, {})
  for (const { sent, answer } of exchanges) shadow.observe({ request: toHttpRequest(sent), answer })
  expect(exchanges.map(({ answer }) => answer.status)).toEqual([200, 403])
  expect(shadow.result).toMatchObject({ compared: 2, drifts: [] })
})

test.each([
  ['SL-14.one-more', 'SL-14'],
  ['SL-12.message', 'SL-12'],
])('the mutant %s is named by its clause', async (mutant, clause) => {
  const { drifts } = await atMutant([`secure-login.${mutant}`])
  expect(drifts.flatMap((drift) => [drift.clause, drift.after])).toContain(clause)
})

test('what is told holds no PIN and no password', async () => {
  const { drifts } = await atMutant(['secure-login.SL-14.one-more'])
  expect(drifts.length).toBeGreaterThan(0)
  expect(JSON.stringify(drifts)).not.toMatch(/910817|00000\d|123456/)
})

test('who has an authenticator app sends one right code after the other', async () => {
  const secret = 'JBSWY3DPEHPK3PXP'
  const world = await createWorld({ 'secure-login': { users: { alice: { totp: { secret } } } } })
  const listener = await listen(world)
  onTestFinished(() => listener.close())
  const shadow = new ShadowedWorlds(api, {})
  const server = await listenInFront({
    upstream: new URL(listener.url),
    port: 0,
    takes: (request) => shadow.takes(request),
    onSeen: (seen) => void shadow.observe(seen),
    onGone: () => undefined,
  })
  onTestFinished(() => server.close())
  const app = createSecureLoginClient({ baseUrl: `${server.url}/jira` })
  for (let time = 0; time < 3; time++) {
    await app.login('alice', 'alice')
    expect(await app.auth(await world.secureLogin.user('alice').code())).toBe('authenticated')
    await app.logout()
    world.clock.advance('2m')
  }
  await expect.poll(() => shadow.result.seen).toBe(9)
  expect(shadow.result.drifts).toEqual([])
})

test('a client that goes away says nothing of the server', async () => {
  const slow = createServer(() => undefined)
  await new Promise<void>((resolve) => {
    slow.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    slow.close()
    slow.closeAllConnections()
  })
  const gone: string[] = []
  const server = await listenInFront({
    upstream: new URL(`http://127.0.0.1:${(slow.address() as AddressInfo).port}`),
    port: 0,
    takes: () => true,
    onSeen: () => undefined,
    onGone: (why) => gone.push(why),
  })
  onTestFinished(() => server.close())
  const left = new Promise((resolve) => {
    slow.once('request', (request) => request.once('close', resolve))
  })
  await expect(fetch(server.url, { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout')
  await left
  expect(gone).toEqual([])
})
