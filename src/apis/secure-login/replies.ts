import type { HeaderList } from '../../core/http.ts'
import { toIso } from '../../core/instant.ts'
import { problem } from '../../core/problem.ts'
import type { Reply } from '../../core/step.ts'
import { revisionStatuses, type Revision } from './contract.ts'
import { formatDuration } from '../../core/duration.ts'

const json: HeaderList = ['content-type', 'application/json']
const empty: HeaderList = []

export function info(active: boolean, now: number): Reply {
  return {
    status: 200,
    headers: json,
    body: `{"active":${active},"server_time":"${toIso(now)}"}`,
    clause: active ? 'SL-03' : 'SL-04',
    because: active ? 'the plug-in is active' : 'the plug-in is inactive, and /info answers all the same',
  }
}

function state(name: string, clause: string, because: string): Reply {
  return { status: 200, headers: json, body: `{"state":"${name}"}`, clause, because }
}

export const mustEnter: Reply = state('enter', 'SL-06', 'this session has to enter the PIN')
export const mustEnterAgain: Reply = state(
  'enter',
  'SL-U14',
  'the session was authenticated from another address, and sessions are bound to the address',
)
export const mayBypass: Reply = state('bypass', 'SL-06', 'the user needs no PIN')
export const alreadyAuthenticated: Reply = state('bypass', 'SL-U3', 'this session has entered the PIN')
export const inOnboarding: Reply = state(
  'onboarding',
  'SL-06',
  'the user has not finished onboarding, which takes a desktop browser',
)

export function blocked(until: number, now: number): Reply {
  return {
    status: 200,
    headers: json,
    body: `{"state":"blocked","blocked":{"reason":"brute_force","until":"${toIso(until)}"}}`,
    clause: 'SL-07',
    because: `the user is blocked for another ${formatDuration(until - now)}`,
  }
}

export function userInactive(revision: Revision): Reply {
  return {
    status: revisionStatuses[revision].userInactive,
    headers: json,
    body: '{}',
    clause: 'SL-08',
    because: `the plug-in is inactive (revision ${revision}; the body {} is assumed, SL-U11)`,
  }
}

function withoutBody(status: number, clause: string, because: string): Reply {
  return { status, headers: empty, body: undefined, clause, because }
}

export const pinAccepted: Reply = withoutBody(200, 'SL-10', 'the PIN is right; the session is authenticated')
export const pinNotNeeded: Reply = withoutBody(200, 'SL-U4', 'no PIN is needed here, so it was not looked at')
export const bodyNotText: Reply = withoutBody(400, 'SL-X5', 'the body is not valid UTF-8; nothing was counted')
export const notPlainText: Reply = withoutBody(415, 'SL-U8', 'the content type is not text/plain; nothing was counted')
export const noSession: Reply = withoutBody(401, 'SL-U1', 'the request carries no session')
export const sessionExpired: Reply = withoutBody(
  401,
  'SL-02',
  'the session has expired or was ended; a new login is needed',
)
export const xsrfSuspected: Reply = {
  status: 403,
  headers: ['content-type', 'text/plain'],
  body: 'XSRF check failed',
  clause: 'SL-U17',
  because: 'the request is one that a form of another site could send, and has no X-Atlassian-Token: no-check',
}

export function wrongPin(failures: number, blockAfter: number): Reply {
  return withoutBody(401, 'SL-11', `the PIN is wrong; this was failure ${failures} of ${blockAfter}`)
}

export function usedPin(failures: number, blockAfter: number): Reply {
  return withoutBody(401, 'SL-11', `the PIN was used already (SL-U19); this was failure ${failures} of ${blockAfter}`)
}

export function notDigits(failures: number, blockAfter: number): Reply {
  return withoutBody(401, 'SL-U9', `the body is not digits only; counted as failure ${failures} of ${blockAfter}`)
}

export function nowBlocked(blockAfter: number, until: number): Reply {
  return withoutBody(
    401,
    'SL-14',
    `the PIN is wrong; with ${blockAfter} failures the user is blocked until ${toIso(until)}`,
  )
}

export function stillBlocked(until: number, extended: boolean): Reply {
  const what = extended ? 'the block was extended' : 'the PIN was not looked at and the block stays'
  return withoutBody(401, 'SL-U2', `the user is blocked until ${toIso(until)}; ${what}`)
}

export function authOnboarding(revision: Revision): Reply {
  const status = revisionStatuses[revision].authOnboarding
  return withoutBody(status, 'SL-12', `the user has not finished onboarding (revision ${revision})`)
}

export function authInactive(revision: Revision): Reply {
  const status = revisionStatuses[revision].authInactive
  return withoutBody(status, 'SL-13', `the plug-in is inactive (revision ${revision})`)
}

/** A path of this API that does not exist; `meant` is the one that does. */
export function unknownEndpoint(detail: string): Reply {
  const { status, headers, body } = problem(404, 'No such endpoint', detail, { clause: 'SL-U10' })
  return { status, headers, body, clause: 'SL-U10', because: detail }
}
