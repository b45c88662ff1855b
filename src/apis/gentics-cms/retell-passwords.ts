import type { Interaction } from '../../core/interaction.ts'
import type { TracedExchange, Untold } from '../../core/tracing.ts'
import { isListed } from './allow-list.ts'
import { sentContentType, refusedBody, sidQuery, type InteractionDraft } from './interaction-draft.ts'
import { cookieOf, userState, sessionWords } from './cast.ts'
import type { Facts } from './facts.ts'
import { bodyOf, readSent, userIn } from './retell-body.ts'
import type { Settings } from './settings.ts'

/** A password that is hashed or matched. */
export function handlePassword(
  exchange: TracedExchange<Settings>,
  facts: Facts,
  states: InteractionDraft['states'],
): InteractionDraft | Untold {
  const { operation, settings, address, reply } = exchange
  const hashes = operation === 'hashpassword'
  const name = hashes ? 'the hash of a password' : 'whether a password has a hash'
  const other: Interaction['request']['query'] = facts.named === undefined ? {} : { sid: '0' }
  const refused = refusedBody(exchange, name)
  if (refused !== undefined) return { ...refused, states: [], query: other }
  const given = readSent(exchange)
  // The open-source server looks at who asks to match before it misses the body.
  if (given === undefined && settings.dialect === 'observed')
    return { untold: 'a request without its body cannot be written down' }
  const sent = given ?? {}
  if (reply.clause === 'GC-U6') {
    const body = bodyOf(exchange, sent, undefined)
    return {
      what: `${name} with a sid that is no number`,
      states: [],
      query: { sid: 'nonsense' },
      headers: sentContentType(exchange),
      body,
    }
  }
  const user = userIn(exchange, sent)
  const isOnList = isListed(address, settings)
  const allowFrom = ['0.0.0.0/0', '::/0']
  // The open-source server has whoever is on its own machine on its list from the start.
  const isSaid = isOnList || settings.dialect === 'observed'
  const params = { allowFrom: isOnList ? allowFrom : [] }
  const listed = isSaid ? [{ name: 'addresses that the CMS lets hash passwords', params }] : []
  const result: { readonly [clause: string]: string } = {
    'GC-07': 'whether a password has its hash',
    'GC-O17': 'whether a password has a hash',
    'GC-X13': 'whether a password has a hash that takes too long',
    'GC-X11': `${name} without all that it takes`,
  }
  const owner = hashes && user !== undefined && states.length === 0 ? [userState(undefined, settings)] : []
  return {
    what: `${result[reply.clause] ?? name} ${isOnList ? 'from an address on the list' : sessionWords(facts)}`,
    states: [...listed, ...owner, ...states],
    query: facts.named === '' ? { sid: '0' } : sidQuery(facts),
    headers: { ...sentContentType(exchange), ...cookieOf(facts) },
    body: bodyOf(exchange, sent, user),
  }
}
