import { changing, inRecords, inReplies, inSettings, inSteps, json, member, mutantsOf } from '../../../core/bend.ts'
import { bodyText, headerValue, type HttpRequest } from '../../../core/http.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts'
import type { Bend, Mutant } from '../../../core/mutant.ts'
import type { Context, Outcome, Records, Step } from '../../../core/step.ts'
import { secretCookie } from '../wire.ts'
import type { Settings } from '../settings.ts'
import { sessions, type User } from '../state.ts'
import { code } from './code.ts'

const mutant = mutantsOf<Settings>('gentics-cms')
const observed = { dialect: 'observed' }
const opened = ['GC-03', 'GC-04', 'GC-16']

function read(request: HttpRequest): JsonObject | undefined {
  try {
    const data: unknown = JSON.parse(bodyText(request.body) ?? '')
    return isJsonObject(data) ? data : undefined
  } catch {
    return undefined
  }
}

/** Every user, seen otherwise. */
function seeing(operations: readonly string[], show: (user: User) => User): Bend<Settings> {
  return inRecords(operations, (key, record) =>
    key.startsWith('user:') && record !== undefined ? show(record as User) : record,
  )
}

/** A login, whatever some of what is sent is: with the password that the user has. */
function letting(in_: (password: Json | undefined) => boolean): Bend<Settings> {
  return inSteps(['login'], (step, records, request, context) => {
    const data = read(request)
    const outcome = step(records, request, context)
    const user = records.get(`user:${String(data?.['login'])}`) as User | undefined
    if (outcome.reply.clause !== 'GC-17' || user === undefined || !in_(data?.['password'])) return outcome
    const right = { ...request, body: new TextEncoder().encode(JSON.stringify({ ...data, password: user.password })) }
    return step(records, right, context)
  })
}

/** Logins that see another sid than they were sent. */
function withSid(change: (sid: string | null) => string): Bend<Settings> {
  return inSteps(['login'], (step, records, request, context) => {
    const query = new URLSearchParams(request.query)
    query.set('sid', change(query.get('sid')))
    return step(records, { ...request, query: query.toString() }, context)
  })
}

/** What goes wrong with logins by name and password, and by signature. */
export const loginMutants: readonly Mutant<Settings>[] = [
  mutant(
    'GC-03',
    'token',
    'sid is a token with the secret',
    inReplies(opened, (reply, context) => {
      const cookie = headerValue(reply.headers, 'set-cookie') ?? ''
      const secret = cookie.slice(`${secretCookie}=`.length).split(';', 1)[0] ?? ''
      return json<Settings>(member('sid', (sid) => `${String(sid)}${secret}`))(reply, context)
    }),
  ),
  mutant(
    'GC-03',
    'anew',
    'a login never goes on with a session',
    withSid(() => '0'),
  ),
  mutant(
    'GC-03',
    'unchecked',
    'a login goes on with a session whose secret it does not know',
    inSteps(['login'], (step, records, request, context) => {
      const sid = Number(new URLSearchParams(request.query).get('sid') ?? '0')
      const session = sessions.get(records, sid)
      const isOpen = session !== undefined && session.secret !== ''
      const headers = isOpen ? ['cookie', `${secretCookie}=${session.secret}`, ...request.headers] : request.headers
      return step(records, { ...request, headers }, context)
    }),
  ),
  mutant(
    'GC-X7',
    'number',
    'a sid that is no number is taken for none',
    withSid((sid) => (/^\d*$/.test(sid ?? '') ? (sid ?? '0') : '0')),
  ),
  mutant(
    'GC-X8',
    'stays',
    'a login goes on with the session of somebody else as that one',
    inSteps(['login'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      if (outcome.reply.clause !== 'GC-03') return outcome
      const changes = changing(outcome.changes, sessions, (session) => {
        const { username, sessionEpoch } = sessions.get(records, session.sid) ?? session
        return { ...session, username, sessionEpoch }
      })
      return { ...outcome, changes }
    }),
  ),

  mutant('GC-04', 'gone', 'there is no login by signature', (api) => ({
    ...api,
    operations: api.operations.filter(({ id }) => id !== 'loginwithrsa'),
  })),
  mutant(
    'GC-O27',
    'still-there',
    'there is a login by signature, as in the other dialect',
    (api) => ({
      ...api,
      operations: api.operations.map((operation) => ({ ...operation, isThere: () => true })),
    }),
    observed,
  ),
  mutant(
    'GC-U1',
    'milliseconds',
    'expirationTimestamp is taken for milliseconds',
    inSteps(['loginwithrsa'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const until = Number(read(request)?.['expirationTimestamp'] ?? 0)
      if (context.now < until || outcome.reply.clause !== 'GC-04') return outcome
      return refusedAsOld(step, records, request, context)
    }),
  ),
  mutant(
    'GC-U1',
    'separated',
    'what is signed has separators',
    inSettings(({ rsa }) => ({ rsa: { ...rsa, payload: '{username}:{salt}:{expirationTimestamp}' } })),
  ),
  mutant(
    'GC-U1',
    'no-salt',
    'the salt is not signed',
    inSteps(['loginwithrsa'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const salt = String(read(request)?.['salt'] ?? '')
      if (outcome.reply.clause !== 'GC-U2' || !salt.endsWith('x')) return outcome
      const body = new TextEncoder().encode(JSON.stringify({ ...read(request), salt: salt.slice(0, -1) }))
      return step(records, { ...request, body }, context)
    }),
  ),

  mutant(
    'GC-25',
    'unchecked',
    'every password is right',
    letting(() => true),
  ),
  mutant(
    'GC-25',
    'empty',
    'an empty password is right',
    letting((password) => password === ''),
  ),
  mutant(
    'GC-17',
    'tells',
    'an unknown user is told from a wrong password',
    inSteps(['login'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      if (outcome.reply.clause !== 'GC-17' || outcome.user !== undefined) return outcome
      return { ...outcome, reply: code('INVALIDDATA')(outcome.reply, context) }
    }),
  ),
  mutant(
    'GC-17',
    'no-groups',
    'who is in no group gets in',
    seeing(['login'], (user) => ({ ...user, inGroups: true })),
  ),
  mutant(
    'GC-18',
    'ignored',
    'nobody is kept out while there is maintenance',
    inSettings(() => ({ maintenance: false }), ['login', 'loginwithrsa', 'ssologin']),
  ),
  mutant(
    'GC-18',
    'everybody',
    'maintenance keeps out those as well who may see it',
    seeing(['login', 'ssologin'], (user) => ({ ...user, seesMaintenance: false })),
  ),
  mutant(
    'GC-X17',
    'ends',
    'maintenance ends open sessions',
    inSteps(['validate'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      if (!context.settings.maintenance || outcome.reply.clause !== 'GC-01') return outcome
      const closed: Records = { get: (key) => (key.startsWith('session:') ? undefined : records.get(key)) }
      return step(closed, request, context)
    }),
  ),
  mutant(
    'GC-U3',
    'any-type',
    'the content type does not matter',
    inSteps('all', (step, records, request, context) =>
      step(records, { ...request, headers: ['content-type', 'application/json', ...request.headers] }, context),
    ),
  ),
]

function refusedAsOld(
  step: Step<Settings>,
  records: Records,
  request: HttpRequest,
  context: Context<Settings>,
): Outcome {
  const body = new TextEncoder().encode(JSON.stringify({ ...read(request), expirationTimestamp: 1 }))
  return step(records, { ...request, body }, context)
}
