import type { HttpRequest } from '../../../core/http.ts'
import { alphabets } from '../../../core/random.ts'
import type { Change, Context, Records } from '../../../core/step.ts'
import { beginSession } from '../../../model/sessions.ts'
import { claimSession, cookieSecret, nextSid } from '../caller.ts'
import { limits } from '../wire.ts'
import type { Settings } from '../settings.ts'
import { secrets, sessions, sids, type Session, type User } from '../state.ts'
import { hasTrait } from '../version.ts'

/** A session that was opened or gone on with. */
export interface OpenedSession {
  readonly session: Session
  readonly isNew: boolean
  readonly changes: readonly Change[]
}

/** The session of a login by password, as the version has it (GC-O6, GC-O7). */
export function openByLogin(
  records: Records,
  request: HttpRequest,
  context: Context<Settings>,
  user: User,
  sid: number,
): OpenedSession {
  if (hasTrait(context.settings.version, 'opensAnew')) return openSession(records, context, user)
  const secret = cookieSecret(request)
  const claim = secret === undefined || sid <= 0 ? undefined : claimSession(records, { sid }, secret, context)
  return claim?.kind === 'live'
    ? { ...goOn(claim.session, context, user), isNew: false }
    : openSession(records, context, user, secret)
}

/** A new session, with a secret that the client has or with a new one. */
export function openSession(
  records: Records,
  { now, random }: Context<Settings>,
  user: User,
  given?: string,
): OpenedSession {
  const secret = given ?? random.text(limits.secretLength, alphabets.alphanumeric)
  const known = secrets.get(records, secret)
  // Sessions of before that have ended are not to come back.
  const round = (known?.round ?? 0) + (known?.ended === true ? 1 : 0)
  const session: Session = {
    sid: nextSid(records),
    ...beginSession(user, now),
    secret,
    ...(round === 0 ? {} : { round }),
  }
  const changes: Change[] = [
    sessions.put(session.sid, session),
    sids.put('given', { last: session.sid }),
    secrets.put(secret, { ended: false, ...(round === 0 ? {} : { round }) }),
  ]
  return { session, isNew: true, changes }
}

function goOn(of: Session, { now }: Context<Settings>, user: User): Pick<OpenedSession, 'session' | 'changes'> {
  const session = { ...of, ...beginSession(user, now), openedAt: of.openedAt }
  return { session, changes: [sessions.put(session.sid, session)] }
}

/** What ends a session: its secret is emptied. */
export function emptied(session: Session): Change {
  return sessions.put(session.sid, { ...session, secret: '' })
}
