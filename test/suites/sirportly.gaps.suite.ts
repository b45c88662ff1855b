import type { Scenario } from '../../src/index.ts'
import { expect } from 'vitest'
import type { Behaviour, Scene } from './play.ts'
import {
  adam,
  answerTo,
  ask,
  asking,
  ben,
  encode,
  faye,
  inQuery,
  lou,
  outcome,
  outcomeOf,
  password,
  path,
  rightCode,
  urlencoded,
  wrongCode,
} from './sirportly.visitor.ts'

const right = { ...faye, two_factor_code: rightCode }
const wrong = { ...faye, two_factor_code: wrongCode }

/** How often faye has failed, as an administrator sees it. */
function failures({ world }: Scene): number | undefined {
  return world.sirportly.user('faye').view().failures
}

/** What was met while building, and nobody tells. */
export const gapBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SP-X1'],
    title: 'without account, and with API access for none of the users, the list is empty',
    play: async (scene) => {
      expect(await answerTo(scene, { username: 'ben', password })).toEqual([
        200,
        '{"status":"Authenticated","users":[]}',
      ])
    },
  },
  {
    clauses: ['SP-X2'],
    title:
      'without account an address that one account refuses leaves its user out; refused by all, the lowest id tells',
    scenario: { extends: 'sirportly-networks' },
    play: async (scene) => {
      const form = { username: 'adam', password }
      const from = (address: string): { headers: Record<string, string> } => ({
        headers: { 'x-forwarded-for': address },
      })
      expect(await outcome(scene, form, from('127.0.0.1'))).toBe('Authenticated atech fibreband')
      expect(await outcome(scene, form, from('192.0.2.7'))).toBe('Authenticated atech office')
      scene.world.sirportly.user('atech/adam').set({ state: 'two-factor-required' })
      expect(await outcome(scene, form, from('198.51.100.1'))).toBe('TwoFactorRequired')
      scene.world.sirportly.user('atech/adam').set({ state: 'no-api-access' })
      expect(await answerTo(scene, form, from('198.51.100.1'))).toEqual([
        403,
        '{"error":"NotPermittedFromIPAddress","ip":"198.51.100.1"}',
      ])
    },
  },
  {
    clauses: ['SP-X3'],
    title:
      'without account a code that is right for one user does not count against another, one that is wrong for all does',
    play: async (scene) => {
      const { sirportly } = scene.world
      const [one, other] = [sirportly.user('atech/adam'), sirportly.user('fibreband/adam')]
      one.set({ code: '111111' })
      other.set({ code: '222222' })
      const form = { username: 'adam', password }
      expect(await outcome(scene, { ...form, two_factor_code: '111111' })).toBe('Authenticated atech')
      expect(await outcome(scene, { ...form, two_factor_code: '222222' })).toBe('Authenticated fibreband')
      expect([one.view().failures, other.view().failures]).toEqual([0, 0])
      expect(await outcome(scene, { ...form, two_factor_code: '333333' })).toBe('InvalidTwoFactorCode')
      expect([one.view().failures, other.view().failures]).toEqual([1, 1])
      expect(await outcome(scene, { ...form, two_factor_code: '111111' })).toBe('Authenticated atech')
      expect([one.view().failures, other.view().failures]).toEqual([0, 1])
      other.set({ twoFactor: false })
      expect(await outcome(scene, { ...form, two_factor_code: '333333' })).toBe('Authenticated fibreband')
      expect(one.view().failures).toBe(1)
    },
  },
  {
    clauses: ['SP-X4'],
    title: 'of a parameter in query and body the body counts, and of several the last',
    play: async (scene) => {
      const inPath = `${path}?${encode({ ...adam, password: 'wrong' })}`
      expect(await outcome(scene, { password }, { path: inPath })).toBe('Authenticated')
      expect(await outcome(scene, { password: 'wrong' }, { path: `${path}?${encode(adam)}` })).toBe(
        'InvalidCredentials',
      )
      const twice = `password=wrong&${encode(adam)}`
      expect(await outcome(scene, {}, { body: twice })).toBe('Authenticated')
      const last = await scene.send({ ...inQuery('GET', adam), path: `${path}?${encode(adam)}&password=wrong` })
      expect(outcomeOf(last)).toBe('InvalidCredentials')
    },
  },
  {
    clauses: ['SP-X5', 'SP-U4', 'SP-U5', 'SP-U8'],
    title: 'a blank parameter is one that was not sent',
    play: async (scene) => {
      expect(await outcome(scene, { ...adam, account: '' })).toBe('Authenticated atech fibreband')
      expect(await outcome(scene, { ...adam, username: '', password: '' })).toBe('username and password')
      expect(await outcome(scene, { ...faye, two_factor_code: '' })).toBe('InvalidTwoFactorCode')
      expect(failures(scene)).toBe(0)
    },
  },
  {
    clauses: ['SP-X6', 'SP-U4'],
    title: 'a body that is no form carries no parameters',
    play: async (scene) => {
      const body = JSON.stringify(adam)
      for (const given of [
        { type: 'application/json', body },
        { type: 'text/plain' },
        { type: 'nonsense' },
        { type: 'multipart/form-data', body: 'no boundary' },
        { type: 'multipart/form-data; boundary=x', body: '--y\r\n' },
        { type: urlencoded, body: new Uint8Array([0x75, 0x3d, 0xff]) },
        { type: urlencoded, body },
      ]) {
        expect(await outcome(scene, adam, given)).toBe('username and password')
      }
      const type = { 'content-type': 'application/json' }
      expect(outcomeOf(await scene.send({ ...asking(adam), headers: { 'x-auth-application': 'a', ...type } }))).toBe(
        'username and password',
      )
      expect(await outcome(scene, {}, { type: 'application/json', path: `${path}?${encode(adam)}` })).toBe(
        'Authenticated',
      )
    },
  },
  {
    clauses: ['SP-X8'],
    title: 'codes sent while locked are neither counted, nor do they make the lock longer',
    scenario: { sirportly: { lockFor: '10m', users: [secured('lou', { locked: true })] } },
    play: async (scene) => {
      scene.world.clock.advance('9m')
      for (const code of ['135791', wrongCode]) {
        expect(await outcome(scene, { ...lou, two_factor_code: code })).toBe('TwoFactorLocked')
      }
      expect(scene.world.sirportly.user('lou').view()).toMatchObject({ state: 'locked', failures: 5 })
      scene.world.clock.advance('1m')
      expect(await outcome(scene, lou)).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-X9'],
    title: 'the right code clears the count, so that four more wrong ones do not lock',
    play: async (scene) => {
      for (let times = 0; times < 4; times++) await ask(scene, wrong)
      await ask(scene, right)
      for (let times = 0; times < 4; times++) await ask(scene, wrong)
      expect(await outcome(scene, right)).toBe('Authenticated')
      expect(failures(scene)).toBe(0)
    },
  },
  {
    clauses: ['SP-U12'],
    title: 'a time-based code is right twice',
    play: async (scene) => {
      const code = await scene.world.sirportly.user('tess').code()
      const tess = { username: 'tess', password, account: 'fibreband', two_factor_code: code }
      for (let times = 0; times < 2; times++) expect(await outcome(scene, tess)).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-U12'],
    title: 'where codes are taken once, a used one is a wrong code, and the next one is right',
    scenario: { sirportly: { codeReuse: 'refused' } },
    play: async (scene) => {
      const user = scene.world.sirportly.user('tess')
      const tess = { username: 'tess', password, account: 'fibreband', two_factor_code: await user.code() }
      expect(await outcome(scene, tess)).toBe('Authenticated')
      expect(await outcome(scene, tess)).toBe('InvalidTwoFactorCode')
      expect(user.view().failures).toBe(1)
      scene.world.clock.advance('30s')
      expect(await outcome(scene, { ...tess, two_factor_code: await user.code() })).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-X10'],
    title: 'a code that nobody asked for is not looked at',
    play: async (scene) => {
      expect(await outcome(scene, { ...adam, two_factor_code: wrongCode })).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-X11'],
    title: 'a user who has not been activated signs in, and the answer tells',
    play: async (scene) => {
      scene.world.sirportly.user('atech/adam').set({ activated: false })
      const { user } = JSON.parse((await ask(scene, adam)).body)
      expect(user).toMatchObject({ 'activated?': false, invite_code: null })
    },
  },
  {
    clauses: ['SP-X12', 'SP-07'],
    title: 'what is left blank is the same at each login, in each world and after a reset',
    play: async (scene) => {
      const first = await answerTo(scene, adam)
      const { user } = JSON.parse(first[1])
      expect(user.api_token.token).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      expect(user.api_token.secret).toMatch(/^[0-9a-z]{52}$/)
      expect(user.created_at).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/)
      scene.world.clock.advance('9d')
      expect(await answerTo(scene, adam)).toEqual(first)
      expect(await answerTo(scene, adam, { headers: { 'x-understudy-world': 'other' } })).toEqual(first)
      scene.world.reset()
      expect(await answerTo(scene, adam)).toEqual(first)
    },
  },
  {
    clauses: ['SP-X13'],
    title: 'HEAD answers like GET without the body',
    play: async (scene) => {
      const head = await scene.send(inQuery('HEAD', adam))
      expect([head.status, head.body]).toEqual([200, ''])
      expect((await scene.send(inQuery('HEAD', { ...adam, account: 'acme' }))).status).toBe(404)
    },
  },
  {
    clauses: ['SP-X13'],
    title: 'other paths answer 404 and say which was meant',
    play: async (scene) => {
      for (const [other, hint] of [
        [`${path}/`, 'without a slash at the end'],
        ['/api/v2/authentication/authenticat', `meant was probably ${path}`],
        ['/api/v2/authenticate', `meant was probably ${path}`],
        ['/api/v3/authentication/authenticate', 'there are v1 and v2'],
        ['/API/v2/authentication/authenticate', `meant was probably ${path}`],
        [`/helpdesk${path}`, 'Nothing stands before /api'],
      ] as const) {
        const answer = await ask(scene, adam, { path: other })
        expect(answer.status).toBe(404)
        expect(JSON.parse(answer.body).detail).toContain(hint)
      }
    },
  },
  {
    clauses: ['SP-X14'],
    title: 'usernames and permalinks are compared letter by letter, upper and lower case apart',
    play: async (scene) => {
      expect(await outcome(scene, { ...adam, username: 'Adam' })).toBe('InvalidCredentials')
      expect(await outcome(scene, { username: 'ADAM', password })).toBe('InvalidCredentials')
      expect(await outcome(scene, { ...adam, account: 'Atech' })).toBe('AccountNotFound')
      expect(await outcome(scene, { ...ben, username: ' ben' })).toBe('InvalidCredentials')
    },
  },
]

/** A user of atech with a second factor. */
type WrittenUser = NonNullable<NonNullable<Scenario['sirportly']>['users']>[number]

function secured(username: string, twoFactor: WrittenUser['twoFactor']): WrittenUser {
  const name = { firstName: username, lastName: 'Secured', emailAddress: `${username}@help.example` }
  const factor = { code: '135791', ...twoFactor }
  return { username, password, account: 'atech', apiAccess: true, ...name, twoFactor: factor }
}
