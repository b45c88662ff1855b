import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { api, rightPin, signedIn, Visitor, wrongPin } from './secure-login.visitor.ts'

const until = '2026-01-15T09:30:00Z'

/** What the vendor's page says, clause by clause. */
export const contractBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SL-01'],
    title: 'the session decides who is asked about, not the request',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      const dave = await signedIn(scene, 'dave')
      expect(await alice.state()).toEqual({ state: 'enter' })
      expect(await dave.state()).toEqual({ state: 'bypass' })
      expect(await alice.state()).toEqual({ state: 'enter' })
    },
  },
  {
    clauses: ['SL-02'],
    title: 'a session that was idle for sessionFor needs a new login, one that was used in time does not',
    scenario: { 'secure-login': { sessionFor: '1h' } },
    play: async (scene) => {
      const { world } = scene
      const idle = await signedIn(scene, 'alice')
      const used = await signedIn(scene, 'alice')
      world.clock.advance('59m59s')
      expect((await used.user()).status).toBe(200)
      world.clock.advance('1s')
      expect((await idle.user()).status).toBe(401)
      expect((await used.user()).status).toBe(200)
      await idle.login('alice')
      expect((await idle.user()).status).toBe(200)
    },
  },
  {
    clauses: ['SL-02'],
    title: 'sessions that were ended from outside need a new login',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      scene.world.secureLogin.user('alice').set({ state: 'expired' })
      expect((await alice.user()).status).toBe(401)
      expect((await alice.auth(rightPin)).status).toBe(401)
      await alice.login('alice')
      expect(await alice.state()).toEqual({ state: 'enter' })
    },
  },
  {
    clauses: ['SL-03', 'SL-05'],
    title: '/info tells that the plug-in is active, and the time in GMT to the second',
    scenario: { clock: { at: '2026-01-15T10:59:59.999+02:00', frozen: true } },
    play: async (scene) => {
      const info = await new Visitor(scene).send('GET', `${api}/info`)
      expect(info.status).toBe(200)
      expect(info.headers).toContainEqual(['content-type', 'application/json'])
      expect(info.body).toBe('{"active":true,"server_time":"2026-01-15T08:59:59Z"}')
    },
  },
  {
    clauses: ['SL-04'],
    title: '/info answers while the plug-in is inactive',
    scenario: { 'secure-login': { active: false } },
    play: async (scene) => {
      const info = await new Visitor(scene).send('GET', `${api}/info`)
      expect(info.status).toBe(200)
      expect(info.body).toBe('{"active":false,"server_time":"2026-01-15T09:00:00Z"}')
    },
  },
  {
    clauses: ['SL-06', 'SL-07'],
    title: '/user tells the four states, and a block only with the fourth',
    play: async (scene) => {
      const expected = {
        alice: { state: 'enter' },
        bob: { state: 'onboarding' },
        carol: { state: 'blocked', blocked: { reason: 'brute_force', until } },
        dave: { state: 'bypass' },
      }
      for (const [username, state] of Object.entries(expected)) {
        const visitor = await signedIn(scene, username)
        const answer = await visitor.user()
        expect(answer.status).toBe(200)
        expect(answer.headers).toContainEqual(['content-type', 'application/json'])
        expect(JSON.parse(answer.body)).toEqual(state)
      }
    },
  },
  {
    clauses: ['SL-08', 'SL-13', 'SL-U11'],
    title: 'while the plug-in is inactive, /user and /auth answer 410',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      scene.world.secureLogin.set({ active: false })
      const user = await alice.user()
      expect([user.status, user.body]).toEqual([410, '{}'])
      expect(user.headers).toContainEqual(['content-type', 'application/json'])
      const auth = await alice.auth(rightPin)
      expect([auth.status, auth.body]).toEqual([410, ''])
    },
  },
  {
    clauses: ['SL-09', 'SL-10', 'SL-U3'],
    title: 'the right PIN answers 200 without a body, and the session goes on without one',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      const auth = await alice.auth(rightPin)
      expect([auth.status, auth.body]).toEqual([200, ''])
      expect(await alice.state()).toEqual({ state: 'bypass' })
      const elsewhere = await signedIn(scene, 'alice')
      expect(await elsewhere.state()).toEqual({ state: 'enter' })
    },
  },
  {
    clauses: ['SL-09'],
    title: 'a charset behind text/plain makes no difference',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      expect((await alice.auth(rightPin, 'Text/Plain; charset=UTF-8')).status).toBe(200)
    },
  },
  {
    clauses: ['SL-11'],
    title: 'a wrong PIN answers 401 without a body, and may be tried again',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      const auth = await alice.auth(wrongPin)
      expect([auth.status, auth.body]).toEqual([401, ''])
      expect(await alice.state()).toEqual({ state: 'enter' })
      expect((await alice.auth(rightPin)).status).toBe(200)
    },
  },
  {
    clauses: ['SL-12', 'SL-15'],
    title: 'in onboarding /auth answers 406 whatever the PIN, and onboarding stays unfinished',
    play: async (scene) => {
      const bob = await signedIn(scene, 'bob')
      for (const pin of ['246810', wrongPin]) {
        const auth = await bob.auth(pin)
        expect([auth.status, auth.body]).toEqual([406, ''])
      }
      expect(await bob.state()).toEqual({ state: 'onboarding' })
    },
  },
  {
    clauses: ['SL-08', 'SL-12', 'SL-13'],
    title: 'the legacy revision has 406 and 410 the other way round',
    scenario: { 'secure-login': { revision: 'legacy' } },
    play: async (scene) => {
      const bob = await signedIn(scene, 'bob')
      expect((await bob.auth('246810')).status).toBe(410)
      scene.world.secureLogin.set({ active: false })
      expect((await bob.user()).status).toBe(406)
      expect((await bob.auth('246810')).status).toBe(406)
    },
  },
  {
    clauses: ['SL-14', 'SL-07', 'SL-U2', 'SL-U6'],
    title: 'the third wrong PIN blocks for half an hour, in which the right one fails too',
    play: async (scene) => {
      const { world } = scene
      const alice = await signedIn(scene, 'alice')
      for (const status of [401, 401, 401]) expect((await alice.auth(wrongPin)).status).toBe(status)
      expect(await alice.state()).toEqual({ state: 'blocked', blocked: { reason: 'brute_force', until } })
      expect((await alice.auth(rightPin)).status).toBe(401)
      world.clock.advance('31m')
      expect(await alice.state()).toEqual({ state: 'enter' })
      expect(world.secureLogin.user('alice').view().failures).toBe(0)
      expect((await alice.auth(rightPin)).status).toBe(200)
      expect(await alice.state()).toEqual({ state: 'bypass' })
    },
  },
  {
    clauses: ['SL-14'],
    title: 'the administrator sets after how many wrong PINs, and for how long',
    scenario: { 'secure-login': { blockAfter: 1, blockFor: '90s' } },
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      await alice.auth(wrongPin)
      expect(await alice.state()).toMatchObject({ blocked: { until: '2026-01-15T09:01:30Z' } })
    },
  },
  {
    clauses: ['SL-14'],
    title: 'fifty wrong PINs at once count as blockAfter, and block once',
    play: async (scene) => {
      const { world } = scene
      const alice = await signedIn(scene, 'alice')
      const wrong = {
        method: 'POST',
        path: `${api}/auth`,
        headers: { cookie: alice.cookie ?? '', 'content-type': 'text/plain' },
        body: wrongPin,
      }
      const answers = await scene.burst(wrong, 50)
      expect(answers.every(({ status }) => status === 401)).toBe(true)
      const counted = world.requests.filter(({ clause }) => clause === 'SL-11' || clause === 'SL-14')
      expect(counted).toHaveLength(3)
      expect(world.secureLogin.user('alice').view()).toMatchObject({ state: 'blocked', failures: 3 })
    },
  },
  {
    clauses: ['SL-16', 'SL-U14'],
    title: 'a session that comes from another network enters the PIN again',
    scenario: { extends: 'network-change' },
    play: async (scene) => {
      const home = await signedIn(scene, 'alice', { 'x-forwarded-for': '192.0.2.1' })
      await home.auth(rightPin)
      expect(await home.state()).toEqual({ state: 'bypass' })
      const train = new Visitor(scene, { 'x-forwarded-for': '198.51.100.7, 192.0.2.1' })
      train.cookie = home.cookie
      expect(await train.state()).toEqual({ state: 'enter' })
      await train.auth(rightPin)
      expect(await train.state()).toEqual({ state: 'bypass' })
    },
  },
  {
    clauses: ['SL-U14'],
    title: 'without bindSessionToIp the network makes no difference',
    scenario: { 'secure-login': { trustProxy: true, bindSessionToIp: false } },
    play: async (scene) => {
      const home = await signedIn(scene, 'alice', { 'x-forwarded-for': '192.0.2.1' })
      await home.auth(rightPin)
      const train = new Visitor(scene, { 'x-forwarded-for': '198.51.100.7' })
      train.cookie = home.cookie
      expect(await train.state()).toEqual({ state: 'bypass' })
    },
  },
  {
    clauses: ['SL-U14'],
    title: 'without trustProxy a forwarded address is not believed',
    play: async (scene) => {
      const home = await signedIn(scene, 'alice', { 'x-forwarded-for': '192.0.2.1' })
      await home.auth(rightPin)
      const train = new Visitor(scene, { 'x-forwarded-for': '198.51.100.7' })
      train.cookie = home.cookie
      expect(await train.state()).toEqual({ state: 'bypass' })
    },
  },
  {
    clauses: ['SL-17'],
    title: 'the whole flow: info, user, a wrong PIN, the right one',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      expect(JSON.parse((await alice.send('GET', `${api}/info`)).body)).toMatchObject({ active: true })
      expect(await alice.state()).toEqual({ state: 'enter' })
      expect((await alice.auth(wrongPin)).status).toBe(401)
      expect((await alice.auth(rightPin)).status).toBe(200)
      expect(await alice.state()).toEqual({ state: 'bypass' })
    },
  },
]
