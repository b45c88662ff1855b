import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveClock, serverTime, startClock, worldTime, type ClockMove, type ClockState } from '../../src/core/clock.ts'

const noon = Date.UTC(2026, 0, 15, 12)
const minute = 60_000

const steady: fc.Arbitrary<ClockMove> = fc.oneof(
  fc.constant<ClockMove>({ kind: 'freeze' }),
  fc.constant<ClockMove>({ kind: 'resume' }),
  fc.constantFrom(0, 0.3, 1, 7, 60, 1e6).map((scale): ClockMove => ({ kind: 'scale', scale })),
  fc.integer({ min: -1e9, max: 1e9 }).map((byMs): ClockMove => ({ kind: 'skew', byMs })),
)
const jump: fc.Arbitrary<ClockMove> = fc.oneof(
  fc.integer({ min: -1e12, max: 1e12 }).map((byMs): ClockMove => ({ kind: 'advance', byMs })),
  fc.integer({ min: 0, max: 4e12 }).map((at): ClockMove => ({ kind: 'set', at })),
)
/** A move, and how long the host's clock runs before it. */
const life = fc.array(fc.tuple(fc.nat(1e7), fc.oneof(steady, jump)), { maxLength: 30 })

/** Lives through moves, and calls back around each. */
function live(
  moves: readonly (readonly [number, ClockMove])[],
  around: (before: ClockState, after: ClockState, move: ClockMove, realNow: number) => void,
): { clock: ClockState; realNow: number } {
  let realNow = noon
  let clock = startClock({}, realNow)
  for (const [pause, move] of moves) {
    realNow += pause
    const after = moveClock(clock, move, realNow)
    around(clock, after, move, realNow)
    clock = after
  }
  return { clock, realNow }
}

describe('a clock', () => {
  it("starts at the host's time and keeps pace with it", () => {
    const clock = startClock({}, noon)
    expect([worldTime(clock, noon), worldTime(clock, noon + 1234)]).toEqual([noon, noon + 1234])
  })

  it('starts where the scenario says: fixed, or so long after the host', () => {
    expect(worldTime(startClock({ at: { at: 5000 } }, noon), noon)).toBe(5000)
    expect(worldTime(startClock({ at: { in: -minute } }, noon), noon)).toBe(noon - minute)
    const frozen = startClock({ at: { at: 5000 }, frozen: true, skewMs: 300 }, noon)
    expect([worldTime(frozen, noon + minute), serverTime(frozen, noon + minute)]).toEqual([5000, 5300])
  })

  it('shows the same time before and after it is stopped, started, scaled or skewed', () => {
    fc.assert(
      fc.property(life, (moves) => {
        live(moves, (before, after, move, realNow) => {
          const isJump = move.kind === 'advance' || move.kind === 'set'
          expect(isJump || worldTime(after, realNow) === worldTime(before, realNow)).toBe(true)
        })
      }),
    )
  })

  it('jumps by exactly what it is advanced, to exactly where it is set', () => {
    fc.assert(
      fc.property(life, (moves) => {
        live(moves, (before, after, move, realNow) => {
          const shown = worldTime(before, realNow)
          const expected = move.kind === 'advance' ? shown + move.byMs : move.kind === 'set' ? move.at : shown
          expect(worldTime(after, realNow)).toBe(expected)
        })
      }),
    )
  })

  it('stands while frozen, and otherwise runs at its scale, never back', () => {
    fc.assert(
      fc.property(life, fc.nat(1e7), fc.nat(1e7), (moves, soon, later) => {
        const { clock, realNow } = live(moves, () => undefined)
        const [one, two, three] = [0, soon, soon + later].map((ms) => worldTime(clock, realNow + ms))
        const scale = clock.frozen ? 0 : clock.scale
        expect(two).toBe((one as number) + Math.floor(soon * scale))
        expect(three).toBeGreaterThanOrEqual(two as number)
      }),
    )
  })

  it("gives the server's clock the world's time plus the skew, whatever happened before", () => {
    fc.assert(
      fc.property(life, (moves) => {
        const { clock, realNow } = live(moves, (_, after, move, now) => {
          expect(move.kind !== 'skew' || after.skewMs === move.byMs).toBe(true)
          expect(serverTime(after, now) - worldTime(after, now)).toBe(after.skewMs)
        })
        expect(serverTime(clock, realNow + 999)).toBe(worldTime(clock, realNow + 999) + clock.skewMs)
      }),
    )
  })

  it('keeps scale, skew and whether it stands when it is moved', () => {
    const odd = moveClock(
      moveClock(startClock({ scale: 60 }, noon), { kind: 'skew', byMs: 7 }, noon),
      { kind: 'freeze' },
      noon,
    )
    const moved = moveClock(moveClock(odd, { kind: 'set', at: 1000 }, noon), { kind: 'advance', byMs: 1 }, noon + 5000)
    expect(moved).toEqual({ worldAt: 1001, realAt: noon + 5000, scale: 60, frozen: true, skewMs: 7 })
    expect(worldTime(moveClock(moved, { kind: 'resume' }, noon + 5000), noon + 6000)).toBe(1001 + 60_000)
  })

  it('is plain data', () => {
    fc.assert(
      fc.property(life, (moves) => {
        const { clock } = live(moves, () => undefined)
        expect(JSON.parse(JSON.stringify(clock))).toEqual(clock)
      }),
    )
  })
})
