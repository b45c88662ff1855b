import type { Seed, SeedStart, UserView } from '../core/api.ts'
import { changeInvalid, issuesBelow, type Issue } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import { makerFrom } from '../model/maker.ts'
import type { Model } from './model.ts'
import type { PartSettings } from './own-settings.ts'
import type { OwnUserRecord } from './own-user.ts'

/** A section of a scenario, as its fields read it. */
export type ReadSection = PartSettings & { readonly users: { readonly [username: string]: JsonObject } }

/** The records at the start. */
export function seedOf({ definition, facts, users, lock }: Model, section: ReadSection, start: SeedStart): Seed {
  const { users: written, ...settings } = section
  return {
    *keys() {
      yield 'settings'
      for (const username of Object.keys(written)) yield users.key(username)
    },
    get(key) {
      if (key === 'settings') return settings
      const username = users.idIn(key)
      const spec = username !== undefined && Object.hasOwn(written, username) ? written[username] : undefined
      if (username === undefined || spec === undefined) return undefined
      const user = facts.make(makerFrom(start, definition.id, username, spec)) as OwnUserRecord
      return lock?.seed(user, spec, settings, start.now) ?? user
    },
  }
}

/** What is wrong with a section although each member fits by itself. */
export function* sectionIssuesOf({ definition, factor, lock }: Model, section: ReadSection): Iterable<Issue> {
  for (const [username, spec] of Object.entries(section.users)) {
    const code = definition.secondFactor === undefined ? undefined : spec[definition.secondFactor.called]
    const issues = [...(factor?.issues({ code, totp: spec['totp'] }) ?? []), ...(lock?.issues(spec, section) ?? [])]
    yield* issuesBelow(['users', username], issues)
  }
}

/** The user as requests would meet it now. */
export function viewOf(
  { facts, lock, definition }: Model,
  stored: OwnUserRecord,
  given: PartSettings,
  now: number,
): UserView {
  const user = lock?.now(stored, given, now) ?? stored
  return {
    username: user.username,
    state: lock?.isLocked(user, now) === true ? (definition.lockout?.word ?? '') : 'open',
    ...lock?.view(user, given, now),
    details: facts.shown(user),
  }
}

/** The user after a change. Throws ERR_CHANGE_INVALID for one that contradicts itself or the user's state. */
export function changed(
  model: Model,
  stored: OwnUserRecord,
  asked: JsonObject,
  given: PartSettings,
  now: number,
): OwnUserRecord {
  const { definition, facts, factor, lock } = model
  const change = withState(definition.lockout?.word, asked)
  const called = definition.secondFactor?.called
  const [code, totp] = [called === undefined ? undefined : change[called], change['totp']] as [
    OwnUserRecord['code'],
    OwnUserRecord['totp'],
  ]
  for (const { message } of factor?.issues({ code, totp }) ?? []) throw changeInvalid('totp', message)
  const fresh = { ...(lock?.now(stored, given, now) ?? stored), ...facts.kept(change) } as OwnUserRecord
  const user = factor?.replace(fresh, { code, totp }) ?? fresh
  const epoch = change['state'] === 'expired' ? { sessionEpoch: (user.sessionEpoch ?? 0) + 1 } : {}
  return lock?.change({ ...user, ...epoch }, change, given, now, user.username) ?? { ...user, ...epoch }
}

/** `locked: true` is another spelling of the state. */
function withState(locked: string | undefined, { ...change }: JsonObject): JsonObject {
  if (locked === undefined || change[locked] === undefined) return change
  const state = change[locked] === true ? locked : 'open'
  if (change['state'] === undefined || change['state'] === state) return { ...change, state }
  throw changeInvalid(locked, `${locked}: ${String(change[locked])} contradicts state ${String(change['state'])}.`)
}
