import { expect } from 'vitest'
import type { Received } from '../hosts/host.ts'
import type { Behaviour } from './play.ts'
import { rightPin, signedIn, Visitor, wrongPin } from './secure-login.visitor.ts'

/** Answers that go wrong on purpose. */
export const faultBehaviours: readonly Behaviour[] = [
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
]
