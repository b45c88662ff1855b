import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countFailure,
  countNow,
  isInForce,
  lockFor,
  noFailures,
  type Count,
  type LockPolicy,
} from '../../src/model/count.ts'

const at = 1_768_467_600_000
const minute = 60_000

/** The count after failures at these instants, each looked at before as steps do. */
function afterFailures(policy: LockPolicy, instants: readonly number[], start: Count = noFailures): Count {
  return instants.reduce((count, now) => countFailure(countNow(count, policy, now), policy, now), start)
}

describe('a count of failures', () => {
  const policy: LockPolicy = { after: 3, for: 30 * minute }

  test('locks with the last failure that is allowed, and not before', () => {
    expect(afterFailures(policy, [at, at])).toEqual({ failures: 2, lock: null })
    expect(afterFailures(policy, [at, at, at])).toEqual({ failures: 3, lock: { until: at + 30 * minute } })
  })

  test('is locked until its end, and no longer at it', () => {
    const { lock } = afterFailures(policy, [at, at, at])
    expect(isInForce(lock, at + 30 * minute - 1)).toBe(true)
    expect(isInForce(lock, at + 30 * minute)).toBe(false)
  })

  test('begins anew when a lock has run out', () => {
    const locked = afterFailures(policy, [at, at, at])
    expect(countNow(locked, policy, at + 30 * minute - 1)).toBe(locked)
    expect(countNow(locked, policy, at + 30 * minute)).toEqual(noFailures)
  })

  test('is kept when a lock has run out, where it says so: the next failure locks again', () => {
    const kept: LockPolicy = { ...policy, afterLock: 'kept' }
    const later = at + 31 * minute
    expect(afterFailures(kept, [at, at, at, later])).toEqual({ failures: 4, lock: { until: later + 30 * minute } })
  })

  test('locks for good where there is no duration', () => {
    const { lock } = afterFailures({ after: 1, for: null }, [at])
    expect([lock, isInForce(lock, at + 1e12)]).toEqual([{ until: null }, true])
  })

  test('ends a lock at a whole second, if wanted', () => {
    expect(lockFor(minute, { ...policy, wholeSeconds: true }, at + 1)).toEqual({ until: at + minute + 1000 })
  })
})

describe('a count that knows when the last failure was', () => {
  const start: Count = { ...noFailures, lastAt: null }

  test('is forgotten a while after the last failure', () => {
    const policy: LockPolicy = { after: 3, for: minute, forgottenAfter: 10 * minute }
    expect(afterFailures(policy, [at, at, at + 10 * minute], start)).toMatchObject({ failures: 3, lock: {} })
    expect(afterFailures(policy, [at, at, at + 10 * minute + 1], start)).toMatchObject({ failures: 1, lock: null })
  })

  test('forgets nothing of which it does not know when it was', () => {
    const policy: LockPolicy = { after: 9, for: minute, forgottenAfter: 1 }
    expect(afterFailures(policy, [at], { failures: 4, lock: null, lastAt: null })).toMatchObject({ failures: 5 })
  })

  test('locks for a while where failures come too fast for people', () => {
    const policy: LockPolicy = { after: 30, for: minute, quick: { within: 1000, for: 2 * minute } }
    expect(afterFailures(policy, [at, at + 1000], start)).toMatchObject({ failures: 2, lock: null })
    expect(afterFailures(policy, [at, at + 999], start)).toMatchObject({ lock: { until: at + 999 + 2 * minute } })
  })
})

describe('locks that become longer', () => {
  const kept: LockPolicy = { after: 2, for: minute, afterLock: 'kept', longest: 4 * minute }
  const ends = (policy: LockPolicy): (number | null | undefined)[] => {
    let [count, now, found]: [Count, number, (number | null | undefined)[]] = [noFailures, at, []]
    for (let failure = 1; failure <= 8; failure++) {
      count = countFailure(countNow(count, policy, now), policy, now)
      found = [...found, count.lock === null ? undefined : (count.lock.until ?? Infinity) - now]
      now = count.lock?.until ?? now
    }
    return found.map((ms) => (ms === undefined ? undefined : (ms ?? 0) / minute))
  }

  test.each([
    ['never', [undefined, 1, 1, 1, 1, 1, 1, 1]],
    ['failures', [undefined, 1, 2, 3, 4, 4, 4, 4]],
    ['rounds', [undefined, 1, 1, 2, 2, 3, 3, 4]],
  ] as const)('grow by %s', (grows, expected) => {
    expect(ends({ ...kept, grows })).toEqual(expected)
  })

  test('last for good after so many that ended', () => {
    const policy: LockPolicy = { ...kept, foreverAfter: 2 }
    const times = [at, at, at + 10 * minute, at + 20 * minute]
    const start: Count = { ...noFailures, locks: 0 }
    expect(afterFailures(policy, times.slice(0, 3), start)).toMatchObject({
      locks: 2,
      lock: { until: at + 11 * minute },
    })
    expect(afterFailures(policy, times, start)).toMatchObject({ locks: 2, lock: { until: null } })
  })
})

