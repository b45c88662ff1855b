import { expect } from 'vitest'
import type { Received } from '../hosts/host.ts'
import type { Behaviour } from './play.ts'
import { auth, cookieLine, Editor, loggedIn, me } from './gentics-cms.visitor.ts'

const login = `${auth}/login`
const inJson = 'application/json'
const credentials = JSON.stringify({ login: 'node', password: 'node' })
const scenario = { extends: 'cms-observed' }

/** An error in the form of the framework. */
function error(code: string, text: string, message = text): object {
  return {
    messages: [{ message: text, type: 'CRITICAL', timestamp: 1_768_467_600_000, isInstantMessage: false }],
    responseInfo: { responseCode: code, responseMessage: message },
    inBackground: false,
  }
}

function expectError({ status, headers, body }: Received, wanted: number, like: object): void {
  expect([status, JSON.parse(body)]).toEqual([wanted, like])
  expect(headers).toContainEqual(['content-type', 'application/json'])
  expect(Object.keys(JSON.parse(body))).toEqual(['messages', 'responseInfo', 'inBackground'])
}

const format = error('INVALIDDATA', 'The format of the request body was incorrect.', expect.any(String))
const object = error('INVALIDDATA', 'The request body contained an incorrect object.', expect.any(String))
const backend = error('FAILURE', 'An error occurred while accessing the backend system.')

