import { bodyText, headerValue, mediaType, type HttpRequest } from '../../core/http.ts'
import type { Context, Outcome, Records, Reply } from '../../core/step.ts'
import { countFailure } from '../../model/count.ts'
import { identify, refuse, reply, turnAway, type Caller } from './caller.ts'
import { replies } from './clauses.ts'
import type { Settings } from './settings.ts'
import { block, factor, isAuthenticated, sessions, standingOf, users, type User } from './state.ts'

/** `GET /info`. */
export function handleInfo(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const { settings, now } = context
  const answer = settings.active ? replies.active(now) : replies.inactive(now)
  const caller = identify(records, request, context)
  if ('sessionId' in caller) return reply(caller, answer, request, context)
  return turnAway(caller, caller.isAnonymous ? answer : caller.reply, context)
}

/** `GET /user`. */
export function showUser(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) return turnAway(caller, caller.reply, context)
  return reply(caller, userState(caller, context), request, context)
}

function userState(caller: Caller, { settings, now, address }: Context<Settings>): Reply {
  if (!settings.active) return replies.userInactive(settings.revision)
  const { session, user } = caller
  switch (standingOf(session, user, settings, now, address)) {
    case 'onboarding':
      return replies.inOnboarding
    case 'blocked':
      return replies.blocked(block.endOf(user) ?? Infinity, now)
    case 'bypass':
      return replies.mayBypass
    case 'authenticated':
      return replies.alreadyAuthenticated
    case 'enter':
      return session.authenticated?.pinEpoch === user.pinEpoch ? replies.mustEnterAgain : replies.mustEnter
  }
}

/** `POST /auth`. The order of the checks is SL-U12. */
export function handleAuth(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const { settings, now } = context
  const type = mediaType(headerValue(request.headers, 'content-type'))
  const caller = identify(records, request, context)
  if ('sessionId' in caller || caller.isAnonymous) {
    if (settings.xsrfCheck === 'on' && isXsrfSuspect(request, type)) return refuse(replies.xsrfSuspected, context)
  }
  if (!('sessionId' in caller)) return turnAway(caller, caller.reply, context)
  const answer = (told: Reply): Outcome => reply(caller, told, request, context)
  if (!settings.active) return answer(replies.authInactive(settings.revision))
  if (caller.user.state === 'onboarding') return answer(replies.authOnboarding(settings.revision))
  if (block.isLocked(caller.user, now)) return whileBlocked(caller, request, context)
  if (type !== 'text/plain' && settings.otherContentType === 'refused') {
    return refuse(replies.notPlainText, context, caller)
  }
  const pin = bodyText(request.body)
  if (pin === undefined) return refuse(replies.bodyNotText, context, caller)
  if (!needsPin(caller, context) && settings.unneededPin === 'accepted') return answer(replies.pinNotNeeded)
  const { user, reply: told, session } = tryPin(caller, pin, context)
  const changes: Outcome['changes'] = [
    ...(session === caller.session ? [] : [sessions.put(caller.sessionId, session)]),
    ...(user === caller.user ? [] : [users.put(user.username, user)]),
  ]
  return reply(caller, told, request, context, changes)
}

// What a form of another site could send by itself.
const formTypes = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '']

/** SL-U17. The older value of the header is still taken. */
function isXsrfSuspect({ headers }: HttpRequest, type: string): boolean {
  return formTypes.includes(type) && !/^no-?check$/i.test(headerValue(headers, 'x-atlassian-token') ?? '')
}

function needsPin({ user, session }: Caller, { settings, address }: Context<Settings>): boolean {
  return user.state !== 'bypass' && !isAuthenticated(session, user, settings, address)
}

/** What a PIN comes to, with the session and the user as they are then. */
type Tried = Pick<Caller, 'user' | 'session'> & { readonly reply: Reply }

function tryPin(caller: Caller, pin: string, context: Context<Settings>): Tried {
  const { settings, now } = context
  const current = block.now(caller.user, settings, now)
  if (!/^[0-9]+$/.test(pin)) return failed(caller, current, replies.notDigits, context)
  const verdict = factor.judge(current, pin, context)
  if (!verdict.isRight) return failed(caller, current, verdict.isUsedUp ? replies.usedPin : replies.wrongPin, context)
  if (!needsPin(caller, context)) return { ...caller, reply: replies.pinNotNeeded }
  const keeps = settings.failuresAfterPin === 'kept'
  const { user } = verdict
  return {
    reply: replies.pinAccepted,
    session: {
      ...caller.session,
      ...(keeps ? {} : { failures: 0 }),
      authenticated: { address: context.address, pinEpoch: user.pinEpoch },
    },
    user: keeps ? user : block.clear(user),
  }
}

/** Counts a failure, and blocks the user with the last one the administrator allows (SL-14, SL-U7, SL-X3). */
function failed({ session }: Caller, user: User, answer: typeof replies.wrongPin, context: Context<Settings>): Tried {
  const { settings, now } = context
  const perSession = settings.countFailuresPer === 'session'
  const { failures, lock } = countFailure(
    { failures: (perSession ? session : user).failures, lock: null },
    block.policy(settings),
    now,
  )
  const blocked = lock === null ? user : block.lock(user, lock)
  const keeps = settings.failuresAfterBlock === 'kept'
  return {
    reply: lock === null ? answer(failures, settings.blockAfter) : replies.nowBlocked(failures, lock.until ?? Infinity),
    session: perSession ? { ...session, failures: lock !== null && !keeps ? 0 : failures } : session,
    user: perSession ? blocked : { ...blocked, failures },
  }
}

function whileBlocked(caller: Caller, request: HttpRequest, context: Context<Settings>): Outcome {
  const { settings, now } = context
  const isExtended = settings.whileBlocked === 'extend'
  const user = isExtended ? block.lockAnew(caller.user, settings, now) : caller.user
  const changes = isExtended ? [users.put(user.username, user)] : []
  return reply(caller, replies.stillBlocked(block.endOf(user) ?? Infinity, isExtended), request, context, changes)
}
