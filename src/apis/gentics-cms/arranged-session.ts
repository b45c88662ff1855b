import type { Arrangement } from '../../core/api.ts'
import { integer, text, type Field } from '../../core/field.ts'
import type { JsonObject } from '../../core/json.ts'
import { alphabets } from '../../core/random.ts'
import { beginSession, wholeSecond } from '../../model/sessions.ts'
import { nextSid } from './caller.ts'
import { limits } from './wire.ts'
import { secrets, sessions, sids, type Session, type User } from './state.ts'

// A pact may have been written by a library that cannot have values put in.
const fixed = 'for pacts whose requests have it written in them'

/** The number of a session, as a param. */
export function sidParam(about: string): Field<number, number, 'may'> {
  return integer({ about, optional: true, min: 1, max: limits.greatestSid })
}

/** What fixes a session. */
export const sessionParams = {
  sid: sidParam(`the number of the session, ${fixed}; the next if left out`),
  secret: text({
    about: `the secret of the session, ${fixed}; drawn if left out`,
    optional: true,
    pattern: /^[0-9A-Za-z]{15}$/,
    shape: '15 letters and digits',
    secret: true,
  }),
}

/** What may be said of a session. */
interface SessionWish {
  readonly sid?: number | undefined
  readonly secret?: string | undefined
  readonly idle?: number | undefined
}

/** Opens a session of a user, and gives it back with what a request needs to be in it. */
export function arrangeSession(
  arrangement: Arrangement<unknown>,
  user: User,
  wish: SessionWish,
): { readonly session: Session; readonly values: JsonObject } {
  const next = nextSid(arrangement)
  const { sid = next, secret = arrangement.random(limits.secretLength, alphabets.alphanumeric), idle = 0 } = wish
  const session: Session = { sid, secret, ...beginSession(user, wholeSecond(arrangement.now - idle)) }
  arrangement.commit([
    sessions.put(sid, session),
    // A number that was chosen is none of those in a row; they go on around it.
    ...(sid === next ? [sids.put('given', { last: sid })] : []),
    secrets.put(secret, { ended: false }),
  ])
  const { username, password } = user
  const values = { username, password, userId: user.id, sid, secret, token: `${sid}${secret}` }
  return { session, values }
}
