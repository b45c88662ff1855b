import { expect } from 'vitest'
import type { Received } from '../hosts/host.ts'
import type { Behaviour } from './play.ts'
import { api, rightPin, sessionLine, sessionPath, signedIn, Visitor, wrongPin } from './secure-login.visitor.ts'

const basic = (credentials: string): Record<string, string> => ({ authorization: `Basic ${btoa(credentials)}` })

/** The host product's first factor, time-based PINs, faults, worlds: what stands around the contract. */
export const surroundingBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SL-H1'],
    title: 'a login opens a session, ends the one it came with, and tells of the login before',
    play: async (scene) => {
      const alice = new Visitor(scene)
      const login = await alice.login('alice')
      expect(login.status).toBe(200)
      const { session, loginInfo } = JSON.parse(login.body)
      expect(session).toEqual({ name: 'JSESSIONID', value: alice.cookie?.split('=')[1] })
      expect(loginInfo).toEqual({ loginCount: 1 })
      const old = alice.cookie
      const again = JSON.parse((await alice.login('alice')).body)
      expect(again.loginInfo).toEqual({
        loginCount: 2,
        previousLoginTime: '2026-01-15T09:00:00.000+0000',
      })
      expect(alice.cookie).not.toBe(old)
      const stale = new Visitor(scene)
      stale.cookie = old
      expect((await stale.user()).status).toBe(401)
    },
  },
  {
    clauses: ['SL-H2'],
    title: 'a wrong password or an unknown user answers 401, however often, and blocks nobody',
    play: async (scene) => {
      const stranger = new Visitor(scene)
      for (let times = 0; times < 4; times++) {
        const login = await stranger.login('alice', 'wrong')
        expect([login.status, JSON.parse(login.body)]).toEqual([401, { errorMessages: ['Login failed'], errors: {} }])
      }
      expect((await stranger.login('nobody')).status).toBe(401)
      expect((await stranger.login('alice')).status).toBe(200)
      expect(await stranger.state()).toEqual({ state: 'enter' })
    },
  },
  {
    clauses: ['SL-H3', 'SL-H4'],
    title: 'the session resource tells whose the session is, and ends it',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      expect(JSON.parse((await alice.send('GET', sessionPath)).body)).toMatchObject({ name: 'alice' })
      const gone = await alice.send('DELETE', sessionPath)
      expect([gone.status, gone.body]).toEqual([204, ''])
      expect((await alice.send('GET', sessionPath)).status).toBe(401)
      expect((await alice.user()).status).toBe(401)
      expect((await alice.send('DELETE', sessionPath)).status).toBe(401)
    },
  },
  {
    clauses: ['SL-H5'],
    title: 'Basic credentials open a session on any call, and wrong ones answer 401',
    play: async (scene) => {
      const alice = new Visitor(scene, basic('alice:alice'))
      const user = await alice.user()
      expect(JSON.parse(user.body)).toEqual({ state: 'enter' })
      const cookie = sessionLine(user)?.split(';')[0]
      const later = new Visitor(scene)
      later.cookie = cookie
      expect((await later.auth(rightPin)).status).toBe(200)
      expect(await later.state()).toEqual({ state: 'bypass' })
      for (const credentials of ['alice:wrong', 'nobody:alice', 'alice', ':']) {
        expect((await new Visitor(scene, basic(credentials)).user()).status).toBe(401)
      }
      expect((await new Visitor(scene, { authorization: 'Basic %%%' }).send('GET', `${api}/info`)).status).toBe(200)
    },
  },
  {
    clauses: ['SL-H5'],
    title: 'Basic credentials of the same user keep the session, of another open a new one',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice', basic('alice:alice'))
      expect((await alice.user()).headers.some(([name]) => name === 'set-cookie')).toBe(false)
      const mixed = new Visitor(scene, basic('dave:dave'))
      mixed.cookie = alice.cookie
      const answer = await mixed.user()
      expect(JSON.parse(answer.body)).toEqual({ state: 'bypass' })
      expect(answer.headers.some(([name]) => name === 'set-cookie')).toBe(true)
    },
  },
  {
    clauses: ['SL-H6'],
    title: 'a login that is not JSON with username and password answers 400 or 415',
    play: async (scene) => {
      const stranger = new Visitor(scene)
      for (const body of ['', '{', '[]', 'null', '{"username":"alice"}', '{"username":["alice"],"password":"alice"}']) {
        expect((await stranger.send('POST', sessionPath, body, 'application/json')).status).toBe(400)
      }
      expect(
        (await stranger.send('POST', sessionPath, 'username=alice&password=alice', 'application/x-www-form-urlencoded'))
          .status,
      ).toBe(415)
    },
  },
  {
    clauses: ['SL-01'],
    title: 'the session cookie is found among others, quoted, and among attributes that a host sends back',
    play: async (scene) => {
      const { cookie } = await signedIn(scene, 'alice')
      const value = cookie?.split('=')[1] ?? ''
      for (const line of [
        `a=b; ${cookie}; c=d`,
        `JSESSIONID="${value}"`,
        `${cookie}; Path=/jira; HttpOnly`,
        `; ;=x;${cookie}`,
      ]) {
        const visitor = new Visitor(scene)
        visitor.cookie = line
        expect((await visitor.user()).status).toBe(200)
      }
    },
  },
  {
    clauses: ['SL-10', 'SL-11'],
    title: 'time-based PINs are right in their period and the one before and after, and wrong elsewhere',
    scenario: { extends: 'second-factor' },
    play: async (scene) => {
      const { clock, secureLogin } = scene.world
      const codeAt = async (instant: string): Promise<string> => {
        clock.set(instant)
        const code = await secureLogin.user('tara').code()
        clock.set('2026-01-15T09:00:15Z')
        return code
      }
      for (const [instant, status] of [
        ['2026-01-15T09:00:29Z', 200],
        ['2026-01-15T08:59:30Z', 200],
        ['2026-01-15T09:00:59Z', 200],
        ['2026-01-15T08:59:29Z', 401],
        ['2026-01-15T09:01:00Z', 401],
      ] as const) {
        const tara = await signedIn(scene, 'tara')
        expect((await tara.auth(await codeAt(instant))).status).toBe(status)
      }
    },
  },
  {
    clauses: ['SL-05', 'SL-11'],
    title: "a server whose clock is off refuses a code that the phone's clock makes right",
    scenario: { extends: 'second-factor', clock: { at: '2026-01-15T09:00:00Z', frozen: true, skew: '5m' } },
    play: async (scene) => {
      const { clock, secureLogin } = scene.world
      const tara = await signedIn(scene, 'tara')
      expect((await tara.send('GET', `${api}/info`)).body).toContain('2026-01-15T09:05:00Z')
      expect((await tara.auth(await secureLogin.user('tara').code())).status).toBe(401)
      clock.skew('0s')
      expect((await tara.auth(await secureLogin.user('tara').code())).status).toBe(200)
    },
  },
  {
    clauses: ['SL-U19'],
    title: 'a time-based PIN is right twice',
    scenario: { extends: 'second-factor' },
    play: async (scene) => {
      const code = await scene.world.secureLogin.user('tara').code()
      for (let times = 0; times < 2; times++)
        expect((await (await signedIn(scene, 'tara')).auth(code)).status).toBe(200)
    },
  },
  {
    clauses: ['SL-U19'],
    title: 'where codes are taken once, a used one is a wrong PIN, and the next one is right',
    scenario: { extends: 'second-factor', 'secure-login': { codeReuse: 'refused' } },
    play: async (scene) => {
      const { clock, secureLogin } = scene.world
      const first = await secureLogin.user('tara').code()
      expect((await (await signedIn(scene, 'tara')).auth(first)).status).toBe(200)
      const tablet = await signedIn(scene, 'tara')
      expect((await tablet.auth(first)).status).toBe(401)
      expect(secureLogin.user('tara').view().failures).toBe(1)
      clock.advance('30s')
      const next = await secureLogin.user('tara').code()
      expect((await tablet.auth(first)).status).toBe(401)
      expect((await tablet.auth(next)).status).toBe(200)
      secureLogin.user('tara').set({ totp: { secret: 'jbsw y3dp ehpk 3pxp' } })
      expect((await (await signedIn(scene, 'tara')).auth(await secureLogin.user('tara').code())).status).toBe(200)
    },
  },
  {
    clauses: ['SL-U19'],
    title: 'the window tells how many periods away a code is still right',
    scenario: {
      extends: 'second-factor',
      clock: { at: '2026-01-15T09:00:15Z', frozen: true },
      'secure-login': { codeWindow: 2 },
    },
    play: async (scene) => {
      const { clock, secureLogin } = scene.world
      const now = await secureLogin.user('tara').code()
      clock.advance('60s')
      const tara = await signedIn(scene, 'tara')
      expect((await tara.auth(now)).status).toBe(200)
      clock.advance('30s')
      expect((await (await signedIn(scene, 'tara')).auth(now)).status).toBe(401)
    },
  },
  {
    clauses: ['SL-10'],
    title: 'a status fault strikes as often as it is told, and nothing happens behind it',
    scenario: { faults: [{ on: 'secure-login.auth', reply: { status: 503, body: 'busy' }, times: 2 }] },
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      for (let times = 0; times < 2; times++) {
        const answer = await alice.auth(wrongPin)
        expect([answer.status, answer.body]).toEqual([503, 'busy'])
      }
      expect(scene.world.secureLogin.user('alice').view().failures).toBe(0)
      expect((await alice.auth(rightPin)).status).toBe(200)
    },
  },
  {
    clauses: ['SL-06'],
    title: 'faults reset the connection, cut the body off, spoil it, and leave members out',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      const { faults } = scene.world
      faults.add({ on: 'secure-login.user', break: 'reset', nth: 1 })
      faults.add({ on: 'secure-login.user', break: 'truncate', nth: 2 })
      faults.add({ on: 'secure-login.user', break: 'malformed', nth: 3 })
      faults.add({ on: 'secure-login.user', omit: 'state', nth: 4 })
      expect((await alice.user()).failed).toBe('reset')
      expect((await alice.user()).failed).toBe('cut off')
      const spoilt = await alice.user()
      expect(() => JSON.parse(spoilt.body)).toThrow(SyntaxError)
      expect((await alice.user()).body).toBe('{}')
      expect((await alice.user()).body).toBe('{"state":"enter"}')
    },
  },
  {
    clauses: ['SL-06'],
    title: 'faults give an answer other headers and another content type, and leave the rest as it is',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      const { faults } = scene.world
      faults.add({ on: 'secure-login.user', headers: { 'Retry-After': 120, 'Content-Type': 'text/json' }, nth: 1 })
      faults.add({ on: 'secure-login.user', contentType: 'text/html', nth: 2 })
      const valuesOf = (received: Received, name: string): string[] =>
        received.headers.flatMap(([each, value]) => (each === name ? [value] : []))
      const late = await alice.user()
      expect(valuesOf(late, 'retry-after')).toEqual(['120'])
      expect(valuesOf(late, 'content-type')).toEqual(['text/json'])
      const page = await alice.user()
      expect(valuesOf(page, 'content-type')).toEqual(['text/html'])
      expect([late.body, page.body]).toEqual(['{"state":"enter"}', '{"state":"enter"}'])
    },
  },
  {
    clauses: ['SL-H1'],
    title: "a fault sets a cookie beside the host's own, or instead of them",
    scenario: {
      faults: [
        { on: 'secure-login.login', headers: { 'Set-Cookie': 'lb=2; Path=/' }, nth: 1 },
        { on: 'secure-login.login', headers: { 'Set-Cookie': 'lb=2; Path=/' }, dropCookie: true, nth: 2 },
      ],
    },
    play: async (scene) => {
      const names = async (): Promise<string[]> => {
        const { headers } = await new Visitor(scene).login('alice')
        return headers.flatMap(([name, value]) => (name === 'set-cookie' ? [value.split('=')[0] ?? ''] : [])).sort()
      }
      expect(await names()).toEqual(['JSESSIONID', 'atlassian.xsrf.token', 'lb'])
      expect(await names()).toEqual(['lb'])
    },
  },
  {
    clauses: ['SL-H2'],
    title: 'a fault answers an error as the host words it, and nothing happens behind it',
    scenario: {
      faults: [
        { on: 'secure-login.login', error: { message: 'The database is gone.' }, nth: 1 },
        { on: 'secure-login.login', error: { property: 'username', message: 'is missing' }, nth: 2 },
        { on: 'secure-login.login', reply: { status: 503 }, error: { message: 'Down.' }, nth: 3 },
      ],
    },
    play: async (scene) => {
      const answers: unknown[] = []
      for (let times = 0; times < 3; times++) {
        const { status, body } = await new Visitor(scene).login('alice')
        answers.push([status, JSON.parse(body)])
      }
      expect(answers).toEqual([
        [500, { errorMessages: ['The database is gone.'], errors: {} }],
        [400, { errorMessages: [], errors: { username: 'is missing' } }],
        [503, { errorMessages: ['Down.'], errors: {} }],
      ])
      expect(scene.world.secureLogin.sessions().total).toBe(0)
      const refused = await new Visitor(scene).login('alice', 'wrong')
      expect(Object.keys(JSON.parse(refused.body))).toEqual(['errorMessages', 'errors'])
    },
  },
  {
    clauses: ['SL-H1'],
    title: 'a fault drops the cookie of one user, once',
    scenario: { faults: [{ on: 'secure-login.login', user: 'dave', dropCookie: true, times: 1 }] },
    play: async (scene) => {
      const [alice, dave] = [new Visitor(scene), new Visitor(scene)]
      await alice.login('alice')
      expect(alice.cookie).toBeDefined()
      expect((await dave.login('dave')).status).toBe(200)
      expect(dave.cookie).toBeUndefined()
      await dave.login('dave')
      expect(dave.cookie).toBeDefined()
    },
  },
  {
    clauses: ['SL-10'],
    title: 'a fault that strikes after the work leaves the work done',
    scenario: { faults: [{ on: 'secure-login.auth', break: 'reset', processed: true, times: 1 }] },
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      expect((await alice.auth(rightPin)).failed).toBe('reset')
      expect(await alice.state()).toEqual({ state: 'bypass' })
    },
  },
  {
    clauses: ['SL-01'],
    title: 'worlds picked by header or cookie share nothing, and a bad name is refused',
    play: async (scene) => {
      const main = await signedIn(scene, 'alice')
      const other = await signedIn(scene, 'alice', { 'x-understudy-world': 'test-7' })
      for (let times = 0; times < 3; times++) await other.auth(wrongPin)
      expect(await other.state()).toMatchObject({ state: 'blocked' })
      expect(await main.state()).toEqual({ state: 'enter' })
      const strayed = new Visitor(scene, { 'x-understudy-world': 'test-7' })
      strayed.cookie = main.cookie
      expect((await strayed.user()).status).toBe(401)
      const byCookie = new Visitor(scene)
      byCookie.cookie = `${other.cookie}; x-understudy-world=test-7`
      expect(await byCookie.state()).toMatchObject({ state: 'blocked' })
      expect((await new Visitor(scene, { 'x-understudy-world': 'no such name!' }).user()).status).toBe(400)
    },
  },
]
