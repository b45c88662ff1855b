/** What is counted against somebody, and whether it has locked. Instants in milliseconds. */
export interface Count {
  readonly failures: number
  /** Without an end it lasts until somebody lifts it; null where there is none. */
  readonly lock: LockTerm | null
  /** When the last failure was; kept only by who forgets failures, or looks how fast they come. */
  readonly lastAt?: number | null
  /** How many locks there were that ended; kept only by who locks for good after some. */
  readonly locks?: number
}

/** A lock, past or not. */
export interface LockTerm {
  readonly until: number | null
}

/** When failures lock, and for how long. Durations in milliseconds. */
export interface LockPolicy {
  /** How many failures lock. */
  readonly after: number
  /** How long a lock lasts; null until somebody lifts it. */
  readonly for: number | null
  /** What becomes of the failures when a lock has run out: with `kept`, the next one locks again; `cleared` if left out. */
  readonly afterLock?: 'cleared' | 'kept'
  /**
   * What `for` is taken times, where failures are kept: `failures` by each from the one that locks on, `rounds` by each
   * full `after` of them. `never` if left out.
   */
  readonly grows?: 'never' | 'failures' | 'rounds'
  /** The longest that a lock becomes. */
  readonly longest?: number
  /** Failures are forgotten where none has come for longer than this. */
  readonly forgottenAfter?: number
  /** Two failures that come within less than `within` lock `for` so long, whatever the count. */
  readonly quick?: { readonly within: number; readonly for: number }
  /** After so many locks that ended, the next lasts until somebody lifts it. */
  readonly foreverAfter?: number
  /** Locks end at whole seconds, so that what is shown is what is enforced. */
  readonly wholeSeconds?: boolean
}

/** Nobody has failed. */
export const noFailures: Count = { failures: 0, lock: null }

/** Whether a lock is in force: at `until` itself it is over. */
export function isInForce(lock: LockTerm | null, now: number): lock is LockTerm {
  return lock !== null && (lock.until === null || now < lock.until)
}

/** The count as it is now: a lock that has run out is taken off, and its failures with it, unless they are kept. */
export function countNow(count: Count, { afterLock }: LockPolicy, now: number): Count {
  if (count.lock === null || isInForce(count.lock, now)) return count
  return { ...count, failures: afterLock === 'kept' ? count.failures : 0, lock: null }
}

/** The count after one more failure, which may lock. */
export function countFailure(count: Count, policy: LockPolicy, now: number): Count {
  const { quick, forgottenAfter = Infinity, foreverAfter = Infinity, longest = Infinity, after } = policy
  const sinceLast = count.lastAt === undefined || count.lastAt === null ? undefined : now - count.lastAt
  const isForgotten = sinceLast !== undefined && sinceLast > forgottenAfter
  const failures = isForgotten ? 1 : count.failures + 1
  const counted: Count = {
    ...count,
    failures,
    ...(count.lastAt === undefined ? {} : { lastAt: now }),
    // Whoever begins anew with the failures does so with the locks that they set.
    ...(isForgotten && count.locks !== undefined ? { locks: 0 } : {}),
  }
  if (failures < after) {
    const isQuick = quick !== undefined && sinceLast !== undefined && sinceLast < quick.within
    return isQuick ? { ...counted, lock: lockFor(Math.min(quick.for, longest), policy, now) } : counted
  }
  const { locks = 0 } = counted
  const isForever = policy.for === null || locks >= foreverAfter
  const lock = lockFor(isForever ? null : waitAfter(failures, policy), policy, now)
  return { ...counted, lock, ...(isForever || count.locks === undefined ? {} : { locks: locks + 1 }) }
}

/** How long a lock lasts that so many failures set. */
function waitAfter(failures: number, { for: ms, grows = 'never', longest = Infinity, after }: LockPolicy): number {
  const times = { never: 1, failures: 1 + failures - after, rounds: Math.floor(failures / after) }[grows]
  return Math.min((ms ?? Infinity) * times, longest)
}

/** A lock that starts now. */
export function lockFor(ms: number | null, policy: LockPolicy, now: number): LockTerm {
  return ms === null ? { until: null } : lockUntil(now + ms, policy)
}

/** A lock that ends at an instant. */
export function lockUntil(until: number, { wholeSeconds = false }: LockPolicy): LockTerm {
  return { until: wholeSeconds ? Math.ceil(until / 1000) * 1000 : until }
}
