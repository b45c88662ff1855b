import { judgeCode } from '../../core/second-factor.ts'
import type { Context, Reply } from '../../core/step.ts'
import * as replies from './replies.ts'
import type { Settings } from './settings.ts'
import { afterExpiry, newLock, secondFactorOf, withUsedCode, type User } from './state.ts'

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
  const current = afterExpiry(user, context.now)
  if (current.lock !== null) return refuse(replies.locked(current.lock.untilAt), user)
  if (code === undefined) return refuse(replies.codeMissing, user)
  const verdict = judgeCode(secondFactorOf(current), code, context.now, context.settings, context.answer)
  if (!verdict.isRight) return fail(current, verdict.isUsedUp ? replies.usedCode : replies.wrongCode, context)
  const noted = withUsedCode(current, verdict.usedCounter)
  const next = noted.failures === 0 ? noted : { ...noted, failures: 0 }
  return { isAdmitted: true, byCode: true, because: 'the credentials and the code are right', next }
}

/** Counts a wrong code, and locks with the last one that is allowed (SP-U6, SP-X7). */
function fail(user: User, reply: typeof replies.wrongCode, { settings, now }: Context<Settings>): Verdict {
  const failures = user.failures + 1
  if (failures < settings.lockAfter) {
    return refuse(reply(failures, settings.lockAfter), { ...user, failures })
  }
  const lock = newLock(now, settings.lockFor)
  return refuse(replies.nowLocked(failures, lock.untilAt), { ...user, failures, lock })
}

function refuse(reply: Reply, next: User): Verdict {
  return { isAdmitted: false, reply, next }
}
