import { inRecords, inReplies, inSteps, json, member, mutantsOf, renamed } from '../../../core/bend.ts'
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts'
import type { Bend, Mutant } from '../../../core/mutant.ts'
import { alphabets } from '../../../core/random.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'
import type { AccountRecord, User } from '../state.ts'

const mutant = mutantsOf<Settings>('sirportly')
const admitted = ['SP-05', 'SP-06']

/** Every user that is told, told otherwise. */
function telling(change: (user: JsonObject) => Json): Bend<Settings> {
  return inReplies(
    admitted,
    json(({ user, users, ...rest }) => ({
      ...rest,
      ...(isJsonObject(user) ? { user: change(user) } : {}),
      ...(Array.isArray(users) ? { users: users.filter(isJsonObject).map(change) } : {}),
    })),
  )
}

/** Every user that is looked at, seen otherwise. */
function seeing(show: (user: User) => User): Bend<Settings> {
  return inRecords('all', (key, record) =>
    key.startsWith('user:') && record !== undefined ? show(record as User) : record,
  )
}

function seeingAccounts(show: (account: AccountRecord) => AccountRecord): Bend<Settings> {
  return inRecords('all', (key, record) =>
    key.startsWith('account:') && record !== undefined ? show(record as AccountRecord) : record,
  )
}

/** What goes wrong with whoever signs in. */
export const userMutants: readonly Mutant<Settings>[] = [
  mutant(
    'SP-05',
    'user',
    'a list of one user is told as a user',
    inReplies(
      'SP-05',
      json(({ users, ...rest }) => {
        const [first, ...others] = users as readonly Json[]
        return others.length === 0 ? { ...rest, user: first ?? null } : { ...rest, users }
      }),
    ),
  ),
  mutant(
    'SP-05',
    'everybody',
    'without an account users without API access are listed as well',
    inSteps('all', (step, records, request, context) => {
      const outcome = step(records, request, context)
      if (!['SP-05', 'SP-X1'].includes(outcome.reply.clause)) return outcome
      const open = {
        get: (key: string): Json | undefined => {
          const record = records.get(key)
          return key.startsWith('user:') && isJsonObject(record) ? { ...record, apiAccess: true } : record
        },
      }
      const all = step(open, request, context)
      return outcome.reply.clause === 'SP-05' ? all : outcome
    }),
  ),
  mutant(
    'SP-X1',
    'credentials',
    'users without API access are unknown without an account',
    inReplies('SP-X1', (reply) => ({ ...replies.invalidAnywhere('', '', ''), clause: reply.clause })),
  ),
  mutant(
    'SP-X1',
    'disabled',
    'without an account too, somebody without API access is told so',
    inReplies('SP-X1', (reply) => ({ ...replies.noApiAccess, clause: reply.clause })),
  ),
  mutant(
    'SP-06',
    'list',
    'with an account too, the answer is a list',
    inReplies(
      'SP-06',
      json(({ user, ...rest }) => ({ ...rest, users: [user ?? null] })),
    ),
  ),

  mutant(
    'SP-07',
    'no-invite-code',
    'invite_code is left out where there is none',
    telling(({ invite_code: code, ...user }) => (code === null ? user : { ...user, invite_code: code ?? null })),
  ),
  mutant('SP-07', 'no-protocol', 'domain_with_protocol has none', telling(withoutProtocol)),
  mutant(
    'SP-X17',
    'password',
    'the password comes with the user',
    telling((user) => ({ ...user, password: 's3cret' })),
  ),
  mutant(
    'SP-X12',
    'new-tokens',
    'every login gives new tokens',
    inSteps('all', (step, records, request, context) => {
      const outcome = step(records, request, context)
      if (!admitted.includes(outcome.reply.clause)) return outcome
      const token = context.random.text(20, alphabets.alphanumeric)
      const tell = member('api_token.token', () => token)
      const change = json<Settings>(({ user, users, ...rest }) => ({
        ...rest,
        ...(isJsonObject(user) ? { user: tell(user) } : {}),
        ...(Array.isArray(users) ? { users: users.filter(isJsonObject).map(tell) } : {}),
      }))
      return { ...outcome, reply: change(outcome.reply, context) }
    }),
  ),
  mutant(
    'SP-X11',
    'refused',
    'whoever has not accepted the invitation is told that the credentials are wrong',
    seeing((user) => (user.activated ? user : { ...user, password: `${user.password} of nobody` })),
  ),

  mutant(
    'SP-08',
    'unchecked',
    'API access is not looked at',
    seeing((user) => ({ ...user, apiAccess: true })),
  ),
  mutant('SP-08', 'error', 'APIAccessDisabled is an error', inReplies('SP-08', json(renamed('status', 'error')))),
  mutant(
    'SP-13',
    'unchecked',
    'the networks of an account are not looked at',
    seeingAccounts((account) => ({ ...account, allowFrom: [] })),
  ),
  mutant(
    'SP-X2',
    'empty',
    'without an account, whoever comes from elsewhere gets an empty list',
    inReplies('SP-X2', (reply) => ({ ...replies.emptyList(reply.because), clause: reply.clause })),
  ),
  mutant(
    'SP-U10',
    'open',
    'a disabled account is open',
    seeingAccounts((account) => ({ ...account, enabled: true })),
  ),
]

function withoutProtocol(user: JsonObject): JsonObject {
  return member('account.domain_with_protocol', (old) => String(old).replace('https://', ''))(user)
}