/** What the framework of the open-source server does before and after any operation, row by row. */
export const observedFormBehaviours: readonly Behaviour[] = [
  {
    clauses: ['GC-O24', 'GC-O25', 'GC-O26'],
    title: 'observed: bodies that are malformed, of a wrong shape, missing, or of another type',
    scenario,
    play: async (scene) => {
      const node = await loggedIn(scene)
      const before = scene.world.snapshot().records
      for (const body of ['{', 'login=node', new Uint8Array([0x7b, 0xff, 0x7d])]) {
        expectError(await node.send('POST', login, body, inJson), 400, format)
      }
      for (const body of [
        '{"login":"node","password":"node","remember":true}',
        '{"login":{},"password":"node"}',
        '{"login":"node","password":["node"]}',
        '[]',
        '"node"',
        '12',
      ]) {
        expectError(await node.send('POST', login, body, inJson), 400, object)
      }
      for (const body of ['', 'null']) expectError(await node.send('POST', login, body, inJson), 500, backend)
      expectError(await node.send('POST', login), 500, backend)
      const type = error('FAILURE', 'HTTP 415 Unsupported Media Type')
      expectError(await node.send('POST', login, credentials, 'text/plain'), 415, type)
      expectError(
        await node.send('POST', `${auth}/logout/1`, undefined, 'application/x-www-form-urlencoded'),
        415,
        type,
      )
      expectError(await node.send('GET', `${auth}/globalprefix`, undefined, 'text/plain'), 415, type)
      expect(scene.world.snapshot().records).toEqual(before)
      scene.world.genticsCms.user('node').set({ password: '7' })
      expect((await node.say('POST', login, { login: 'node', password: 7 })).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-O26'],
    title: 'observed: a body without a content type is 415',
    scenario,
    play: async (scene) => {
      const received = await new Editor(scene).send('POST', login, new TextEncoder().encode(credentials))
      expectError(received, 415, error('FAILURE', 'HTTP 415 Unsupported Media Type'))
    },
  },
  {
    clauses: ['GC-O26', 'GC-O30'],
    title: 'observed: an Accept header without the type of the answer is 406, after the content type',
    scenario,
    play: async (scene) => {
      const node = await loggedIn(scene)
      const ask = (accept: string, path = 'globalprefix', type?: string): Promise<Received> =>
        node.send('GET', `${auth}/${path}`, undefined, type, { accept })
      for (const accept of ['*/*', 'application/*', 'text/html, application/json;q=0.5']) {
        expect((await ask(accept)).status).toBe(200)
      }
      for (const accept of ['text/html', 'application/json;q=0, text/html']) {
        const refused = await ask(accept)
        expect([refused.status, refused.body]).toEqual([406, 'ERROR'])
        expect(refused.headers).toContainEqual(['content-type', 'text/plain'])
      }
      const xml = await ask('application/xml')
      expect([xml.status, xml.headers.find(([name]) => name === 'content-type')?.[1]]).toEqual([406, 'application/xml'])
      expectError(await ask('application/json', 'ssologin'), 406, error('FAILURE', 'HTTP 406 Not Acceptable'))
      expect((await ask('text/plain', 'ssologin?sid=1')).body).toBe('1')
      expect((await ask('text/html', 'globalprefix', 'text/plain')).status).toBe(415)
    },
  },
  {
    clauses: ['GC-O27', 'GC-O30'],
    title: 'observed: unknown paths are 404 and wrong methods 405 without Allow, in JSON; OPTIONS tells the methods',
    scenario,
    play: async (scene) => {
      const node = await loggedIn(scene)
      const missing = error('FAILURE', 'HTTP 404 Not Found')
      for (const path of ['nothing', 'validate', 'logout/1/2', 'loginwithrsa', 'login.txt', 'loginwithrsa.json']) {
        expectError(await node.send('POST', `${auth}/${path}`, credentials, 'text/plain'), 404, missing)
      }
      const why = scene.world.requests.at(-1)?.because
      expect(why).toContain('dialect: documented')
      for (const [method, path] of [
        ['PUT', 'login'],
        ['GET', 'hashpassword'],
        ['POST', 'globalprefix'],
        ['DELETE', 'logout/1'],
      ] as const) {
        const refused = await node.send(method, `${auth}/${path}`, undefined, undefined)
        expectError(refused, 405, error('FAILURE', 'HTTP 405 Method Not Allowed'))
        expect(refused.headers.map(([name]) => name)).not.toContain('allow')
      }
      const head = await node.send('HEAD', `${auth}/globalprefix`)
      expect([head.status, head.body]).toEqual([200, ''])
    },
  },
  {
    clauses: ['GC-O27'],
    title: 'observed: OPTIONS is answered with the methods that there are',
    scenario,
    play: async (scene) => {
      const received = await new Editor(scene).send('OPTIONS', `${auth}/login`)
      expect([received.status, received.body]).toEqual([200, ''])
      expect(received.headers).toContainEqual(['allow', 'POST,GET,HEAD,OPTIONS'])
    },
  },
  {
    clauses: ['GC-O29', 'GC-O19', 'GC-X2'],
    title: 'observed: .json, .xml and a last slash make no difference; filter-contenttype is the content type',
    scenario,
    play: async (scene) => {
      const node = await loggedIn(scene)
      for (const end of ['', '.json', '.xml', '/', '/.json']) {
        const prefix = await node.send('GET', `${auth}/globalprefix${end}`)
        expect(JSON.parse(prefix.body)).toEqual({
          responseInfo: { responseCode: 'OK', responseMessage: 'A547' },
          inBackground: false,
        })
        expect(prefix.headers).toContainEqual(['content-type', 'application/json'])
        expect((await node.validate(node.token + end.replace('/.json', '/'))).code).toBe('OK')
        expect((await node.send('GET', `${me}${end}?sid=1`)).status).toBe(200)
        expect((await node.send('GET', `${auth}/ssologin${end}?sid=1`)).body).toBe('1')
      }
      for (const path of [`${auth}/globalprefix`, `${auth}/nothing`]) {
        const filtered = await node.send('GET', `${path}?filter-contenttype=text/html`)
        expect(filtered.headers).toContainEqual(['content-type', 'text/html'])
      }
      const again = await node.say('POST', `${login}.xml`, { login: 'node', password: 'node' })
      expect((await node.logout(`${String(again.body['sid'])}.xml`)).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-O22'],
    title: 'observed: the cookie is Secure where that is set, and says of other sites what is set',
    scenario,
    play: async (scene) => {
      const node = new Editor(scene)
      const ends = {
        lax: '; SameSite=Lax',
        strict: '; SameSite=Strict',
        none: '; SameSite=None',
        off: '',
      } as const
      for (const [sameSite, end] of Object.entries(ends)) {
        scene.world.genticsCms.set({ secureCookies: true, sameSite: sameSite as keyof typeof ends })
        const line = cookieLine(await node.send('POST', login, credentials, inJson))
        expect(line).toBe(`GCN_SESSION_SECRET=${node.secret}; Path=/; HttpOnly; Secure${end}`)
      }
      const gone = await node.send('POST', `${auth}/logout/4?allSessions=true`)
      expect(cookieLine(gone)).toBe('GCN_SESSION_SECRET=deleted; Path=/; Version=1; Max-Age=0; HttpOnly; Secure')
    },
  },
  {
    clauses: ['GC-O3', 'GC-X19'],
    title: 'observed: messages that are set stand in every answer, in the form of this server',
    scenario: { extends: 'cms-observed', 'gentics-cms': { messages: [{ message: 'Noon', sender: 'ada' }] } },
    play: async (scene) => {
      const { body } = await new Editor(scene).say('GET', `${auth}/globalprefix`)
      expect(body['messages']).toEqual([
        { message: 'Noon', type: 'INFO', timestamp: 1_768_467_600_000, isInstantMessage: false },
      ])
    },
  },
]
