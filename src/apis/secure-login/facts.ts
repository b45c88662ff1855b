import { headerValues } from '../../core/http.ts'
import type { Records } from '../../core/step.ts'
import type { TracedCaller, TracedExchange } from '../../core/tracing.ts'
import { basicCredentials } from './credentials.ts'
import { sessionCookie } from './host-headers.ts'
import type { Settings } from './settings.ts'
import {
  isAlive,
  sessionId,
  sessions,
  users,
  standingOf,
  standingOfUser,
  type Session,
  type Standing as Alive,
  type User,
} from './state.ts'

/** What a caller can be, as an app sees it. */
export type CallerState = Alive | 'signed-out' | 'expired'

/** What a request says of its caller, and what is known of them. */
export interface Facts {
  readonly cookie: 'none' | 'unknown' | 'known'
  readonly basic: 'none' | 'right' | 'wrong'
  /** Whose session it is; without one, whose Basic credentials. */
  readonly user: User | undefined
  readonly standing: CallerState
}

export function factsOf(exchange: TracedExchange<Settings>): Facts {
  const { request, before } = exchange
  const id = sessionId(request)
  const session = sessions.get(before, id)
  const credentials = basicCredentials(request)
  const claimed = users.get(before, credentials?.username)
  const isRight = claimed !== undefined && claimed.password === credentials?.password
  return {
    cookie: id === undefined ? 'none' : session === undefined ? 'unknown' : 'known',
    basic: credentials === undefined ? 'none' : isRight ? 'right' : 'wrong',
    user: session === undefined ? (isRight ? claimed : undefined) : users.get(before, session.username),
    standing:
      session === undefined && isRight ? standingOfUser(claimed, exchange.now) : standing(session, before, exchange),
  }
}

/** Who asked. A login, or Basic credentials, open a session: then the caller is whoever has that. */
export function caller(exchange: TracedExchange<Settings>): TracedCaller | undefined {
  const { request, reply, before, after, operation } = exchange
  // /info is for anybody, but for whom the host turns away.
  if (operation === undefined || (operation === 'info' && reply.status === 200)) return undefined
  const sent = sessionId(request)
  const set = headerValues(reply.headers, 'set-cookie')
    .map((line) => new RegExp(`^${sessionCookie}=([^;]+)`).exec(line)?.[1])
    .find((id) => id !== undefined)
  const read = (records: Records, id: string | undefined): CallerState =>
    standing(sessions.get(records, id), records, exchange)
  const id = set ?? sent
  return { ...(id === undefined ? {} : { id }), before: read(before, sent), after: read(after, id) }
}

function standing(session: Session | undefined, records: Records, exchange: TracedExchange<Settings>): CallerState {
  if (session === undefined) return 'signed-out'
  const { now, settings, address } = exchange
  const user = users.get(records, session.username)
  if (!isAlive(session, user, settings, now)) return 'expired'
  return standingOf(session, user, settings, now, address)
}
