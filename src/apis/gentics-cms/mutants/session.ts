import { inChanges, inReplies, inRecords, inSettings, inSteps, mutantsOf, withoutHeader } from '../../../core/bend.ts'
import { headerValue, type HttpRequest } from '../../../core/http.ts'
import type { Json } from '../../../core/json.ts'
import type { Bend, Mutant } from '../../../core/mutant.ts'
import type { Context, Reply } from '../../../core/step.ts'
import { wholeSecond } from '../../../model/sessions.ts'
import { cookieSecret } from '../caller.ts'
import { secretCookie } from '../wire.ts'
import type { Settings } from '../settings.ts'
import { secrets, sessions, type Session } from '../state.ts'
import { readToken } from '../token.ts'

const mutant = mutantsOf<Settings>('gentics-cms')
const opened = ['GC-03', 'GC-04', 'GC-16', 'GC-24']

/** The cookie line of an answer, if it has one, spelt otherwise. */
function cookie(change: (line: string) => string): Bend<Settings> {
  return inSteps('all', (step, records, request, context) => {
    const outcome = step(records, request, context)
    const line = headerValue(outcome.reply.headers, 'set-cookie')
    if (line === undefined || !/=[^;]{15};/.test(line)) return outcome
    const bare = withoutHeader(outcome.reply, 'set-cookie')
    return { ...outcome, reply: { ...bare, headers: [...bare.headers, 'set-cookie', change(line)] } }
  })
}

/** A request whose cookie carries this secret. */
function withSecret(request: HttpRequest, secret: string): HttpRequest {
  return { ...request, headers: ['cookie', `${secretCookie}=${secret}`, ...request.headers] }
}

/** Sessions seen otherwise than they are. */
function seeing(
  operations: 'all' | readonly string[],
  show: (session: Session, context: Context<Settings>) => Session | undefined,
): Bend<Settings> {
  return inRecords(operations, (key, record, context) =>
    key.startsWith('session:') && record !== undefined ? show(record as Session, context) : record,
  )
}

/** What goes wrong with tokens, cookies and the age of sessions. */
export const sessionMutants: readonly Mutant<Settings>[] = [
  mutant(
    'GC-01',
    'cookie',
    'the cookie validates a bare sid',
    inSteps(['validate'], (step, records, request, context) => {
      const { sid = '' } = context.params
      const secret = cookieSecret(request) ?? ''
      const params = /^\d+$/.test(sid) ? { sid: `${sid}${secret}` } : context.params
      return step(records, request, { ...context, params })
    }),
  ),
  mutant(
    'GC-26',
    'unchecked',
    'the secret of a token is not checked',
    inSteps(['validate'], (step, records, request, context) => {
      const token = readToken(context.params['sid'] ?? '')
      const session = token?.secret === undefined ? undefined : sessions.get(records, token.sid)
      if (session === undefined || session.secret === '') return step(records, request, context)
      return step(records, request, { ...context, params: { sid: `${session.sid}${session.secret}` } })
    }),
  ),

  mutant(
    'GC-14',
    'hyphen',
    'a secret has a hyphen',
    cookie((line) => line.replace(/=(.{7})./, '=$1-')),
  ),
  mutant(
    'GC-26',
    'bare',
    'a bare sid is a token',
    inSteps(['validate'], (step, records, request, context) => {
      const sid = Number(context.params['sid'] ?? '')
      const session = Number.isInteger(sid) ? sessions.get(records, sid) : undefined
      if (session === undefined || session.secret === '') return step(records, request, context)
      return step(records, request, { ...context, params: { sid: `${sid}${session.secret}` } })
    }),
  ),
  mutant(
    'GC-25',
    'refused',
    'who is refused gets a cookie as well',
    inReplies('GC-17', (reply) => ({
      ...reply,
      headers: [...reply.headers, 'set-cookie', `${secretCookie}=0123456789abcde; Path=/; HttpOnly`],
    })),
  ),
  mutant(
    'GC-X6',
    'again',
    'a login that goes on with a secret sets the cookie again',
    inSteps(['login'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const secret = cookieSecret(request)
      const isSet = headerValue(outcome.reply.headers, 'set-cookie') !== undefined
      if (isSet || secret === undefined || !opened.includes(outcome.reply.clause)) return outcome
      return { ...outcome, reply: withCookie(outcome.reply, secret) }
    }),
  ),
  mutant(
    'GC-X6',
    'new-secret',
    'a second login of a browser gives it another secret',
    inSteps(['login'], (step, records, request, context) => {
      const sid = new URLSearchParams(request.query).get('sid') ?? '0'
      const goesOn = Number(sid) > 0
      return step(records, goesOn ? request : { ...request, headers: withoutCookie(request) }, context)
    }),
  ),
  mutant(
    'GC-16',
    'sid-only',
    'the number of a session is enough',
    inSteps(['me'], (step, records, request, context) => {
      const sid = Number(new URLSearchParams(request.query).get('sid') ?? '')
      const session = Number.isInteger(sid) ? sessions.get(records, sid) : undefined
      const isOpen = session !== undefined && session.secret !== ''
      return step(records, isOpen ? withSecret(request, session.secret) : request, context)
    }),
  ),
  mutant(
    'GC-26',
    'secret-only',
    'any secret that was given out is enough',
    inSteps(['validate'], (step, records, request, context) => {
      const token = readToken(context.params['sid'] ?? '')
      const session = token === undefined ? undefined : sessions.get(records, token.sid)
      const isKnown = token?.secret !== undefined && secrets.get(records, token.secret) !== undefined
      if (session === undefined || session.secret === '' || !isKnown) return step(records, request, context)
      return step(records, request, { ...context, params: { sid: `${session.sid}${session.secret}` } })
    }),
  ),

  mutant(
    'GC-23',
    'never',
    'a session does not grow old',
    inSettings(() => ({ sessionFor: Number.MAX_SAFE_INTEGER })),
  ),
  mutant(
    'GC-23',
    'half',
    'a session is old after half its age',
    inSettings(({ sessionFor }) => ({ sessionFor: Math.floor(sessionFor / 2) })),
  ),
  mutant(
    'GC-X3',
    'absolute',
    'a session grows old however much it is used',
    seeing('all', (session) => ({ ...session, lastSeenAt: wholeSecond(session.openedAt) })),
  ),
  mutant(
    'GC-X3',
    'validated',
    'validating keeps a session from growing old',
    inSteps(['validate'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const session = sessions.get(records, readToken(context.params['sid'] ?? '')?.sid ?? 0)
      if (outcome.reply.clause !== 'GC-01' || session === undefined) return outcome
      const value: Json = { ...session, lastSeenAt: wholeSecond(context.now) }
      return { ...outcome, changes: [{ key: `session:${session.sid}`, value }] }
    }),
  ),
  mutant(
    'GC-X3',
    'not-used',
    'being used does not keep a session young',
    inChanges('GC-S1', () => []),
  ),
]

function withCookie(reply: Reply, secret: string): Reply {
  return { ...reply, headers: [...reply.headers, 'set-cookie', `${secretCookie}=${secret}; Path=/; HttpOnly`] }
}

function withoutCookie({ headers }: HttpRequest): HttpRequest['headers'] {
  return headers.filter((_, index, all) => all[index - (index % 2)]?.toLowerCase() !== 'cookie')
}
