import { encodeUtf8 } from '../../core/utf8.ts'
import type { Api } from '../../core/api.ts'
import { listOf } from '../../core/clause-readers.ts'
import { isPrintable } from '../../core/printable.ts'
import { clauses } from './clauses.ts'
import { errorForm } from './error-form.ts'
import { elsewhere } from './host-resources.ts'
import { operations } from './operations.ts'
import { apiPath } from './paths.ts'
import { providerStates } from './provider-states.ts'
import { identity, section, sectionIssues, seed } from './seed.ts'
import { settingFields } from './settings.ts'
import { sessions, userFacts, users } from './state.ts'
import { claims, unknownPath } from './unknown-path.ts'
import { changeUser, userChange, viewSession, viewUser } from './users.ts'

const parts = { id: 'secure-login', section, settings: settingFields, userChange, identity, operations } as const

/** syracom Secure Login: the second factor for Jira and Confluence. */
export const secureLogin: Api<typeof parts> = {
  ...parts,
  title: 'Secure Login',
  // Asked for, and not here, as a server answers its first request without them.
  get clauses() {
    return listOf(clauses)
  },
  mount: (settings) => settings.contextPath,
  elsewhere,
  claims,
  unknownPath,
  errorForm,
  wrongMethodClause: 'SL-U10',
  sectionIssues,
  seed,
  records: { user: users.field, session: sessions.field },
  collections: {
    users: {
      kind: 'user',
      nameOf: (user) => users.of(user).username,
      open: true,
      written: ({ username, ...spec }) => ({ users: { [String(username)]: spec }, defaultUser: String(username) }),
    },
    sessions: { kind: 'session', open: true },
  },
  viewUser: (user, settings, now) => viewUser(users.of(user), settings, now),
  viewSession: (record, stored, settings, now) => {
    const session = sessions.of(record)
    return viewSession(session, users.get(stored, session.username), settings, now)
  },
  changeUser: (user, change, settings, now) => changeUser(users.of(user), change, settings, now),
  get providerStates() {
    return providerStates
  },
  loadKit: async () => (await import('./kit.ts')).kit,
  mutants: async () => (await import('./mutants.ts')).mutants,
  tryOut: (url, { username, details }) => [
    '-s',
    ...basic(username, String(details['password'])),
    `${url}${apiPath}/user`,
  ],
  secrets: { members: [...userFacts.secrets, 'value'], bodies: ['auth'], behind: { '/api/auth': 'secret' } },
  lints: async () => (await import('./lints.ts')).lints,
  tracing: async () => (await import('./tracing.ts')).tracing,
}

/** As curl takes it; encoded where the credentials hold what no command line can. */
function basic(username: string, password: string): string[] {
  const credentials = `${username}:${password}`
  if (isPrintable(credentials)) return ['-u', credentials]
  return ['-H', `authorization: Basic ${btoa(String.fromCharCode(...encodeUtf8(credentials)))}`]
}
