import { expect } from 'vitest'
import type { Behaviour } from './play.ts'
import {
  adam,
  answerTo,
  ask,
  asking,
  faye,
  multipart,
  outcome,
  outcomeOf,
  password,
  rightCode,
  wrongCode,
} from './sirportly.visitor.ts'

const tess = { username: 'tess', password, account: 'fibreband' }

/** Time-based codes, faults, worlds: what stands around the contract. */
export const surroundingBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SP-11', 'SP-06'],
    title: 'time-based codes are right in their period and the one before and after, and wrong elsewhere',
    play: async (scene) => {
      const { clock, sirportly } = scene.world
      const codeAt = async (instant: string): Promise<string> => {
        clock.set(instant)
        const code = await sirportly.user('tess').code()
        clock.set('2026-01-15T09:00:15Z')
        return code
      }
      for (const [instant, expected] of [
        ['2026-01-15T09:00:29Z', 'Authenticated'],
        ['2026-01-15T08:59:30Z', 'Authenticated'],
        ['2026-01-15T09:00:59Z', 'Authenticated'],
        ['2026-01-15T08:59:29Z', 'InvalidTwoFactorCode'],
        ['2026-01-15T09:01:00Z', 'InvalidTwoFactorCode'],
      ] as const) {
        expect(await outcome(scene, { ...tess, two_factor_code: await codeAt(instant) })).toBe(expected)
      }
      expect(sirportly.user('tess').view().failures).toBe(2)
    },
  },
  {
    clauses: ['SP-11'],
    title: "a server whose clock is off refuses a code that the phone's clock makes right",
    scenario: { clock: { at: '2026-01-15T09:00:00Z', frozen: true, skew: '5m' } },
    play: async (scene) => {
      const { clock, sirportly } = scene.world
      const code = async (): Promise<string> => sirportly.user('tess').code()
      expect(await outcome(scene, { ...tess, two_factor_code: await code() })).toBe('InvalidTwoFactorCode')
      clock.skew('0s')
      expect(await outcome(scene, { ...tess, two_factor_code: await code() })).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-11', 'SP-U6'],
    title: 'wrong time-based codes at once count exactly, however many multipart forms bring them',
    play: async (scene) => {
      const form = { ...tess, two_factor_code: wrongCode }
      const sent = asking(form, multipart(form))
      const answers = await scene.burst(sent, 20)
      expect(answers.filter((answer) => outcomeOf(answer) === 'InvalidTwoFactorCode')).toHaveLength(5)
      expect(scene.world.sirportly.user('tess').view()).toMatchObject({ state: 'locked', failures: 5 })
    },
  },
  {
    clauses: ['SP-11'],
    title: 'a status fault strikes one user as often as it is told, and nothing happens behind it',
    scenario: {
      faults: [{ on: 'sirportly.authenticate', user: 'atech/faye', reply: { status: 503, body: 'busy' }, times: 2 }],
    },
    play: async (scene) => {
      for (let times = 0; times < 2; times++) {
        expect(await answerTo(scene, { ...faye, two_factor_code: wrongCode })).toEqual([503, 'busy'])
        expect(await outcome(scene, adam)).toBe('Authenticated')
      }
      expect(scene.world.sirportly.user('faye').view().failures).toBe(0)
      expect(await outcome(scene, { ...faye, two_factor_code: rightCode })).toBe('Authenticated')
    },
  },
  {
    clauses: ['SP-06'],
    title: 'faults reset the connection, cut the body off, spoil it, and leave members out',
    play: async (scene) => {
      const { faults } = scene.world
      faults.add({ on: 'sirportly.*', break: 'reset', nth: 1 })
      faults.add({ on: 'sirportly.*', break: 'truncate', nth: 2 })
      faults.add({ on: 'sirportly.*', break: 'malformed', nth: 3 })
      faults.add({ on: 'sirportly.*', omit: 'user.api_token.secret', nth: 4 })
      expect((await ask(scene, adam)).failed).toBe('reset')
      expect((await ask(scene, adam)).failed).toBe('cut off')
      const spoilt = await ask(scene, adam)
      expect(() => JSON.parse(spoilt.body)).toThrow(SyntaxError)
      const { user } = JSON.parse((await ask(scene, adam)).body)
      expect(Object.keys(user.api_token)).toEqual(['token'])
    },
  },
  {
    clauses: ['SP-14'],
    title: 'a fault answers an error as Sirportly words it, with a status by its word or its own',
    scenario: {
      faults: [
        { on: 'sirportly.*', error: { code: 'AccountNotFound', message: 'No such account' }, nth: 1 },
        { on: 'sirportly.*', error: { code: 'NotPermittedFromIPAddress' }, nth: 2 },
        {
          on: 'sirportly.*',
          error: { code: 'RateLimited' },
          reply: { status: 429 },
          headers: { 'Retry-After': 60 },
          nth: 3,
        },
      ],
    },
    play: async (scene) => {
      const answers: unknown[] = []
      for (let times = 0; times < 3; times++) answers.push(await answerTo(scene, adam))
      expect(answers).toEqual([
        [404, '{"error":"AccountNotFound","message":"No such account"}'],
        [403, '{"error":"NotPermittedFromIPAddress"}'],
        [429, '{"error":"RateLimited"}'],
      ])
      const [status, body] = await answerTo(scene, { ...adam, account: 'nobody' })
      expect([status, Object.keys(JSON.parse(body))]).toEqual([404, ['error', 'message']])
    },
  },
  {
    clauses: ['SP-12', 'SP-U6'],
    title: 'worlds share no failures',
    play: async (scene) => {
      const headers = { 'x-understudy-world': 'test-7' }
      for (let times = 0; times < 5; times++) await ask(scene, { ...faye, two_factor_code: wrongCode }, { headers })
      expect(await outcome(scene, { ...faye, two_factor_code: rightCode }, { headers })).toBe('TwoFactorLocked')
      expect(await outcome(scene, { ...faye, two_factor_code: rightCode })).toBe('Authenticated')
    },
  },
]
