import { expect } from 'vitest'
import type { Behaviour, Scene } from './play.ts'
import { adam, anywhere, ask, ben, faye, lou, outcome, password, wrongCode } from './sirportly.visitor.ts'

const wrong = { ...faye, two_factor_code: wrongCode }

/** How often faye has failed, as an administrator sees it. */
function failures({ world }: Scene): number | undefined {
  return world.sirportly.user('faye').view().failures
}

/** Where the pages can be read in two ways, the other one: a setting each. */
export const choiceBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SP-U1', 'SP-U2'],
    title: 'with statusCodes: byOutcome every refusal has 403, but for an account that is not found',
    scenario: { sirportly: { statusCodes: 'byOutcome' } },
    play: async (scene) => {
      for (const [form, status] of [
        [adam, 200],
        [{ username: 'ben', password }, 200],
        [ben, 403],
        [{ ...adam, password: 'wrong' }, 403],
        [lou, 403],
        [wrong, 403],
        [{ ...adam, account: 'acme' }, 404],
        [{ username: 'adam' }, 422],
      ] as const) {
        expect((await ask(scene, form)).status).toBe(status)
      }
    },
  },
  {
    clauses: ['SP-U5'],
    title: 'with missingCode: required whoever sends no code is told TwoFactorRequired, and nothing is counted',
    scenario: { sirportly: { missingCode: 'required' } },
    play: async (scene) => {
      expect(await outcome(scene, faye)).toBe('TwoFactorRequired')
      expect(await outcome(scene, anywhere(faye))).toBe('TwoFactorRequired')
      expect(failures(scene)).toBe(0)
      expect(await outcome(scene, wrong)).toBe('InvalidTwoFactorCode')
    },
  },
  {
    clauses: ['SP-U5', 'SP-U6', 'SP-12'],
    title: 'with missingCode: counted a code that is missing counts as a wrong one, and locks',
    scenario: { sirportly: { missingCode: 'counted', lockAfter: 3 } },
    play: async (scene) => {
      await ask(scene, wrong)
      expect(await outcome(scene, anywhere(faye))).toBe('InvalidTwoFactorCode')
      expect(failures(scene)).toBe(2)
      expect(await outcome(scene, faye)).toBe('InvalidTwoFactorCode')
      expect(await outcome(scene, faye)).toBe('TwoFactorLocked')
    },
  },
  {
    clauses: ['SP-X7'],
    title: 'with lockingCode: locked the wrong code that locks is told so',
    scenario: { sirportly: { lockingCode: 'locked', lockAfter: 2 } },
    play: async (scene) => {
      expect(await outcome(scene, wrong)).toBe('InvalidTwoFactorCode')
      expect(await outcome(scene, wrong)).toBe('TwoFactorLocked')
      expect(scene.world.sirportly.user('faye').view()).toMatchObject({ state: 'locked', failures: 2 })
    },
  },
  {
    clauses: ['SP-U7', 'SP-X2'],
    title: 'with nobodyLeft: empty the list is empty, whatever stands in the way of its users',
    scenario: { sirportly: { nobodyLeft: 'empty', accounts: { fibreband: { allowFrom: ['10.0.0.0/8'] } } } },
    play: async (scene) => {
      for (const form of [faye, wrong, lou, { username: 'tess', password }]) {
        expect(JSON.parse((await ask(scene, anywhere(form))).body)).toEqual({ status: 'Authenticated', users: [] })
      }
      expect(failures(scene)).toBe(1)
    },
  },
]
