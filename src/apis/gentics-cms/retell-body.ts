import { bodyText } from '../../core/http.ts'
import { given, type Varying } from '../../core/interaction.ts'
import { isJsonObject, own, type Json, type JsonObject } from '../../core/json.ts'
import type { TracedExchange } from '../../core/tracing.ts'
import { limits } from './wire.ts'
import { username } from './cast.ts'
import type { Settings } from './settings.ts'
import { userIds, users, type User } from './state.ts'

/** The hash of "secret". */
export const hashExample = '$2a$10$abcdefghijklmnopqrstuuqflPDzB6gcMhKa1rZqKiun2YGL5sa2u'

/** The year 2100. */
const farAway = 4_102_444_800

/** The members of a body that was sent; undefined where it is no JSON object. */
export function readSent({ request }: TracedExchange<Settings>): JsonObject | undefined {
  try {
    const data: unknown = JSON.parse(bodyText(request.body) ?? '')
    return isJsonObject(data) ? data : undefined
  } catch {
    return undefined
  }
}

/** Whom a body names: by login, username or id. */
export function userIn(
  { operation, before }: TracedExchange<Settings>,
  sent: JsonObject | undefined,
): User | undefined {
  if (sent === undefined) return undefined
  if (operation === 'hashpassword') {
    const id = own(sent, 'userId')
    const owner = typeof id === 'number' ? userIds.get(before, id) : undefined
    return users.get(before, owner?.username)
  }
  const name = own(sent, operation === 'login' ? 'login' : 'username')
  return typeof name === 'string' ? users.get(before, name) : undefined
}

/** The members that were sent, with the values of the pact: of the same type, and as right or wrong. */
export function bodyOf(exchange: TracedExchange<Settings>, sent: JsonObject, user: User | undefined): Json {
  const values = Object.entries(valuesOf(exchange, sent, user))
  return Object.fromEntries(
    values
      .filter(([name]) => own(sent, name) !== undefined)
      .map(([name, value]) => [name, inKind(own(sent, name), value, exchange.settings)]),
  )
}

/** null stays null, and what is of another type than it should be stays that, unless the server takes it all the same. */
function inKind(sent: Json | undefined, value: Varying | string | number, { dialect }: Settings): Json {
  if (sent === null || sent === undefined) return null
  if (dialect === 'observed') return value
  const example = typeof value === 'object' ? value.example : value
  if (typeof sent === 'number' && !Number.isSafeInteger(sent)) return typeof example === 'string' ? 5 : 1.5
  if (typeof sent === typeof example) return value
  return typeof example === 'string' ? 5 : 'five'
}

function valuesOf(
  { operation, reply, now }: TracedExchange<Settings>,
  sent: JsonObject,
  user: User | undefined,
): { readonly [member: string]: Varying | string | number } {
  switch (operation) {
    case 'login': {
      const isOdd = reply.clause === 'GC-X11'
      const password = own(sent, 'password')
      if (isOdd) return { login: username, password: username }
      if (user === undefined) return { login: 'nobody', password: 'nobody' }
      const right = user.password === String(password) && password !== ''
      const wrong = password === '' ? '' : 'wrong'
      return { login: given('${username}', username), password: right ? given('${password}', username) : wrong }
    }
    case 'loginwithrsa': {
      const end = own(sent, 'expirationTimestamp')
      const isOver = typeof end === 'number' && now >= end * 1000
      return { username, salt: 'pepper', expirationTimestamp: isOver ? 1 : farAway, rsaSignature: 'bm8gc2lnbmF0dXJl' }
    }
    case 'hashpassword':
      return {
        password: 's3cret',
        userId: user === undefined || reply.clause === 'GC-X11' ? 1 : given('${userId}', 12345),
      }
    default: {
      const isDear = reply.clause === 'GC-X13'
      const isMatch = reply.clause === 'GC-07' || (reply.clause === 'GC-O17' && /"OK"/.test(String(reply.body)))
      const dear = hashExample.replace('$10$', `$${limits.dearestCost + 1}$`)
      return { password: isMatch ? 'secret' : 'wrong', hash: isDear ? dear : hashExample }
    }
  }
}
