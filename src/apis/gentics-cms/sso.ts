import { headerValue, type HttpRequest } from '../../core/http.ts'
import { own } from '../../core/json.ts'
import type { Context, Outcome, Records } from '../../core/step.ts'
import { claimSession, cookieSecret, openSession } from './caller.ts'
import { howOpened, maintenanceFor, obstacle } from './login.ts'
import { withSecret, word, type Said } from './replies.ts'
import type { Settings } from './settings.ts'
import { users, type User } from './state.ts'
import { readToken } from './token.ts'

/** `GET /auth/login` and `GET /auth/ssologin` (GC-02, GC-24). The order is GC-X16. */
export function ssoLogin(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const { settings } = context
  const claim = claimSession(
    records,
    readToken(new URLSearchParams(request.query).get('sid') ?? ''),
    cookieSecret(request),
    context,
  )
  if (claim.kind === 'live') {
    const { session, user } = claim
    const refusal = maintenanceFor(user, settings)
    if (refusal !== undefined) return told(wordOf(refusal), refusal.clause, refusal.because, user)
    const reply = word(String(session.sid), 'GC-24', `session ${session.sid} is ${user.username}'s`)
    return { reply: withSecret(reply, session.secret, request, settings), changes: [], user: user.username }
  }
  const token = bearerToken(request)
  const named = headerName(request, settings)
  if (token === undefined && named === undefined) {
    const aged = claim.kind === 'rejected' && claim.ending === 'aged'
    return told('NOTFOUND', aged ? 'GC-23' : 'GC-02', `${claim.because}, and no SSO system names anybody`)
  }
  if (settings.sso.failing) return told('FAILURE', 'GC-X16', 'the SSO system cannot be asked')
  const owner = token === undefined ? undefined : own(settings.sso.tokens, token)
  const username = typeof owner === 'string' ? owner : named
  if (username === undefined) return told('NOTFOUND', 'GC-24', "the bearer token is nobody's")
  const user = users.get(records, username)
  if (user === undefined) return told('NOTFOUND', 'GC-24', `the SSO system names ${username}, whom nobody knows here`)
  const refusal = obstacle(user, settings)
  if (refusal !== undefined) return told(wordOf(refusal), refusal.clause, refusal.because, user)
  const { session, isNew, isNewSecret, changes } = openSession(records, request, context, user, 0)
  const because = `the SSO system names ${username}${howOpened(session.sid, isNew, isNewSecret)}`
  const reply = word(String(session.sid), 'GC-24', because)
  return { reply: withSecret(reply, session.secret, request, settings), changes, user: username }
}

/** The page has no word for maintenance (GC-02), so it is a FAILURE (GC-18). */
function wordOf({ code }: Said): string {
  return code === 'MAINTENANCEMODE' ? 'FAILURE' : code
}

/** The token of an Authorization: Bearer header. */
export function bearerToken({ headers }: HttpRequest): string | undefined {
  return /^bearer +(\S+) *$/i.exec(headerValue(headers, 'authorization') ?? '')?.[1]
}

/** Whom the SSO system's header names. */
export function headerName({ headers }: HttpRequest, { sso }: Settings): string | undefined {
  const named = sso.header === undefined ? undefined : headerValue(headers, sso.header.toLowerCase())
  return named === '' ? undefined : named
}

function told(text: string, clause: string, because: string, user?: User): Outcome {
  return { reply: word(text, clause, because), changes: [], ...(user === undefined ? {} : { user: user.username }) }
}
