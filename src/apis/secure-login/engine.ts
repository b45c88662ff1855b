import { bodyText, headerValue, mediaType, type HttpRequest } from '../../core/http.ts'
import type { Operation } from '../../core/route.ts'
import { judgeCode } from '../../core/second-factor.ts'
import type { Context, Outcome, Records } from '../../core/step.ts'
import { identify, refuse, reply, type Caller } from './caller.ts'
import { apiPath, sessionPath } from './contract.ts'
import { login, logout, showSession } from './first-factor.ts'
import * as replies from './replies.ts'
import type { Settings } from './settings.ts'
import {
  afterExpiry,
  blockEnd,
  isAuthenticated,
  isBlocked,
  secondFactor,
  sessionKey,
  userKey,
  withUsedCode,
  type User,
} from './state.ts'

/** Everything the host answers, by operation id. */
export const operations: readonly Operation<Settings>[] = [
  {
    id: 'info',
    methods: ['GET', 'HEAD'],
    paths: [`${apiPath}/info`],
    summary: 'whether Secure Login is active, and the server time',
    step: info,
  },
  { id: 'user', methods: ['GET', 'HEAD'], paths: [`${apiPath}/user`], summary: "the caller's state", step: showUser },
  {
    id: 'auth',
    methods: ['POST'],
    paths: [`${apiPath}/auth`],
    summary: 'authenticates the session with a PIN',
    step: auth,
  },
  {
    id: 'login',
    methods: ['POST'],
    paths: [sessionPath],
    summary: 'Jira: opens a session (first factor)',
    step: login,
  },
  {
    id: 'session',
    methods: ['GET', 'HEAD'],
    paths: [sessionPath],
    summary: 'Jira: who the session belongs to',
    step: showSession,
  },
  {
    id: 'logout',
    methods: ['DELETE'],
    paths: [sessionPath],
    summary: 'Jira: ends the session',
    step: logout,
  },
]

function info(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const answer = replies.info(context.settings.active, context.now)
  const caller = identify(records, request, context)
  if ('sessionId' in caller) return reply(caller, answer, context)
  return refuse(caller === replies.basicRejected ? caller : answer)
}

function showUser(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) return refuse(caller)
  return reply(caller, userState(caller, context), context)
}

function userState(caller: Caller, { settings, now, address }: Context<Settings>): ReturnType<typeof replies.blocked> {
  if (!settings.active) return replies.userInactive(settings.revision)
  if (caller.user.state === 'onboarding') return replies.inOnboarding
  if (isBlocked(caller.user, now)) return replies.blocked(caller.user.blockedUntilAt, now)
  if (caller.user.state === 'bypass') return replies.mayBypass
  if (isAuthenticated(caller.session, caller.user, settings, address)) return replies.alreadyAuthenticated
  const elsewhere = caller.session.authenticated?.pinEpoch === caller.user.pinEpoch
  return elsewhere ? replies.mustEnterAgain : replies.mustEnter
}

/** The order of the checks is SL-U12. */
function auth(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const { settings, now, address } = context
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) return refuse(caller)
  if (!settings.active) return reply(caller, replies.authInactive(settings.revision), context)
  if (caller.user.state === 'onboarding') return reply(caller, replies.authOnboarding(settings.revision), context)
  if (isBlocked(caller.user, now)) return whileBlocked(caller, caller.user.blockedUntilAt, context)
  if (mediaType(headerValue(request.headers, 'content-type')) !== 'text/plain') {
    return refuse(replies.notPlainText, caller)
  }
  const pin = bodyText(request.body)
  if (pin === undefined) return refuse(replies.bodyNotText, caller)
  if (caller.user.state === 'bypass' || isAuthenticated(caller.session, caller.user, settings, address)) {
    return reply(caller, replies.pinNotNeeded, context)
  }
  const current = afterExpiry(caller.user, now)
  if (!/^[0-9]+$/.test(pin)) return failed(caller, current, replies.notDigits, context)
  const verdict = judgeCode(secondFactor(current), pin, now, settings, context.answer)
  if (verdict.isRight) return accepted(caller, withUsedCode(current, verdict.usedCounter), context)
  return failed(caller, current, verdict.isUsedUp ? replies.usedPin : replies.wrongPin, context)
}

function whileBlocked(caller: Caller, until: number, context: Context<Settings>): Outcome {
  if (context.settings.whileBlocked === 'reject') return reply(caller, replies.stillBlocked(until, false), context)
  const extended = blockEnd(context.now, context.settings)
  const change = { key: userKey(caller.user.username), value: { ...caller.user, blockedUntilAt: extended } }
  return reply(caller, replies.stillBlocked(extended, true), context, [change])
}

function accepted(caller: Caller, user: User, context: Context<Settings>): Outcome {
  const session = {
    ...caller.session,
    failures: 0,
    authenticated: { address: context.address, pinEpoch: user.pinEpoch },
  }
  const changes: Outcome['changes'] = [{ key: sessionKey(caller.sessionId), value: session }]
  const cleared = user.failures === 0 ? user : { ...user, failures: 0 }
  if (cleared === caller.user) return reply(caller, replies.pinAccepted, context, changes)
  return reply(caller, replies.pinAccepted, context, [...changes, { key: userKey(user.username), value: cleared }])
}

/** Counts a failure, and blocks the user with the last one the administrator allows (SL-14, SL-U7, SL-X3). */
function failed(caller: Caller, user: User, answer: typeof replies.wrongPin, context: Context<Settings>): Outcome {
  const { settings, now } = context
  const perSession = settings.countFailuresPer === 'session'
  const failures = (perSession ? caller.session.failures : user.failures) + 1
  const blocks = failures >= settings.blockAfter
  const blockedUntilAt = blocks ? blockEnd(now, settings) : user.blockedUntilAt
  const changes: Outcome['changes'] = perSession
    ? [
        { key: sessionKey(caller.sessionId), value: { ...caller.session, failures: blocks ? 0 : failures } },
        ...(blocks ? [{ key: userKey(user.username), value: { ...user, blockedUntilAt } }] : []),
      ]
    : [{ key: userKey(user.username), value: { ...user, failures, blockedUntilAt } }]
  const told = blocks ? replies.nowBlocked(failures, blockedUntilAt as number) : answer(failures, settings.blockAfter)
  return reply(caller, told, context, changes)
}
