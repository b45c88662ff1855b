import type { Records } from '../core/step.ts'
import type { TracedCaller, TracedExchange, Tracing } from '../core/tracing.ts'
import { carriedId } from '../model/sessions.ts'
import type { Model } from './model.ts'
import { saysOf } from './own-says.ts'
import type { PartSettings } from './own-settings.ts'
import { ownUniverse } from './own-universe.ts'

/** What coverage takes. Pacts from traffic would need to know which value of a request is what, and nobody has said. */
export function ownTracing(model: Model): Tracing<PartSettings> {
  return {
    universe: ownUniverse(model.definition, saysOf(model.definition)),
    caller: (exchange) => callerOf(model, exchange),
    retell: () => ({ untold: "pacts from traffic are written for the APIs of this package, not for one's own" }),
  }
}

/** Whom the step was about, or else whose session it was that is over. */
function callerOf(model: Model, exchange: TracedExchange<PartSettings>): TracedCaller | undefined {
  const { operation, user, before, after } = exchange
  if (operation === undefined) return undefined
  if (user === undefined) return expiredCaller(model, exchange)
  const [from, to] = [stateOf(model, user, before, exchange), stateOf(model, user, after, exchange)]
  return from === undefined || to === undefined ? undefined : { id: user, before: from, after: to }
}

function stateOf(
  { users, lock, definition }: Model,
  username: string,
  records: Records,
  { settings, now }: TracedExchange<PartSettings>,
): string | undefined {
  const stored = users.get(records, username)
  if (stored === undefined || lock === undefined || definition.lockout === undefined) return stored && 'open'
  return lock.isLocked(lock.now(stored, settings, now), now) ? definition.lockout.word : 'open'
}

function expiredCaller(model: Model, exchange: TracedExchange<PartSettings>): TracedCaller | undefined {
  const { sessions, users } = model
  if (sessions === undefined) return undefined
  const { before, request, settings, now } = exchange
  const session = sessions.sessions.get(before, carriedId(request, sessions.carrier))
  if (session === undefined || sessions.isAlive(session, users.get(before, session.username), settings, now))
    return undefined
  return { id: session.username, before: 'expired', after: 'expired' }
}
