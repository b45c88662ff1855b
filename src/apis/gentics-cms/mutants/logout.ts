import { inChanges, inReplies, inSteps, mutantsOf, withoutHeader } from '../../../core/bend.ts'
import { isJsonObject } from '../../../core/json.ts'
import type { Bend, Mutant } from '../../../core/mutant.ts'
import type { Reply } from '../../../core/step.ts'
import { secretCookie } from '../wire.ts'
import type { Settings } from '../settings.ts'
import { secrets, sessions } from '../state.ts'
import { readToken } from '../token.ts'

const mutant = mutantsOf<Settings>('gentics-cms')

/** Logouts, by what they ended up with: `OK`, `INVALIDDATA` or `FAILURE`. */
function refused(by: string, change: (reply: Reply) => Reply): Bend<Settings> {
  return inSteps(['logout'], (step, records, request, context) => {
    const outcome = step(records, request, context)
    const says = String(outcome.reply.body).includes(`"responseCode":"${by}"`)
    return says ? { ...outcome, reply: change(outcome.reply) } : outcome
  })
}

/** Logouts that see another query. */
function withQuery(change: (all: string | null) => string): Bend<Settings> {
  return inSteps(['logout'], (step, records, request, context) => {
    const query = new URLSearchParams(request.query)
    query.set('allSessions', change(query.get('allSessions')))
    return step(records, { ...request, query: query.toString() }, context)
  })
}

function saying(to: string): (reply: Reply) => Reply {
  return (reply) => {
    const data: unknown = JSON.parse(String(reply.body))
    if (!isJsonObject(data) || !isJsonObject(data['responseInfo'])) return reply
    return { ...reply, body: JSON.stringify({ ...data, responseInfo: { ...data['responseInfo'], responseCode: to } }) }
  }
}

/** What goes wrong with logouts. */
export const logoutMutants: readonly Mutant<Settings>[] = [
  mutant(
    'GC-27',
    'keeps',
    'a logout does not end the session',
    inChanges('GC-05', () => []),
  ),
  mutant(
    'GC-20',
    'unchecked',
    'nobody has to know the secret to log somebody out',
    inSteps(['logout'], (step, records, request, context) => {
      const sid = readToken(context.params['sid'] ?? '')?.sid ?? 0
      const session = sessions.get(records, sid)
      if (session === undefined || session.secret === '') return step(records, request, context)
      return step(records, request, { ...context, params: { sid: `${sid}${session.secret}` } })
    }),
  ),
  mutant('GC-20', 'invalid', 'an unknown sid is INVALIDDATA', refused('FAILURE', saying('INVALIDDATA'))),
  mutant('GC-20', 'failure', 'a wrong secret is a FAILURE', refused('INVALIDDATA', saying('FAILURE'))),
  mutant('GC-20', 'silent', 'a logout that is refused says OK', refused('INVALIDDATA', saying('OK'))),
  mutant(
    'GC-20',
    'one-of-all',
    'a logout of all ends one session',
    inSteps(['logout'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const isOfAll = outcome.changes.some(({ key }) => key.startsWith('secret:'))
      const session = sessions.get(records, readToken(context.params['sid'] ?? '')?.sid ?? 0)
      if (!isOfAll || session === undefined) return outcome
      return { ...outcome, changes: [sessions.put(session.sid, { ...session, secret: '' })] }
    }),
  ),
  mutant(
    'GC-05',
    'all-of-one',
    'a logout ends all sessions that share the secret',
    inChanges('GC-05', ({ changes }, records) => {
      const ended = changes.find(({ key }) => key.startsWith('session:'))?.key ?? ''
      const session = records.get(ended)
      const secret = isJsonObject(session) ? String(session['secret']) : ''
      return [secrets.put(secret, { ended: true })]
    }),
  ),
  mutant('GC-05', 'cookie', 'a logout of one session takes the cookie away', inReplies('GC-05', withoutSecret)),
  mutant(
    'GC-X5',
    'reused',
    'a login goes on with a secret whose sessions have all been logged out',
    inSteps(['login'], (step, records, request, context) =>
      step(
        {
          get: (key) => {
            const record = records.get(key)
            return key.startsWith('secret:') && record !== undefined ? { ended: false } : record
          },
        },
        request,
        context,
      ),
    ),
  ),
  mutant(
    'GC-X10',
    'one',
    'allSessions=1 means all',
    withQuery((all) => (all === '1' ? 'true' : (all ?? ''))),
  ),
  mutant(
    'GC-X10',
    'case',
    'allSessions=TRUE does not mean all',
    withQuery((all) => (all === 'TRUE' ? 'false' : (all ?? ''))),
  ),
  mutant(
    'GC-X20',
    'empty',
    'the cookie is taken away by an empty value without an end',
    inReplies('GC-20', (reply) => {
      const bare = withoutHeader(reply, 'set-cookie')
      if (bare.headers.length === reply.headers.length) return reply
      return { ...bare, headers: [...bare.headers, 'set-cookie', `${secretCookie}=; Path=/; HttpOnly`] }
    }),
  ),
  mutant(
    'GC-X9',
    'cookie-only',
    'a token in the place of a sid is none',
    inSteps(['logout', 'me'], (step, records, request, context) => {
      const query = new URLSearchParams(request.query)
      const given = query.get('sid') ?? ''
      const bare = readToken(given)?.secret === undefined ? given : '0'
      if (given !== '') query.set('sid', bare)
      const { sid } = context.params
      const params = sid === undefined || readToken(sid)?.secret === undefined ? context.params : { sid: '0' }
      return step(records, { ...request, query: query.toString() }, { ...context, params })
    }),
  ),
]

function withoutSecret(reply: Reply): Reply {
  return { ...reply, headers: [...reply.headers, 'set-cookie', `${secretCookie}=deleted; Path=/; Max-Age=0; HttpOnly`] }
}
