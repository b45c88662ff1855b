import { parseDuration } from '../core/duration.ts'
import type { LockPolicy } from '../model/count.ts'
import { lockout, type UserLockout } from '../model/lockout.ts'
import type { AnyDefinition } from './any-definition.ts'
import type { PartSettings } from './own-settings.ts'
import type { OwnUserRecord } from './own-user.ts'

/** The lockout of users; undefined for an API that locks nobody. */
export function ownLockout({ lockout: defined }: AnyDefinition): UserLockout<PartSettings, OwnUserRecord> | undefined {
  if (defined === undefined) return undefined
  const fixed = fixedPolicy(defined)
  return lockout<PartSettings, OwnUserRecord>({
    policy: ({ lockAfter, lockFor }) => ({ ...fixed, after: lockAfter, for: lockFor }),
    read: ({ failures = 0, lock = null, failedAt, locks }) => ({
      failures,
      lock,
      ...(failedAt === undefined ? {} : { lastAt: failedAt }),
      ...(locks === undefined ? {} : { locks }),
    }),
    write: (user, { failures, lock, lastAt, locks }) => ({
      ...user,
      failures,
      lock: lock === null ? null : { until: lock.until },
      ...(lastAt === undefined ? {} : { failedAt: lastAt }),
      ...(locks === undefined ? {} : { locks }),
    }),
    noun: 'lock',
    after: 'lockAfter',
    locked: defined.word,
    free: 'open',
    lifting: ['open'],
  })
}

/** What of the policy no setting changes. */
function fixedPolicy(defined: NonNullable<AnyDefinition['lockout']>): Omit<LockPolicy, 'after' | 'for'> {
  const { afterLock, grows, longest, forgottenAfter, quick, foreverAfter, wholeSeconds } = defined
  return {
    ...(afterLock === undefined ? {} : { afterLock }),
    ...(grows === undefined ? {} : { grows }),
    ...(longest === undefined ? {} : { longest: toMs(longest) }),
    ...(forgottenAfter === undefined ? {} : { forgottenAfter: toMs(forgottenAfter) }),
    ...(quick === undefined ? {} : { quick: { within: toMs(quick.within), for: toMs(quick.for) } }),
    ...(foreverAfter === undefined ? {} : { foreverAfter }),
    ...(wholeSeconds === undefined ? {} : { wholeSeconds }),
  }
}

/** A duration that was looked at before. */
function toMs(spelt: string): number {
  return parseDuration(spelt) ?? 0
}
