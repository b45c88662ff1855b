import type { Seed, SeedStart, UserView } from '../core/api.ts'
import { changeInvalid, issuesBelow, type Issue } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import { messageOf } from '../core/thrown.ts'
import { crowdNames, crowdNumber } from '../model/crowd.ts'
import { makerFrom, standIn } from '../model/maker.ts'
import type { Model } from './model.ts'
import type { PartSettings } from './own-settings.ts'
import type { OwnUserRecord } from './own-user.ts'

/** A section of a scenario, as its fields read it. */
export type ReadSection = PartSettings & {
  readonly users: { readonly [username: string]: JsonObject }
  readonly crowd: number
}

/** The records at the start. */
export function seedOf({ definition, facts, users, lock, own }: Model, section: ReadSection, start: SeedStart): Seed {
  const { users: written, crowd, ...settings } = section
  const isWritten = (username: string): boolean => Object.hasOwn(written, username)
  const specOf = (username: string): JsonObject | undefined =>
    isWritten(username)
      ? written[username]
      : crowdNumber(username, crowd) === undefined
        ? undefined
        : member(own, username)
  return {
    *keys() {
      yield 'settings'
      for (const username of Object.keys(written)) yield users.key(username)
      for (const username of crowdNames(crowd, isWritten)) yield users.key(username)
    },
    get(key) {
      if (key === 'settings') return settings
      const username = users.idIn(key)
      const spec = username === undefined ? undefined : specOf(username)
      if (username === undefined || spec === undefined) return undefined
      const user = facts.make(makerFrom(start, definition.id, username, spec)) as OwnUserRecord
      return lock?.seed(user, spec, settings, start.now) ?? user
    },
  }
}

/** One of the crowd: open, their password is their name, and what else nobody has said is made up. */
function member(own: readonly string[], username: string): JsonObject {
  return own.includes('password') ? { password: username } : {}
}

/** What is wrong with a section although each member fits by itself. */
export function* sectionIssuesOf(
  { definition, facts, own, factor, lock }: Model,
  section: ReadSection,
): Iterable<Issue> {
  try {
    if (section.crowd > 0) facts.make(standIn('crowd-1', 0, member(own, 'crowd-1')))
  } catch (error) {
    yield { path: ['crowd'], message: `Nobody can be made up: ${messageOf(error)}` }
  }
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
