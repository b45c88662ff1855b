import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import { auth, cookieLine, Editor, loggedIn } from './gentics-cms.visitor.ts'

const sso = `${auth}/ssologin`
const headers = {
  header: 'x-remote-user',
  firstName: 'x-first-name',
  lastName: 'x-last-name',
  email: 'x-mail',
  groups: 'x-groups',
}

/** What the open-source server makes of SSO, without a filter and with one, row by row. */
export const observedSsoBehaviours: readonly Behaviour[] = [
  {
    clauses: ['GC-O14', 'GC-O22'],
    title: 'observed: SSO confirms a session in text, and looks at no header and no bearer token',
    scenario: { extends: 'cms-observed' },
    play: async (scene) => {
      const node = await loggedIn(scene, 'node', { authorization: 'Bearer any', 'x-remote-user': 'ada' })
      for (const path of [sso, `${auth}/login`]) {
        const told = await node.send('GET', `${path}?sid=1`)
        expect([told.status, told.body]).toEqual([200, '1'])
        expect(told.headers).toContainEqual(['content-type', 'text/plain;charset=UTF-8'])
        expect(cookieLine(told)).toBe(`GCN_SESSION_SECRET=${node.secret}; Path=/; HttpOnly; SameSite=Lax`)
        for (const query of ['', '?sid=', '?sid=x', '?sid=99']) {
          const unknown = await node.send('GET', path + query)
          expect([unknown.status, unknown.body, cookieLine(unknown)]).toEqual([200, 'NOTFOUND', undefined])
        }
      }
      const stranger = new Editor(scene)
      expect((await stranger.send('GET', `${sso}?sid=1`)).body).toBe('NOTFOUND')
      expect((await stranger.send('GET', `${sso}?sid=${node.token}`)).body).toBe('1')
      scene.world.genticsCms.user('node').set({ state: 'no-groups' })
      expect((await node.send('GET', `${sso}?sid=1`)).body).toBe('1')
    },
  },
  {
    clauses: ['GC-O15', 'GC-O9'],
    title: 'observed: with a filter, whom it names gets a session that has the secret of the cookie',
    scenario: { extends: 'cms-observed', 'gentics-cms': { sso: { header: 'x-remote-user', tokens: { t: 'ada' } } } },
    play: async (scene) => {
      const node = new Editor(scene, { 'x-remote-user': 'node' })
      expect((await node.send('GET', sso)).body).toBe('1')
      const { secret } = node
      expect((await node.send('GET', `${sso}?sid=1`)).body).toBe('1')
      expect((await node.send('GET', `${sso}?sid=x`)).body).toBe('2')
      expect([node.secret, await node.isAlive('2')]).toEqual([secret, true])
      const lost = new Editor(scene, { 'x-remote-user': 'node' })
      expect((await lost.send('GET', `${sso}?sid=1`)).body).toBe('NOTFOUND')
      const brought = new Editor(scene, { authorization: 'Bearer t' })
      brought.secret = 'broughtByClient'
      expect((await brought.send('GET', sso)).body).toBe('3')
      expect([brought.secret, await brought.isAlive('3')]).toEqual(['broughtByClient', true])
      const other = new Editor(scene, { 'x-remote-user': 'ada' })
      other.secret = secret
      expect((await other.send('GET', `${sso}?sid=1`)).body).toBe('4')
      expect([other.secret, await other.isAlive('1'), await other.isAlive('2')]).toEqual([secret, false, true])
      scene.world.genticsCms.set({ maintenance: true })
      expect((await node.send('GET', sso)).body).toBe('MAINTENANCEMODE')
      scene.world.genticsCms.set({ maintenance: false, sso: { header: 'x-remote-user', tokens: {}, failing: true } })
      expect((await node.send('GET', sso)).body).toBe('FAILURE')
    },
  },
  {
    clauses: ['GC-O15', 'GC-O8'],
    title: 'observed: a filter makes users of whom groups are told, and takes names over each time',
    scenario: { extends: 'cms-observed', 'gentics-cms': { sso: { tokens: {}, ...headers } } },
    play: async (scene) => {
      const unknown = new Editor(scene, { 'x-remote-user': 'zoe' })
      expect((await unknown.send('GET', sso)).body).toBe('NOTFOUND')
      const zoe = new Editor(scene, {
        'x-remote-user': 'zoe',
        'x-first-name': 'Zoe',
        'x-last-name': 'Zed',
        'x-mail': 'zoe@x.example',
        'x-groups': 'Editors; Juniors',
      })
      expect((await zoe.send('GET', sso)).body).toBe('1')
      const user = async (): Promise<unknown> => (await zoe.say('GET', `/rest/user/me?sid=1&groups=true`)).body['user']
      expect(await user()).toMatchObject({
        firstName: 'Zoe',
        lastName: 'Zed',
        email: 'zoe@x.example',
        login: 'zoe',
        groups: [{ name: 'Editors' }, { name: 'Juniors' }],
      })
      expect((await zoe.login('zoe', '')).code).toBe('NOTFOUND')
      const renamed = new Editor(scene, { 'x-remote-user': 'zoe', 'x-first-name': 'Zora' })
      expect((await renamed.send('GET', sso)).body).toBe('2')
      expect(await user()).toMatchObject({ firstName: 'Zora', lastName: '', email: '', groups: [{}, {}] })
    },
  },
]
