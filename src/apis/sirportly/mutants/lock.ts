import { changing, inChanges, inSettings, inSteps, mutantsOf, seeing } from '../../../core/bend.ts'
import type { Bend, Mutant } from '../../../core/mutant.ts'
import type { Context } from '../../../core/step.ts'
import { readParameters } from '../parameters.ts'
import type { Settings } from '../settings.ts'
import { lock, users, type User } from '../state.ts'

const mutant = mutantsOf<Settings>('sirportly')
const sent = ['SP-05', 'SP-06']

/** Users who are locked, or were until their lock ran out, seen otherwise. */
function seeingLocked(show: (user: User, end: number, context: Context<Settings>) => User): Bend<Settings> {
  return inSteps<Settings>('all', (step, records, request, context) => {
    const seen = seeing(records, users, (user) => {
      const end = lock.endOf(user)
      return end === null ? user : show(user, end, context)
    })
    return step(seen, request, context)
  })
}

/** The step as it goes for the right code, where somebody is locked. */
function lockIgnored(isRight: (clause: string) => boolean): Bend<Settings> {
  return inSteps('all', (step, records, request, context) => {
    const outcome = step(records, request, context)
    if (outcome.reply.clause !== 'SP-12') return outcome
    const other = step(seeing(records, users, lock.lift), request, context)
    return isRight(other.reply.clause) ? other : outcome
  })
}

/** What goes wrong with many codes. */
export const lockMutants: readonly Mutant<Settings>[] = [
  mutant(
    'SP-U6',
    'one-more',
    'one wrong code too many is allowed',
    inSettings(({ lockAfter }) => ({ lockAfter: lockAfter + 1 })),
  ),
  mutant(
    'SP-U6',
    'one-less',
    'the last code that is allowed locks already',
    inSettings(({ lockAfter }) => ({ lockAfter: Math.max(1, lockAfter - 1) })),
  ),
  mutant(
    'SP-U6',
    'never-ends',
    'a lock does not end by itself',
    inSettings(() => ({ lockFor: null })),
  ),
  mutant(
    'SP-U6',
    'early',
    'a lock ends a minute early',
    seeingLocked((user, end, { now }) => (now >= end - 60_000 ? { ...user, failures: 0, lock: null } : user)),
  ),
  mutant(
    'SP-U6',
    'never',
    'no number of wrong codes locks',
    inSettings(() => ({ lockAfter: Number.MAX_SAFE_INTEGER })),
  ),
  mutant(
    'SP-12',
    'lifted',
    'the right code lifts a lock',
    lockIgnored((clause) => sent.includes(clause)),
  ),
  mutant(
    'SP-X7',
    'locked',
    'the wrong code that locks is told TwoFactorLocked',
    inSettings(() => ({ lockingCode: 'locked' })),
  ),
  mutant(
    'SP-X8',
    'longer',
    'a code sent while locked begins the lock anew',
    inSteps('all', (step, records, request, context) => {
      const outcome = step(records, request, context)
      const user = users.get(records, outcome.user)
      const isTried = outcome.reply.clause === 'SP-12' && readParameters(request, context).code !== undefined
      if (!isTried || user === undefined) return outcome
      return {
        ...outcome,
        changes: [users.put(outcome.user ?? '', lock.lockAnew(user, context.settings, context.now))],
      }
    }),
  ),
  mutant(
    'SP-X9',
    'kept',
    'the right code does not clear the count',
    inChanges(sent, ({ changes, user }, records) => {
      const stored = users.get(records, user ?? '')
      return changing(changes, users, (changed) => ({ ...changed, failures: stored?.failures ?? 0 }))
    }),
  ),
  mutant(
    'SP-X9',
    'kept-after-lock',
    'the end of a lock does not clear the count',
    seeingLocked((user, end, { now }) => (now >= end ? { ...user, lock: null } : user)),
  ),
  mutant(
    'SP-U5',
    'counted',
    'a request without a code is counted',
    inSettings(() => ({ missingCode: 'counted' })),
  ),
  mutant(
    'SP-U9',
    'code-first',
    'a wrong code is counted although the password is wrong',
    inSteps('all', (step, records, request, context) => {
      const outcome = step(records, request, context)
      const user = users.get(records, outcome.user ?? '')
      const { code } = readParameters(request, context)
      if (outcome.reply.clause !== 'SP-09' || user?.secondFactor !== 'set-up' || code === undefined) return outcome
      return { ...outcome, changes: [users.put(outcome.user ?? '', lock.fail(user, context.settings, context.now))] }
    }),
  ),
  mutant(
    'SP-U12',
    'once',
    'a code is taken once',
    inSteps('all', (step, records, request, context) => {
      const outcome = step(records, request, context)
      const key = users.key(outcome.user ?? '')
      const user: (User & { readonly usedCode?: string }) | undefined = users.get(records, outcome.user)
      const { code } = readParameters(request, context)
      if (!sent.includes(outcome.reply.clause) || user?.secondFactor !== 'set-up' || code === undefined) return outcome
      if (user.usedCode === code) return { ...outcome, reply: wrongAgain(outcome.reply), changes: [] }
      return { ...outcome, changes: [{ key, value: { ...user, failures: 0, usedCode: code } }] }
    }),
  ),
  mutant(
    'SP-U7',
    'not-counted',
    'wrong codes without an account are not counted',
    inChanges('SP-U7', () => []),
  ),
]

function wrongAgain<Told extends { readonly body: string | Uint8Array | undefined }>(reply: Told): Told {
  return { ...reply, body: '{"status":"InvalidTwoFactorCode"}' }
}
