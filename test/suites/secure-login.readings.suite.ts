import { expect } from 'vitest'
import type { Behaviour, Scene } from './play.ts'
import { rightPin, signedIn, wrongPin, type Visitor } from './secure-login.visitor.ts'

const statuses = async (visitor: Visitor, pins: readonly string[]): Promise<number[]> => {
  const seen = []
  for (const pin of pins) seen.push((await visitor.auth(pin)).status)
  return seen
}
const failures = (scene: Scene): number | undefined => scene.world.secureLogin.user('alice').view().failures

/** Open points that have two sensible readings: the other one, as a setting plays it. */
export const readingBehaviours: readonly Behaviour[] = [
  {
    clauses: ['SL-U5'],
    title: 'with failuresAfterPin: kept the right PIN clears nothing, and two more wrong ones block',
    scenario: { 'secure-login': { failuresAfterPin: 'kept' } },
    play: async (scene) => {
      expect(await statuses(await signedIn(scene, 'alice'), [wrongPin, rightPin])).toEqual([401, 200])
      expect(failures(scene)).toBe(1)
      const other = await signedIn(scene, 'alice')
      expect(await statuses(other, [wrongPin, wrongPin, rightPin])).toEqual([401, 401, 401])
      expect(await other.state()).toMatchObject({ state: 'blocked' })
    },
  },
  {
    clauses: ['SL-U6'],
    title: 'with failuresAfterBlock: kept the first wrong PIN after a block blocks again, and the right one lets in',
    scenario: { 'secure-login': { failuresAfterBlock: 'kept' } },
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      await statuses(alice, [wrongPin, wrongPin, wrongPin])
      scene.world.clock.advance('30m')
      expect(await alice.state()).toEqual({ state: 'enter' })
      expect(await statuses(alice, [wrongPin])).toEqual([401])
      expect(await alice.state()).toMatchObject({ state: 'blocked' })
      scene.world.clock.advance('30m')
      expect(await statuses(alice, [rightPin])).toEqual([200])
      expect(failures(scene)).toBe(0)
    },
  },
  {
    clauses: ['SL-U4'],
    title: 'with unneededPin: checked a wrong PIN fails and counts, although none was asked for',
    scenario: { 'secure-login': { unneededPin: 'checked' } },
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      expect(await statuses(alice, [rightPin, rightPin, wrongPin])).toEqual([200, 200, 401])
      expect(failures(scene)).toBe(1)
      expect(await alice.state()).toEqual({ state: 'bypass' })
    },
  },
  {
    clauses: ['SL-U8'],
    title: 'with otherContentType: accepted the type of a PIN does not matter',
    scenario: { 'secure-login': { otherContentType: 'accepted' } },
    play: async (scene) => {
      const alice = await signedIn(scene, 'alice')
      expect((await alice.auth(wrongPin, 'application/json')).status).toBe(401)
      expect(failures(scene)).toBe(1)
      expect((await alice.auth(rightPin, 'application/json')).status).toBe(200)
    },
  },
  {
    clauses: ['SL-06', 'SL-07'],
    title: 'a session is listed with the state that /user tells in it',
    play: async (scene) => {
      const shown = (): unknown[] => scene.world.secureLogin.sessions().items.map(({ state }) => state)
      for (const username of ['alice', 'bob', 'carol', 'dave']) await signedIn(scene, username)
      expect(shown().map(String).toSorted()).toEqual(['blocked', 'bypass', 'enter', 'onboarding'])
      const alice = await signedIn(scene, 'alice')
      await alice.auth(rightPin)
      expect(shown()).toContain('authenticated')
      scene.world.secureLogin.user('alice').set({ state: 'blocked' })
      expect(shown().map(String).toSorted()).toEqual(['blocked', 'blocked', 'blocked', 'bypass', 'onboarding'])
    },
  },
]
