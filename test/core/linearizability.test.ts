import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linearize, precedes, type Interval } from '../../src/core/linearizability.ts'

/** A counter that is told what it was before: the smallest thing that can lose something. */
interface Counted extends Interval {
  readonly by: number
  readonly was: number
}

const holds = (operations: readonly Counted[]): Promise<{ isWhole: boolean; order: readonly Counted[] }> =>
  linearize(operations, 0, {
    step: (count, { by, was }) => Promise.resolve(count === was ? [count + by] : []),
    alike: ({ by, was }) => `${by} ${was}`,
  })

/** Every order there is, one after the other. */
function isExplained(operations: readonly Counted[]): boolean {
  const visit = (left: readonly Counted[], count: number): boolean =>
    left.length === 0 ||
    left.some(
      (next) =>
        next.was === count &&
        !left.some((other) => precedes(other, next)) &&
        visit(
          left.filter((other) => other !== next),
          count + next.by,
        ),
    )
  return visit(operations, 0)
}

const counted = fc.record({ startedAt: fc.nat(20), ms: fc.nat(12), by: fc.integer({ min: 0, max: 2 }), was: fc.nat(4) })

describe('a history', () => {
  it('is linearizable where some order explains it, and only there', async () => {
    let [yes, no] = [0, 0]
    await fc.assert(
      fc.asyncProperty(fc.array(counted, { maxLength: 6 }), async (made) => {
        const operations = made.map(({ startedAt, ms, by, was }) => ({ startedAt, endedAt: startedAt + ms, by, was }))
        const { isWhole, order } = await holds(operations)
        expect(isWhole).toBe(isExplained(operations))
        if (isWhole) yes++
        else no++
        for (const [at, one] of order.entries())
          expect(order.slice(0, at).some((before) => precedes(one, before))).toBe(false)
      }),
      { numRuns: 600, seed: 7 },
    )
    expect(Math.min(yes, no)).toBeGreaterThan(30)
  })

  it('in which two have seen the same count lost one of both, unless one was over before the other began', async () => {
    const one = { startedAt: 0, endedAt: 5, by: 1, was: 0 }
    expect(await holds([one, { startedAt: 3, endedAt: 8, by: 1, was: 0 }])).toMatchObject({
      isWhole: false,
      order: [one],
    })
    expect(await holds([one, { startedAt: 3, endedAt: 8, by: 1, was: 1 }])).toMatchObject({ isWhole: true })
    expect(
      await holds([
        { ...one, was: 1 },
        { startedAt: 3, endedAt: 8, by: 1, was: 0 },
      ]),
    ).toMatchObject({ isWhole: true })
    expect(
      await holds([
        { ...one, was: 1 },
        { startedAt: 6, endedAt: 8, by: 1, was: 0 },
      ]),
    ).toMatchObject({ isWhole: false })
  })
})
