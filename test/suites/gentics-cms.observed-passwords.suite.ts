import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { auth, Editor, loggedIn, type Said } from './gentics-cms.visitor.ts'

const inJson = 'application/json'
const hash = `${auth}/hashpassword`
const match = `${auth}/matchpassword`
/** From another machine than the server's. */
const far = { 'x-forwarded-for': '203.0.113.9' }

function words({ body }: Said): unknown {
  return body['responseInfo']
}

/** What the open-source server does with passwords to hash and to match, row by row. */
export const observedPasswordBehaviours: readonly Behaviour[] = [
  {
    clauses: ['GC-O16', 'GC-O17', 'GC-X22'],
    title: 'observed: a hash comes without a user and never twice alike, and what matches it is OK',
    scenario: { extends: 'cms-observed' },
    play: async (scene) => {
      const node = await loggedIn(scene, 'node', far)
      const one = await node.say('POST', `${hash}?sid=1`, { password: 's3cret', userId: 12345 })
      const other = await node.say('POST', `${hash}?sid=1`, { password: 's3cret', userId: 987654 })
      expect(Object.keys(one.body)).toEqual(['responseInfo', 'inBackground', 'hash'])
      expect(words(one)).toEqual({ responseCode: 'OK', responseMessage: 'Successfully hashed password' })
      expect(one.body['hash']).toMatch(/^\$2a\$10\$[./A-Za-z0-9]{53}$/)
      expect(other.body['hash']).not.toBe(one.body['hash'])
      const ask = (password: string, against: unknown): Promise<Said> =>
        node.say('POST', `${match}?sid=1`, { password, hash: against })
      expect(words(await ask('s3cret', one.body['hash']))).toEqual({
        responseCode: 'OK',
        responseMessage: 'Password matches',
      })
      for (const against of [other.body['hash'], null, '', 'md5', 'leg-$2a$10$x']) {
        expect(words(await ask('secret', against))).toEqual({
          responseCode: 'FAILURE',
          responseMessage: 'Password does not match',
        })
      }
    },
  },
  {
    clauses: ['GC-O18', 'GC-O31'],
    title: 'observed: a local caller needs no session, another one does, and X-Forwarded-For is believed',
    scenario: { extends: 'cms-observed' },
    play: async (scene) => {
      const node = await loggedIn(scene, 'node', far)
      const at = (address: string): Editor => new Editor(scene, { 'x-forwarded-for': address })
      const ask = (editor: Editor, query = ''): Promise<Said> => editor.say('POST', hash + query, { password: 'x' })
      expect((await ask(new Editor(scene))).code).toBe('OK')
      expect((await ask(at('::1'))).code).toBe('OK')
      expect((await ask(node, '?sid=1')).code).toBe('OK')
      expect(words(await ask(at('203.0.113.9'), '?sid=1'))).toEqual({
        responseCode: 'FAILURE',
        responseMessage: "Invalid session ID: `1'",
      })
      expect(words(await ask(node, '?sid='))).toMatchObject({ responseMessage: "Invalid session ID: `0'" })
      scene.world.genticsCms.set({ allowFrom: ['198.51.100.7', '10.0.0.0/8', '192.0.2.0/24', '2001:db8::/32'] })
      const codes: string[] = []
      for (const address of ['198.51.100.7', '10.1.1.1', '192.0.2.1', '2001:db8::9', '127.0.0.1']) {
        codes.push((await ask(at(address))).code)
      }
      // The first range decides for callers by IPv4: 192.0.2.1 is in the second.
      expect(codes).toEqual(['OK', 'OK', 'FAILURE', 'OK', 'FAILURE'])
      scene.world.genticsCms.set({ trustProxy: false, allowFrom: ['127.0.0.1'] })
      expect((await ask(at('203.0.113.9'))).code).toBe('OK')
    },
  },
  {
    clauses: ['GC-O28', 'GC-O25', 'GC-O24', 'GC-O30'],
    title: 'observed: sid, body and caller are looked at in this order to hash, and the caller earlier to match',
    scenario: { extends: 'cms-observed' },
    play: async (scene) => {
      const [far_, near] = [new Editor(scene, far), new Editor(scene)]
      for (const path of [hash, match]) {
        for (const sid of ['abc', '1.5', '2147483648', `1${'x'.repeat(15)}`]) {
          expect((await near.send('POST', `${path}?sid=${sid}`, '{', inJson)).status).toBe(404)
        }
        for (const sid of ['', '%20', '0']) {
          expect((await near.send('POST', `${path}?sid=${sid}`, '{', inJson)).status).toBe(400)
        }
        expect((await near.send('POST', path)).status).toBe(500)
        expect((await near.send('POST', path, 'null', inJson)).status).toBe(500)
        expect((await near.send('POST', path, '{}', inJson)).status).toBe(500)
        expect((await far_.send('POST', path, '{', inJson)).status).toBe(400)
      }
      expect((await far_.send('POST', hash)).status).toBe(500)
      expect((await far_.say('POST', hash, {})).code).toBe('FAILURE')
      expect((await far_.say('POST', match)).status).toBe(200)
      for (const userId of ['7', null, 1.5, ' ', undefined]) {
        expect((await near.say('POST', hash, { password: 'x', userId })).code).toBe('OK')
      }
      for (const userId of ['x', true, 2_147_483_648, {}, []]) {
        expect((await near.say('POST', hash, { password: 'x', userId })).status).toBe(400)
      }
    },
  },
]
