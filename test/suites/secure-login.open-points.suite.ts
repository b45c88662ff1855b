import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { api, rightPin, sessionLine, signedIn, Visitor, wrongPin } from './secure-login.visitor.ts'

/** What the page leaves open: the defaults, and each setting. */
export const openPointBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SL-U1'],
    title: 'without a session /user and /auth answer 401 and /info answers',
    play: async (scene) => {
      const stranger = new Visitor(scene)
      const user = await stranger.user()
      expect([user.status, user.body]).toEqual([401, ''])
      expect((await stranger.auth(rightPin)).status).toBe(401)
      expect((await stranger.send('GET', `${api}/info`)).status).toBe(200)
    },
  },
  {
    clauses: ['SL-U1'],
    title: 'with withoutSession: defaultUser a stranger gets a session of that user',
    scenario: { 'secure-login': { withoutSession: 'defaultUser', defaultUser: 'dave' } },
    play: async (scene) => {
      const user = await new Visitor(scene).user()
      expect(JSON.parse(user.body)).toEqual({ state: 'bypass' })
      expect(sessionLine(user)).toMatch(/^JSESSIONID=[0-9A-F]{32}; Path=\/jira; HttpOnly$/)
    },
  },
  {
    clauses: ['SL-U2'],
    title: 'with whileBlocked: extend each PIN sent while blocked starts the block anew',
    scenario: { 'secure-login': { whileBlocked: 'extend' } },
    play: async (scene) => {
      const carol = await signedIn(scene, 'carol')
      scene.world.clock.advance('10m')
      expect((await carol.auth('135791')).status).toBe(401)
      expect(await carol.state()).toMatchObject({ blocked: { until: '2026-01-15T09:40:00Z' } })
    },
  },
  {
    clauses: ['SL-U2'],
    title: 'by default PINs sent while blocked neither lift nor extend the block',
    play: async (scene) => {
      const carol = await signedIn(scene, 'carol')
      scene.world.clock.advance('10m')
      expect((await carol.auth(wrongPin)).status).toBe(401)
      expect((await carol.auth('135791')).status).toBe(401)
      expect(await carol.state()).toMatchObject({ blocked: { until: '2026-01-15T09:30:00Z' } })
    },
  },
  {
    clauses: ['SL-U4'],
    title: 'a bypassing user and an authenticated session get 200 for any PIN, and nothing is counted',
    play: async (scene) => {
      const dave = await signedIn(scene, 'dave')
      expect((await dave.auth(wrongPin)).status).toBe(200)
      const alice = await signedIn(scene, 'alice')
      await alice.auth(rightPin)
      for (let times = 0; times < 4; times++) expect((await alice.auth(wrongPin)).status).toBe(200)
      expect(scene.world.secureLogin.user('alice').view().failures).toBe(0)
    },
  },
  {
    clauses: ['SL-U5'],
    title: 'the right PIN clears the failures, so that two more wrong ones do not block',
    play: async (scene) => {
      const first = await signedIn(scene, 'alice')
      await first.auth(wrongPin)
      await first.auth(wrongPin)
      await first.auth(rightPin)
      const second = await signedIn(scene, 'alice')
      await second.auth(wrongPin)
      await second.auth(wrongPin)
      expect(await second.state()).toEqual({ state: 'enter' })
    },
  },
  {
    clauses: ['SL-U6'],
    title: 'after a block the count starts at 0',
    play: async (scene) => {
      const carol = await signedIn(scene, 'carol')
      scene.world.clock.advance('30m')
      await carol.auth(wrongPin)
      await carol.auth(wrongPin)
      expect(await carol.state()).toEqual({ state: 'enter' })
      await carol.auth(wrongPin)
      expect(await carol.state()).toMatchObject({ state: 'blocked' })
    },
  },
  {
    clauses: ['SL-U7'],
    title: 'failures of all sessions of a user add up',
    play: async (scene) => {
      const [phone, tablet] = [await signedIn(scene, 'alice'), await signedIn(scene, 'alice')]
      await phone.auth(wrongPin)
      await tablet.auth(wrongPin)
      await phone.auth(wrongPin)
      expect(await tablet.state()).toMatchObject({ state: 'blocked' })
    },
  },
  {
    clauses: ['SL-U7', 'SL-X3'],
    title: 'with countFailuresPer: session each session has its own count, and a block hits the user',
    scenario: { 'secure-login': { countFailuresPer: 'session' } },
    play: async (scene) => {
      const [phone, tablet] = [await signedIn(scene, 'alice'), await signedIn(scene, 'alice')]
      await phone.auth(wrongPin)
      await phone.auth(wrongPin)
      await tablet.auth(wrongPin)
      expect(await phone.state()).toEqual({ state: 'enter' })
      await phone.auth(wrongPin)
      expect(await tablet.state()).toMatchObject({ state: 'blocked' })
      scene.world.clock.advance('30m')
      await tablet.auth(wrongPin)
      expect(await tablet.state()).toEqual({ state: 'enter' })
      await tablet.auth(wrongPin)
      expect(await phone.state()).toMatchObject({ state: 'blocked' })
    },
  },
  {
    clauses: ['SL-U8'],
    title: 'another content type than text/plain answers 415 and is not counted',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      for (const type of ['application/json', 'text/html', 'application/x-www-form-urlencoded', 'nonsense']) {
        expect((await alice.auth(rightPin, type)).status).toBe(415)
      }
      expect(scene.world.secureLogin.user('alice').view().failures).toBe(0)
    },
  },
  {
    clauses: ['SL-U9', 'SL-09'],
    title: 'a body that is not digits only answers 401 and is counted',
    scenario: { 'secure-login': { blockAfter: 100 } },
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      const bodies = [
        ` ${rightPin}`,
        `${rightPin}\n`,
        `pin=${rightPin}`,
        '910 817',
        '９１０８１７',
        'abc',
        '{}',
        '-910817',
      ]
      for (const body of bodies) expect((await alice.auth(body)).status).toBe(401)
      expect(scene.world.secureLogin.user('alice').view().failures).toBe(bodies.length)
    },
  },
  {
    clauses: ['SL-U10'],
    title: 'an unknown endpoint answers 404 and says what was meant',
    play: async (scene) => {
      const stranger = new Visitor(scene)
      const expected = [
        [`${api}/usr`, `${api}/user`],
        [`${api}/auth/pin`, `${api}/auth`],
        [
          '/jira/rest/securelogin−admin/1.0/api/info',
          `typographic minus that the docs print; the wire has an ASCII hyphen: ${api}/info`,
        ],
        ['/rest/securelogin-admin/1.0/api/info', `The context path is /jira, not empty: ${api}/info`],
        ['/confluence/rest/securelogin-admin/1.0/api/info', `The context path is /jira, not /confluence: ${api}/info`],
      ]
      for (const [path, hint] of expected) {
        const answer = await stranger.send('GET', path ?? '')
        expect(answer.status).toBe(404)
        expect(JSON.parse(answer.body).detail).toContain(hint)
      }
    },
  },
  {
    clauses: ['SL-U10'],
    title: 'a wrong method answers 405 with Allow and changes nothing',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      const before = scene.world.snapshot().records
      for (const [method, path, allow] of [
        ['GET', 'auth', 'POST'],
        ['POST', 'user', 'GET, HEAD'],
        ['DELETE', 'info', 'GET, HEAD'],
        ['PUT', 'auth', 'POST'],
      ]) {
        const answer = await alice.send(method ?? '', `${api}/${path}`)
        expect(answer.status).toBe(405)
        expect(answer.headers).toContainEqual(['allow', allow])
      }
      expect(scene.world.snapshot().records).toEqual(before)
    },
  },
  {
    clauses: ['SL-U12'],
    title: 'session, inactive, onboarding, blocked, content type and PIN are looked at in this order',
    play: async (scene) => {
      const { secureLogin } = scene.world
      const bad = ['not a PIN', 'application/json'] as const
      const alice = await signedIn(scene, 'alice')
      secureLogin.user('alice').set({ state: 'onboarding' })
      secureLogin.set({ active: false })
      expect((await new Visitor(scene).auth(...bad)).status).toBe(401)
      expect((await alice.auth(...bad)).status).toBe(410)
      secureLogin.set({ active: true })
      expect((await alice.auth(...bad)).status).toBe(406)
      secureLogin.user('alice').set({ state: 'blocked' })
      expect((await alice.auth(...bad)).status).toBe(401)
      secureLogin.user('alice').set({ state: 'enter' })
      expect((await alice.auth(...bad)).status).toBe(415)
    },
  },
  {
    clauses: ['SL-U13'],
    title: 'three wrong PINs and thirty minutes are the defaults',
    play: async (scene) => {
      expect(scene.world.secureLogin.settings).toMatchObject({ blockAfter: 3, blockFor: 1_800_000 })
      const alice = await signedIn(scene, 'alice')
      await alice.auth(wrongPin)
      await alice.auth(wrongPin)
      expect(await alice.state()).toEqual({ state: 'enter' })
      await alice.auth(wrongPin)
      expect(await alice.state()).toMatchObject({ blocked: { until: '2026-01-15T09:30:00Z' } })
    },
  },
  {
    clauses: ['SL-U15'],
    title: 'a second before until the user is blocked, at until no longer',
    play: async (scene) => {
      const carol = await signedIn(scene, 'carol')
      scene.world.clock.set('2026-01-15T09:29:59Z')
      expect(await carol.state()).toMatchObject({ state: 'blocked' })
      expect((await carol.auth('135791')).status).toBe(401)
      scene.world.clock.set('2026-01-15T09:30:00Z')
      expect(await carol.state()).toEqual({ state: 'enter' })
      expect((await carol.auth('135791')).status).toBe(200)
    },
  },
  {
    clauses: ['SL-X2'],
    title: 'a block hits sessions that are authenticated, and they are again when it ends',
    play: async (scene) => {
      const [desk, phone] = [await signedIn(scene, 'alice'), await signedIn(scene, 'alice')]
      await desk.auth(rightPin)
      for (let times = 0; times < 3; times++) await phone.auth(wrongPin)
      expect(await desk.state()).toMatchObject({ state: 'blocked' })
      scene.world.clock.advance('30m')
      expect(await desk.state()).toEqual({ state: 'bypass' })
      expect(await phone.state()).toEqual({ state: 'enter' })
    },
  },
  {
    clauses: ['SL-X4'],
    title: 'until is rounded up to a whole second, and enforced as shown',
    scenario: { clock: { at: '2026-01-15T09:00:00.001Z', frozen: true }, 'secure-login': { blockAfter: 1 } },
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      await alice.auth(wrongPin)
      expect(await alice.state()).toMatchObject({ blocked: { until: '2026-01-15T09:30:01Z' } })
      scene.world.clock.set('2026-01-15T09:30:00.999Z')
      expect(await alice.state()).toMatchObject({ state: 'blocked' })
      scene.world.clock.set('2026-01-15T09:30:01Z')
      expect(await alice.state()).toEqual({ state: 'enter' })
    },
  },
  {
    clauses: ['SL-X5'],
    title: 'a body that is not UTF-8 answers 400 and is not counted',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      expect((await alice.auth(new Uint8Array([0x39, 0xff, 0xfe]))).status).toBe(400)
      expect(scene.world.secureLogin.user('alice').view().failures).toBe(0)
    },
  },
  {
    clauses: ['SL-X6'],
    title: 'HEAD answers like GET without the body, and a slash after a path makes it another one',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      const head = await alice.send('HEAD', `${api}/user`)
      expect([head.status, head.body]).toEqual([200, ''])
      expect((await alice.send('GET', `${api}/user/`)).status).toBe(404)
    },
  },
]
