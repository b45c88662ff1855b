import type { Api } from '../../src/core/api.ts'
import { problem } from '../../src/core/problem.ts'
import { clauses } from './contract.ts'
import { operations } from './engine.ts'
import { badges, facts, identity, lock, section, seed, settings } from './state.ts'

/** Everything the rest of the project needs to know of the turnstile. */
export const turnstile: Api<typeof section, typeof settings, typeof facts.change> = {
  id: 'turnstile',
  title: 'Turnstile',
  clauses,
  operations,
  mount: ({ path }) => path,
  claims: /\/turnstile(?:\/.*)?$/,
  unknownPath: (path) => ({
    ...problem(404, 'No such endpoint', `There is no ${path}.`),
    clause: 'TS-U1',
    because: 'no such endpoint',
  }),
  wrongMethodClause: 'TS-U1',
  section,
  sectionIssues: () => [],
  identity,
  settings,
  userChange: facts.change,
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
