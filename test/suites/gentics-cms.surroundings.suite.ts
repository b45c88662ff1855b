import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { auth, cookieLine, Editor, loggedIn, me } from './gentics-cms.visitor.ts'

/** The resource that clients ask next, forced states, faults, worlds and neighbours: what stands around the contract. */
export const surroundingBehaviours: readonly Behaviour[] = [
  {
    clauses: ['GC-S1', 'GC-S2'],
    title: '/user/me tells the user of a live session, and answers 401 otherwise',
    play: async (scene) => {
      const [node, stranger] = [await loggedIn(scene), new Editor(scene)]
      const own = await node.say('GET', `${me}?sid=${node.sid}`)
      expect(own).toMatchObject({ status: 200, code: 'OK', body: { user: { login: 'node', firstName: 'Nora' } } })
      expect(Object.keys(own.body)).toEqual(['user', 'responseInfo'])
      for (const query of ['', '?sid=', '?sid=0', '?sid=1', '?sid=x', '?sid=99']) {
        const refused = await stranger.say('GET', me + query)
        expect(refused).toMatchObject({ status: 401, code: 'AUTHREQUIRED' })
        expect(refused.body).not.toHaveProperty('user')
      }
      await node.logout()
      expect((await node.say('GET', `${me}?sid=1`)).status).toBe(401)
    },
  },
  {
    clauses: ['GC-19', 'GC-23'],
    title: 'sessions that were ended from outside are no longer valid, and a new login is',
    play: async (scene) => {
      const [node, ada] = [await loggedIn(scene), await loggedIn(scene, 'ada')]
      scene.world.genticsCms.user('node').set({ state: 'expired' })
      expect([await node.isAlive(), await ada.isAlive()]).toEqual([false, true])
      await node.login('node', 'node', `?sid=${node.sid}`)
      expect([node.sid, await node.isAlive()]).toEqual(['3', true])
    },
  },
  {
    clauses: ['GC-17'],
    title: 'a user who is put into groups, out of them, or given another password is met so at once',
    play: async (scene) => {
      const otto = scene.world.genticsCms.user('otto')
      const editor = new Editor(scene)
      otto.set({ state: 'active' })
      expect(await editor.login('otto')).toMatchObject({
        code: 'OK',
        body: { user: { groups: [{ name: 'Editors' }] } },
      })
      otto.set({ password: 'other' })
      expect([(await editor.login('otto')).code, (await editor.login('otto', 'other')).code]).toEqual([
        'NOTFOUND',
        'OK',
      ])
      otto.set({ state: 'no-groups' })
      expect((await editor.login('otto', 'other')).code).toBe('NOTFOUND')
    },
  },
  {
    clauses: ['GC-16', 'GC-23'],
    title: 'sessions of a scenario are open: shared, nearly idle for too long, and ended',
    scenario: { extends: 'cms-sessions' },
    play: async (scene) => {
      const stranger = new Editor(scene)
      const codes = async (): Promise<string[]> => {
        const tokens = ['1SharedByTwo0001', '2SharedByTwo0001', '3EndsInTenSecs03', '4EndedLongAgo004']
        const told: string[] = []
        // One after the other: hosts that wait for something may answer in another order than they were asked in.
        for (const token of tokens) told.push((await stranger.validate(token)).code)
        return told
      }
      expect(await codes()).toEqual(['OK', 'OK', 'OK', 'INVALIDDATA'])
      scene.world.clock.advance('11s')
      expect(await codes()).toEqual(['OK', 'OK', 'INVALIDDATA', 'INVALIDDATA'])
      stranger.secret = 'SharedByTwo0001'
      await stranger.login('ada')
      expect(stranger.sid).toBe('5')
      await stranger.logout('1', '?allSessions=true')
      expect(await codes()).toEqual(['INVALIDDATA', 'INVALIDDATA', 'INVALIDDATA', 'INVALIDDATA'])
    },
  },
  {
    clauses: ['GC-03'],
    title: 'a context path moves all of it',
    scenario: { 'gentics-cms': { contextPath: '/cms' } },
    play: async (scene) => {
      const node = new Editor(scene)
      const login = await node.say('POST', `/cms${auth}/login`, { login: 'node', password: 'node' })
      expect(login.code).toBe('OK')
      expect((await node.say('GET', `/cms${me}?sid=1`)).code).toBe('OK')
      expect((await node.send('GET', `${me}?sid=1`)).status).toBe(404)
    },
  },
  {
    clauses: ['GC-X1'],
    title: "Jira's session resource of the same path stays Jira's",
    scenario: { 'secure-login': { contextPath: '' } },
    play: async (scene) => {
      const somebody = new Editor(scene)
      const body = JSON.stringify({ username: 'alice', password: 'alice' })
      const login = await somebody.send('POST', '/rest/auth/1/session', body, 'application/json')
      const cookies = login.headers.flatMap(([name, value]) => (name === 'set-cookie' ? [value.split('=')[0]] : []))
      expect([login.status, cookies.at(-1)]).toEqual([200, 'JSESSIONID'])
      expect((await somebody.say('GET', `${auth}/globalprefix`)).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-03'],
    title: 'faults answer for it, drop the cookie of one user, and strike with nothing done',
    scenario: {
      faults: [
        { on: 'gentics-cms.login', reply: { status: 503, body: 'busy' }, times: 1 },
        { on: 'gentics-cms.login', user: 'ada', dropCookie: true, times: 1 },
        { on: 'gentics-cms.globalprefix', omit: 'responseInfo.responseMessage', times: 1 },
      ],
    },
    play: async (scene) => {
      const node = new Editor(scene)
      const body = JSON.stringify({ login: 'node', password: 'node' })
      expect((await node.send('POST', `${auth}/login`, body, 'application/json')).status).toBe(503)
      expect(scene.world.genticsCms.sessions().total).toBe(0)
      const ada = new Editor(scene)
      expect([(await ada.login('ada')).code, ada.secret]).toEqual(['OK', undefined])
      await node.login('node')
      expect(await node.isAlive()).toBe(true)
      await node.send('GET', `${auth}/globalprefix`)
    },
  },
  {
    clauses: ['GC-17'],
    title: "a fault answers an error in the CMS's own form, with the instant of its message, and for SSO as a word",
    scenario: {
      faults: [
        {
          on: 'gentics-cms.login',
          error: { code: 'LOCKED', message: 'In use.', property: 'login', timestamp: 86_400_000 },
          nth: 1,
        },
        { on: 'gentics-cms.globalprefix', error: { code: 'FAILURE' }, reply: { status: 500 } },
        { on: 'gentics-cms.ssologin', error: { code: 'MAINTENANCEMODE' } },
      ],
    },
    play: async (scene) => {
      const node = new Editor(scene)
      const message = { message: 'In use.', type: 'CRITICAL', timestamp: 86_400_000, id: 1 }
      expect(await node.login('node')).toEqual({
        status: 201,
        code: 'LOCKED',
        body: {
          messages: [message],
          responseInfo: { responseCode: 'LOCKED', responseMessage: 'In use.', property: 'login' },
        },
      })
      expect(scene.world.genticsCms.sessions().total).toBe(0)
      const prefix = await node.say('GET', `${auth}/globalprefix`)
      expect([prefix.status, prefix.code]).toEqual([500, 'FAILURE'])
      expect(prefix.body['messages']).toMatchObject([{ timestamp: scene.world.clock.now }])
      const sso = await node.send('GET', `${auth}/ssologin`)
      expect([sso.status, sso.body]).toEqual([200, 'MAINTENANCEMODE'])
      const refused = await node.login('node', 'wrong')
      expect([refused.status, Object.keys(refused.body)]).toEqual([201, ['messages', 'responseInfo']])
    },
  },
  {
    clauses: ['GC-O8'],
    title: 'observed: a fault answers an error as the open-source server spells it',
    scenario: {
      'gentics-cms': { dialect: 'observed' },
      faults: [{ on: 'gentics-cms.login', error: { code: 'FAILURE', property: 'login' }, nth: 1 }],
    },
    play: async (scene) => {
      const node = new Editor(scene)
      expect(await node.login('node')).toMatchObject({
        status: 200,
        code: 'FAILURE',
        body: {
          messages: [{ type: 'CRITICAL', timestamp: scene.world.clock.now, isInstantMessage: false }],
          responseInfo: { property: 'login' },
          inBackground: false,
        },
      })
      const refused = await node.login('node', 'wrong')
      expect([refused.status, Object.keys(refused.body)]).toEqual([200, ['responseInfo', 'inBackground']])
    },
  },
  {
    clauses: ['GC-16', 'GC-14'],
    title: 'worlds share no session, though their sids are alike',
    play: async (scene) => {
      const main = await loggedIn(scene)
      const other = await loggedIn(scene, 'node', { 'x-understudy-world': 'test-7' })
      expect([main.sid, other.sid]).toEqual(['1', '1'])
      expect(main.secret).not.toBe(other.secret)
      expect((await other.validate(main.token)).code).toBe('INVALIDDATA')
      const strayed = new Editor(scene, { 'x-understudy-world': 'test-7' })
      strayed.secret = main.secret
      await strayed.login('node')
      expect(strayed.secret).not.toBe(main.secret)
    },
  },
  {
    clauses: ['GC-14', 'GC-16'],
    title: 'logins at once get a sid each',
    play: async (scene) => {
      const body = JSON.stringify({ login: 'node', password: 'node' })
      const headers = { 'content-type': 'application/json' }
      const answers = await scene.burst({ method: 'POST', path: `${auth}/login`, headers, body }, 20)
      const sids = answers.map((answer) => Number(JSON.parse(answer.body).sid)).sort((one, two) => one - two)
      expect(sids).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
      expect(new Set(answers.map(cookieLine)).size).toBe(20)
    },
  },
]