/** Keycloak's settings, by the names of its page "Brute force detection" (Server Administration Guide). */
interface Keycloak {
  readonly maxLoginFailures: number
  readonly strategy: 'multiple' | 'linear'
  readonly waitIncrement: number
  readonly maxWait: number
  readonly failureReset: number
  readonly quickCheck: number
  readonly minQuickWait: number
  readonly maxTemporaryLockouts: number
}

/** The same in the words of a count. */
const toPolicy = (given: Keycloak): LockPolicy => ({
  after: given.maxLoginFailures,
  for: given.waitIncrement,
  grows: given.strategy === 'multiple' ? 'rounds' : 'failures',
  longest: given.maxWait,
  forgottenAfter: given.failureReset,
  quick: { within: given.quickCheck, for: given.minQuickWait },
  foreverAfter: given.maxTemporaryLockouts,
  afterLock: 'kept',
})

// A second telling of the page, in variables and ifs.
class KeycloakModel {
  failures = 0
  lockedUntil = 0
  lockouts = 0
  last: number | undefined
  isDisabled = false

  isLocked(now: number): boolean {
    return this.isDisabled || now < this.lockedUntil
  }

  fail(given: Keycloak, now: number): void {
    const gap = this.last === undefined ? Infinity : now - this.last
    if (this.last !== undefined && gap > given.failureReset) {
      this.failures = 0
      this.lockouts = 0
    }
    this.last = now
    this.failures += 1
    let wait = 0
    if (this.failures >= given.maxLoginFailures) {
      const rounds = Math.floor(this.failures / given.maxLoginFailures)
      const times = given.strategy === 'multiple' ? rounds : 1 + this.failures - given.maxLoginFailures
      wait = Math.min(given.waitIncrement * times, given.maxWait)
      if (this.lockouts >= given.maxTemporaryLockouts) this.isDisabled = true
      else this.lockouts += 1
    } else if (gap < given.quickCheck) {
      wait = Math.min(given.minQuickWait, given.maxWait)
    }
    if (wait > 0) this.lockedUntil = now + wait
  }
}

test("plays Keycloak's brute force detection, as its guide tells it", () => {
  const settings: fc.Arbitrary<Keycloak> = fc.record({
    maxLoginFailures: fc.integer({ min: 1, max: 5 }),
    strategy: fc.constantFrom('multiple', 'linear'),
    waitIncrement: fc.integer({ min: 1, max: 90 }).map((s) => s * 1000),
    maxWait: fc.integer({ min: 1, max: 300 }).map((s) => s * 1000),
    failureReset: fc.integer({ min: 1, max: 600 }).map((s) => s * 1000),
    quickCheck: fc.integer({ min: 0, max: 3000 }),
    minQuickWait: fc.integer({ min: 1, max: 90 }).map((s) => s * 1000),
    maxTemporaryLockouts: fc.integer({ min: 0, max: 6 }),
  })
  const gaps = fc.array(fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 700_000 })), {
    maxLength: 30,
  })
  const seen = { locked: 0, disabled: 0, forgotten: 0 }
  fc.assert(
    fc.property(settings, gaps, (given, pauses) => {
      const [policy, model] = [toPolicy(given), new KeycloakModel()]
      let [count, now]: [Count, number] = [{ failures: 0, lock: null, lastAt: null, locks: 0 }, at]
      for (const pause of pauses) {
        now += pause
        count = countNow(count, policy, now)
        expect(isInForce(count.lock, now)).toBe(model.isLocked(now))
        if (model.isLocked(now)) continue
        const before = model.failures
        model.fail(given, now)
        count = countFailure(count, policy, now)
        expect([count.failures, count.locks]).toEqual([model.failures, model.lockouts])
        expect(count.lock?.until ?? 0).toBe(model.isDisabled ? 0 : now < model.lockedUntil ? model.lockedUntil : 0)
        seen.locked += model.isLocked(now) ? 1 : 0
        seen.disabled += model.isDisabled ? 1 : 0
        seen.forgotten += before > 0 && model.failures === 1 ? 1 : 0
      }
    }),
    { numRuns: 400 },
  )
  expect(Object.entries(seen).filter(([, times]) => times < 20)).toEqual([])
})
