import { inReplies, inSettings, inSteps, json, member, mutantsOf, renamed } from '../../../core/bend.ts'
import type { HttpRequest } from '../../../core/http.ts'
import type { Json } from '../../../core/json.ts'
import type { Bend, Mutant } from '../../../core/mutant.ts'
import type { Context, Records } from '../../../core/step.ts'
import { readParameters } from '../parameters.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'
import { users, type User } from '../state.ts'

const mutant = mutantsOf<Settings>('sirportly')
const wrong = ['SP-09', 'SP-U8']

/** The step as it goes for users seen otherwise, where it would have played one of these clauses. */
function insteadOf(
  clauses: readonly string[],
  show: (user: User, request: HttpRequest, context: Context<Settings>) => User,
  only: (clause: string) => boolean = () => true,
): Bend<Settings> {
  return inSteps('all', (step, records, request, context) => {
    const outcome = step(records, request, context)
    if (!clauses.includes(outcome.reply.clause)) return outcome
    const shown: Records = {
      get: (key): Json | undefined => {
        const record = records.get(key)
        return key.startsWith('user:') && record !== undefined ? show(record as User, request, context) : record
      },
    }
    const other = step(shown, request, context)
    return only(other.reply.clause) ? { ...other, changes: outcome.changes } : outcome
  })
}

/** What goes wrong with whoever is refused. */
export const refusalMutants: readonly Mutant<Settings>[] = [
  mutant('SP-09', 'no-echo', 'nothing comes back of what was received', inReplies(wrong, json(onlyStatus))),
  mutant(
    'SP-09',
    'encoded',
    'the password comes back as it was encoded',
    inReplies(wrong, json(member('password', (old) => encodeURIComponent(String(old))))),
  ),

  mutant(
    'SP-10',
    'unchecked',
    'a second factor that is required, and not set up, is not missed',
    insteadOf(['SP-10'], (user) => ({ ...user, secondFactor: 'none' })),
  ),
  mutant(
    'SP-11',
    'credentials',
    'a wrong code is answered like a wrong password',
    inReplies('SP-11', (reply) => ({ ...replies.invalidCredentials('', '', '', ''), clause: reply.clause })),
  ),
  mutant('SP-11', 'unchecked', 'every code is right', insteadOf(['SP-11'], withoutFactor)),
  mutant('SP-17', 'no-code', 'whoever sends no code is let in', insteadOf(['SP-U5'], withoutFactor)),
  mutant(
    'SP-17',
    'no-password',
    'whoever sends no password is let in',
    inSteps('all', (step, records, request, context) => {
      const outcome = step(records, request, context)
      const { username, password, account } = readParameters(request, context)
      if (outcome.reply.clause !== 'SP-U4' || password !== undefined || username === undefined) return outcome
      const known = users.get(records, `${account ?? ''}/${username}`)
      const right = new URLSearchParams({ password: known?.password ?? '' })
      const asked = step(records, { ...request, query: `${request.query}&${right}` }, context)
      return asked.reply.clause === 'SP-06' ? asked : outcome
    }),
  ),
  mutant(
    'SP-U5',
    'required',
    'whoever sends no code is told TwoFactorRequired',
    inSettings(() => ({ missingCode: 'required' })),
  ),
  mutant('SP-U7', 'let-in', 'without an account no second factor is asked for', insteadOf(['SP-U7'], withoutFactor)),
  mutant(
    'SP-U7',
    'empty',
    'without an account, whoever fails the second factor gets an empty list',
    inSettings(() => ({ nobodyLeft: 'empty' })),
  ),
  mutant(
    'SP-X10',
    'checked',
    'a code of somebody without a second factor is checked',
    inSteps('all', (step, records, request, context) => {
      const outcome = step(records, request, context)
      const user = users.get(records, outcome.user ?? '')
      const isChecked = readParameters(request, context).code !== undefined && user?.secondFactor === 'none'
      if (!isChecked || outcome.reply.clause !== 'SP-06') return outcome
      return { ...outcome, reply: replies.wrongCode(1, context.settings.lockAfter) }
    }),
  ),

  mutant(
    'SP-14',
    'unnamed',
    'the message does not name the account',
    inReplies('SP-14', json(member('message', () => 'No account found'))),
  ),
  mutant(
    'SP-14',
    'credentials',
    'an unknown account is answered like a wrong password',
    inReplies('SP-14', (reply) => ({ ...replies.invalidCredentials('', '', '', ''), clause: reply.clause })),
  ),
  mutant('SP-14', 'status', 'AccountNotFound is a status', inReplies('SP-14', json(renamed('error', 'status')))),

  mutant(
    'SP-U1',
    'forbidden',
    'refusals with a status get 403',
    inSettings(() => ({ statusCodes: 'byOutcome' })),
  ),

  mutant(
    'SP-16',
    'access-first',
    'API access is looked at before the password',
    insteadOf(['SP-09'], withPasswordSent, (clause) => clause === 'SP-08'),
  ),
  mutant(
    'SP-16',
    'lock-first',
    'the lock is looked at before the password',
    insteadOf(['SP-09'], withPasswordSent, (clause) => clause === 'SP-12'),
  ),
  mutant(
    'SP-16',
    'factor-first',
    'a second factor that is missing is told before the password is looked at',
    insteadOf(['SP-09'], withPasswordSent, (clause) => clause === 'SP-10'),
  ),
  mutant(
    'SP-16',
    'account-first',
    'the account and the address are looked at before the credentials',
    inSettings(() => ({ order: 'account-first' })),
  ),
  mutant(
    'SP-X15',
    'account-unknown',
    'an account in which the credentials are not right is answered like an unknown one',
    inReplies('SP-X15', (reply) => ({ ...replies.accountNotFound(''), clause: reply.clause })),
  ),
  mutant(
    'SP-X16',
    'told-apart',
    'an answer says whether the name is known',
    inReplies(wrong, (reply, context) =>
      json((data) =>
        /no user of that name|no account has/.test(reply.because) ? { ...data, field: 'username' } : data,
      )(reply, context),
    ),
  ),
]

function onlyStatus(data: { readonly [name: string]: Json | undefined }): Json {
  return { status: data['status'] ?? null }
}

function withPasswordSent(user: User, request: HttpRequest, context: Context<Settings>): User {
  return { ...user, password: readParameters(request, context).password ?? user.password }
}

function withoutFactor(user: User): User {
  return { ...user, secondFactor: 'none' }
}
