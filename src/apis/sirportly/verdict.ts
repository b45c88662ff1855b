import type { Context, Reply } from '../../core/step.ts'
import { replies } from './clauses.ts'
import type { Settings } from './settings.ts'
import { factor, lock, type User } from './state.ts'

/** What comes of a user whose password is right, and the user as it then is. */
export type Verdict =
  | { readonly isAdmitted: true; readonly byCode: boolean; readonly because: string; readonly next: User }
  | { readonly isAdmitted: false; readonly reply: Reply; readonly next: User }

/** Looks at API access, and then at the second factor: required, locked, code (SP-U9). */
export function judge(user: User, code: string | undefined, context: Context<Settings>): Verdict {
  if (!user.apiAccess) return refuse(replies.noApiAccess, user)
  if (user.secondFactor === 'missing') return refuse(replies.secondFactorMissing, user)
  if (user.secondFactor === 'none') {
    return { isAdmitted: true, byCode: false, because: 'the credentials are right', next: user }
  }
  const current = lock.now(user, context.settings, context.now)
  if (lock.isLocked(current, context.now)) return refuse(replies.locked(lock.endOf(current)), user)
  if (code === undefined) return withoutCode(current, context)
  const verdict = factor.judge(current, code, context)
  if (!verdict.isRight) return fail(current, verdict.isUsedUp ? replies.usedCode : replies.wrongCode, context)
  return {
    isAdmitted: true,
    byCode: true,
    because: 'the credentials and the code are right',
    next: lock.clear(verdict.user),
  }
}

/** What is told, and counted, where no code comes (SP-U5). */
function withoutCode(user: User, context: Context<Settings>): Verdict {
  const { missingCode, lockAfter } = context.settings
  if (missingCode !== 'counted') return refuse(replies.codeMissing(missingCode), user)
  const next = lock.fail(user, context.settings, context.now)
  return refuse(replies.codeMissing(missingCode, `this was failure ${next.failures} of ${lockAfter}`), next)
}

/** Counts a wrong code, and locks with the last one that is allowed (SP-U6, SP-X7). */
function fail(user: User, reply: typeof replies.wrongCode, context: Context<Settings>): Verdict {
  const { lockAfter, lockingCode } = context.settings
  const next = lock.fail(user, context.settings, context.now)
  const told = lock.isLocked(next, context.now)
    ? replies.nowLocked(next.failures, lock.endOf(next), lockingCode)
    : reply(next.failures, lockAfter)
  return refuse(told, next)
}

function refuse(reply: Reply, next: User): Verdict {
  return { isAdmitted: false, reply, next }
}
