import type { HttpRequest } from '../../../core/http.ts'
import type { Change, Context, Outcome, Records, Reply } from '../../../core/step.ts'
import { claimSession, cookieSecret, isAged, whose, type SessionLookup } from '../caller.ts'
import { replies } from '../clauses.ts'
import { isKeptOut } from '../login.ts'
import type { Settings } from '../settings.ts'
import { sessions, type Session, type User } from '../state.ts'
import { readToken, type Token } from '../token.ts'
import { withSecret } from './forms.ts'
import { emptied, openSession } from './session.ts'
import { nameBySso, userBySso, type SsoUser } from './sso-user.ts'

/** `GET /auth/login` and `GET /auth/ssologin`: by the session, or by whom a filter names (GC-O14, GC-O15). */
export function ssoLogin(records: Records, request: HttpRequest, context: Context<Settings>): Outcome {
  const { settings } = context
  const token = readToken(new URLSearchParams(request.query).get('sid') ?? '')
  const claim = claimSession(records, token, cookieSecret(request), context)
  const name = nameBySso(request, settings)
  if (name !== undefined && settings.sso.failing) {
    return { reply: replies.filterFails, changes: [] }
  }
  const named = name === undefined ? undefined : userBySso(records, request, settings, name)
  return named === undefined ? bySession(claim, settings) : byName(named, { records, request, context, token, claim })
}

function bySession(claim: SessionLookup, settings: Settings): Outcome {
  if (claim.kind !== 'live') {
    const refusal = isAged(claim) ? replies.agedSidAtSso : replies.noSidOfSession
    return { reply: refusal(claim.because), changes: [], ...whose(claim) }
  }
  const { session, user } = claim
  const because = `session ${session.sid} is ${user.username}'s`
  return inMaintenance(user, settings) ?? admitted(session, user, settings, replies.sidOfSession(session.sid, because))
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
    const { session } = claim
    return admitted(session, user, settings, replies.sidByFilter(session.sid, `${names}, whose session it is`), changes)
  }
  if (claim.kind !== 'live' && token !== undefined && sessions.get(records, token.sid) !== undefined) {
    return { reply: replies.noSidByFilter(`${names}, but ${claim.because}`), changes, user: user.username }
  }
  const { session, changes: opening } = openSession(records, context, user, cookieSecret(request))
  const ended = claim.kind === 'live' ? [emptied(claim.session)] : []
  const answer = replies.sidByFilter(session.sid, `${names}; session ${session.sid} is new`)
  return admitted(session, user, settings, answer, [...changes, ...ended, ...opening])
}

function inMaintenance(user: User, settings: Settings): Outcome | undefined {
  if (!isKeptOut(user, settings)) return undefined
  return { reply: replies.loginDisabledAtSso, changes: [], user: user.username }
}

function admitted(
  session: Session,
  user: User,
  settings: Settings,
  answer: Reply,
  changes: readonly Change[] = [],
): Outcome {
  return { reply: withSecret(answer, session.secret, settings), changes, user: user.username }
}
