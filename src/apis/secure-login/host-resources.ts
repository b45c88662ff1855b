import type { HttpRequest } from '../../core/http.ts'
import type { Context, Outcome, Records } from '../../core/step.ts'
import { identify, refuse, reply, turnAway, type Caller } from './caller.ts'
import { replies } from './clauses.ts'
import { baseUrl } from './host-forms.ts'
import type { Settings } from './settings.ts'
import { standingOf } from './state.ts'

// What common clients of Jira ask for before anything else, in the smallest form that satisfies them.

/** `GET /rest/api/2/serverInfo`: what Jira this is, for anybody. */
export function serverInfo(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const answer = replies.serverInfo(baseUrl(request, context.settings), context.now)
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) return turnAway(caller, caller.isAnonymous ? answer : caller.reply, context)
  return lacksPin(caller, context) ? beforePin(caller, context) : reply(caller, answer, request, context)
}

/** `GET /rest/api/2/myself`: who the caller is. */
export function myself(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const caller = identify(records, request, context)
  if (!('sessionId' in caller)) {
    const { isAnonymous, reply: told } = caller
    return turnAway(caller, isAnonymous ? replies.nobody(told.because) : told, context)
  }
  if (lacksPin(caller, context)) return beforePin(caller, context)
  return reply(caller, replies.myself(caller.user, baseUrl(request, context.settings)), request, context)
}

/** SL-U18: whether the host's own resources wait for the PIN, and somebody has to enter one still. */
function lacksPin({ session, user }: Caller, { settings, now, address }: Context<Settings>): boolean {
  if (settings.restBeforePin === 'allowed' || !settings.active) return false
  return !['authenticated', 'bypass'].includes(standingOf(session, user, settings, now, address))
}

function beforePin(caller: Caller, context: Context<Settings>): Outcome {
  return refuse(replies.pinComesFirst, context, caller)
}

/**
 * What the host does with a request that is for none of its resources here, before anybody looks where it goes: wrong
 * credentials are refused everywhere (SL-H5).
 */
export function elsewhere(records: Records, request: HttpRequest, context: Context<Settings>): Outcome | undefined {
  const caller = identify(records, request, context)
  if ('sessionId' in caller || caller.isRefused !== true) return undefined
  return turnAway(caller, caller.reply, context)
}
