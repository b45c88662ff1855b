import type { Api } from '../../core/api.ts'
import { isJsonObject } from '../../core/json.ts'
import { printableJson } from '../../core/printable.ts'
import { listOf } from '../../core/clause-readers.ts'
import { clauses } from './clauses.ts'
import { errorForm } from './error-form.ts'
import { operations } from './engine.ts'
import { providerStates } from './provider-states.ts'
import { identity, section, sectionIssues, seed } from './seed.ts'
import { settingFields } from './settings.ts'
import { secrets, sessions, sids, userFacts, userIds, users } from './state.ts'
import { mayBeToken } from './token.ts'
import { claims, respell, unknownPath, unrouted } from './unknown-path.ts'
import { changeUser, userChange, viewSession, viewUser } from './users.ts'
import { authPath } from './wire.ts'

const parts = { id: 'gentics-cms', section, settings: settingFields, userChange, identity, operations } as const

/** Gentics CMS: logins and sessions of its REST API. */
export const genticsCms: Api<typeof parts> = {
  ...parts,
  title: 'Gentics CMS',
  // Asked for, and not here, as a server answers its first request without them.
  get clauses() {
    return listOf(clauses)
  },
  mount: (settings) => settings.contextPath,
  claims,
  unknownPath,
  respell,
  unrouted,
  trustsProxy: ({ trustProxy, dialect }) => trustProxy ?? dialect === 'observed',
  errorForm,
  wrongMethodClause: 'GC-X1',
  sectionIssues,
  seed,
  records: {
    user: users.field,
    session: sessions.field,
    secret: secrets.field,
    'user-id': userIds.field,
    sids: sids.field,
  },
  collections: {
    users: { kind: 'user', nameOf: (user) => users.of(user).username, open: false },
    sessions: { kind: 'session', nameOf: (session) => String(sessions.of(session).sid), open: false },
  },
  viewUser: (user, settings) => viewUser(users.of(user), settings),
  viewSession: (session, stored, settings, now) => viewSession(sessions.of(session), stored, settings, now),
  userKin: (user, _records, isComing) => {
    const { id, username } = users.of(user)
    return [isComing ? userIds.put(id, { username }) : userIds.drop(id)]
  },
  changeUser: (user, change) => changeUser(users.of(user), change),
  get providerStates() {
    return providerStates
  },
  loadKit: async () => (await import('./kit.ts')).kit,
  mutants: async () => (await import('./mutants.ts')).mutants,
  tryOut: (url, { username, details }) => {
    const body = printableJson({ login: username, password: details['password'] })
    return ['-s', '-H', 'content-type: application/json', '-d', body, `${url}${authPath}/login`]
  },
  outcome: ({ responseInfo }) => {
    const word = isJsonObject(responseInfo) ? responseInfo['responseCode'] : undefined
    return typeof word === 'string' ? { word, refused: word !== 'OK' } : undefined
  },
  secrets: {
    members: [...userFacts.secrets, 'hash', 'secret', 'salt', 'rsaSignature'],
    bodies: [],
    isToken: mayBeToken,
    behind: { '/auth/validate': 'session', '/auth/logout': 'session' },
  },
  lints: async () => (await import('./lints.ts')).lints,
  tracing: async () => (await import('./tracing.ts')).tracing,
}
