import type { Interaction } from '../../core/interaction.ts'
import type { TracedExchange, Untold } from '../../core/tracing.ts'
import { sentContentType, refusedBody, sidQuery, type InteractionDraft } from './interaction-draft.ts'
import { foreignCookie, sessionCookie, userState } from './cast.ts'
import type { Facts } from './facts.ts'
import { bodyOf, readSent, userIn } from './retell-body.ts'
import type { Settings } from './settings.ts'
import { readInteger } from './token.ts'
import { hasTrait } from './version.ts'

/** A login, by password or by signature. */
export function logIn(exchange: TracedExchange<Settings>, facts: Facts): InteractionDraft | Untold {
  const { operation, reply, settings } = exchange
  const isRsa = operation === 'loginwithrsa'
  const name = isRsa ? 'a login with an RSA signature' : 'a login'
  // An existing session matters where the cookie is its own, or gives a new one its secret.
  const opensAnew = settings.dialect === 'observed' && hasTrait(settings.version, 'opensAnew')
  const goesOn = !opensAnew && facts.ending === undefined && facts.cookieIsRight === true
  const shares = !opensAnew && facts.cookieIsAlive && !goesOn
  const isNumber = facts.named === undefined || facts.named === '' || readInteger(facts.named) !== undefined
  const other: Interaction['request']['query'] = facts.named === undefined ? {} : { sid: isNumber ? '0' : 'nonsense' }
  const query = goesOn ? sidQuery(facts) : other
  const refused = refusedBody(exchange, name)
  if (refused !== undefined) return { ...refused, states: [], query: other }
  const sent = readSent(exchange) ?? {}
  // Where something is left out, nobody looks at whose the rest is.
  const user = reply.clause === 'GC-X11' ? undefined : userIn(exchange, sent)
  if (isRsa && reply.clause !== 'GC-U2' && reply.clause !== 'GC-X11') {
    return { untold: 'a right signature is a secret, and holds for one user and one time only' }
  }
  const { publicKey } = settings.rsa
  const key = isRsa && publicKey !== undefined ? [{ name: 'an RSA key of the CMS', params: { publicKey } }] : []
  const own = userState(user, settings)
  const states = user === undefined ? [] : [goesOn || shares ? { ...own, name: 'a session of the CMS' } : own]
  const isForeign = reply.clause === 'GC-X5'
  const session = isForeign ? foreignCookie : user !== undefined && (goesOn || shares) ? sessionCookie : {}
  return {
    what:
      name +
      outcome(exchange) +
      (user === undefined
        ? ''
        : goesOn
          ? ', going on with a session'
          : shares
            ? ', sharing a secret'
            : isForeign
              ? ', with a secret of nobody'
              : ''),
    states: [...key, ...states],
    query: user === undefined ? other : query,
    headers: { ...sentContentType(exchange), ...session },
    body: bodyOf(exchange, sent, user),
  }
}

/** What of the credentials is wrong, if anything. */
function outcome(exchange: TracedExchange<Settings>): string {
  const { reply, operation } = exchange
  const sent = readSent(exchange) ?? {}
  if (reply.clause === 'GC-X11') return ' without all that it takes'
  if (operation === 'loginwithrsa') return reply.clause === 'GC-U2' ? ' that is wrong or has expired' : ''
  const user = userIn(exchange, sent)
  if (user === undefined) return ' of nobody known'
  if (sent['password'] === '') return ' with an empty password'
  if (user.password !== String(sent['password'])) return ' with a wrong password'
  if (reply.clause === 'GC-17') return ' of a user in no group'
  return reply.clause === 'GC-X7' ? ' with a sid that is no number' : ' with the right password'
}
