import type { HttpRequest } from '../../core/http.ts'
import { alphabets } from '../../core/random.ts'
import type { Change, Context, Outcome, Records, Reply } from '../../core/step.ts'
import { withFurtherHeaders } from '../../core/saying.ts'
import { useSession } from '../../model/sessions.ts'
import { replies } from './clauses.ts'
import { basicCredentials, checkCredentials, countedFailure } from './credentials.ts'
import { hostHeaders, sessionCookies } from './host-headers.ts'
import type { Settings } from './settings.ts'
import { isAlive, newSession, sessionId, sessions, users, type Session, type User } from './state.ts'

/** Who sent a request: the session, its user, and what merely having asked changes. */
export interface Caller {
  readonly sessionId: string
  readonly session: Session
  readonly user: User
  /** The session did not exist before this request, so the reply has to set its cookie. */
  readonly isNew: boolean
  readonly changes: readonly Change[]
}

/** Why nobody is known to have sent a request. */
export interface Unknown {
  readonly reply: Reply
  /** Nobody claims to be anybody, so that a resource for all may answer all the same. */
  readonly isAnonymous: boolean
  /** The host refuses credentials that are wrong before anybody looks what is asked for. */
  readonly isRefused?: true
  readonly changes: readonly Change[]
  /** Whom wrong credentials name. */
  readonly user?: User
}

/** The caller, or why there is none (SL-01, SL-02, SL-U1, SL-U16, SL-H5). */
export function identify(records: Records, request: HttpRequest, context: Context<Settings>): Caller | Unknown {
  const { settings, now } = context
  const id = sessionId(request)
  const session = sessions.get(records, id)
  const user = users.get(records, session?.username)
  const alive = id !== undefined && session !== undefined && isAlive(session, user, settings, now)

  const basic = basicCredentials(request)
  if (basic !== undefined) {
    const checked = checkCredentials(records, basic, settings)
    if (checked.verdict !== 'right') {
      const isCounted = checked.verdict === 'wrong'
      const refuseBasic = isCounted ? replies.basicRejected : replies.captchaDue
      return {
        reply: refuseBasic(request, settings, checked.because),
        isAnonymous: false,
        isRefused: true,
        changes: isCounted ? countedFailure(checked, now) : [],
        ...(checked.user === undefined ? {} : { user: checked.user }),
      }
    }
    if (!alive || session.username !== checked.user.username) return openSession(checked.user, context)
  }
  if (alive) return resumeSession(id, session, user, now)
  if (id !== undefined && settings.staleCookie === 'unauthorized') {
    const stale = session === undefined ? replies.unknownCookie : replies.endedCookie
    return { reply: stale, isAnonymous: false, changes: [] }
  }
  if (settings.withoutSession === 'defaultUser' && settings.defaultUser !== undefined) {
    const stand = users.get(records, settings.defaultUser)
    if (stand !== undefined) return openSession(stand, context)
  }
  return { reply: session === undefined ? replies.noSession : replies.sessionExpired, isAnonymous: true, changes: [] }
}

function resumeSession(id: string, session: Session, user: User, now: number): Caller {
  const used = useSession(session, now)
  const changes = used === session ? [] : [sessions.put(id, used)]
  return { sessionId: id, session: used, user, isNew: false, changes }
}

/** A new session of a user whose first factor is known to be right. */
export function openSession(user: User, context: Context<Settings>): Caller {
  const id = context.random.text(32, alphabets.upperHex)
  const session = newSession(user, context.now)
  const { count, lastAt } = user.logins
  const logins = { ...user.logins, count: count + 1, failedInARow: 0, previousAt: lastAt, lastAt: context.now }
  const signedIn: User = { ...user, logins }
  const changes = [sessions.put(id, session), users.put(user.username, signedIn)]
  return { sessionId: id, session, user: signedIn, isNew: true, changes }
}

/** The outcome for a known caller: its own changes first, and the cookies of a session that is new. */
export function reply(
  caller: Caller,
  answer: Reply,
  request: HttpRequest,
  context: Context<Settings>,
  changes: readonly Change[] = [],
): Outcome {
  const cookies = caller.isNew ? sessionCookies(caller.sessionId, request, context, 'lin') : []
  return {
    reply: withFurtherHeaders(answer, cookies, hostHeaders(caller.user.username, context)),
    changes: changes.length === 0 ? caller.changes : [...caller.changes, ...changes],
    user: caller.user.username,
  }
}

/** The outcome for bad input: nothing changes, not even when the session was last seen. */
export function refuse(answer: Reply, context: Context<Settings>, caller?: Caller): Outcome {
  const username = caller?.user.username
  return {
    reply: withFurtherHeaders(answer, hostHeaders(username, context)),
    changes: [],
    ...(username === undefined ? {} : { user: username }),
  }
}

/** The outcome for somebody who is not known; a failed login is counted. */
export function turnAway({ changes, user }: Unknown, answer: Reply, context: Context<Settings>): Outcome {
  return { ...refuse(answer, context), changes, ...(user === undefined ? {} : { user: user.username }) }
}
