import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { auth, cookieLine, Editor, loggedIn, me, rsaLogin, signature } from './gentics-cms.visitor.ts'

const login = `${auth}/login`
const credentials = JSON.stringify({ login: 'node', password: 'node' })
const inJson = 'application/json'
/** The instant at which behaviours start, in seconds. */
const nine = 1_768_467_600

/** What the page and the vendor's server leave open: the defaults, and each setting. */
export const openPointBehaviours: readonly Behaviour[] = [
  {
    clauses: ['GC-U1'],
    title: 'what is signed is a setting, and a signature of anything else is wrong',
    scenario: { extends: 'cms-sso', 'gentics-cms': { rsa: { payload: '{salt}:{expirationTimestamp}:{username}' } } },
    play: async (scene) => {
      const node = new Editor(scene)
      const until = nine + 60
      const asked = { username: 'node', salt: 'pepper', expirationTimestamp: until }
      const right = await signature(`pepper:${until}:node`)
      const wrong = [
        await signature(`nodepepper${until}`),
        right.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
        'x',
        '',
      ]
      for (const rsaSignature of wrong) {
        expect((await node.say('POST', `${auth}/loginwithrsa`, { ...asked, rsaSignature })).code).toBe('NOTFOUND')
      }
      for (const other of [{ username: 'ada' }, { salt: 'Pepper' }, { expirationTimestamp: until + 1 }]) {
        const bent = { ...asked, ...other, rsaSignature: right }
        expect((await node.say('POST', `${auth}/loginwithrsa`, bent)).code).toBe('NOTFOUND')
      }
      expect((await node.say('POST', `${auth}/loginwithrsa`, { ...asked, rsaSignature: right })).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-U2', 'GC-04'],
    title: 'without a key, with an expired signature or for nobody known, an RSA login is NOTFOUND without a session',
    scenario: { extends: 'cms-sso' },
    play: async (scene) => {
      const node = new Editor(scene)
      for (const body of [
        await rsaLogin('node', nine - 1),
        { ...(await rsaLogin('node', nine + 60)), rsaSignature: 'no signature' },
        await rsaLogin('nobody', nine + 60),
        await rsaLogin('otto', nine + 60),
      ]) {
        const failed = await node.say('POST', `${auth}/loginwithrsa`, body)
        expect(failed).toMatchObject({ status: 201, code: 'NOTFOUND' })
        expect(failed.body).not.toHaveProperty('sid')
      }
      scene.world.genticsCms.set({ rsa: { payload: '{username}{salt}{expirationTimestamp}' } })
      expect((await node.say('POST', `${auth}/loginwithrsa`, await rsaLogin('node', nine + 60))).code).toBe('NOTFOUND')
      expect(node.secret).toBeUndefined()
      expect(scene.world.genticsCms.sessions().total).toBe(0)
    },
  },
  {
    clauses: ['GC-U3'],
    title: 'a body that is no JSON object answers 400, one of another type 415, and nothing changes',
    play: async (scene) => {
      const node = await loggedIn(scene)
      const before = scene.world.snapshot().records
      for (const name of ['login', 'loginwithrsa', 'hashpassword?sid=1', 'matchpassword?sid=1']) {
        const path = `${auth}/${name}`
        for (const body of ['', '{', '[]', 'null', '"node"', '12', new Uint8Array([0x7b, 0xff, 0x7d])]) {
          expect((await node.send('POST', path, body, inJson)).status).toBe(400)
        }
        for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', 'nonsense']) {
          expect((await node.send('POST', path, credentials, type)).status).toBe(415)
        }
      }
      expect(scene.world.snapshot().records).toEqual(before)
      expect((await node.send('POST', login, credentials, 'Application/JSON; charset=utf-8')).status).toBe(201)
    },
  },
  {
    clauses: ['GC-U4', 'GC-10'],
    title: 'users carry their passwords with exposePasswords, and not otherwise',
    play: async (scene) => {
      const node = await loggedIn(scene)
      const users = async (): Promise<unknown[]> => {
        const answers = [
          await node.login('node', 'node', '?sid=1'),
          await node.validate(node.token),
          await node.say('POST', `${auth}/hashpassword?sid=1`, { password: 'x', userId: 12346 }),
          await node.say('GET', `${me}?sid=1`),
        ]
        return answers.map(({ body }) => (body['user'] as { readonly password?: string }).password)
      }
      expect(await users()).toEqual([undefined, undefined, undefined, undefined])
      scene.world.genticsCms.set({ exposePasswords: true })
      expect(await users()).toEqual(['node', 'node', 'ada', 'node'])
    },
  },
  {
    clauses: ['GC-U5', 'GC-12'],
    title: 'there is no property, and messages is an empty list',
    play: async (scene) => {
      const node = await loggedIn(scene)
      for (const { body } of [await node.validate(node.token), await node.validate('x'), await node.logout()]) {
        expect(body['messages']).toEqual([])
        expect(Object.keys(body['responseInfo'] as object)).toEqual(['responseCode', 'responseMessage'])
      }
    },
  },
  {
    clauses: ['GC-U6'],
    title: 'a sid of hashpassword or matchpassword that is no integer of 32 bits answers 404',
    play: async (scene) => {
      const node = await loggedIn(scene)
      for (const name of ['hashpassword', 'matchpassword']) {
        for (const sid of ['', 'x', '1.5', '1e0', '%20', node.token, '2147483648', '1%001']) {
          const refused = await node.send('POST', `${auth}/${name}?sid=${sid}`, '{"password":"x","hash":"x"}', inJson)
          expect(refused.status).toBe(404)
        }
        for (const sid of ['2147483647', '-2147483648', '0', '99']) {
          expect((await node.say('POST', `${auth}/${name}?sid=${sid}`, { password: 'x', hash: 'x' })).code).toBe(
            'FAILURE',
          )
        }
      }
      expect((await node.say('POST', `${auth}/hashpassword?sid=%2B01`, { password: 'x' })).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-X1'],
    title: 'an unknown endpoint answers 404 and says what was meant, a wrong method 405 with Allow',
    scenario: { 'gentics-cms': { contextPath: '/cms' } },
    play: async (scene) => {
      const stranger = new Editor(scene)
      for (const [path, hint] of [
        ['/cms/rest/auth/globalprefx', 'meant was probably /cms/rest/auth/globalprefix'],
        ['/cms/rest/auth/validate', 'meant was probably /cms/rest/auth/validate/{sid}'],
        ['/cms/rest/auth/logout/1/2', 'meant was probably /cms/rest/auth/logout/{sid}'],
        ['/cms/rest/auth', 'one of /cms/rest/auth/login, /cms/rest/auth/ssologin'],
        ['/rest/auth/login', 'The context path is /cms, not empty.'],
        ['/CNPortletapp/rest/user/me', 'The context path is /cms, not /CNPortletapp.'],
      ]) {
        const answer = await stranger.send('GET', path ?? '')
        expect(answer.status).toBe(404)
        expect(JSON.parse(answer.body).detail).toContain(hint)
      }
      for (const [method, path, allow] of [
        ['PUT', 'login', 'POST, GET, HEAD'],
        ['GET', 'hashpassword', 'POST'],
        ['POST', 'validate/1', 'GET, HEAD'],
        ['DELETE', 'logout/1', 'POST'],
        ['POST', 'globalprefix.json', 'GET, HEAD'],
      ]) {
        const answer = await stranger.send(method ?? '', `/cms/rest/auth/${path}`)
        expect(answer.status).toBe(405)
        expect(answer.headers).toContainEqual(['allow', allow])
      }
    },
  },
  {
    clauses: ['GC-X2'],
    title: '.json makes no difference anywhere, HEAD answers without the body, and a slash makes it another path',
    play: async (scene) => {
      const node = new Editor(scene)
      expect((await node.say('POST', `${login}.json?sid=0`, { login: 'node', password: 'node' })).status).toBe(201)
      expect((await node.say('GET', `${auth}/validate/1${node.secret}.json`)).code).toBe('OK')
      expect((await node.send('GET', `${auth}/ssologin.json?sid=1`)).body).toBe('1')
      expect((await node.send('GET', `${login}.json?sid=1`)).body).toBe('1')
      expect((await node.say('GET', `${auth}/globalprefix.json`)).code).toBe('OK')
      expect((await node.say('GET', `${me}.json?sid=1`)).code).toBe('OK')
      const hashed = await node.say('POST', `${auth}/hashpassword.json?sid=1`, { password: 'x' })
      const match = { password: 'x', hash: hashed.body['hash'] }
      expect((await node.say('POST', `${auth}/matchpassword.json?sid=1`, match)).code).toBe('OK')
      const head = await node.send('HEAD', `${auth}/globalprefix`)
      expect([head.status, head.body]).toEqual([200, ''])
      expect((await node.send('GET', `${auth}/globalprefix/`)).status).toBe(404)
      expect((await node.send('GET', `${me}/`)).status).toBe(404)
      expect((await node.logout('1.json')).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-X3', 'GC-23'],
    title: 'a login that goes on with a session and /user/me keep it from ageing, what only asks about it does not',
    play: async (scene) => {
      const [asked, used, again] = [await loggedIn(scene), await loggedIn(scene), await loggedIn(scene)]
      for (let half = 1; half <= 2; half++) {
        scene.world.clock.advance('31m')
        await asked.validate(asked.token)
        await asked.send('GET', `${auth}/ssologin?sid=${asked.sid}`)
        await asked.say('POST', `${auth}/matchpassword?sid=${asked.sid}`, { password: 'x', hash: 'x' })
        await used.send('GET', `${me}?sid=${used.sid}`)
        await again.login('node', 'node', `?sid=${again.sid}`)
      }
      expect([await asked.isAlive(), await used.isAlive(), await again.isAlive()]).toEqual([false, true, true])
      expect(again.sid).toBe('3')
    },
  },
  {
    clauses: ['GC-X4', 'GC-23'],
    title: 'a session that was idle for exactly its age lives; fractions of a second do not count',
    scenario: { clock: { at: '2026-01-15T09:00:00.900Z', frozen: true } },
    play: async (scene) => {
      const node = await loggedIn(scene)
      scene.world.clock.set('2026-01-15T10:00:00.999Z')
      expect(await node.isAlive()).toBe(true)
      scene.world.clock.set('2026-01-15T10:00:01Z')
      expect(await node.isAlive()).toBe(false)
    },
  },
  {
    clauses: ['GC-X5', 'GC-16'],
    title: 'a login goes on with a secret that was given out here and not ended for all, and with no other',
    play: async (scene) => {
      const node = await loggedIn(scene)
      const { secret } = node
      await node.logout()
      await node.login('node')
      expect([node.sid, node.secret]).toEqual(['2', secret])
      expect([await node.isAlive('1'), await node.isAlive('2')]).toEqual([false, true])
      await node.logout('2', '?allSessions=true')
      for (const old of [secret, '0123456789abcde', 'x', '', 'deleted']) {
        const other = new Editor(scene)
        other.secret = old
        expect((await other.login('node')).code).toBe('OK')
        expect(other.secret).toMatch(/^[0-9A-Za-z]{15}$/)
        expect(other.secret).not.toBe(old)
      }
    },
  },
  {
    clauses: ['GC-X6'],
    title: 'documented: a login that goes on with the secret of its cookie does not set it again',
    play: async (scene) => {
      const node = await loggedIn(scene)
      for (const query of ['', '?sid=1']) {
        expect(cookieLine(await node.send('POST', login + query, credentials, inJson))).toBeUndefined()
      }
      expect(cookieLine(await node.send('GET', `${auth}/ssologin?sid=1`))).toBeUndefined()
      expect(cookieLine(await new Editor(scene).send('GET', `${auth}/ssologin?sid=${node.token}`))).toContain(
        node.secret,
      )
    },
  },
  {
    clauses: ['GC-X7', 'GC-03'],
    title: 'a sid that is not of a session with this secret is ignored, one that is no number is a FAILURE',
    play: async (scene) => {
      const [node, other] = [await loggedIn(scene), await loggedIn(scene, 'ada')]
      for (const sid of ['2', '99', '0', '-1', '', '2147483647']) {
        await node.login('node', 'node', `?sid=${sid}`)
        expect(Number(node.sid)).toBeGreaterThan(2)
      }
      const { total } = scene.world.genticsCms.sessions()
      for (const sid of ['x', node.token, '1.5', '2147483648']) {
        const failed = await node.login('node', 'node', `?sid=${sid}`)
        expect(failed).toMatchObject({ status: 201, code: 'FAILURE' })
        expect(failed.body).not.toHaveProperty('sid')
      }
      expect(scene.world.genticsCms.sessions().total).toBe(total)
      expect((await other.validate(other.token)).body).toMatchObject({ user: { login: 'ada' } })
    },
  },
]
