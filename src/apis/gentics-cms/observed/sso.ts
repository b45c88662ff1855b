import type { HttpRequest } from '../../../core/http.ts'
import type { Change, Context, Outcome, Records } from '../../../core/step.ts'
import { claimSession, cookieSecret, whose, type SessionLookup } from '../caller.ts'
import type { Settings } from '../settings.ts'
import { sessions, type Session, type User } from '../state.ts'
import { readToken, type Token } from '../token.ts'
import { maintenanceFor } from './login.ts'
import { withSecret, word } from './replies.ts'
import { emptied, openSession } from './session.ts'
import { nameBySso, userBySso, type SsoUser } from './sso-user.ts'

/** `GET /auth/login` and `GET /auth/ssologin`: by the session, or by whom a filter names (GC-O14, GC-O15). */
export function ssoLogin(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const { settings } = context
  const token = readToken(new URLSearchParams(request.query).get('sid') ?? '')
  const claim = claimSession(records, token, cookieSecret(request), context)
  const name = nameBySso(request, settings)
  if (name !== undefined && settings.sso.failing) {
    return { reply: word('FAILURE', 'GC-O15', 'the SSO system cannot be asked'), changes: [] }
  }
  const named = name === undefined ? undefined : userBySso(records, request, settings, name)
  return named === undefined ? bySession(claim, settings) : byName(named, { records, request, context, token, claim })
}

function bySession(claim: SessionLookup, settings: Settings): Outcome {
  if (claim.kind !== 'live') {
    const clause = claim.kind === 'rejected' && claim.ending === 'aged' ? 'GC-O23' : 'GC-O14'
    return { reply: word('NOTFOUND', clause, claim.because), changes: [], ...whose(claim) }
  }
  const { session, user } = claim
  const because = `session ${session.sid} is ${user.username}'s`
  return inMaintenance(user, settings) ?? admitted(session, user, settings, 'GC-O14', because)
}

interface Asked {
  readonly records: Records
  readonly request: HttpRequest
  readonly context: Context<Settings>
  readonly token: Token | undefined
  readonly claim: SessionLookup
}

function byName({ user, changes }: SsoUser, { records, request, context, token, claim }: Asked): Outcome {
  const { settings } = context
  const kept = inMaintenance(user, settings)
  if (kept !== undefined) return kept
  const names = `the SSO system names ${user.username}`
  if (claim.kind === 'live' && claim.user.username === user.username) {
    return admitted(claim.session, user, settings, 'GC-O15', `${names}, whose session it is`, changes)
  }
  if (claim.kind !== 'live' && token !== undefined && sessions.get(records, token.sid) !== undefined) {
    return { reply: word('NOTFOUND', 'GC-O15', `${names}, but ${claim.because}`), changes, user: user.username }
  }
  const opened = openSession(records, context, user, cookieSecret(request))
  const ended = claim.kind === 'live' ? [emptied(claim.session)] : []
  const because = `${names}; session ${opened.session.sid} is new`
  return admitted(opened.session, user, settings, 'GC-O15', because, [...changes, ...ended, ...opened.changes])
}

function inMaintenance(user: User, settings: Settings): Outcome | undefined {
  const refusal = maintenanceFor(user, settings)
  if (refusal === undefined) return undefined
  return { reply: word(refusal.code, refusal.clause, refusal.because), changes: [], user: user.username }
}

function admitted(
  session: Session,
  user: User,
  settings: Settings,
  clause: string,
  because: string,
  changes: readonly Change[] = [],
): Outcome {
  const reply = withSecret(word(String(session.sid), clause, because), session.secret, settings)
  return { reply, changes, user: user.username }
}
