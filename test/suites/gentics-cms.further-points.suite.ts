import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { auth, cookieLine, Editor, loggedIn, me, rsaLogin } from './gentics-cms.visitor.ts'

const login = `${auth}/login`
const inJson = 'application/json'
/** The instant at which behaviours start, in seconds. */
const nine = 1_768_467_600

/** What is left open in the details: members, tokens, order, instants. */
export const furtherPointBehaviours: readonly Behaviour[] = [
  {
    clauses: ['GC-X8', 'GC-03'],
    title: 'a login with the sid of somebody else who shares the secret takes the session over',
    play: async (scene) => {
      const node = await loggedIn(scene)
      await node.login('ada', 'ada', '?sid=1')
      expect(node.sid).toBe('1')
      expect((await node.validate(node.token)).body).toMatchObject({ user: { login: 'ada' } })
    },
  },
  {
    clauses: ['GC-X9', 'GC-20', 'GC-24'],
    title: 'a token in the place of a sid counts as sid and cookie do',
    play: async (scene) => {
      const [node, stranger] = [await loggedIn(scene), new Editor(scene)]
      expect((await stranger.send('GET', `${auth}/ssologin?sid=${node.token}`)).body).toBe('1')
      stranger.secret = '0123456789abcde'
      expect((await stranger.say('GET', `${me}?sid=${node.token}`)).code).toBe('OK')
      node.secret = stranger.secret
      const right = `1${stranger.secret}`
      expect((await stranger.logout(right)).code).toBe('INVALIDDATA')
      const { secret } = await loggedIn(scene)
      expect((await new Editor(scene).logout(`2${secret}`)).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-X10', 'GC-20'],
    title: 'allSessions is true in any case, and anything else is false',
    play: async (scene) => {
      for (const [value, all] of [
        ['true', true],
        ['TRUE', true],
        ['1', false],
        ['yes', false],
        ['', false],
        ['false', false],
      ] as const) {
        const node = await loggedIn(scene)
        const [first, { secret }] = [node.sid, node]
        await node.login('node')
        expect((await node.logout(node.sid, `?allSessions=${value}`)).code).toBe('OK')
        expect((await node.validate(`${first}${secret}`)).code).toBe(all ? 'INVALIDDATA' : 'OK')
      }
    },
  },
  {
    clauses: ['GC-X11', 'GC-17'],
    title: 'credentials that are left out are wrong ones, members of another type answer 400',
    scenario: { extends: 'cms-sso' },
    play: async (scene) => {
      const node = await loggedIn(scene)
      for (const body of [{}, { login: 'node' }, { password: 'node' }, { login: null, password: 'node' }]) {
        expect((await node.say('POST', login, body)).code).toBe('NOTFOUND')
        expect((await node.say('POST', `${auth}/loginwithrsa`, body)).code).toBe('NOTFOUND')
      }
      const before = scene.world.snapshot().records
      for (const [name, body] of [
        ['login', { login: 5, password: 'node' }],
        ['login', { login: 'node', password: ['node'] }],
        ['loginwithrsa', { ...(await rsaLogin('node', nine + 60)), expirationTimestamp: '1768467660' }],
        ['loginwithrsa', { ...(await rsaLogin('node', nine + 60)), expirationTimestamp: 1.5 }],
        ['hashpassword?sid=1', {}],
        ['hashpassword?sid=1', { password: 'x', userId: 'x' }],
        ['matchpassword?sid=1', { password: 'x' }],
        ['matchpassword?sid=1', { hash: 'x' }],
        ['matchpassword?sid=1', { password: 'x', hash: 7 }],
      ] as const) {
        expect((await node.say('POST', `${auth}/${name}`, body)).status).toBe(400)
      }
      expect(scene.world.snapshot().records).toEqual(before)
    },
  },
  {
    clauses: ['GC-X12', 'GC-06'],
    title: 'the answer to hashpassword carries the user with the id, if there is one, and the id changes no hash',
    play: async (scene) => {
      const node = await loggedIn(scene)
      for (const [userId, login_] of [
        [12345, 'node'],
        [12347, 'otto'],
        [1, undefined],
        [-5, undefined],
        [null, undefined],
      ] as const) {
        const { body } = await node.say('POST', `${auth}/hashpassword?sid=1`, { password: 'x', userId })
        expect((body['user'] as { login?: string } | undefined)?.login).toBe(login_)
        const match = { password: 'x', hash: body['hash'] }
        expect((await node.say('POST', `${auth}/matchpassword?sid=1`, match)).code).toBe('OK')
      }
    },
  },
  {
    clauses: ['GC-X13', 'GC-21'],
    title: 'hashes of any cost up to 12 are matched, dearer ones and what is no hash are FAILURE at once',
    play: async (scene) => {
      const node = await loggedIn(scene)
      const match = async (password: string, hash: string): Promise<string> =>
        (await node.say('POST', `${auth}/matchpassword?sid=1`, { password, hash })).code
      // Of the word "secret", by another library than ours: crypt(3) of libxcrypt.
      for (const hash of [
        '$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW',
        '$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW',
      ]) {
        expect([await match('secret', hash), await match('Secret', hash)]).toEqual(['OK', 'FAILURE'])
      }
      for (const hash of [`$2a$31$${'a'.repeat(53)}`, `$2a$13$${'a'.repeat(53)}`, '$2a$10$short', 'md5', '']) {
        expect(await match('secret', hash)).toBe('FAILURE')
      }
    },
  },
  {
    clauses: ['GC-X14', 'GC-U3', 'GC-U6', 'GC-17', 'GC-18'],
    title: 'type, sid, body; credentials, groups, maintenance, sid of a login are looked at in this order',
    play: async (scene) => {
      const stranger = new Editor(scene)
      const { genticsCms } = scene.world
      expect((await stranger.send('POST', `${auth}/hashpassword?sid=x`, '{', 'text/plain')).status).toBe(415)
      expect((await stranger.send('POST', `${auth}/hashpassword?sid=x`, '{', inJson)).status).toBe(404)
      expect((await stranger.send('POST', `${auth}/hashpassword`, '{', inJson)).status).toBe(400)
      genticsCms.set({ maintenance: true })
      expect((await stranger.login('otto', 'wrong', '?sid=x')).code).toBe('NOTFOUND')
      expect((await stranger.login('otto', 'otto', '?sid=x')).code).toBe('NOTFOUND')
      genticsCms.user('otto').set({ state: 'active' })
      expect((await stranger.login('otto', 'otto', '?sid=x')).code).toBe('MAINTENANCEMODE')
      genticsCms.user('otto').set({ seesMaintenance: true })
      expect((await stranger.login('otto', 'otto', '?sid=x')).code).toBe('FAILURE')
      expect((await stranger.login('otto', 'otto')).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-X15', 'GC-04'],
    title: 'a signature is good until its timestamp, by the clock of the CMS, also twice',
    scenario: { extends: 'cms-sso' },
    play: async (scene) => {
      const node = new Editor(scene)
      const sign = async (): ReturnType<Editor['say']> =>
        node.say('POST', `${auth}/loginwithrsa`, await rsaLogin('node', nine + 60))
      expect([(await sign()).code, (await sign()).code]).toEqual(['OK', 'OK'])
      scene.world.clock.set('2026-01-15T09:00:59.999Z')
      expect((await sign()).code).toBe('OK')
      scene.world.clock.set('2026-01-15T09:01:00Z')
      expect((await sign()).code).toBe('NOTFOUND')
      scene.world.clock.set('2026-01-15T09:00:59Z')
      scene.world.clock.skew('1s')
      expect((await sign()).code).toBe('NOTFOUND')
    },
  },
  {
    clauses: ['GC-X16', 'GC-24', 'GC-02'],
    title: 'SSO takes the session before the bearer token before the header, and fails only where it has to ask',
    scenario: { extends: 'cms-sso' },
    play: async (scene) => {
      const ada = await loggedIn(scene, 'ada', { authorization: 'Bearer token-of-node', 'x-remote-user': 'ada' })
      expect((await ada.send('GET', `${auth}/ssologin?sid=1`)).body).toBe('1')
      expect((await ada.send('GET', `${auth}/ssologin`)).body).toBe('2')
      expect((await ada.validate(`2${ada.secret}`)).body).toMatchObject({ user: { login: 'node' } })
      const other = new Editor(scene, { authorization: 'Bearer unknown', 'x-remote-user': 'ada' })
      expect((await other.send('GET', `${auth}/ssologin`)).body).toBe('3')
      expect((await other.validate(`3${other.secret}`)).body).toMatchObject({ user: { login: 'ada' } })
      const { sso } = scene.world.genticsCms.settings
      scene.world.genticsCms.set({ sso: { ...sso, failing: true } })
      expect((await ada.send('GET', `${auth}/ssologin?sid=1`)).body).toBe('1')
      expect((await ada.send('GET', `${auth}/ssologin`)).body).toBe('FAILURE')
      expect((await new Editor(scene).send('GET', `${auth}/ssologin?sid=99`)).body).toBe('NOTFOUND')
    },
  },
  {
    clauses: ['GC-X17', 'GC-18', 'GC-17'],
    title: 'open sessions go on without groups and in maintenance, but SSO with them says FAILURE in maintenance',
    play: async (scene) => {
      const node = await loggedIn(scene)
      const { genticsCms } = scene.world
      genticsCms.user('node').set({ state: 'no-groups' })
      expect((await node.validate(node.token)).body).toMatchObject({ user: { login: 'node', groups: [] } })
      expect((await node.send('GET', `${auth}/ssologin?sid=1`)).body).toBe('1')
      expect((await new Editor(scene).login('node')).code).toBe('NOTFOUND')
      genticsCms.set({ maintenance: true })
      expect(await node.isAlive()).toBe(true)
      expect((await node.send('GET', `${me}?sid=1`)).status).toBe(200)
      expect((await node.send('GET', `${auth}/ssologin?sid=1`)).body).toBe('FAILURE')
      genticsCms.user('node').set({ seesMaintenance: true })
      expect((await node.send('GET', `${auth}/ssologin?sid=1`)).body).toBe('1')
    },
  },
  {
    clauses: ['GC-X18', 'GC-22'],
    title: 'responseMessage is a sentence for people, but for the global prefix',
    play: async (scene) => {
      const node = new Editor(scene)
      const words = async (said: ReturnType<Editor['say']>): Promise<string> =>
        ((await said).body['responseInfo'] as { responseMessage: string }).responseMessage
      const told = [await words(node.login('node')), await words(node.login('x')), await words(node.validate('x'))]
      expect(new Set(told).size).toBe(3)
      for (const sentence of told) expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(await words(node.say('GET', `${auth}/globalprefix`))).toBe('A547')
    },
  },
  {
    clauses: ['GC-X20', 'GC-20'],
    title: 'the line that takes the cookie away empties a jar, and a new login gets a new secret',
    play: async (scene) => {
      const node = await loggedIn(scene)
      const { secret } = node
      const line = cookieLine(await node.send('POST', `${auth}/logout/1?allSessions=true`)) ?? ''
      expect(line).toBe('GCN_SESSION_SECRET=deleted; Path=/; Max-Age=0; HttpOnly')
      await node.login('node')
      expect(node.secret).not.toBe(secret)
      expect(await node.isAlive('2')).toBe(true)
    },
  },
]
