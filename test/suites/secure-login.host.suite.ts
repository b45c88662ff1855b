import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { api, rightPin, sessionLine, sessionPath, signedIn, Visitor } from './secure-login.visitor.ts'
import type { Received } from '../hosts/host.ts'

const basic = (credentials: string): Record<string, string> => ({ authorization: `Basic ${btoa(credentials)}` })
const header = ({ headers }: Received, name: string): string | undefined =>
  headers.find(([candidate]) => candidate === name)?.[1]

const ownPaths = 'handlers are asked for their own paths only'

/** The host product around the plug-in, as its users have met it. */
export const hostBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SL-U16', 'SL-02'],
    title: 'a cookie of an unknown or ended session is turned away on all three endpoints, and not by /rest/auth',
    play: async (scene) => {
      const ended = await signedIn(scene, 'alice')
      scene.world.secureLogin.user('alice').set({ state: 'expired' })
      const unknown = new Visitor(scene)
      unknown.cookie = 'JSESSIONID=0123456789ABCDEF0123456789ABCDEF'
      for (const visitor of [ended, unknown]) {
        for (const answer of [
          await visitor.send('GET', `${api}/info`),
          await visitor.user(),
          await visitor.auth(rightPin),
        ]) {
          expect([answer.status, header(answer, 'content-type')]).toEqual([401, 'text/html;charset=UTF-8'])
          expect(answer.body).toContain('an invalid cookie was sent')
        }
        const asked = await visitor.send('GET', sessionPath)
        expect([asked.status, JSON.parse(asked.body).errorMessages]).toEqual([
          401,
          ['You are not authenticated. Authentication required to perform this operation.'],
        ])
      }
      expect((await unknown.login('alice')).status).toBe(200)
    },
  },
  {
    clauses: ['SL-U16', 'SL-H5'],
    title: 'right Basic credentials work beside a stale cookie',
    play: async (scene) => {
      const alice = new Visitor(scene, basic('alice:alice'))
      alice.cookie = 'JSESSIONID=0123456789ABCDEF0123456789ABCDEF'
      expect(await alice.state()).toEqual({ state: 'enter' })
    },
  },
  {
    clauses: ['SL-U16', 'SL-U1'],
    title: 'with staleCookie: anonymous a stale cookie is as good as none',
    scenario: { 'secure-login': { staleCookie: 'anonymous' } },
    play: async (scene) => {
      const stale = new Visitor(scene)
      stale.cookie = 'JSESSIONID=0123456789ABCDEF0123456789ABCDEF'
      expect((await stale.send('GET', `${api}/info`)).status).toBe(200)
      const user = await stale.user()
      expect([user.status, user.body]).toEqual([401, ''])
    },
  },
  {
    clauses: ['SL-U17'],
    title: 'with xsrfCheck: on a PIN needs X-Atlassian-Token, whoever sends it',
    scenario: { 'secure-login': { xsrfCheck: 'on' } },
    play: async (scene) => {
      for (const visitor of [await signedIn(scene, 'alice'), new Visitor(scene)]) {
        const answer = await visitor.auth(rightPin)
        expect([answer.status, answer.body]).toEqual([403, 'XSRF check failed'])
      }
      const told = await signedIn(scene, 'alice', { 'x-atlassian-token': 'no-check' })
      expect((await told.auth(rightPin)).status).toBe(200)
      const json = await signedIn(scene, 'alice')
      expect((await json.auth(rightPin, 'application/json')).status).toBe(415)
    },
  },
  {
    clauses: ['SL-U18', 'SL-H8'],
    title: 'the host tells who somebody is before the PIN, unless restBeforePin is refused',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      const myself = '/jira/rest/api/2/myself'
      expect(JSON.parse((await alice.send('GET', myself)).body)).toMatchObject({ name: 'alice', active: true })
      scene.world.secureLogin.set({ restBeforePin: 'refused' })
      expect((await alice.send('GET', myself)).status).toBe(401)
      expect((await alice.send('GET', '/jira/rest/api/2/serverInfo')).status).toBe(401)
      await alice.auth(rightPin)
      expect((await alice.send('GET', myself)).status).toBe(200)
      expect((await (await signedIn(scene, 'dave')).send('GET', myself)).status).toBe(200)
      expect((await new Visitor(scene).send('GET', '/jira/rest/api/2/serverInfo')).status).toBe(200)
      expect((await new Visitor(scene).send('GET', myself)).status).toBe(401)
    },
  },
  {
    clauses: ['SL-U20'],
    title: 'with captchaAfter the host takes no password any more after so many wrong ones, until somebody unblocks',
    scenario: { 'secure-login': { captchaAfter: 2 } },
    play: async (scene) => {
      const alice = new Visitor(scene)
      for (let times = 0; times < 2; times++) expect((await alice.login('alice', 'wrong')).status).toBe(401)
      const denied = await alice.login('alice')
      expect([denied.status, denied.body]).toEqual([403, '{"errorMessages":["Login denied"],"errors":{}}'])
      expect(header(denied, 'x-authentication-denied-reason')).toMatch(
        /^CAPTCHA_CHALLENGE; login-url=.*\/jira\/login\.jsp$/,
      )
      const withBasic = new Visitor(scene, basic('alice:alice'))
      expect((await withBasic.user()).status).toBe(403)
      scene.world.secureLogin.set({ product: 'confluence' })
      expect((await withBasic.user()).status).toBe(401)
      scene.world.secureLogin.set({ product: 'jira' })
      scene.world.secureLogin.user('alice').unblock()
      const info = JSON.parse((await alice.login('alice')).body).loginInfo
      expect(Object.keys(info)).toEqual(['failedLoginCount', 'loginCount', 'lastFailedLoginTime'])
      expect(info.failedLoginCount).toBe(2)
    },
  },
  {
    clauses: ['SL-U20', 'SL-H2'],
    title: 'a right password starts the count of failed logins anew',
    scenario: { 'secure-login': { captchaAfter: 2 } },
    play: async (scene) => {
      const alice = new Visitor(scene)
      for (let times = 0; times < 3; times++) {
        expect((await alice.login('alice', 'wrong')).status).toBe(401)
        expect((await alice.login('alice')).status).toBe(200)
      }
    },
  },
  {
    clauses: ['SL-H1'],
    title: "a login has Jira's headers and cookies, and tells the session in the body as well",
    play: async (scene) => {
      const login = await new Visitor(scene).login('alice')
      expect(header(login, 'x-seraph-loginreason')).toBe('OK')
      expect(header(login, 'x-ausername')).toBe('anonymous')
      expect(header(login, 'x-arequestid')).toMatch(/^\d+x\d+x\d+$/)
      expect(header(login, 'cache-control')).toBe('no-cache, no-store, no-transform')
      const cookies = login.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value)
      expect(cookies).toEqual([
        expect.stringMatching(/^atlassian\.xsrf\.token=(\w{4}-){3}\w{4}\|[0-9a-f]{40}\|lout; Path=\/jira$/),
        `JSESSIONID=${JSON.parse(login.body).session.value}; Path=/jira; HttpOnly`,
      ])
      const alice = await signedIn(scene, 'alice')
      expect(header(await alice.user(), 'x-ausername')).toBe('alice')
    },
  },
  {
    clauses: ['SL-H3'],
    title: 'the session resource names the user by an absolute address, and answers at latest as well',
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      const latest = await alice.send('GET', '/jira/rest/auth/latest/session')
      expect(JSON.parse(latest.body)).toEqual({
        self: expect.stringMatching(/^https?:\/\/[^/]+\/jira\/rest\/api\/latest\/user\?username=alice$/),
        name: 'alice',
        loginInfo: { loginCount: 1 },
      })
      expect(await alice.state()).toEqual({ state: 'enter' })
      expect((await alice.send('GET', '/jira/rest/securelogin-admin/latest/api/user')).body).toBe('{"state":"enter"}')
    },
  },
  {
    clauses: ['SL-H5'],
    title: 'wrong Basic credentials get the page of the host, and a challenge that names it',
    play: async (scene) => {
      const wrong = await new Visitor(scene, basic('alice:wrong')).user()
      expect([wrong.status, header(wrong, 'content-type')]).toEqual([401, 'text/html;charset=UTF-8'])
      expect(wrong.body).toContain('Basic Authentication Failure - Reason : AUTHENTICATED_FAILED')
      expect(header(wrong, 'x-seraph-loginreason')).toBe('AUTHENTICATED_FAILED')
      expect(header(wrong, 'www-authenticate')).toMatch(/^OAuth realm="https?%3A%2F%2F.*%2Fjira"$/)
      const info = JSON.parse((await new Visitor(scene).login('alice')).body).loginInfo
      expect(info.failedLoginCount).toBe(1)
    },
  },
  {
    clauses: ['SL-H5'],
    title: 'wrong Basic credentials are refused wherever they are sent below the context path',
    unsuited: {
      'MSW getResponse': ownPaths,
      'MSW 3 getResponse': ownPaths,
      'MSW setupServer': ownPaths,
      'MSW setupWorker': ownPaths,
    },
    play: async (scene) => {
      const path = '/jira/rest/api/2/search'
      expect((await new Visitor(scene, basic('alice:wrong')).send('GET', path)).status).toBe(401)
      expect((await new Visitor(scene, basic('alice:alice')).send('GET', path)).status).toBe(404)
      expect((await new Visitor(scene, basic('alice:wrong')).send('GET', '/elsewhere')).status).toBe(404)
    },
  },
  {
    clauses: ['SL-H1', 'SL-H8'],
    title: 'Confluence has no session resource and signs in with Basic credentials',
    scenario: { 'secure-login': { product: 'confluence' } },
    play: async (scene) => {
      expect((await new Visitor(scene).login('alice')).status).toBe(404)
      expect((await new Visitor(scene, basic('alice:alice')).send('GET', '/jira/rest/api/2/myself')).status).toBe(404)
      const user = await new Visitor(scene, basic('alice:alice')).user()
      expect(user.body).toBe('{"state":"enter"}')
      const alice = new Visitor(scene)
      alice.cookie = sessionLine(user)?.split(';')[0]
      expect((await alice.auth(rightPin)).status).toBe(200)
    },
  },
]
