import { describe, expect, test } from 'vitest'
import { UnderstudyError } from '../../src/core/errors.ts'
import { lockout, type CountWish } from '../../src/model/lockout.ts'

interface Badge {
  readonly name: string
  readonly wrong: number
  readonly closed: { readonly end: number | null } | null
}

const lock = lockout<{ readonly most: number; readonly ms: number | null }, Badge>({
  policy: ({ most, ms }) => ({ after: most, for: ms }),
  read: ({ wrong, closed }) => ({ failures: wrong, lock: closed === null ? null : { until: closed.end } }),
  write: (badge, { failures, lock: held }) => ({
    ...badge,
    wrong: failures,
    closed: held === null ? null : { end: held.until },
  }),
  noun: 'closure',
  after: 'most',
  locked: 'closed',
  free: 'open',
  lifting: ['open'],
})

const settings = { most: 3, ms: 60_000 }
const now = 1_768_467_600_000
const badge: Badge = { name: 'b7', wrong: 0, closed: null }
const closed: Badge = { ...badge, wrong: 3, closed: { end: now + 60_000 } }

function refusal(wish: CountWish, of: Badge = badge): string {
  try {
    lock.change(of, wish, settings, now, 'b7')
  } catch (error) {
    if (error instanceof UnderstudyError) return `${error.code} ${error.issues[0]?.path.join('.')}: ${error.message}`
    throw error
  }
  return 'none'
}

describe("an API's lockout", () => {
  test("keeps the count in the API's own record", () => {
    const failed = [1, 2, 3].reduce((user) => lock.fail(user, settings, now), badge)
    expect(failed).toEqual(closed)
    expect([lock.isLocked(failed, now), lock.endOf(failed)]).toEqual([true, now + 60_000])
    expect(lock.now(failed, settings, now + 60_000)).toEqual(badge)
  })

  test('gives back the very user where nothing changes', () => {
    expect(lock.now(closed, settings, now)).toBe(closed)
    expect(lock.clear(badge)).toBe(badge)
  })

  test('forgets failures, and lifts or begins locks', () => {
    expect(lock.clear({ ...badge, wrong: 2 })).toEqual(badge)
    expect(lock.lift(closed)).toEqual(badge)
    expect(lock.lockAnew(closed, settings, now + 5)).toEqual({ ...closed, closed: { end: now + 60_005 } })
  })

  test('is seen with its limit, and with an end where there is one', () => {
    expect(lock.view(closed, settings, now)).toEqual({ failures: 3, limit: 3, until: now + 60_000 })
    expect(lock.view(closed, settings, now + 60_000)).toEqual({ failures: 0, limit: 3 })
    expect(lock.view({ ...closed, closed: { end: null } }, settings, now)).toEqual({ failures: 3, limit: 3 })
  })

  test('begins as a scenario says', () => {
    expect(lock.seed(badge, { failures: 2 }, settings, now)).toEqual({ ...badge, wrong: 2 })
    expect(lock.seed(badge, { state: 'closed' }, settings, now)).toEqual(closed)
    expect(lock.seed(badge, { locked: true, for: 5 }, settings, now).closed).toEqual({ end: now + 5 })
    expect(lock.seed(badge, { state: 'closed', until: { in: 7 } }, settings, now).closed).toEqual({ end: now + 7 })
  })

  test.each<[CountWish, string[]]>([
    [{ failures: 2 }, []],
    [{ state: 'closed', for: 5, failures: 9 }, []],
    [{ failures: 3 }, ['failures: 3 is not below the limit (most: 3); say state closed instead.']],
    [{ state: 'open', for: 5 }, ['for: `for` goes with state closed, not with open.']],
    [
      { state: 'closed', for: 5, until: { in: 5 } },
      ['until: Either `for` or `until` says how long a closure lasts, not both.'],
    ],
  ])('finds in a scenario that says %j what is wrong', (wish, expected) => {
    expect(lock.issues(wish, settings).map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual(expected)
  })

  test('is changed by hand', () => {
    const change = (wish: CountWish, of = badge): Badge => lock.change(of, wish, settings, now, 'b7')
    expect(change({ state: 'closed' })).toEqual(closed)
    expect(change({ state: 'closed', until: { at: now + 1 } }).closed).toEqual({ end: now + 1 })
    expect(change({ unblock: true }, closed)).toEqual(badge)
    expect(change({ state: 'open', failures: 2 }, closed)).toEqual({ ...badge, wrong: 2 })
    expect(change({ state: 'else' }, closed)).toBe(closed)
  })

  test.each<[CountWish, Badge, string]>([
    [{ for: 5 }, badge, 'for: `for` and `until` say how long a closure lasts; they go with state closed.'],
    [
      { state: 'closed', for: 5, until: { in: 5 } },
      badge,
      'until: Either `for` or `until` says how long a closure lasts, not both.',
    ],
    [
      { state: 'closed', until: { at: now } },
      badge,
      "until: 2026-01-15T09:00:00Z is not in the future: the server's clock shows 2026-01-15T09:00:00Z.",
    ],
    [{ failures: 3 }, badge, 'failures: 3 is not below the limit (most: 3); say state closed instead.'],
    [{ failures: 1 }, closed, 'failures: b7 is closed; say state open as well, to start again with 1 failures.'],
  ])('refuses %j', (wish, of, expected) => {
    expect(refusal(wish, of)).toBe(`ERR_CHANGE_INVALID ${expected}`)
  })
})
