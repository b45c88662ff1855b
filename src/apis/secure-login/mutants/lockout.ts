import {
  changing,
  inChanges,
  inReplies,
  inSettings,
  inSteps,
  json,
  member,
  mutantsOf,
  seeing,
} from '../../../core/bend.ts'
import { toIso } from '../../../core/instant.ts'
import type { Bend, Mutant } from '../../../core/mutant.ts'
import type { Context } from '../../../core/step.ts'
import { replies } from '../clauses.ts'
import type { Settings } from '../settings.ts'
import { block, isAuthenticated, sessionId, sessions, users, type User } from '../state.ts'

const mutant = mutantsOf<Settings>('secure-login')
/** Every clause by which a wrong PIN is told so. */
const wrong = ['SL-11', 'SL-14', 'SL-U9']

/** Users who are blocked, or were until their block ran out, seen otherwise. */
function seeingBlocked(
  show: (user: User & { readonly blockedUntilAt: number }, context: Context<Settings>) => User,
): Bend<Settings> {
  return inSteps<Settings>('all', (step, records, request, context) => {
    const seen = seeing(records, users, ({ blockedUntilAt, ...user }) =>
      blockedUntilAt === null ? { ...user, blockedUntilAt } : show({ ...user, blockedUntilAt }, context),
    )
    return step(seen, request, context)
  })
}

function never({ blockedUntilAt, ...user }: User & { readonly blockedUntilAt: number }, now: number): User {
  return { ...user, blockedUntilAt: blockedUntilAt > now ? blockedUntilAt : now + 1000 }
}

/** What goes wrong with many PINs. */
export const lockoutMutants: readonly Mutant<Settings>[] = [
  mutant(
    'SL-14',
    'one-more',
    'one wrong PIN too many is allowed',
    inSettings(({ blockAfter }) => ({ blockAfter: blockAfter + 1 })),
  ),
  mutant(
    'SL-14',
    'one-less',
    'the last PIN that is allowed blocks already',
    inSettings(({ blockAfter }) => ({ blockAfter: Math.max(1, blockAfter - 1) })),
  ),
  mutant(
    'SL-14',
    'first',
    'the first wrong PIN blocks',
    inSettings(() => ({ blockAfter: 1 })),
  ),
  mutant(
    'SL-14',
    'never',
    'no number of wrong PINs blocks',
    inSettings(() => ({ blockAfter: Number.MAX_SAFE_INTEGER })),
  ),
  mutant(
    'SL-14',
    'for-ten-minutes',
    'a block lasts ten minutes, whatever the administrator says',
    inSettings(() => ({ blockFor: 600_000 })),
  ),
  mutant('SL-19', 'never-ends', 'a block does not end by itself', (api) =>
    inReplies<Settings>(
      'SL-07',
      // Told is what was stored, not what was made up to keep the block going.
      json((data, { now }: Context<Settings>) =>
        member('blocked.until', (old) => (old === toIso(now + 1000) ? toIso(now - 1000) : old))(data),
      ),
    )(seeingBlocked((user, { now }) => never(user, now))(api)),
  ),
  mutant(
    'SL-14',
    'early',
    'a block ends a minute before it says',
    seeingBlocked((user, { now }) =>
      now >= user.blockedUntilAt - 60_000 ? { ...user, failures: 0, blockedUntilAt: null } : user,
    ),
  ),
  mutant(
    'SL-14',
    'logs-out',
    'a wrong PIN ends the session',
    inSteps(['auth'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const id = sessionId(request)
      if (!wrong.includes(outcome.reply.clause) || id === undefined) return outcome
      return { ...outcome, changes: [...outcome.changes, sessions.drop(id)] }
    }),
  ),
  mutant(
    'SL-18',
    'lifts',
    'the right PIN lifts a block',
    inSteps(['auth'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      if (outcome.reply.clause !== 'SL-U2') return outcome
      const tried = step(seeing(records, users, block.lift), request, context)
      return tried.reply.clause === 'SL-10' ? tried : outcome
    }),
  ),
  mutant(
    'SL-U2',
    'extends',
    'a PIN sent while blocked begins the block anew',
    inSettings(() => ({ whileBlocked: 'extend' })),
  ),
  mutant(
    'SL-U5',
    'kept',
    'the right PIN does not clear the count',
    inChanges('SL-10', ({ changes, user }, records) =>
      changing(changes, users, (changed) => ({
        ...changed,
        failures: users.get(records, user ?? '')?.failures ?? 0,
      })),
    ),
  ),
  mutant(
    'SL-U6',
    'kept',
    'the end of a block does not clear the count',
    seeingBlocked((user, { now }) => (user.blockedUntilAt <= now ? { ...user, blockedUntilAt: null } : user)),
  ),
  mutant(
    'SL-U7',
    'per-session',
    'each session has a count of its own',
    inSettings(() => ({ countFailuresPer: 'session' })),
  ),
  mutant(
    'SL-U8',
    'counts',
    'a wrong content type is counted',
    inChanges('SL-U8', ({ changes, user }, records, { now, settings }) => {
      const stored = users.get(records, user ?? '')
      if (stored === undefined) return changes
      return [...changes, users.put(stored.username, block.fail(stored, settings, now))]
    }),
  ),
  mutant('SL-U9', 'not-counted', 'what is not digits only is not counted', (api) =>
    inSteps<Settings>(['auth'], (step, records, request, context) => {
      const isDigits = /^[0-9]+$/.test(new TextDecoder().decode(request.body))
      const outcome = step(records, request, context)
      const counted = !isDigits && ['SL-U9', 'SL-14'].includes(outcome.reply.clause)
      return counted ? { ...outcome, changes: [] } : outcome
    })(api),
  ),
  mutant(
    'SL-X2',
    'bypass',
    'an authenticated session does not notice that its user is blocked',
    inSteps(['user'], (step, records, request, context) => {
      const outcome = step(records, request, context)
      const session = sessions.get(records, sessionId(request) ?? '')
      const user = users.get(records, outcome.user ?? '')
      if (outcome.reply.clause !== 'SL-07' || session === undefined || user === undefined) return outcome
      const passed = isAuthenticated(session, user, context.settings, context.address)
      return passed ? { ...outcome, reply: replies.alreadyAuthenticated } : outcome
    }),
  ),
  mutant(
    'SL-X2',
    'anew',
    'a block makes every session enter the PIN again',
    inChanges('SL-14', ({ changes }, _, { now }) =>
      changing(changes, users, (changed) =>
        block.isLocked(changed, now) ? { ...changed, pinEpoch: changed.pinEpoch + 1 } : changed,
      ),
    ),
  ),
]
