import type { Api } from '../../src/core/api.ts'
import { listOf } from '../../src/core/clause-readers.ts'
import { clauses, replies } from './clauses.ts'
import { operations } from './engine.ts'
import { badges, facts, identity, lock, section, seed, settings } from './state.ts'

const parts = { id: 'turnstile', section, settings, userChange: facts.change, identity, operations } as const

/** Everything the rest of the project needs to know of the turnstile. */
export const turnstile: Api<typeof parts> = {
  ...parts,
  title: 'Turnstile',
  clauses: listOf(clauses),
  mount: ({ path }) => path,
  claims: /\/turnstile(?:\/.*)?$/,
  unknownPath: replies.unknownEndpoint,
  wrongMethodClause: 'TS-U1',
  sectionIssues: () => [],
  seed,
  records: { user: badges.field },
  viewUser: (stored, given, now) => {
    const badge = lock.now(badges.of(stored), given, now)
    return {
      username: badge.badge,
      state: lock.isLocked(badge, now) ? 'locked' : 'open',
      ...lock.view(badge, given, now),
      details: facts.shown(badge),
    }
  },
  changeUser: (stored, { locked, ...change }, given, now) => {
    const badge = { ...badges.of(stored), ...facts.kept(change) }
    if (locked === undefined) return badge
    const open = lock.lift(badge)
    return locked ? lock.lockAnew(open, given, now) : open
  },
  providerStates: {},
  tryOut: (url, { username, details }) => [
    '-s',
    '-X',
    'POST',
    `${url}/enter?badge=${username}&code=${String(details['code'])}`,
  ],
  secrets: { members: facts.secrets, bodies: [] },
}
