import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { api, rightPin, sessionLine, sessionPath, signedIn, Visitor, wrongPin } from './secure-login.visitor.ts'

const basic = (credentials: string): Record<string, string> => ({ authorization: `Basic ${btoa(credentials)}` })

/** The host product's first factor, time-based PINs, worlds: what stands around the contract. */
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
