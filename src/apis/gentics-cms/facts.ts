import { headerValues, type HttpRequest } from '../../core/http.ts'
import { objectIn } from '../../core/json.ts'
import type { Records } from '../../core/step.ts'
import type { TracedCaller, TracedExchange } from '../../core/tracing.ts'
import { claimSession, cookieSecret, type SessionLookup } from './caller.ts'
import { secretCookie } from './wire.ts'
import type { Settings } from './settings.ts'
import { endingOf, isGivenOut, sessions, type Ending, type Session } from './state.ts'
import { readToken, type Token } from './token.ts'

/** What a request says of a session, and what is known of that. */
export interface Facts {
  /** What stands in the path or in `sid`; undefined where there is nothing. */
  readonly named: string | undefined
  readonly token: Token | undefined
  /** The session of that number, ended or not. */
  readonly session: Session | undefined
  readonly ending: Ending | undefined
  /** Whether the secret in the token, and that in the cookie, are the session's; undefined where there is none. */
  readonly tokenIsRight: boolean | undefined
  readonly cookieIsRight: boolean | undefined
  /** Whether the cookie's secret is one that sessions have, be it this or another. */
  readonly cookieIsAlive: boolean
  readonly claim: SessionLookup
}

/** Where an operation looks for a session: in the path, or in the query. */
const inPath = /\/auth\/(?:validate|logout)\/([^/]+)\/?$/

export function factsOf(exchange: TracedExchange<Settings>): Facts {
  const { request, before, settings, now, operation } = exchange
  const named = namedBy(request)
  const token = named === undefined ? undefined : readToken(named)
  const session = sessions.get(before, token?.sid)
  // Only the path counts there (GC-19).
  const cookie = operation === 'validate' ? undefined : cookieSecret(request)
  const secret = session === undefined ? undefined : secretOf(exchange, session)
  return {
    named,
    token,
    session,
    ending: session === undefined ? undefined : endingOf(session, before, settings, now),
    tokenIsRight: token?.secret === undefined ? undefined : token.secret === secret,
    cookieIsRight: cookie === undefined ? undefined : cookie === secret,
    cookieIsAlive: cookie !== undefined && isGivenOut(before, cookie),
    claim: claimSession(before, token, cookie, exchange),
  }
}

function namedBy({ path, query }: HttpRequest): string | undefined {
  const segment = inPath.exec(path)?.[1]
  if (segment === undefined) return new URLSearchParams(query).get('sid') ?? undefined
  try {
    return decodeURIComponent(segment).replace(/\.(?:json|xml)$/, '')
  } catch {
    return segment
  }
}

/** What was the session's secret, also after it was logged out of: a cookie that was once right. */
function secretOf({ request }: TracedExchange<Settings>, session: Session): string | undefined {
  if (session.secret !== '') return session.secret
  return cookieSecret(request) ?? readToken(namedBy(request) ?? '')?.secret
}

/** Who asked, by the session that they named; a login opens one. */
export function caller(exchange: TracedExchange<Settings>): TracedCaller | undefined {
  const { operation, request, reply, before, after, settings, now } = exchange
  if (operation === undefined || operation === 'globalprefix') return undefined
  const stateIn = (records: Records, sid: number | undefined, cookie: string | undefined): string => {
    const named = namedBy(request)
    const token = sid === undefined ? (named === undefined ? undefined : readToken(named)) : { sid }
    const claim = claimSession(records, token, operation === 'validate' ? undefined : cookie, { settings, now })
    if (claim.kind === 'live') return 'logged-in'
    return claim.kind === 'rejected' && claim.ending !== undefined ? 'ended' : 'anonymous'
  }
  const cookie = cookieSecret(request)
  const opened = ['login', 'ssologin', 'loginwithrsa'].includes(operation) ? openedBy(exchange) : undefined
  const set = headerValues(reply.headers, 'set-cookie')
    .map((line) => new RegExp(`^${secretCookie}=([^;]+)`).exec(line)?.[1])
    .find((secret) => secret !== undefined)
  const sid = opened ?? factsOf(exchange).session?.sid
  return {
    ...(sid === undefined ? {} : { id: String(sid) }),
    before: stateIn(before, undefined, cookie),
    after: stateIn(after, opened, opened === undefined ? cookie : (set ?? cookie)),
  }
}

/** The sid that an answer tells. */
function openedBy({ reply }: TracedExchange<Settings>): number | undefined {
  const body = String(reply.body ?? '')
  const sid = /^\d+$/.test(body) ? body : objectIn(body)['sid']
  return sid === undefined ? undefined : Number(sid)
}
