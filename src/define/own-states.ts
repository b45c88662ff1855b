import { providerState, type Arrangement, type ProviderState } from '../core/api.ts'
import { text, type FieldMap } from '../core/field.ts'
import type { JsonObject } from '../core/json.ts'
import { clockState } from '../model/arranging.ts'
import { standIn } from '../model/maker.ts'
import { beginSession, type SessionOwner } from '../model/sessions.ts'
import type { Model } from './model.ts'
import { changed } from './own-people.ts'
import { sessionIds } from './own-sessions.ts'
import type { PartSettings } from './own-settings.ts'
import type { OwnUserRecord } from './own-user.ts'

/**
 * The preconditions that pacts may name: a user in each state, with an open session where there are sessions; and the clock.
 * Each name has the API's id in it, which no other API has.
 */
export function ownStates(model: Model): { readonly [name: string]: ProviderState } {
  const { id, lockout, sessions } = model.definition
  const locked = lockout?.word
  const { for: _for, until: _until, failures, ...facts } = model.facts.param as FieldMap
  return {
    [`a user of ${id} who is open`]: stateOf(model, 'open', {
      ...facts,
      ...(failures === undefined ? {} : { failures }),
    }),
    ...(locked === undefined
      ? {}
      : { [`a user of ${id} who is ${locked}`]: stateOf(model, locked, withoutFailures(model)) }),
    ...(sessions === undefined ? {} : { [`a session of ${id} that has expired`]: stateOf(model, 'expired', facts) }),
    "the server's clock": clockState,
  }
}

function withoutFailures({ facts }: Model): FieldMap {
  const { failures: _failures, ...params } = facts.param as FieldMap
  return params
}

function stateOf(model: Model, state: string, facts: FieldMap): ProviderState {
  const session = text({
    about: 'the id of the session, for pacts whose requests have it written in them; drawn if left out',
    optional: true,
    pattern: /^[\w.~-]{1,128}$/,
    shape: '1 to 128 letters, digits, dots, hyphens, underscores and tildes',
    secret: true,
  })
  const ended = state === 'expired'
  return providerState({
    about: ended ? 'a session that must not be used any more' : `a user who is ${state}`,
    params: {
      username: text({ about: 'who; made if the scenario has no such user', default: 'user-1' }),
      ...facts,
      ...(model.sessions === undefined ? {} : { session }),
    },
    arrange: (arrangement) => arrange(model, state, arrangement),
  })
}

function arrange(model: Model, state: string, arrangement: Arrangement): JsonObject {
  const { users, facts, sessions, lock } = model
  const { get, now, commit, random } = arrangement
  const { username: name, session, ...asked } = arrangement.params
  const username = String(name)
  const stored = users.get({ get }, username) ?? (facts.make(standIn(username, now, asked)) as OwnUserRecord)
  const change = { ...asked, ...(lock === undefined && state === 'open' ? {} : { state }) }
  const user = changed(model, stored, change, get('settings') as PartSettings, now)
  const changes = [users.put(username, user)]
  const told = { username, ...facts.shown(user) }
  if (sessions === undefined) {
    commit(changes)
    return told
  }
  const id = session === undefined ? random(sessionIds.length, sessionIds.alphabet) : String(session)
  // Of the user as it was before the change, so that state expired ends this session too.
  const begun = { ...sessions.start, ...beginSession(stored as OwnUserRecord & SessionOwner, now) }
  commit([...changes, sessions.sessions.put(id, begun)])
  return { ...told, session: id }
}
