import { inChanges, inRecords, inReplies, inSettings, inSteps, mutantsOf } from '../../../core/bend.ts'
import type { HttpRequest } from '../../../core/http.ts'
import { isJsonObject, type Json } from '../../../core/json.ts'
import type { Mutant } from '../../../core/mutant.ts'
import type { Outcome, Records } from '../../../core/step.ts'
import { sessionCookie } from '../host-headers.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'
import { block, sessionId, sessions, users, type Session, type User } from '../state.ts'

const mutant = mutantsOf<Settings>('secure-login')

function sessionOf(request: HttpRequest): string {
  return sessions.key(sessionId(request) ?? '')
}

/** Changes of one user, laid over those of the outcome. */
function changingUser({ changes, user = '' }: Outcome, records: Records, to: (user: User) => User): Outcome['changes'] {
  const last = changes.findLast(({ key }) => key === users.key(user))?.value ?? users.get(records, user)
  return last === undefined ? changes : [...changes, users.put(user, to(users.of(last)))]
}

/** What goes wrong with sessions, and with the first factor. */
export const sessionMutants: readonly Mutant<Settings>[] = [
  mutant(
    'SL-01',
    'shared',
    'a PIN entered in one session frees all sessions of the user',
    inChanges('SL-10', (outcome, records) => changingUser(outcome, records, (user) => ({ ...user, state: 'bypass' }))),
  ),
  mutant(
    'SL-01',
    'named',
    'the user is taken from the request, if it names one',
    inSteps(['user', 'auth'], (step, records, request, context) => {
      const named = new URLSearchParams(request.query).get('username')
      const user = named === null ? undefined : users.get(records, named)
      const key = sessionOf(request)
      const session = sessions.get(records, sessionId(request))
      if (user === undefined || session === undefined) return step(records, request, context)
      const taken = { ...session, username: user.username }
      return step({ get: (asked) => (asked === key ? taken : records.get(asked)) }, request, context)
    }),
  ),
  mutant(
    'SL-01',
    'single',
    'a second login ends the first session',
    inChanges('SL-H1', ({ changes }) =>
      // The user's generation is raised, and the new session is of that generation.
      changes.map(({ key, value }) => ({ key, value: value === undefined ? value : nextGeneration(value) })),
    ),
  ),

  mutant(
    'SL-02',
    'never',
    'a session does not expire',
    inSettings(() => ({ sessionFor: Number.MAX_SAFE_INTEGER })),
  ),
  mutant(
    'SL-U16',
    'anonymous',
    'a cookie of a session that never was is as good as none',
    inSettings(() => ({ staleCookie: 'anonymous' })),
  ),
  mutant(
    'SL-U17',
    'checked',
    'a PIN without X-Atlassian-Token is refused',
    inSettings(() => ({ xsrfCheck: 'on' })),
  ),
  mutant(
    'SL-U18',
    'refused',
    'the host answers nobody before the PIN',
    inSettings(() => ({ restBeforePin: 'refused' })),
  ),
  mutant(
    'SL-X1',
    'absolute',
    'a session ends so long after its login, however much it is used',
    inRecords('all', (key, record) => {
      const session = key.startsWith('session:') ? (record as Session | undefined) : undefined
      return session === undefined ? record : { ...session, lastSeenAt: session.openedAt }
    }),
  ),

  mutant(
    'SL-U14',
    'ignored',
    'a change of address does not matter',
    inSettings(() => ({ bindSessionToIp: false })),
  ),
  mutant(
    'SL-U14',
    'logs-out',
    'a change of address ends the session',
    inSteps(['user', 'auth'], (step, records, request, context) => {
      const session = sessions.get(records, sessionId(request))
      const address = session?.authenticated?.address
      if (address === undefined || address === context.address) return step(records, request, context)
      return { reply: replies.sessionExpired, changes: [{ key: sessionOf(request), value: undefined }] }
    }),
  ),
  mutant(
    'SL-16',
    'locked-out',
    'after a change of address no PIN is right',
    inSteps(['auth'], (step, records, request, context) => {
      const session = sessions.get(records, sessionId(request))
      const address = session?.authenticated?.address
      const outcome = step(records, request, context)
      const moved = address !== undefined && address !== context.address && outcome.reply.clause === 'SL-10'
      return moved ? { ...outcome, reply: replies.wrongPin(1, context.settings.blockAfter), changes: [] } : outcome
    }),
  ),

  mutant(
    'SL-H2',
    'counts',
    'a wrong password counts as a wrong PIN',
    inChanges('SL-H2', (outcome, records, { now, settings }) =>
      changingUser(outcome, records, (user) => block.fail(user, settings, now)),
    ),
  ),
  mutant(
    'SL-H2',
    'names',
    'an unknown user is told so',
    inReplies('SL-H2', (reply) =>
      reply.because.includes('no such user')
        ? { ...reply, body: '{"errorMessages":["There is no such user"],"errors":{}}' }
        : reply,
    ),
  ),
  mutant(
    'SL-H7',
    'kept',
    'a login goes on in the session that it came with',
    inSteps(['login'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const id = sessionId(request)
      const old = id === undefined ? undefined : sessions.get(records, id)
      const told = outcome.reply.headers.join('\n').match(new RegExp(`${sessionCookie}=(\\w+)`))?.[1]
      if (id === undefined || old === undefined || told === undefined) return outcome
      const rename = (text: string): string => text.replaceAll(told, id)
      return {
        ...outcome,
        reply: {
          ...outcome.reply,
          headers: outcome.reply.headers.map(rename),
          body: rename(String(outcome.reply.body)),
        },
        changes: outcome.changes
          .filter(({ value }) => value !== undefined)
          .map((change) => ({ ...change, key: rename(change.key) })),
      }
    }),
  ),
  mutant(
    'SL-H4',
    'keeps',
    'a logout does not end the session',
    inChanges('SL-H4', () => []),
  ),
]

function nextGeneration(record: Json): Json {
  return isJsonObject(record) ? { ...record, sessionEpoch: Number(record['sessionEpoch']) + 1 } : record
}
