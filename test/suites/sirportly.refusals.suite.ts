import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import {
  adam,
  answerTo,
  ask,
  asking,
  ben,
  eve,
  faye,
  lou,
  outcome,
  outcomeOf,
  password,
  rightCode,
  wrongCode,
} from './sirportly.visitor.ts'

/** What the vendor's pages say of those who are not let in, clause by clause. */
export const refusalBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SP-08'],
    title: 'a user has no API access until an administrator enables it',
    scenario: { sirportly: { users: [{ username: 'ben', password, account: 'atech', ...nameOf('Ben') }] } },
    play: async (scene) => {
      expect(await answerTo(scene, ben)).toEqual([200, '{"status":"APIAccessDisabled"}'])
      scene.world.sirportly.user('ben').set({ apiAccess: true })
      expect(await outcome(scene, ben)).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-09', 'SP-U1'],
    title: 'a wrong password and an unknown user get back what they sent',
    play: async (scene) => {
      expect(await answerTo(scene, { username: 'jogn', password: 'invalidpassword', account: 'atech' })).toEqual([
        200,
        '{"status":"InvalidCredentials","username":"jogn","password":"invalidpassword","account":"atech"}',
      ])
      expect(await answerTo(scene, { ...adam, password: 'S3cret' })).toEqual([
        200,
        '{"status":"InvalidCredentials","username":"adam","password":"S3cret","account":"atech"}',
      ])
    },
  },
  {
    clauses: ['SP-16', 'SP-09', 'SP-14', 'SP-13', 'SP-X15'],
    title: 'who has no credentials is told nothing of accounts and addresses, and who has some elsewhere little',
    scenario: { sirportly: { accounts: { atech: { allowFrom: ['10.0.0.0/8'] } } } },
    play: async (scene) => {
      const wrongHere = { ...adam, password: 'wrong' }
      expect(await outcome(scene, { ...wrongHere, account: 'acme' })).toBe('InvalidCredentials')
      expect(await outcome(scene, wrongHere)).toBe('InvalidCredentials')
      expect(await outcome(scene, { ...adam, account: 'acme' })).toBe('AccountNotFound')
      expect(await outcome(scene, adam)).toBe('NotPermittedFromIPAddress')
      const tess = { username: 'tess', password }
      expect(await outcome(scene, { ...tess, account: 'acme' })).toBe('AccountNotFound')
      expect(await answerTo(scene, { ...tess, account: 'atech' })).toEqual([
        200,
        '{"status":"InvalidCredentials","username":"tess","password":"s3cret","account":"atech"}',
      ])
    },
  },
  {
    clauses: ['SP-10', 'SP-U1'],
    title: 'a second factor that is required and not set up is told, whatever the code',
    play: async (scene) => {
      for (const form of [eve, { ...eve, two_factor_code: rightCode }]) {
        expect(await answerTo(scene, form)).toEqual([200, '{"status":"TwoFactorRequired"}'])
      }
    },
  },
  {
    clauses: ['SP-11', 'SP-04', 'SP-U1'],
    title: 'a wrong code is told, and may be tried again',
    play: async (scene) => {
      expect(await answerTo(scene, { ...faye, two_factor_code: wrongCode })).toEqual([
        200,
        '{"status":"InvalidTwoFactorCode"}',
      ])
      expect(scene.world.sirportly.user('faye').view()).toMatchObject({ state: 'active', failures: 1, limit: 5 })
      expect(await outcome(scene, { ...faye, two_factor_code: rightCode })).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-12', 'SP-U1'],
    title: 'a locked second factor is told, also to the right code',
    play: async (scene) => {
      expect(await answerTo(scene, lou)).toEqual([200, '{"status":"TwoFactorLocked"}'])
    },
  },
  {
    clauses: ['SP-11', 'SP-12', 'SP-U6'],
    title: 'fifty wrong codes at once count as lockAfter, and lock once',
    play: async (scene) => {
      const answers = await scene.burst(asking({ ...faye, two_factor_code: wrongCode }), 50)
      const locked = answers.filter((answer) => outcomeOf(answer) === 'TwoFactorLocked')
      expect([answers.length, locked.length]).toEqual([50, 45])
      expect(scene.world.sirportly.user('faye').view()).toMatchObject({ state: 'locked', failures: 5 })
    },
  },
  {
    clauses: ['SP-13', 'SP-U2'],
    title: "an address outside the account's networks is refused, and told",
    scenario: { sirportly: { accounts: { atech: { allowFrom: ['192.0.2.0/24', '10.0.0.0/8'] } } } },
    play: async (scene) => {
      const expected = '{"error":"NotPermittedFromIPAddress","ip":"127.0.0.1"}'
      expect(await answerTo(scene, adam)).toEqual([403, expected])
      expect(await outcome(scene, { ...adam, account: 'fibreband' })).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-13'],
    title: 'networks are of IPv4 or IPv6, and X-Forwarded-For tells the address where it is trusted',
    scenario: { extends: 'sirportly-networks' },
    play: async (scene) => {
      const olga = { username: 'olga', password, account: 'office' }
      for (const [address, expected] of [
        ['192.0.2.1', 'Authenticated'],
        ['192.0.2.255, 10.0.0.1', 'Authenticated'],
        ['192.0.3.0', 'NotPermittedFromIPAddress'],
        ['2001:db8:1:9::1', 'Authenticated'],
        ['2001:DB8:1:0:0:0:0:1', 'Authenticated'],
        ['2001:db8:2::1', 'NotPermittedFromIPAddress'],
        ['not an address', 'NotPermittedFromIPAddress'],
      ] as const) {
        const answer = await ask(scene, olga, { headers: { 'x-forwarded-for': address } })
        expect(outcomeOf(answer)).toBe(expected)
        if (expected !== 'Authenticated') expect(JSON.parse(answer.body)).toMatchObject({ ip: address })
      }
      expect(await outcome(scene, { username: 'adam', password, account: 'fibreband' })).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-13'],
    title: 'without trustProxy a forwarded address is not believed',
    scenario: { extends: 'sirportly-networks', sirportly: { trustProxy: false } },
    play: async (scene) => {
      const headers = { 'x-forwarded-for': '192.0.2.1' }
      expect(await answerTo(scene, { username: 'olga', password, account: 'office' }, { headers })).toEqual([
        403,
        '{"error":"NotPermittedFromIPAddress","ip":"127.0.0.1"}',
      ])
    },
  },
  {
    clauses: ['SP-14', 'SP-U2'],
    title: 'an unknown account is told by its permalink',
    play: async (scene) => {
      expect(await answerTo(scene, { ...adam, account: 'acme' })).toEqual([
        404,
        `{"error":"AccountNotFound","message":"No account found matching 'acme'"}`,
      ])
    },
  },
  {
    clauses: ['SP-15', 'SP-U1', 'SP-U2'],
    title: 'the HTTP status goes by the kind of answer, and every answer is JSON',
    scenario: { sirportly: { accounts: { fibreband: { allowFrom: ['10.0.0.0/8'] } } } },
    play: async (scene) => {
      for (const [form, status] of [
        [adam, 200],
        [ben, 200],
        [{ ...adam, password: 'wrong' }, 200],
        [{ ...adam, account: 'fibreband' }, 403],
        [{ ...adam, account: 'acme' }, 404],
        [{ username: 'adam' }, 422],
      ] as const) {
        const answer = await ask(scene, form)
        expect(answer.status).toBe(status)
        expect(answer.headers).toContainEqual(['content-type', 'application/json'])
      }
    },
  },
]

function nameOf(firstName: string): { firstName: string; lastName: string; emailAddress: string } {
  return { firstName, lastName: 'Barred', emailAddress: 'ben@help.example' }
}
