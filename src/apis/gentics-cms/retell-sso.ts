import { own } from '../../core/json.ts'
import type { TracedExchange, Untold } from '../../core/tracing.ts'
import { sidQuery, type InteractionDraft } from './interaction-draft.ts'
import { cookieOf, sessionCookie, sessionStates, userState, sessionWords, username } from './cast.ts'
import type { Facts } from './facts.ts'
import type { Settings } from './settings.ts'
import { bearerToken, headerName } from './sso.ts'
import { users } from './state.ts'

const token = 'example-sso-token'
const header = 'x-sso-user'

/** A login by the SSO system, as that names node or nobody. */
export function askSso(exchange: TracedExchange<Settings>, facts: Facts): InteractionDraft | Untold {
  const { request, before, settings, reply } = exchange
  const named = headerName(request, settings)
  const isNew = named !== undefined && users.get(before, named) === undefined
  if (reply.clause === 'GC-O15' && (isNew || facts.session !== undefined || facts.cookieIsRight !== undefined)) {
    return { untold: 'what an SSO filter does to sessions, and whom it makes, is arranged by no provider state' }
  }
  const sent = bearerToken(request)
  const sessionUser = users.get(before, facts.session?.username)
  const states = sessionStates(facts, sessionUser, settings)
  const query = sidQuery(facts)
  if (facts.claim.kind === 'live' || (sent === undefined && named === undefined)) {
    return { what: `SSO ${sessionWords(facts)}`, states, query, headers: cookieOf(facts) }
  }
  const owner = sent === undefined ? undefined : own(settings.sso.tokens, sent)
  const name = typeof owner === 'string' ? owner : named
  const user = users.get(before, name)
  const owns = user === undefined ? 'nobody' : username
  const system = {
    token,
    username: typeof owner === 'string' ? owns : username,
    header,
    ...(settings.sso.failing ? { failing: true } : {}),
  }
  const shares = facts.cookieIsAlive && user !== undefined
  const person = userState(user, settings)
  const by = typeof owner === 'string' ? 'a bearer token' : named === undefined ? 'an unknown bearer token' : 'a header'
  const failing = settings.sso.failing ? ' while the SSO system cannot be asked' : ''
  return {
    what: `SSO by ${by}${user === undefined && name !== undefined ? ' of nobody known' : ''}${failing}`,
    states: [
      { name: 'an SSO system of the CMS', params: system },
      ...(user === undefined ? [] : [shares ? { ...person, name: 'a session of the CMS' } : person]),
    ],
    query: facts.named === undefined ? {} : { sid: '0' },
    headers: {
      ...(shares ? sessionCookie : {}),
      ...(sent === undefined ? {} : { Authorization: `Bearer ${typeof owner === 'string' ? token : 'unknown-token'}` }),
      ...(named === undefined ? {} : { [header]: owns }),
    },
  }
}
