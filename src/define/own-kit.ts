import { codesOf, comparisonOf } from '../core/clause-readers.ts'
import type { ClauseTable } from '../core/clause-entry.ts'
import type { AnyField } from '../core/field.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Account, Kit, Lockout, Role, SentPlaces } from '../core/kit.ts'
import { createRandom } from '../core/random.ts'
import type { Carrier } from '../model/sessions.ts'
import { codeName } from './code-name.ts'
import type { LockoutDefinition } from './definition.ts'
import { madeUp } from './made-up.ts'
import type { Model } from './model.ts'
import { strangersOf } from './own-strangers.ts'

/** What it takes to check servers of an API of one's own, as far as its definition tells. Journeys are those of files. */
export function ownKit(model: Model, clauses: ClauseTable): Kit {
  const { definition, sessions } = model
  const { carrier } = sessions ?? {}
  const cookie = carrier !== undefined && carrier !== 'bearer' && 'cookie' in carrier ? carrier.cookie : undefined
  const comparison = comparisonOf(clauses)
  const tells = tellsOf(model)
  const facts = Object.fromEntries(factsOf(model).map((name) => [name, definition.user[name] as AnyField]))
  return {
    roles: rolesOf(model),
    journeys: [],
    trial: { settings: {}, pin: '123456', facts: trialFacts(model) },
    section: (accounts) => ({
      users: Object.fromEntries(accounts.map((account) => [account.username, userOf(model, account)])),
    }),
    secretFacts: factsOf(model).filter((name) => definition.user[name]?.secret === true),
    ...(definition.lockout === undefined ? {} : { lockout: lockoutOf(model, clauses), suggest: () => otherLocks }),
    ...(tells === undefined ? {} : { tells }),
    strangers: strangersOf(facts, createRandom('strangers')),
    ...(carrier === undefined || cookie !== undefined ? {} : { sessionHeader: headerOf(carrier) }),
    ...comparison,
    // Whoever hands out a session draws its id.
    volatile: {
      ...(cookie === undefined ? {} : { [`cookie.${cookie}`]: 'anything' as const }),
      ...comparison.volatile,
    },
    headers: cookie === undefined ? [] : ['set-cookie'],
  }
}

/** The header that carries a session; none where a cookie does. */
function headerOf(carrier: Carrier): string {
  return carrier === 'bearer' ? 'authorization' : 'header' in carrier ? carrier.header.toLowerCase() : ''
}

/** How many failures lock elsewhere, and for how long: what is worth a try where a server locks otherwise. */
const otherLocks = {
  lockAfter: [2, 3, 4, 5, 6, 8, 10].map((lockAfter) => ({ lockAfter })),
  lockFor: ['1m', '5m', '15m', '30m', '1h', '24h'].map((lockFor) => ({ lockFor })),
}

/** The facts of a user that an account writes down as such: all but its password and its code, which it has members for. */
function factsOf({ definition, own }: Model): string[] {
  return own.filter((name) => name !== 'password' && name !== codeName(definition))
}

/** Where requests tell users, passwords and codes, whatever the code is called; undefined where none is said to. */
function tellsOf({ definition }: Model): Kit['tells'] {
  const code = codeName(definition)
  const all = Object.entries(definition.operations).map(([operation, { tells = {} }]): [string, SentPlaces] => [
    operation,
    Object.fromEntries(Object.entries(tells).map(([fact, where]) => [fact === code ? 'code' : fact, where])),
  ])
  return all.some(([, places]) => Object.keys(places).length > 0) ? Object.fromEntries(all) : undefined
}

function rolesOf(model: Model): Kit['roles'] {
  const { definition, own } = model
  const { user, lockout } = definition
  const required = (name: string): boolean => user[name]?.optional !== true && user[name]?.default === undefined
  const facts = factsOf(model).filter(required)
  const code = codeName(definition)
  const params = {
    username: '{username}',
    ...(own.includes('password') ? { password: '{password}' } : {}),
    ...(code === undefined ? {} : { [code]: '{pin}' }),
    ...Object.fromEntries(facts.map((name) => [name, `{${name}}`])),
  }
  const role = (about: string, state: string): Role => ({
    about,
    state: { name: state, params },
    ...(facts.length === 0
      ? {}
      : { facts: Object.fromEntries(facts.map((name) => [name, user[name]?.about ?? name])) }),
  })
  const open = 'a user who is open'
  return {
    user: role('is open', open),
    ...(lockout === undefined
      ? {}
      : {
          disposable: role(`is open, and may be ${lockout.word}`, open),
          [lockout.word]: { ...role(`is ${lockout.word}`, `a user who is ${lockout.word}`), isLocked: true },
        }),
  }
}

function userOf(model: Model, { role, username, password = username, pin, totp, facts = {} }: Account): JsonObject {
  const { definition, own } = model
  const code = codeName(definition)
  return {
    ...(own.includes('password') ? { password } : {}),
    ...(code === undefined || pin === undefined || totp !== undefined ? {} : { [code]: pin }),
    ...(totp === undefined ? {} : { totp }),
    ...(role === definition.lockout?.word ? { state: role } : {}),
    ...facts,
  }
}

function trialFacts(model: Model): JsonObject {
  // Always the same: they stand for whatever an account has.
  const draw = createRandom('trial')
  const { user } = model.definition
  return Object.fromEntries(
    factsOf(model).map((name): [string, Json] => {
      const field = user[name] as AnyField
      return [name, field.default ?? madeUp(field, draw, name)]
    }),
  )
}

function hasPast({ afterLock, forgottenAfter, quick, foreverAfter }: Partial<LockoutDefinition<string>> = {}): boolean {
  return afterLock === 'kept' || [forgottenAfter, quick, foreverAfter].some((part) => part !== undefined)
}

function lockoutOf({ definition }: Model, clauses: ClauseTable): Lockout {
  const operations = Object.entries(definition.operations)
  const trying = operations.filter(
    ([, { tries, tells = {} }]) => tries ?? Object.keys(tells).some((fact) => fact !== 'username'),
  )
  return {
    // Which of them looks at a code is in no answer: all may, where nobody says.
    operations: (trying.length === 0 ? operations : trying).map(([name]) => name),
    ...codesOf(clauses),
    clear: [],
    hasPast: hasPast(definition.lockout),
    after: 'lockAfter',
    for: 'lockFor',
    role: 'disposable',
    state: definition.lockout?.word ?? '',
  }
}
