import { choice, flag, integer, nullable, object, text, type AnyField, type FieldMap } from '../core/field.ts'
import type { Json } from '../core/json.ts'
import { kind, type Kind } from '../core/kind.ts'
import { alphabets } from '../core/random.ts'
import { fact, factIn, factTable, type FactTable, type UserFact } from '../model/fact.ts'
import { totpFact } from '../model/factor.ts'
import { lockoutFacts } from '../model/lockout-facts.ts'
import type { AnyDefinition } from './any-definition.ts'
import { madeUp } from './made-up.ts'

/** A user as recorded; which of these there are depends on the parts that the API has. */
export type OwnUserRecord = {
  readonly username: string
  readonly failures?: number
  readonly lock?: { readonly until: number | null } | null
  /** When the last failure was. */
  readonly failedAt?: number | null
  /** How many locks there were. */
  readonly locks?: number
  readonly pin?: string
  readonly code?: string
  readonly totp?: { readonly secret: string; readonly usedCounter?: number }
  /** Raised to end every session at once. */
  readonly sessionEpoch?: number
  readonly [fact: string]: Json | undefined
}

/** The facts of a table whose names are not known here. */
export type UserFacts = FactTable<{ readonly [name: string]: UserFact & { readonly [Where in Place]: AnyField } }>
type Place = 'scenario' | 'change' | 'record' | 'param'

/** What is known of users: what the definition says, and what its parts add. */
export interface OwnUsers {
  readonly facts: UserFacts
  readonly users: Kind<OwnUserRecord>
  /** The facts that the definition says. */
  readonly own: readonly string[]
}

/** Reads what there is to know of users off a definition. */
export function ownUsers(definition: AnyDefinition): OwnUsers {
  const facts = factTable({
    username: factIn({ record: text({ about: 'the key' }) }, { made: ({ name }) => name }),
    ...stateFact(definition),
    ...ownFacts(definition.user),
    ...lockFacts(definition),
    ...codeFacts(definition),
    ...(definition.sessions === undefined ? {} : epochFact),
  }) as unknown as UserFacts
  const users = kind('user', facts.record as FieldMap) as unknown as Kind<OwnUserRecord>
  return { facts, users, own: Object.keys(definition.user) }
}

function stateFact({ lockout, sessions }: AnyDefinition): { readonly [name: string]: UserFact } {
  const locked = lockout === undefined ? [] : [lockout.word]
  const expired = sessions === undefined ? [] : ['expired']
  if (locked.length + expired.length === 0) return {}
  const meanings = Object.fromEntries([
    ['open', 'may go on'],
    ...locked.map((word) => [word, 'nothing is taken until the lock ends']),
    ...expired.map((word) => [word, 'every session of the user has ended']),
  ]) as { readonly [word: string]: string }
  return {
    state: factIn({
      ...(locked.length === 0
        ? {}
        : { scenario: choice(['open', ...locked], { about: 'at the start', meanings, default: 'open' }) }),
      change: choice(['open', ...locked, ...expired], { about: 'what the user is from now on', meanings }),
    }),
  }
}

/** Where a fact has to be said, one is made up for a user of whom nobody has said it. */
function ownFacts(fields: FieldMap): { readonly [name: string]: UserFact } {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const isOptional = field.optional === true
      const roles = ['scenario', 'change', isOptional ? 'record?' : 'record', 'param?', 'shown'] as const
      if (isOptional) return [name, fact(field, roles)]
      return [name, fact(field, roles, { made: field.default ?? (({ draw }) => madeUp(field, draw(name), name)) })]
    }),
  )
}

function lockFacts({ lockout }: AnyDefinition): { readonly [name: string]: UserFact } {
  if (lockout === undefined) return {}
  const { word, counts, forgottenAfter, quick, foreverAfter } = lockout
  const until = { until: nullable(integer({ about: 'in milliseconds; null: until somebody lifts it' })) }
  const failedAt = integer({ about: 'when the last failure was, in milliseconds' })
  return {
    ...lockoutFacts({ counts, noun: 'lock', after: 'lockAfter', for: 'lockFor' }),
    [word]: factIn({ change: flag({ about: `whether the user is ${word}: the same as the state` }) }),
    lock: fact(nullable(object(until, { about: 'a lock, past or not' })), ['record'], { made: null }),
    ...(forgottenAfter === undefined && quick === undefined
      ? {}
      : { failedAt: fact(nullable(failedAt), ['record'], { made: null }) }),
    ...(foreverAfter === undefined
      ? {}
      : { locks: fact(integer({ about: 'how many locks there were', min: 0 }), ['record'], { made: 0 }) }),
  }
}

function codeFacts({ secondFactor }: AnyDefinition): { readonly [name: string]: UserFact } {
  if (secondFactor === undefined) return {}
  const { called } = secondFactor
  const code = text({
    about: `a fixed ${called} of the second factor`,
    secret: true,
    pattern: /^[0-9]{1,32}$/,
    shape: 'made of digits only',
  })
  return {
    [called]: fact(code, ['scenario?', 'change', 'record?', 'param?', 'shown'], {
      blank: 'six digits by seed',
      made: ({ spec, draw }) => (spec['totp'] === undefined ? draw(called).text(6, alphabets.digits) : undefined),
    }),
    totp: totpFact(`${called}s`),
  }
}

const epochFact = {
  sessionEpoch: fact(integer({ about: 'raised to end every session of the user at once', min: 0 }), ['record'], {
    made: 0,
  }),
}
