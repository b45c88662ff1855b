import { changeInvalid, type Issue } from '../core/errors.ts'
import { momentAt, type Moment } from '../core/field.ts'
import { toIso } from '../core/instant.ts'
import {
  countFailure,
  countNow,
  isInForce,
  lockFor,
  lockUntil,
  type Count,
  type LockTerm,
  type LockPolicy,
} from './count.ts'

/** What an API says of its lockout, and all else follows from. */
export interface LockoutOptions<Settings, User> {
  /** When failures lock, and for how long. */
  readonly policy: (settings: Settings) => LockPolicy
  /** Where a user's record has the count. */
  readonly read: (user: User) => Count
  readonly write: (user: User, count: Count) => User
  /** What it is called: a block, a lock. */
  readonly noun: string
  /** The setting that tells how many failures lock. */
  readonly after: string
  /** The state of somebody who is locked, and the one to set for a new start. */
  readonly locked: string
  readonly free: string
  /** The states that lift a lock when they are set. */
  readonly lifting: readonly string[]
  /** How a scenario says that somebody is locked; `state` and the state if left out. */
  readonly spelt?: string
}

/** What people may say of somebody's count, in a scenario or while the world runs. */
export interface CountWish {
  readonly state?: string
  readonly locked?: boolean
  readonly for?: number
  readonly until?: Moment
  readonly failures?: number
  readonly unblock?: boolean
}

/** A count that locks, of the users of one API. */
export interface UserLockout<Settings, User> {
  readonly policy: (settings: Settings) => LockPolicy
  /** The user with a lock that ran out taken off. */
  readonly now: (user: User, settings: Settings, now: number) => User
  readonly isLocked: (user: User, now: number) => boolean
  /** When the lock of somebody who is locked ends; null for never, as long as nobody lifts it. */
  readonly endOf: (user: User) => number | null
  /** The user after one more failure. */
  readonly fail: (user: User, settings: Settings, now: number) => User
  /** The user with the failures forgotten; a lock stays. */
  readonly clear: (user: User) => User
  /** The user with nothing held against them. */
  readonly lift: (user: User) => User
  /** The user with this lock, or with one as failures set it that begins now. */
  readonly lock: (user: User, lock: LockTerm) => User
  readonly lockAnew: (user: User, settings: Settings, now: number) => User
  /** What is wrong with what a scenario says, though each member fits. */
  readonly issues: (wish: CountWish, settings: Settings) => readonly Issue[]
  /** The user as a scenario says. */
  readonly seed: (user: User, wish: CountWish, settings: Settings, now: number) => User
  /** The user after a change by hand. Throws ERR_CHANGE_INVALID for one that contradicts itself or the user's state. */
  readonly change: (user: User, wish: CountWish, settings: Settings, now: number, name: string) => User
  /** The count as people see it. */
  readonly view: (user: User, settings: Settings, now: number) => CountView
}

/** A count as people see it: how many failed, how many lock, and when a lock ends by itself. */
export type CountView = { readonly failures: number; readonly limit: number; readonly until?: number }

