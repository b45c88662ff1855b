import { codesOf, comparisonOf } from '../core/clause-readers.ts'
import type { ClauseTable } from '../core/clause-entry.ts'
import type { AnyField } from '../core/field.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Account, Kit, Lockout, Role } from '../core/kit.ts'
import { createRandom } from '../core/random.ts'
import { madeUp } from './made-up.ts'
import type { Model } from './model.ts'

/** What it takes to check servers of an API of one's own, as far as its definition tells. Journeys are those of files. */
export function ownKit(model: Model, clauses: ClauseTable): Kit {
  const { definition, sessions } = model
  const { carrier } = sessions ?? {}
  const cookie = carrier !== undefined && carrier !== 'bearer' && 'cookie' in carrier ? carrier.cookie : undefined
  const comparison = comparisonOf(clauses)
  return {
    roles: rolesOf(model),
    journeys: [],
    trial: { settings: {}, pin: '123456', facts: trialFacts(model) },
    section: (accounts) => ({
      users: Object.fromEntries(accounts.map((account) => [account.username, userOf(model, account)])),
    }),
    secretFacts: factsOf(model).filter((name) => definition.user[name]?.secret === true),
    ...(definition.lockout === undefined ? {} : { lockout: lockoutOf(model, clauses), suggest: () => otherLocks }),
    ...comparison,
    // Whoever hands out a session draws its id.
    volatile: {
      ...(cookie === undefined ? {} : { [`cookie.${cookie}`]: 'anything' as const }),
      ...comparison.volatile,
    },
    headers: cookie === undefined ? [] : ['set-cookie'],
  }
}

/** How many failures lock elsewhere, and for how long: what is worth a try where a server locks otherwise. */
const otherLocks = {
  lockAfter: [2, 3, 4, 5, 6, 8, 10].map((lockAfter) => ({ lockAfter })),
  lockFor: ['1m', '5m', '15m', '30m', '1h', '24h'].map((lockFor) => ({ lockFor })),
}

/** What a target's account has a member of its own for: the name of the fact here. */
function codeName({ definition: { user, secondFactor } }: Model): string | undefined {
  return secondFactor?.called ?? ['pin', 'code'].find((name) => Object.hasOwn(user, name))
}

/** The facts of a user that an account writes down as such: all but its password and its code. */
function factsOf(model: Model): string[] {
  return model.own.filter((name) => name !== 'password' && name !== codeName(model))
}

function rolesOf(model: Model): Kit['roles'] {
  const { definition, own } = model
  const { user, lockout } = definition
  const required = (name: string): boolean => user[name]?.optional !== true && user[name]?.default === undefined
  const facts = factsOf(model).filter(required)
  const code = codeName(model)
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
  const code = codeName(model)
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

function lockoutOf({ definition }: Model, clauses: ClauseTable): Lockout {
  const operations = Object.entries(definition.operations)
  const trying = operations.filter(([, { tries }]) => tries === true)
  return {
    // Which of them looks at a code is in no answer: all may, where nobody says.
    operations: (trying.length === 0 ? operations : trying).map(([name]) => name),
    ...codesOf(clauses),
    clear: [],
    after: 'lockAfter',
    for: 'lockFor',
    role: 'disposable',
    state: definition.lockout?.word ?? '',
  }
}
