import type { Api } from '../../core/api.ts'
import { listOf } from '../../core/clause-readers.ts'
import { clauses } from './clauses.ts'
import { errorForm } from './error-form.ts'
import { operations } from './engine.ts'
import { authenticatePath } from './paths.ts'
import { providerStates } from './provider-states.ts'
import { identity, section, sectionIssues } from './section.ts'
import { seed } from './seed.ts'
import { settingFields } from './settings.ts'
import { accounts, namesakes, namesakesOf, userIdOf, users } from './state.ts'
import { userFacts } from './user-facts.ts'
import { claims, ownPaths, unknownPath } from './unknown-path.ts'
import { changeUser, idOf, userChange, viewUser } from './users.ts'

const parts = { id: 'sirportly', section, settings: settingFields, userChange, identity, operations } as const

/** Sirportly, a help desk: signing a user in, over all accounts. */
export const sirportly: Api<typeof parts> = {
  ...parts,
  title: 'Sirportly',
  // Asked for, and not here, as a server answers its first request without them.
  get clauses() {
    return listOf(clauses)
  },
  mount: () => '',
  claims,
  ownPaths,
  unknownPath,
  errorForm: () => errorForm,
  // Any method will do, so there is no wrong one.
  wrongMethodClause: 'SP-03',
  userIds: (name, records) => namesakesOf(records, name),
  sectionIssues,
  seed,
  records: { user: users.field, account: accounts.field, username: namesakes.field },
  collections: {
    users: { kind: 'user', nameOf: (user) => idOf(users.of(user)), open: false },
    accounts: {
      kind: 'account',
      nameOf: (account) => accounts.of(account).permalink,
      open: true,
      written: ({ permalink, ...spec }) => ({ accounts: { [String(permalink)]: spec } }),
    },
  },
  viewUser: (user, settings, now) => viewUser(users.of(user), settings, now),
  userKin: (user, records, isComing) => {
    const { account, username } = users.of(user)
    const others = namesakesOf(records, username).filter((id) => id !== userIdOf(account, username))
    const ids = isComing ? [...others, userIdOf(account, username)] : others
    return [ids.length === 0 ? namesakes.drop(username) : namesakes.put(username, { ids })]
  },
  changeUser: (user, change, settings, now) => changeUser(users.of(user), change, settings, now),
  get providerStates() {
    return providerStates
  },
  loadKit: async () => (await import('./kit.ts')).kit,
  mutants: async () => (await import('./mutants.ts')).mutants,
  tryOut: (url, { username, details }, { applications }) => {
    const [account = '', ...name] = username.split('/')
    const form = new URLSearchParams({
      username: name.join('/'),
      password: String(details['password']),
      account,
      ...(details['code'] === undefined ? {} : { two_factor_code: String(details['code']) }),
    })
    return ['-s', '-H', `X-Auth-Application: ${applications[0] ?? 'any'}`, '-d', String(form), url + authenticatePath]
  },
  outcome: ({ status, error }) => {
    const word = status ?? error
    return typeof word === 'string' ? { word, refused: word !== 'Authenticated' } : undefined
  },
  secrets: { members: [...userFacts.secrets, 'two_factor_code'], bodies: [] },
  lints: async () => (await import('./lints.ts')).lints,
  tracing: async () => (await import('./tracing.ts')).tracing,
}