/** Binds counting and locking to the records, the settings and the words of an API. */
export function lockout<Settings, User>(options: LockoutOptions<Settings, User>): UserLockout<Settings, User> {
  const { policy, read, write, noun, locked, lifting, spelt = `state ${locked}` } = options
  const isLocked = (user: User, now: number): boolean => isInForce(read(user).lock, now)
  const update = (user: User, count: Partial<Count>): User => write(user, { ...read(user), ...count })
  // Whoever keeps when failures were, or how many locks, begins anew with those as well.
  const forgotten = ({ lastAt, locks }: Count): Partial<Count> => ({
    failures: 0,
    ...(lastAt === undefined ? {} : { lastAt: null }),
    ...(locks === undefined ? {} : { locks: 0 }),
  })
  const lift = (user: User): User => update(user, { ...forgotten(read(user)), lock: null })
  const tooMany = (failures: number, settings: Settings, instead: string): string =>
    `${failures} is not below the limit (${options.after}: ${policy(settings).after}); say ${instead} instead.`

  const wishedLock = ({ for: ms, until }: CountWish, settings: Settings, now: number): LockTerm =>
    until === undefined
      ? lockFor(ms ?? policy(settings).for, policy(settings), now)
      : lockUntil(momentAt(until, now), policy(settings))

  const lockByHand = (user: User, wish: CountWish, settings: Settings, now: number): User => {
    const at = wish.until === undefined ? Infinity : momentAt(wish.until, now)
    if (at <= now) {
      throw changeInvalid('until', `${toIso(at)} is not in the future: the server's clock shows ${toIso(now)}.`)
    }
    return update(user, { failures: policy(settings).after, lock: wishedLock(wish, settings, now) })
  }

  return {
    policy,
    isLocked,
    lift,
    now: (user, settings, now) => {
      const count = read(user)
      if (count.lock === null) return user
      const current = countNow(count, policy(settings), now)
      return current === count ? user : write(user, current)
    },
    endOf: (user) => read(user).lock?.until ?? null,
    fail: (user, settings, now) => write(user, countFailure(read(user), policy(settings), now)),
    clear: (user) => {
      const count = read(user)
      const isClear = count.failures === 0 && (count.locks ?? 0) === 0
      return isClear ? user : update(user, forgotten(count))
    },
    lock: (user, lock) => update(user, { lock }),
    lockAnew: (user, settings, now) => update(user, { lock: wishedLock({}, settings, now) }),
    issues: (wish, settings) => {
      const isWished = wish.state === locked || wish.locked === true
      const issues: Issue[] = [...bothEnds(wish, noun)]
      if (isWished) return issues
      for (const member of ['for', 'until'] as const) {
        const instead = wish.state === undefined ? '' : `, not with ${wish.state}`
        if (wish[member] !== undefined)
          issues.push({ path: [member], message: `\`${member}\` goes with ${spelt}${instead}.` })
      }
      const { failures = 0 } = wish
      if (failures < policy(settings).after) return issues
      return [...issues, { path: ['failures'], message: tooMany(failures, settings, spelt) }]
    },
    seed: (user, wish, settings, now) => {
      const { failures = 0 } = wish
      if (wish.state !== locked && wish.locked !== true) return update(user, { failures, lock: null })
      const most = Math.max(failures, policy(settings).after)
      return update(user, { failures: most, lock: wishedLock(wish, settings, now) })
    },
    change: (user, wish, settings, now, name) => {
      const { state, failures } = wish
      if (state !== locked && (wish.for !== undefined || wish.until !== undefined)) {
        const message = `\`for\` and \`until\` say how long a ${noun} lasts; they go with state ${locked}.`
        throw changeInvalid('for', message)
      }
      for (const { message } of bothEnds(wish, noun)) throw changeInvalid('until', message)
      let next = wish.unblock === true || lifting.includes(state ?? '') ? lift(user) : user
      if (state === locked) next = lockByHand(next, wish, settings, now)
      if (failures === undefined) return next
      if (isLocked(next, now)) {
        const start = `say state ${options.free} as well, to start again with ${failures} failures.`
        throw changeInvalid('failures', `${name} is ${locked}; ${start}`)
      }
      if (failures < policy(settings).after) return update(next, { failures })
      throw changeInvalid('failures', tooMany(failures, settings, `state ${locked}`))
    },
    view: (user, settings, now) => {
      const { failures, lock } = countNow(read(user), policy(settings), now)
      const until = lock?.until ?? null
      return { failures, limit: policy(settings).after, ...(until === null ? {} : { until }) }
    },
  }
}

function bothEnds({ for: ms, until }: CountWish, noun: string): readonly Issue[] {
  if (ms === undefined || until === undefined) return []
  return [{ path: ['until'], message: `Either \`for\` or \`until\` says how long a ${noun} lasts, not both.` }]
}
