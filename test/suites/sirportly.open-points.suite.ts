import { expect } from 'vitest'
import type { Behaviour, Scene } from './play.ts'
import {
  adam,
  answerTo,
  anywhere,
  ask,
  eve,
  faye,
  lou,
  outcome,
  outcomeOf,
  password,
  path,
  rightCode,
  wrongCode,
} from './sirportly.visitor.ts'

const right = { ...faye, two_factor_code: rightCode }
const wrong = { ...faye, two_factor_code: wrongCode }

/** How often faye has failed, as an administrator sees it. */
function failures({ world }: Scene): number | undefined {
  return world.sirportly.user('faye').view().failures
}

/** What the pages leave open: the defaults, and each setting. */
export const openPointBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SP-U1', 'SP-U2', 'SP-U3', 'SP-U4'],
    title: 'with statusCodes: always200 an error has 200 as well, and what is invalid keeps 422',
    scenario: {
      sirportly: { statusCodes: 'always200', accounts: { fibreband: { allowFrom: ['10.0.0.0/8'] } } },
    },
    play: async (scene) => {
      for (const [form, status, told] of [
        [adam, 200, 'Authenticated'],
        [{ ...adam, account: 'fibreband' }, 200, 'NotPermittedFromIPAddress'],
        [{ ...adam, account: 'acme' }, 200, 'AccountNotFound'],
        [{ username: 'adam' }, 422, 'password'],
      ] as const) {
        const answer = await ask(scene, form)
        expect([answer.status, outcomeOf(answer)]).toEqual([status, told])
      }
      const anonymous = await scene.send({ method: 'GET', path })
      expect([anonymous.status, outcomeOf(anonymous)]).toEqual([200, 'InvalidApplication'])
    },
  },
  {
    clauses: ['SP-U3'],
    title: 'with applications only those are known, and the token is not told back',
    scenario: { sirportly: { applications: ['app-token', 'other-token'] } },
    play: async (scene) => {
      for (const [token, expected] of [
        ['app-token', 'Authenticated'],
        ['other-token', 'Authenticated'],
        ['APP-TOKEN', 'InvalidApplication'],
        ['app-tokens', 'InvalidApplication'],
      ] as const) {
        const answer = await ask(scene, adam, { headers: { 'x-auth-application': token } })
        expect(outcomeOf(answer)).toBe(expected)
        expect(answer.body).not.toContain(token)
      }
    },
  },
  {
    clauses: ['SP-U3'],
    title: 'without applications any value will do, but a blank one',
    play: async (scene) => {
      expect(await outcome(scene, adam, { headers: { 'x-auth-application': 'whatever' } })).toBe('Authenticated')
      const blank = await ask(scene, adam, { headers: { 'x-auth-application': ' ' } })
      expect([blank.status, outcomeOf(blank)]).toEqual([403, 'InvalidApplication'])
    },
  },
  {
    clauses: ['SP-U4'],
    title: 'a missing username or password is named',
    play: async (scene) => {
      for (const [form, expected] of [
        [{}, { username: ["can't be blank"], password: ["can't be blank"] }],
        [{ username: 'adam', account: 'atech' }, { password: ["can't be blank"] }],
        [{ password }, { username: ["can't be blank"] }],
        [{ Username: 'adam', 'username[]': 'adam', password }, { username: ["can't be blank"] }],
      ] as const) {
        expect(await answerTo(scene, form)).toEqual([422, JSON.stringify({ errors: expected })])
      }
    },
  },
  {
    clauses: ['SP-U5'],
    title: 'a missing code is told as an invalid one, and not counted, however often',
    play: async (scene) => {
      for (let times = 0; times < 6; times++) expect(await outcome(scene, faye)).toBe('InvalidTwoFactorCode')
      expect(failures(scene)).toBe(0)
      expect(await outcome(scene, right)).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-U6', 'SP-X7', 'SP-12'],
    title: 'the fifth wrong code locks until somebody unlocks, and its own answer does not tell',
    play: async (scene) => {
      for (let times = 0; times < 5; times++) expect(await outcome(scene, wrong)).toBe('InvalidTwoFactorCode')
      expect(await outcome(scene, wrong)).toBe('TwoFactorLocked')
      scene.world.clock.advance('365d')
      expect(await outcome(scene, right)).toBe('TwoFactorLocked')
      scene.world.sirportly.user('faye').unblock()
      expect(await outcome(scene, right)).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-U6', 'SP-X9'],
    title: 'with lockFor a lock ends by itself, to the second, and the count starts at 0',
    scenario: { sirportly: { lockAfter: 2, lockFor: '90s' } },
    play: async (scene) => {
      await ask(scene, wrong)
      await ask(scene, wrong)
      scene.world.clock.advance('89s')
      expect(await outcome(scene, right)).toBe('TwoFactorLocked')
      scene.world.clock.advance('1s')
      expect(failures(scene)).toBe(0)
      expect(await outcome(scene, wrong)).toBe('InvalidTwoFactorCode')
      expect(failures(scene)).toBe(1)
      expect(await outcome(scene, right)).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-U6'],
    title: 'an administrator changes lockAfter and lockFor while it runs',
    play: async (scene) => {
      const { sirportly } = scene.world
      for (let times = 0; times < 3; times++) await ask(scene, wrong)
      sirportly.set({ lockAfter: 2, lockFor: '1m' })
      expect(await outcome(scene, wrong)).toBe('InvalidTwoFactorCode')
      expect(sirportly.user('faye').view()).toMatchObject({ state: 'locked', failures: 4, limit: 2 })
      scene.world.clock.advance('1m')
      sirportly.set({ lockFor: null })
      await ask(scene, wrong)
      await ask(scene, wrong)
      scene.world.clock.advance('1d')
      expect(await outcome(scene, right)).toBe('TwoFactorLocked')
    },
  },
  {
    clauses: ['SP-U7', 'SP-05'],
    title: 'without account a user whose second factor fails is left out, for each of the reasons',
    scenario: { extends: 'sirportly-accounts' },
    play: async (scene) => {
      const { sirportly } = scene.world
      const form = { username: 'adam', password }
      const fibreband = sirportly.user('fibreband/adam')
      expect(await outcome(scene, form)).toBe('Authenticated atech')
      expect(await outcome(scene, { ...form, two_factor_code: wrongCode })).toBe('Authenticated atech')
      expect(await outcome(scene, { ...form, two_factor_code: rightCode })).toBe('Authenticated atech fibreband')
      fibreband.set({ state: 'locked' })
      expect(await outcome(scene, { ...form, two_factor_code: rightCode })).toBe('Authenticated atech')
      fibreband.set({ state: 'two-factor-required' })
      expect(await outcome(scene, { ...form, two_factor_code: rightCode })).toBe('Authenticated atech')
    },
  },
  {
    clauses: ['SP-U7'],
    title: 'without account, and with nobody left, the answer is the one that account would get',
    play: async (scene) => {
      for (const [form, expected] of [
        [eve, 'TwoFactorRequired'],
        [faye, 'InvalidTwoFactorCode'],
        [wrong, 'InvalidTwoFactorCode'],
        [lou, 'TwoFactorLocked'],
      ] as const) {
        expect(await outcome(scene, anywhere(form))).toBe(expected)
      }
      expect(failures(scene)).toBe(1)
    },
  },
  {
    clauses: ['SP-U8', 'SP-09'],
    title: 'wrong credentials without account get back null for it',
    play: async (scene) => {
      expect(await answerTo(scene, { username: 'jogn', password: 'invalidpassword' })).toEqual([
        200,
        '{"status":"InvalidCredentials","username":"jogn","password":"invalidpassword","account":null}',
      ])
      expect(await outcome(scene, { username: 'adam', password: 'wrong' })).toBe('InvalidCredentials')
    },
  },
  {
    clauses: ['SP-U9', 'SP-16'],
    title: 'application, parameters, credentials, account, address, access, requirement, lock and code, in this order',
    scenario: {
      sirportly: {
        applications: ['help-app'],
        accounts: { atech: { allowFrom: ['10.0.0.0/8'] }, fibreband: { enabled: false } },
      },
    },
    play: async (scene) => {
      const { sirportly } = scene.world
      const lost = { ...faye, account: 'fibreband', two_factor_code: wrongCode }
      sirportly.user('faye').set({ state: 'locked' })
      sirportly.user('faye').set({ state: 'no-api-access' })
      expect(await outcome(scene, {}, { headers: { 'x-auth-application': 'other' } })).toBe('InvalidApplication')
      expect(await outcome(scene, { username: 'faye', account: 'fibreband' })).toBe('password')
      expect(await outcome(scene, { ...lost, password: 'wrong' })).toBe('InvalidCredentials')
      expect(await outcome(scene, lost)).toBe('AccountNotFound')
      expect(await outcome(scene, wrong)).toBe('NotPermittedFromIPAddress')
      sirportly.set({ trustProxy: true })
      const headers = { 'x-forwarded-for': '10.1.2.3' }
      expect(await outcome(scene, wrong, { headers })).toBe('APIAccessDisabled')
      sirportly.user('faye').set({ state: 'two-factor-required' })
      expect(await outcome(scene, wrong, { headers })).toBe('TwoFactorRequired')
      sirportly.user('faye').set({ state: 'locked' })
      expect(await outcome(scene, wrong, { headers })).toBe('TwoFactorLocked')
      sirportly.user('faye').set({ state: 'active' })
      expect(await outcome(scene, wrong, { headers })).toBe('InvalidTwoFactorCode')
    },
  },
  {
    clauses: ['SP-U9', 'SP-14', 'SP-13', 'SP-X15'],
    title: 'with order: account-first account and address are told to anybody',
    scenario: { sirportly: { order: 'account-first', accounts: { atech: { allowFrom: ['10.0.0.0/8'] } } } },
    play: async (scene) => {
      const { sirportly } = scene.world
      const lost = { ...adam, password: 'wrong' }
      expect(await outcome(scene, { ...lost, account: 'acme' })).toBe('AccountNotFound')
      expect(await outcome(scene, lost)).toBe('NotPermittedFromIPAddress')
      const tess = { username: 'tess', password, account: 'atech' }
      expect(await outcome(scene, tess)).toBe('NotPermittedFromIPAddress')
      sirportly.set({ trustProxy: true })
      const headers = { 'x-forwarded-for': '10.1.2.3' }
      expect(await outcome(scene, tess, { headers })).toBe('InvalidCredentials')
      expect(await outcome(scene, lost, { headers })).toBe('InvalidCredentials')
      sirportly.set({ order: 'credentials-first' })
      expect(await outcome(scene, { ...lost, account: 'acme' })).toBe('InvalidCredentials')
    },
  },
  {
    clauses: ['SP-U10', 'SP-14'],
    title: 'a disabled account is unknown, and without account its users match nothing',
    scenario: { extends: 'sirportly-accounts' },
    play: async (scene) => {
      const cleo = { username: 'cleo', password }
      expect(await answerTo(scene, { ...cleo, account: 'closed' })).toEqual([
        404,
        `{"error":"AccountNotFound","message":"No account found matching 'closed'"}`,
      ])
      expect(await outcome(scene, cleo)).toBe('InvalidCredentials')
    },
  },
  {
    clauses: ['SP-U10'],
    title: 'with disabledAccounts an account is disabled, and enabled again, while it runs',
    play: async (scene) => {
      scene.world.sirportly.set({ disabledAccounts: ['atech'] })
      expect(await outcome(scene, adam)).toBe('AccountNotFound')
      expect(await outcome(scene, { username: 'adam', password })).toBe('Authenticated fibreband')
      scene.world.sirportly.set({ disabledAccounts: [] })
      expect(await outcome(scene, adam)).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-U11'],
    title: '/api/v1 answers like /api/v2, and failures of both add up',
    scenario: { sirportly: { lockAfter: 2 } },
    play: async (scene) => {
      const older = '/api/v1/authentication/authenticate'
      const [one, other] = [await ask(scene, adam), await ask(scene, adam, { path: older })]
      expect([other.status, other.body]).toEqual([one.status, one.body])
      await ask(scene, wrong)
      await ask(scene, wrong, { path: older })
      expect(await outcome(scene, right)).toBe('TwoFactorLocked')
    },
  },
]
