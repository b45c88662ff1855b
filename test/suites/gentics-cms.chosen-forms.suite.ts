import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { auth, cookieLine, Editor, loggedIn, rsaLogin } from './gentics-cms.visitor.ts'

/** The forms that were chosen for what the page implies, clause by clause. */
export const chosenFormBehaviours: readonly Behaviour[] = [
  {
    clauses: ['GC-20'],
    title: 'a logout of all sessions ends those that share the secret, and takes the cookie away',
    play: async (scene) => {
      const [desk, phone] = [await loggedIn(scene), await loggedIn(scene)]
      const { secret } = desk
      await desk.login('ada')
      const logout = await desk.send('POST', `${auth}/logout/1?allSessions=true`)
      expect(JSON.parse(logout.body).responseInfo.responseCode).toBe('OK')
      expect(cookieLine(logout)).toMatch(/^GCN_SESSION_SECRET=\w*; Path=\/; Max-Age=0; HttpOnly$/)
      expect(desk.secret).toBeUndefined()
      for (const sid of ['1', '3']) expect((await desk.validate(`${sid}${secret}`)).code).toBe('INVALIDDATA')
      expect(await phone.isAlive('2')).toBe(true)
    },
  },
  {
    clauses: ['GC-20', 'GC-13'],
    title: 'a logout with a wrong secret is INVALIDDATA, of an unknown sid FAILURE, and ends nothing',
    play: async (scene) => {
      const [node, stranger] = [await loggedIn(scene), new Editor(scene)]
      expect(await stranger.logout(node.sid)).toMatchObject({ status: 201, code: 'INVALIDDATA' })
      expect(await stranger.logout(node.sid, '?allSessions=true')).toMatchObject({ code: 'INVALIDDATA' })
      stranger.secret = '0123456789abcde'
      expect(await stranger.logout(node.sid)).toMatchObject({ code: 'INVALIDDATA' })
      for (const sid of ['99', '0', '-1', 'nonsense', '']) {
        expect(await stranger.logout(sid === '' ? '%20' : sid)).toMatchObject({ status: 201, code: 'FAILURE' })
      }
      expect(await node.isAlive()).toBe(true)
    },
  },
  {
    clauses: ['GC-21'],
    title: 'addresses on the list need no session to hash and match',
    scenario: { 'gentics-cms': { allowFrom: ['10.1.0.0/16', '2001:db8::7'], trustProxy: true } },
    play: async (scene) => {
      for (const [address, code] of [
        ['10.1.255.1', 'OK'],
        ['10.2.0.1', 'FAILURE'],
        ['2001:DB8::7', 'OK'],
        ['2001:db8::8', 'FAILURE'],
      ] as const) {
        const caller = new Editor(scene, { 'x-forwarded-for': address })
        expect((await caller.say('POST', `${auth}/hashpassword`, { password: 'x', userId: 1 })).code).toBe(code)
      }
      const direct = await new Editor(scene).say('POST', `${auth}/hashpassword`, { password: 'x' })
      expect(direct.code).toBe('FAILURE')
      scene.world.genticsCms.set({ allowFrom: ['127.0.0.1'], trustProxy: false })
      const liar = new Editor(scene, { 'x-forwarded-for': '203.0.113.9' })
      const hashed = await liar.say('POST', `${auth}/hashpassword`, { password: 'x' })
      expect(hashed.code).toBe('OK')
      const body = { password: 'x', hash: hashed.body['hash'] }
      expect((await liar.say('POST', `${auth}/matchpassword`, body)).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-14'],
    title: 'sids are positive integers that grow, secrets 15 letters and digits, tokens one after the other',
    play: async (scene) => {
      const sids: string[] = []
      const secrets = new Set<string | undefined>()
      for (let count = 1; count <= 12; count++) {
        const node = await loggedIn(scene)
        sids.push(node.sid)
        secrets.add(node.secret)
        expect(node.secret).toMatch(/^[0-9A-Za-z]{15}$/)
        expect((await node.validate(node.token)).code).toBe('OK')
      }
      expect(sids).toEqual(Array.from({ length: 12 }, (_, index) => String(index + 1)))
      expect(secrets.size).toBe(12)
    },
  },
  {
    clauses: ['GC-14'],
    title: 'what reads as an integer is a sid without a secret, however long; what does not fit into one is a token',
    scenario: {
      'gentics-cms': {
        sessions: [
          { user: 'node', sid: 5, secret: '000000000000123' },
          { user: 'node', sid: 1_234_567_890, secret: 'abcdefghijklmno' },
        ],
      },
    },
    play: async (scene) => {
      const stranger = new Editor(scene)
      expect((await stranger.validate('5000000000000123')).code).toBe('OK')
      expect((await stranger.validate('1234567890abcdefghijklmno')).code).toBe('OK')
      expect((await stranger.validate('000000000000005')).code).toBe('INVALIDDATA')
      expect((await stranger.validate('5')).code).toBe('INVALIDDATA')
    },
  },
  {
    clauses: ['GC-15'],
    title: 'the cookie comes first in its header, is found among others, and is Secure where that is set',
    play: async (scene) => {
      scene.world.genticsCms.set({ secureCookies: true })
      const node = new Editor(scene)
      const body = JSON.stringify({ login: 'node', password: 'node' })
      const line = cookieLine(await node.send('POST', `${auth}/login`, body, 'application/json')) ?? ''
      expect(line.slice(0, 19)).toBe('GCN_SESSION_SECRET=')
      expect(line.slice(19)).toBe(`${node.secret}; Path=/; HttpOnly; Secure`)
      const other = new Editor(scene, { cookie: `a=b; GCN_SESSION_SECRET=${node.secret}; c=d` })
      expect((await other.send('GET', `${auth}/ssologin?sid=1`)).body).toBe('1')
      const gone = await node.send('POST', `${auth}/logout/1?allSessions=true`)
      expect(cookieLine(gone)).toMatch(/; HttpOnly; Secure$/)
    },
  },
  {
    clauses: ['GC-16', 'GC-03'],
    title: 'logins of one browser share its secret; sid and secret together tell the session',
    play: async (scene) => {
      const [desk, phone] = [await loggedIn(scene, 'node'), await loggedIn(scene, 'ada')]
      const { secret } = desk
      await desk.login('ada')
      expect([desk.sid, desk.secret]).toEqual(['3', secret])
      expect((await desk.validate(`1${secret}`)).body).toMatchObject({ user: { login: 'node' } })
      expect((await desk.validate(`3${secret}`)).body).toMatchObject({ user: { login: 'ada' } })
      expect((await desk.validate(`2${secret}`)).code).toBe('INVALIDDATA')
      expect((await phone.validate(`1${phone.secret}`)).code).toBe('INVALIDDATA')
    },
  },
  {
    clauses: ['GC-17', 'GC-25', 'GC-X23'],
    title: 'an unknown user, a wrong or an empty password, and a user in no group are NOTFOUND, without a session',
    scenario: { 'gentics-cms': { users: { blank: { password: '', firstName: 'B', lastName: 'B', email: 'b@x' } } } },
    play: async (scene) => {
      const stranger = new Editor(scene)
      for (const [login, password] of [
        ['nobody', 'nobody'],
        ['node', 'wrong'],
        ['node', ''],
        ['NODE', 'node'],
        ['blank', ''],
        ['otto', 'otto'],
        ['__proto__', 'x'],
      ] as const) {
        const failed = await stranger.login(login, password)
        expect(failed).toMatchObject({ status: 201, code: 'NOTFOUND' })
        expect(Object.keys(failed.body)).toEqual(['messages', 'responseInfo'])
      }
      expect(stranger.secret).toBeUndefined()
      expect(scene.world.genticsCms.sessions().total).toBe(0)
    },
  },
  {
    clauses: ['GC-18', 'GC-02'],
    title: 'in maintenance only users who may see the setting log in',
    scenario: { extends: 'cms-sso', 'gentics-cms': { maintenance: true } },
    play: async (scene) => {
      const node = new Editor(scene)
      const kept = await node.login('node')
      expect(kept).toMatchObject({ status: 201, code: 'MAINTENANCEMODE' })
      expect(kept.body).not.toHaveProperty('sid')
      expect((await node.login('node', 'wrong')).code).toBe('NOTFOUND')
      expect((await node.say('POST', `${auth}/loginwithrsa`, await rsaLogin('node', 4_000_000_000))).code).toBe(
        'MAINTENANCEMODE',
      )
      const bySso = await node.send('GET', `${auth}/ssologin`, undefined, undefined, { 'x-remote-user': 'node' })
      expect(bySso.body).toBe('FAILURE')
      expect(node.secret).toBeUndefined()
      expect((await new Editor(scene).login('ada')).code).toBe('OK')
      const ada = new Editor(scene, { 'x-remote-user': 'ada' })
      expect((await ada.send('GET', `${auth}/ssologin`)).body).toBe('2')
      scene.world.genticsCms.set({ maintenance: false })
      expect((await node.login('node')).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-23', 'GC-19', 'GC-20', 'GC-21', 'GC-24'],
    title: 'a session that was idle for longer than an hour has ended, for every operation',
    play: async (scene) => {
      const node = await loggedIn(scene)
      scene.world.clock.advance('1h')
      expect(await node.isAlive()).toBe(true)
      scene.world.clock.advance('1s')
      expect((await node.validate(node.token)).code).toBe('INVALIDDATA')
      expect((await node.send('GET', `${auth}/ssologin?sid=1`)).body).toBe('NOTFOUND')
      expect((await node.say('POST', `${auth}/hashpassword?sid=1`, { password: 'x' })).code).toBe('FAILURE')
      expect((await node.send('GET', '/rest/user/me?sid=1')).status).toBe(401)
      expect((await node.logout()).code).toBe('INVALIDDATA')
      await node.login('node', 'node', '?sid=1')
      expect(node.sid).toBe('2')
    },
  },
  {
    clauses: ['GC-23'],
    title: 'the age is a setting',
    scenario: { 'gentics-cms': { sessionFor: '10s' } },
    play: async (scene) => {
      const node = await loggedIn(scene)
      scene.world.clock.advance('11s')
      expect(await node.isAlive()).toBe(false)
      scene.world.genticsCms.set({ sessionFor: '11s' })
      expect(await node.isAlive()).toBe(true)
    },
  },
  {
    clauses: ['GC-24'],
    title: 'SSO knows its caller by a session, by a bearer token or by a header, and opens sessions for the latter two',
    scenario: { extends: 'cms-sso' },
    play: async (scene) => {
      const node = new Editor(scene, { authorization: 'bearer token-of-node' })
      const opened = await node.send('GET', `${auth}/ssologin`)
      expect([opened.body, cookieLine(opened)]).toEqual(['1', `GCN_SESSION_SECRET=${node.secret}; Path=/; HttpOnly`])
      expect((await node.validate(`1${node.secret}`)).body).toMatchObject({ user: { login: 'node' } })
      const ada = new Editor(scene, { 'X-Remote-User': 'ada' })
      expect((await ada.send('GET', `${auth}/login`)).body).toBe('2')
      const known = new Editor(scene)
      known.secret = ada.secret
      expect((await known.send('GET', `${auth}/ssologin?sid=2`)).body).toBe('2')
      expect((await known.send('GET', `${auth}/ssologin?sid=1`)).body).toBe('NOTFOUND')
      expect((await known.send('GET', `${auth}/ssologin`)).body).toBe('NOTFOUND')
      expect(scene.world.genticsCms.sessions().total).toBe(2)
      for (const headers of [
        { authorization: 'Bearer token-of-otto' },
        { authorization: 'Bearer token-of-nobody' },
        { authorization: 'Bearer unknown' },
        { authorization: 'Bearer constructor' },
        { authorization: 'Basic bm9kZTpub2Rl' },
        { 'x-remote-user': 'nobody' },
        { 'x-remote-user': 'otto' },
        { 'x-other-user': 'node' },
      ]) {
        expect((await new Editor(scene, headers as never).send('GET', `${auth}/ssologin`)).body).toBe('NOTFOUND')
      }
    },
  },
]
