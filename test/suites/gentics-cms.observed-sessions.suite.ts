import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { auth, cookieLine, Editor, loggedIn, me } from './gentics-cms.visitor.ts'

const login = `${auth}/login`
const inJson = 'application/json'
const credentials = JSON.stringify({ login: 'node', password: 'node' })
const scenario = { extends: 'cms-observed' }

/** The open-source server in a version. */
function version(number: string): NonNullable<Behaviour['scenario']> {
  return { extends: 'cms-observed', 'gentics-cms': { version: number } }
}

/** What the open-source server does with logins, tokens and logouts, row by row. */
export const observedSessionBehaviours: readonly Behaviour[] = [
  {
    clauses: ['GC-O1', 'GC-O2', 'GC-O3', 'GC-O4', 'GC-O5', 'GC-O6', 'GC-O22'],
    title: 'observed: a login is answered to the letter',
    scenario,
    play: async (scene) => {
      const node = new Editor(scene)
      const received = await node.send('POST', `${login}?sid=0`, credentials, inJson)
      expect(received.status).toBe(200)
      expect(received.headers).toContainEqual(['content-type', 'application/json'])
      expect(received.body).toBe(
        [
          '{',
          '  "responseInfo" : {',
          '    "responseCode" : "OK",',
          '    "responseMessage" : "Successfully performed login"',
          '  },',
          '  "inBackground" : false,',
          '  "user" : {',
          '    "id" : 12345,',
          '    "firstName" : "Nora",',
          '    "lastName" : "Node",',
          '    "email" : "node@cms.example"',
          '  },',
          '  "sid" : "1"',
          '}',
        ].join('\n'),
      )
      expect(cookieLine(received)).toBe(`GCN_SESSION_SECRET=${node.secret}; Path=/; HttpOnly; SameSite=Lax`)
    },
  },
  {
    clauses: ['GC-O6', 'GC-O11', 'GC-X5'],
    title: 'observed: each login opens a session with a secret of its own, whatever sid and cookie say',
    scenario,
    play: async (scene) => {
      const node = await loggedIn(scene)
      const { secret } = node
      for (const query of [`?sid=${node.sid}`, '?sid=abc', '?sid=', '']) await node.login('node', 'node', query)
      expect([node.sid, scene.world.genticsCms.sessions().total]).toEqual(['5', 5])
      expect(node.secret).not.toBe(secret)
      expect((await node.validate(`1${secret}`)).code).toBe('OK')
      node.secret = '0123456789abcde'
      await node.login('node')
      expect(node.secret).not.toBe('0123456789abcde')
    },
  },
  {
    clauses: ['GC-O8', 'GC-X23'],
    title: 'observed: who cannot log in is answered alike, and nothing is counted',
    scenario,
    play: async (scene) => {
      const stranger = new Editor(scene)
      const bodies = [
        { login: 'nobody', password: 'nobody' },
        { login: 'node', password: 'wrong' },
        { login: 'node', password: '' },
        { login: 'node', password: null },
        { login: 'node' },
        { password: 'node' },
        {},
        { login: 'otto', password: 'otto' },
        ...Array.from({ length: 20 }, () => ({ login: 'node', password: 'wrong' })),
      ]
      const answers = new Set<string>()
      for (const body of bodies) {
        const { status, headers, body: text } = await stranger.send('POST', login, JSON.stringify(body), inJson)
        expect(headers.map(([name]) => name)).not.toContain('set-cookie')
        answers.add(`${status} ${text}`)
      }
      expect([...answers]).toEqual([
        '200 {\n  "responseInfo" : {\n    "responseCode" : "NOTFOUND",\n' +
          '    "responseMessage" : "Did not find a user with given credentials"\n  },\n  "inBackground" : false\n}',
      ])
      expect((await stranger.login('node')).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-O9', 'GC-O8'],
    title: 'observed: maintenance keeps out who may not see its setting, after credentials and groups',
    scenario: { extends: 'cms-observed', 'gentics-cms': { maintenance: true } },
    play: async (scene) => {
      const node = new Editor(scene)
      const words = 'The maintenance mode is currently enabled. Login was therefore disabled.'
      expect((await node.login('node')).body['responseInfo']).toEqual({
        responseCode: 'MAINTENANCEMODE',
        responseMessage: words,
      })
      expect([(await node.login('node', 'wrong')).code, (await node.login('otto')).code]).toEqual([
        'NOTFOUND',
        'NOTFOUND',
      ])
      expect(node.secret).toBeUndefined()
      const ada = await loggedIn(scene, 'ada')
      expect((await ada.send('GET', `${auth}/ssologin?sid=1`)).body).toBe('1')
      scene.world.genticsCms.user('ada').set({ seesMaintenance: false })
      expect((await ada.send('GET', `${auth}/ssologin?sid=1`)).body).toBe('MAINTENANCEMODE')
      expect(await ada.isAlive()).toBe(true)
    },
  },
  {
    clauses: ['GC-O10', 'GC-O5', 'GC-O3'],
    title: 'observed: a token is valid by its own secret, and tells four members of its user',
    scenario,
    play: async (scene) => {
      const node = await loggedIn(scene)
      const valid = await node.validate(node.token)
      expect(Object.keys(valid.body)).toEqual(['responseInfo', 'inBackground', 'user'])
      expect(Object.keys(valid.body['user'] as object)).toEqual(['id', 'firstName', 'lastName', 'email'])
      expect((await node.validate(`%2B00${node.token}`)).code).toBe('OK')
      for (const token of [node.sid, '99', `1${'x'.repeat(15)}`, `9${node.secret}`, node.secret ?? '', 'x', '%']) {
        const invalid = await node.validate(token)
        expect(Object.keys(invalid.body)).toEqual(['responseInfo', 'inBackground'])
        expect(invalid.body['responseInfo']).toEqual({
          responseCode: 'INVALIDDATA',
          responseMessage: 'Invalid SID given',
        })
      }
    },
  },
  {
    clauses: ['GC-O11', 'GC-O12', 'GC-O13', 'GC-O22', 'GC-O3'],
    title: 'observed: a logout takes a cookie or a token, keeps the cookie, and is refused otherwise',
    scenario,
    play: async (scene) => {
      const [node, stranger] = [await loggedIn(scene), new Editor(scene)]
      for (const [sid, code] of [
        [node.sid, 'INVALIDDATA'],
        ['1xxxxxxxxxxxxxxx', 'INVALIDDATA'],
        ['99', 'FAILURE'],
        ['nonsense', 'FAILURE'],
      ] as const) {
        const refused = await stranger.logout(sid)
        expect(refused).toMatchObject({ status: 200, code })
        expect(Object.keys(refused.body)).toEqual(['messages', 'responseInfo', 'inBackground'])
        expect(refused.body['messages']).toEqual([])
      }
      const gone = await node.send('POST', `${auth}/logout/${node.sid}`)
      expect(JSON.parse(gone.body).responseInfo).toEqual({
        responseCode: 'OK',
        responseMessage: 'Successfully logged out',
      })
      expect(cookieLine(gone)).toBeUndefined()
      expect((await node.logout()).code).toBe('INVALIDDATA')
      const again = await loggedIn(scene)
      expect((await stranger.logout(again.token)).code).toBe('OK')
      const last = await loggedIn(scene)
      const all = await last.send('POST', `${auth}/logout/${last.sid}?allSessions=TRUE`)
      expect(cookieLine(all)).toBe('GCN_SESSION_SECRET=deleted; Path=/; Version=1; Max-Age=0; HttpOnly')
      expect((await stranger.validate(`3${last.secret}`)).code).toBe('INVALIDDATA')
    },
  },
  {
    clauses: ['GC-O20', 'GC-O21', 'GC-O23'],
    title:
      'observed: user/me tells the own user, with groups where asked, and keeps a session young as nothing else does',
    scenario,
    play: async (scene) => {
      const [node, used] = [await loggedIn(scene), await loggedIn(scene)]
      const own = await node.say('GET', `${me}?sid=1`)
      expect(Object.keys(own.body)).toEqual(['messages', 'responseInfo', 'inBackground', 'user'])
      const six = ['id', 'firstName', 'lastName', 'description', 'email', 'login']
      expect(Object.keys(own.body['user'] as object)).toEqual(six)
      const { user } = (await node.say('GET', `${me}?sid=1&groups=true`)).body as { user: { groups: object[] } }
      expect([Object.keys(user), Object.keys(user.groups[0] ?? {})]).toEqual([
        [...six, 'groups'],
        ['id', 'name', 'description'],
      ])
      const stranger = new Editor(scene)
      expect(await stranger.send('GET', me)).toMatchObject({ status: 401, body: 'sid and session secret required' })
      expect(await stranger.send('GET', `${me}?sid=1`)).toMatchObject({ status: 401, body: 'invalid sid' })
      expect((await stranger.say('GET', `${me}?sid=${node.token}`)).code).toBe('OK')
      for (let half = 0; half < 2; half++) {
        scene.world.clock.advance('31m')
        await used.send('GET', `${me}?sid=2`)
        await node.validate(node.token)
        await node.send('GET', `${auth}/ssologin?sid=1`)
        await node.say('POST', `${auth}/matchpassword?sid=1`, { password: 'x', hash: 'x' })
      }
      expect([await node.isAlive(), await used.isAlive()]).toEqual([false, true])
      expect((await node.logout()).code).toBe('INVALIDDATA')
    },
  },
  {
    clauses: ['GC-O7', 'GC-O13'],
    title: "observed, before 6.2.7: a login goes on with sid and cookie, and takes the client's secret, known or not",
    scenario: version('6.2.6'),
    play: async (scene) => {
      const node = await loggedIn(scene)
      const { secret } = node
      await node.login('ada', 'ada', '?sid=1')
      expect([node.sid, node.secret]).toEqual(['1', secret])
      await node.login('node', 'node', '?sid=')
      expect([node.sid, node.secret]).toEqual(['2', secret])
      const failed = await node.login('node', 'node', '?sid=abc')
      expect(failed.body['responseInfo']).toEqual({
        responseCode: 'FAILURE',
        responseMessage: 'Unable to parse abc as integer',
      })
      expect((await node.login('node', 'wrong', '?sid=abc')).code).toBe('NOTFOUND')
      await node.logout('2', '?allSessions=true')
      expect([(await node.validate(`1${secret}`)).code, (await node.validate(`2${secret}`)).code]).toEqual([
        'INVALIDDATA',
        'INVALIDDATA',
      ])
      const brought = new Editor(scene)
      for (const own of ['0123456789abcde', secret]) {
        brought.secret = own
        await brought.login('node')
        expect([brought.secret, await brought.isAlive()]).toEqual([own, true])
      }
      expect((await node.validate(`1${secret}`)).code).toBe('INVALIDDATA')
    },
  },
  {
    clauses: ['GC-O4', 'GC-O6', 'GC-O7'],
    title: 'observed: inBackground, isInstantMessage and sessions of their own are there from their versions on',
    scenario,
    play: async (scene) => {
      for (const [number, inBackground, isInstant, isNew] of [
        ['6.0.2', false, false, false],
        ['6.0.3', false, true, false],
        ['6.1.25', false, true, false],
        ['6.1.26', false, true, true],
        ['6.2.6', false, true, false],
        ['6.2.7', false, true, true],
        ['6.3.0', false, true, true],
        ['6.3.12', false, true, true],
        ['6.3.13', true, true, true],
        ['6.4.2', false, true, true],
        ['6.5.0', true, true, true],
        ['7.0.0', true, true, true],
      ] as const) {
        scene.world.genticsCms.set({ version: number })
        const node = await loggedIn(scene)
        const { sid, secret } = node
        const again = await node.login('node', 'node', `?sid=${sid}`)
        expect([number, node.sid !== sid && node.secret !== secret]).toEqual([number, isNew])
        expect(Object.hasOwn(again.body, 'inBackground')).toBe(inBackground)
        const missing = (await node.say('GET', `${auth}/nothing`)).body['messages'] as object[]
        expect(Object.keys(missing[0] ?? {}).includes('isInstantMessage')).toBe(isInstant)
      }
    },
  },
]
