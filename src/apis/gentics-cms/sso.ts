import { headerValue, type HttpRequest } from '../../core/http.ts'
import { own } from '../../core/json.ts'
import type { Context, Outcome, Records, Reply } from '../../core/step.ts'
import { claimSession, cookieSecret, isAged, openSession } from './caller.ts'
import { replies } from './clauses.ts'
import { howOpened, withSecret } from './forms.ts'
import { isKeptOut, obstacle } from './login.ts'
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
    if (isKeptOut(user, settings)) return about(user, replies.maintenanceAtSso)
    const reply = replies.knownToSso(session.sid, `session ${session.sid} is ${user.username}'s`)
    return { reply: withSecret(reply, session.secret, request, settings), changes: [], user: user.username }
  }
  const token = bearerToken(request)
  const named = headerName(request, settings)
  if (token === undefined && named === undefined) {
    const answer = isAged(claim) ? replies.agedAtSso : replies.nobodyAtSso
    return about(undefined, answer(`${claim.because}, and no SSO system names anybody`))
  }
  if (settings.sso.failing) return about(undefined, replies.ssoFails)
  const owner = token === undefined ? undefined : own(settings.sso.tokens, token)
  const username = typeof owner === 'string' ? owner : named
  if (username === undefined) return about(undefined, replies.unknownToSso("the bearer token is nobody's"))
  const user = users.get(records, username)
  if (user === undefined) {
    return about(undefined, replies.unknownToSso(`the SSO system names ${username}, whom nobody knows here`))
  }
  const refusal = obstacle(user, settings)
  if (refusal === 'no group') return about(user, replies.groupless)
  if (refusal === 'maintenance') return about(user, replies.maintenanceAtSso)
  const { session, isNew, isNewSecret, changes } = openSession(records, request, context, user, 0)
  const because = `the SSO system names ${username}${howOpened(session.sid, isNew, isNewSecret)}`
  const reply = replies.knownToSso(session.sid, because)
  return { reply: withSecret(reply, session.secret, request, settings), changes, user: username }
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

function about(user: User | undefined, reply: Reply): Outcome {
  return { reply, changes: [], ...(user === undefined ? {} : { user: user.username }) }
}
