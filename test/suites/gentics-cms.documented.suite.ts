import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { auth, cookieLine, Editor, loggedIn, rsaLogin } from './gentics-cms.visitor.ts'

const nora = {
  id: 12345,
  firstName: 'Nora',
  lastName: 'Node',
  description: '',
  email: 'node@cms.example',
  groups: [
    {
      id: expect.any(Number),
      name: 'Editors',
      description: '',
      children: [{ id: expect.any(Number), name: 'Juniors', description: '', children: [] }],
    },
  ],
  login: 'node',
}

/** What the vendor's page says, clause by clause. */
export const documentedBehaviours: readonly Behaviour[] = [
  {
    clauses: ['GC-01', 'GC-19', 'GC-26'],
    title: 'the token of a live session is valid and tells its user, nothing else is',
    play: async (scene) => {
      const node = await loggedIn(scene)
      const valid = await node.validate(node.token)
      expect(valid).toMatchObject({ status: 200, code: 'OK', body: { user: nora, messages: [] } })
      expect(Object.keys(valid.body)).toEqual(['user', 'messages', 'responseInfo'])
      const wrong = [
        node.sid,
        `${node.sid}0123456789abcde`,
        `99${node.secret}`,
        `${node.secret}`,
        `x${node.secret}`,
        `${node.token}x`,
        '-1',
        'nonsense',
        '%',
        '%20',
      ]
      for (const token of wrong) {
        const invalid = await node.validate(token)
        expect(invalid).toMatchObject({ status: 200, code: 'INVALIDDATA' })
        expect(Object.keys(invalid.body)).toEqual(['messages', 'responseInfo'])
      }
    },
  },
  {
    clauses: ['GC-02', 'GC-24'],
    title: '/auth/login and /auth/ssologin answer GET alike: the sid, NOTFOUND or FAILURE as text',
    scenario: { extends: 'cms-sso' },
    play: async (scene) => {
      for (const path of [`${auth}/login`, `${auth}/ssologin`]) {
        const named = await new Editor(scene, { authorization: 'Bearer token-of-node' }).send('GET', path)
        expect(named.status).toBe(200)
        expect(named.headers).toContainEqual(['content-type', 'text/plain'])
        expect(named.body).toMatch(/^[1-9]\d*$/)
        expect((await new Editor(scene).send('GET', path)).body).toBe('NOTFOUND')
      }
      const { sso } = scene.world.genticsCms.settings
      scene.world.genticsCms.set({ sso: { ...sso, failing: true } })
      for (const path of [`${auth}/login`, `${auth}/ssologin`]) {
        expect((await new Editor(scene, { 'x-remote-user': 'node' }).send('GET', path)).body).toBe('FAILURE')
        expect((await new Editor(scene).send('GET', path)).body).toBe('NOTFOUND')
      }
    },
  },
  {
    clauses: ['GC-03', 'GC-09', 'GC-12', 'GC-17'],
    title: 'a login opens a session: 201 with sid and user, the secret as a cookie',
    play: async (scene) => {
      const node = new Editor(scene)
      const body = JSON.stringify({ login: 'node', password: 'node' })
      const login = await node.send('POST', `${auth}/login?sid=0`, body, 'application/json')
      expect(login.status).toBe(201)
      expect(login.headers).toContainEqual(['content-type', 'application/json'])
      const read = JSON.parse(login.body)
      expect(Object.keys(read)).toEqual(['sid', 'user', 'messages', 'responseInfo'])
      expect(read).toEqual({
        sid: '1',
        user: nora,
        messages: [],
        responseInfo: { responseCode: 'OK', responseMessage: expect.any(String) },
      })
      expect(cookieLine(login)).toBe(`GCN_SESSION_SECRET=${node.secret}; Path=/; HttpOnly`)
      expect(await node.isAlive('1')).toBe(true)
    },
  },
  {
    clauses: ['GC-03'],
    title: 'a login with the sid and secret of a session goes on with it',
    play: async (scene) => {
      const node = await loggedIn(scene)
      const { sid, secret } = node
      await node.login('node', 'node', `?sid=${sid}`)
      expect([node.sid, node.secret]).toEqual([sid, secret])
      expect(await node.isAlive()).toBe(true)
    },
  },
  {
    clauses: ['GC-04', 'GC-U1'],
    title: 'a login with a right RSA signature opens a session as any other',
    scenario: { extends: 'cms-sso', clock: { at: '2026-01-15T09:00:00Z', frozen: true } },
    play: async (scene) => {
      const node = new Editor(scene)
      const login = await node.say('POST', `${auth}/loginwithrsa?sid=0`, await rsaLogin('node', 1_768_467_660))
      expect(login).toMatchObject({ status: 201, code: 'OK', body: { sid: '1', user: nora, messages: [] } })
      expect(await node.isAlive('1')).toBe(true)
      const again = await node.say('POST', `${auth}/loginwithrsa?sid=1`, await rsaLogin('node', 1_768_467_660, 'salt'))
      expect(again).toMatchObject({ code: 'OK', body: { sid: '1' } })
    },
  },
  {
    clauses: ['GC-05', 'GC-20', 'GC-27'],
    title: 'a logout ends one session, and the others that share its secret go on',
    play: async (scene) => {
      const node = await loggedIn(scene)
      await node.login('node')
      const logout = await node.logout('1', '?allSessions=false')
      expect(logout).toMatchObject({ status: 201, code: 'OK' })
      expect(Object.keys(logout.body)).toEqual(['messages', 'responseInfo'])
      expect([await node.isAlive('1'), await node.isAlive('2')]).toEqual([false, true])
      expect(await node.logout('1')).toMatchObject({ code: 'INVALIDDATA' })
    },
  },
  {
    clauses: ['GC-06', 'GC-07', 'GC-21', 'GC-X22'],
    title: 'passwords are hashed with bcrypt, matched, and never twice alike',
    play: async (scene) => {
      const node = await loggedIn(scene)
      const ask = (password: string): ReturnType<Editor['say']> =>
        node.say('POST', `${auth}/hashpassword?sid=${node.sid}`, { password, userId: 12346 })
      const [one, other] = [await ask('s3cret'), await ask('s3cret')]
      expect(one).toMatchObject({ status: 201, code: 'OK', body: { user: { login: 'ada' }, messages: [] } })
      expect(Object.keys(one.body)).toEqual(['hash', 'user', 'messages', 'responseInfo'])
      const { hash } = one.body
      expect(hash).toMatch(/^\$2a\$10\$[./A-Za-z0-9]{53}$/)
      expect(other.body['hash']).not.toBe(hash)
      const match = (password: string, against: unknown): ReturnType<Editor['say']> =>
        node.say('POST', `${auth}/matchpassword?sid=${node.sid}`, { password, hash: against })
      const right = await match('s3cret', hash)
      expect(right).toMatchObject({ status: 201, code: 'OK' })
      expect(Object.keys(right.body)).toEqual(['messages', 'responseInfo'])
      expect(await match('secret', hash)).toMatchObject({ status: 201, code: 'FAILURE' })
      expect(await match('s3cret', 'no hash')).toMatchObject({ status: 201, code: 'FAILURE' })
    },
  },
  {
    clauses: ['GC-06', 'GC-07', 'GC-21'],
    title: 'anonymous callers may neither hash nor match, whatever sid they say',
    play: async (scene) => {
      const node = await loggedIn(scene)
      const stranger = new Editor(scene)
      for (const query of ['', '?sid=0', `?sid=${node.sid}`, '?sid=99']) {
        const hash = await stranger.say('POST', `${auth}/hashpassword${query}`, { password: 'x', userId: 0 })
        expect(hash).toMatchObject({ status: 201, code: 'FAILURE' })
        expect(hash.body).not.toHaveProperty('hash')
        const body = { password: 'x', hash: `$2a$10$${'.'.repeat(53)}` }
        expect(await stranger.say('POST', `${auth}/matchpassword${query}`, body)).toMatchObject({ code: 'FAILURE' })
      }
      expect(await node.say('POST', `${auth}/hashpassword`, { password: 'x' })).toMatchObject({ code: 'FAILURE' })
    },
  },
  {
    clauses: ['GC-08', 'GC-22'],
    title: 'the global prefix is the message of an OK, for anybody',
    scenario: { 'gentics-cms': { globalPrefix: 'B00K' } },
    play: async (scene) => {
      const prefix = await new Editor(scene).say('GET', `${auth}/globalprefix`)
      expect(prefix.status).toBe(200)
      expect(prefix.body).toEqual({ messages: [], responseInfo: { responseCode: 'OK', responseMessage: 'B00K' } })
    },
  },
  {
    clauses: ['GC-10', 'GC-X21'],
    title: 'a user is told with groups and the groups below them, in the documented order',
    scenario: {
      'gentics-cms': {
        users: {
          deep: {
            id: 7,
            firstName: 'Dee',
            lastName: 'Deep',
            description: 'five levels',
            email: 'deep@cms.example',
            groups: [
              {
                id: 1,
                name: 'A',
                description: 'first',
                children: [
                  { name: 'B', children: [{ name: 'C' }] },
                  { id: 4, name: 'D' },
                ],
              },
              { name: 'Editors' },
            ],
          },
        },
      },
    },
    play: async (scene) => {
      const { body } = await new Editor(scene).login('deep')
      const user = body['user'] as { readonly groups: readonly unknown[] }
      expect(Object.keys(user)).toEqual(['id', 'firstName', 'lastName', 'description', 'email', 'groups', 'login'])
      expect(user).toMatchObject({ id: 7, description: 'five levels' })
      expect(user.groups).toMatchObject([
        {
          id: 1,
          name: 'A',
          description: 'first',
          children: [
            { name: 'B', children: [{ name: 'C' }] },
            { id: 4, name: 'D', children: [] },
          ],
        },
        { name: 'Editors', description: '', children: [] },
      ])
      const other = await new Editor(scene).login('node')
      const editors = (groups: unknown): unknown =>
        (groups as { name: string }[]).find(({ name }) => name === 'Editors')
      const [here, there] = [editors(user.groups), editors((other.body['user'] as typeof user).groups)]
      expect(here).toMatchObject({ id: (there as { id: number }).id })
    },
  },
  {
    clauses: ['GC-11', 'GC-X19'],
    title: 'messages that are set come with every answer, with their sender and the time',
    scenario: {
      'gentics-cms': {
        messages: [
          { type: 'CRITICAL', message: 'Disk full', fieldName: 'disk', image: 'disk.png', sender: 'ada', id: 9 },
          { message: 'Hello' },
          { type: 'NEUTRAL', message: 'From nobody', sender: 'gone' },
        ],
      },
    },
    play: async (scene) => {
      const expected = [
        {
          fieldName: 'disk',
          message: 'Disk full',
          type: 'CRITICAL',
          timestamp: 1_768_467_600_000,
          image: 'disk.png',
          sender: expect.objectContaining({
            login: 'ada',
            groups: [expect.objectContaining({ name: 'Administrators' })],
          }),
          id: 9,
        },
        { message: 'Hello', type: 'INFO', timestamp: 1_768_467_600_000, id: 2 },
        { message: 'From nobody', type: 'NEUTRAL', timestamp: 1_768_467_600_000, id: 3 },
      ]
      const node = new Editor(scene)
      const answers = [
        await node.login('node'),
        await node.login('node', 'wrong'),
        await node.validate(node.token),
        await node.say('GET', `${auth}/globalprefix`),
        await node.say('POST', `${auth}/hashpassword?sid=1`, { password: 'x' }),
        await node.logout(),
      ]
      for (const { body } of answers) expect(body['messages']).toEqual(expected)
    },
  },
  {
    clauses: ['GC-12', 'GC-13', 'GC-09'],
    title: 'failures are told by a code and words, and not by the status',
    play: async (scene) => {
      const node = await loggedIn(scene)
      const failures = [
        [201, await node.login('node', 'wrong'), 'NOTFOUND'],
        [200, await node.validate('nonsense'), 'INVALIDDATA'],
        [201, await node.logout('99'), 'FAILURE'],
        [201, await node.say('POST', `${auth}/hashpassword?sid=99`, { password: 'x' }), 'FAILURE'],
      ] as const
      for (const [status, failure, code] of failures) {
        expect(failure).toMatchObject({ status, code })
        expect(failure.body['responseInfo']).toEqual({
          responseCode: code,
          responseMessage: expect.stringMatching(/^[A-Z].*\.$/),
        })
      }
    },
  },
]
