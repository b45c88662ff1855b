import type { Arrangement } from '../../core/api.ts'
import { integer, text, type AnyField } from '../../core/field.ts'
import type { JsonObject } from '../../core/json.ts'
import { alphabets } from '../../core/random.ts'
import { nextSid } from './caller.ts'
import { limits } from './contract.ts'
import { secretKey, sessionKey, sidsKey, wholeSecond, type Session, type User } from './state.ts'

// A pact may have been written by a library that cannot have values put in.
const fixed = 'for pacts whose requests have it written in them'

/** What fixes a session. */
export const sessionParams: { readonly [Name in 'sid' | 'secret']: AnyField } = {
  sid: integer({
    about: `the number of the session, ${fixed}; the next if left out`,
    optional: true,
    min: 1,
    max: limits.greatestSid,
  }),
  secret: text({
    about: `the secret of the session, ${fixed}; drawn if left out`,
    optional: true,
    pattern: /^[0-9A-Za-z]{15}$/,
    shape: '15 letters and digits',
    secret: true,
  }),
}

/** Opens a session of a user, and gives back what a request needs to be in it. */
export function arrangeSession(
  { params, now, get, commit, random }: Arrangement,
  user: User,
  first?: JsonObject,
): JsonObject {
  const idle = Number(params['idle'] ?? 0)
  const next = nextSid({ get })
  const sid = Number(params['sid'] ?? next)
  const secret = String(first?.['secret'] ?? params['secret'] ?? random(limits.secretLength, alphabets.alphanumeric))
  const lastSeenAt = wholeSecond(now - idle)
  const { username, sessionEpoch } = user
  const session: Session = { sid, username, secret, openedAt: lastSeenAt, lastSeenAt, sessionEpoch }
  commit([
    { key: sessionKey(sid), value: session },
    // A number that was chosen is none of those in a row; they go on around it.
    ...(sid === next ? [{ key: sidsKey, value: { last: sid } }] : []),
    { key: secretKey(secret), value: { ended: false } },
  ])
  return { username, password: user.password, userId: user.id, sid, secret, token: `${sid}${secret}` }
}
