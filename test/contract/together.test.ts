import fc from 'fast-check'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { playTogether } from '../../src/contract/exploring/together.ts'

/** Plays items that need some of five accounts, and tells who was at play whenever one began. */
async function play(
  needs: readonly (readonly number[])[],
  jobs: number,
  fails?: number,
): Promise<{ begun: number[]; ended: number[]; atPlay: number[][]; most: number; idle: number }> {
  const busy = new Set<number>()
  const [begun, ended, atPlay]: [number[], number[], number[][]] = [[], [], []]
  let made = 0
  const told = { begun, ended, atPlay, most: 0, idle: 0 }
  const occupancy = await playTogether({
    jobs,
    next: async () => (made < needs.length ? made++ : undefined),
    engage: (item: number) => {
      const needed = needs[item] ?? []
      if (needed.some((each) => busy.has(each))) return undefined
      for (const each of needed) busy.add(each)
      return { leave: () => needed.forEach((each) => busy.delete(each)) }
    },
    play: async (item) => {
      begun.push(item)
      atPlay.push(begun.filter((each) => !ended.includes(each)))
      for (let turns = 8 + 4 * (item % 3); turns > 0; turns--) await setImmediate()
      ended.push(item)
      if (item === fails) throw new Error(`item ${item} failed`)
    },
    isOver: () => false,
  }).catch((error: Error) => Object.assign(error, told))
  if (occupancy instanceof Error) throw occupancy
  return { ...told, ...occupancy }
}

test('each is played once, no more at once than there are jobs, and nobody in two at once', async () => {
  const need = fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 2 })
  await fc.assert(
    fc.asyncProperty(fc.array(need, { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), async (needs, jobs) => {
      const { begun, atPlay, most } = await play(needs, jobs)
      expect(begun.toSorted((one, other) => one - other)).toEqual(needs.map((_, at) => at))
      for (const together of atPlay) {
        const all = together.flatMap((item) => needs[item] ?? [])
        expect(new Set(all).size).toBe(all.length)
      }
      expect(most).toBe(Math.max(0, ...atPlay.map(({ length }) => length)))
      expect(most).toBeLessThanOrEqual(jobs)
    }),
    { numRuns: 40 },
  )
})

test('as many are played at once as have what they need, and a job without one is told', async () => {
  expect(await play([[0], [1], [2], [3]], 4)).toMatchObject({ most: 4, idle: 0 })
  const { most, idle } = await play([[0], [0], [0]], 4)
  expect(most).toBe(1)
  expect(idle).toBeGreaterThan(0)
})

test('what throws is thrown once nothing is played any more, and nothing is begun after it', async () => {
  const { begun, ended, message } = (await play([[0], [1], [2], [3], [4], [0], [1]], 3, 0).catch(
    (error: unknown) => error,
  )) as { begun: number[]; ended: number[]; message: string }
  expect(message).toBe('item 0 failed')
  expect(begun).toEqual([0, 1, 2])
  expect(ended).toEqual([0, 1, 2])
})
