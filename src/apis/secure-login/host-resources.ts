import type { HttpRequest } from '../../core/http.ts'
import type { Context, Outcome, Records } from '../../core/step.ts'
import { identify, refuse, reply, turnAway, type Caller } from './caller.ts'
import * as hostReplies from './host-replies.ts'
import type { Settings } from './settings.ts'
import { standingOf } from './state.ts'

// What common clients of Jira ask for before anything else, in the smallest form that satisfies them.

/** `GET /rest/api/2/serverInfo`: what Jira this is, for anybody. */
export function serverInfo(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const { settings, now } = context
  const body = {
    baseUrl: hostReplies.baseUrl(request, settings),
    version: '9.12.4',
    versionNumbers: [9, 12, 4],
    deploymentType: 'Server',
    buildNumber: 9_120_004,
    buildDate: '2024-02-15T00:00:00.000+0000',
    serverTime: hostReplies.hostTime(now),
    scmInfo: '0000000000000000000000000000000000000000',
    serverTitle: 'auth-understudy',
  }
  const answer = hostReplies.data(200, body, 'SL-H8', 'serverInfo is for anybody')
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) return turnAway(caller, caller.isAnonymous ? answer : caller.reply, context)
  return lacksPin(caller, context) ? beforePin(caller, context) : reply(caller, answer, request, context)
}

/** `GET /rest/api/2/myself`: who the caller is. */
export function myself(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) {
    const { isAnonymous, reply: told } = caller
    return turnAway(caller, isAnonymous ? hostReplies.notAuthenticated('SL-H8', told.because) : told, context)
  }
  if (lacksPin(caller, context)) return beforePin(caller, context)
  const { username, displayName, emailAddress } = caller.user
  const base = hostReplies.baseUrl(request, context.settings)
  const avatar = (size: string): string => `${base}/secure/useravatar?size=${size}&avatarId=10122`
  const body = {
    self: `${base}/rest/api/2/user?username=${encodeURIComponent(username)}`,
    key: username,
    name: username,
    emailAddress,
    avatarUrls: { '48x48': avatar('large'), '24x24': avatar('small'), '16x16': avatar('xsmall') },
    displayName,
    active: true,
    deleted: false,
    timeZone: 'GMT',
    locale: 'en_US',
    groups: { size: 1, items: [] },
    applicationRoles: { size: 1, items: [] },
    expand: 'groups,applicationRoles',
  }
  return reply(caller, hostReplies.data(200, body, 'SL-H8', `the session is ${username}'s`), request, context)
}

/** SL-U18: whether the host's own resources wait for the PIN, and somebody has to enter one still. */
function lacksPin({ session, user }: Caller, { settings, now, address }: Context<Settings>): boolean {
  if (settings.restBeforePin === 'allowed' || !settings.active) return false
  return !['authenticated', 'bypass'].includes(standingOf(session, user, settings, now, address))
}

function beforePin(caller: Caller, context: Context<Settings>): Outcome {
  const told = hostReplies.notAuthenticated('SL-U18', 'the PIN was not entered, and restBeforePin is refused')
  return refuse(told, context, caller)
}

/**
 * What the host does with a request that is for none of its resources here, before anybody looks where it goes: wrong
 * credentials are refused everywhere (SL-H5).
 */
export function elsewhere(records: Records, request: HttpRequest, context: Context<Settings>): Outcome | undefined {
  const caller = identify(records, request, context)
  const isRefused = !('sessionId' in caller) && ['SL-H5', 'SL-U20'].includes(caller.reply.clause)
  return isRefused ? turnAway(caller, caller.reply, context) : undefined
}
