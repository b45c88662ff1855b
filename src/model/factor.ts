import type { Issue } from '../core/errors.ts'
import { integer, object, type Field, type ObjectField } from '../core/field.ts'
import type { Presence } from '../core/infer.ts'
import { judgeCode, type CodeSettings, type CodeVerdict } from '../core/second-factor.ts'
import { alphabets } from '../core/random.ts'
import type { Context } from '../core/step.ts'
import { totpSecret } from '../core/totp-secret.ts'
import { factIn, type FactIn } from './fact.ts'

/** What a user proves a second factor with: one code that never changes, or an authenticator app; neither, if none is set up. */
export interface Factor {
  readonly code?: string | undefined
  readonly totp?: { readonly secret: string; readonly usedCounter?: number } | undefined
}

/** Where an API keeps the second factor of its users, and what it calls a code. */
export interface FactorOptions<User> {
  /** A PIN, a code. */
  readonly word: string
  readonly read: (user: User) => Factor
  /** The user with this factor and no other. */
  readonly write: (user: User, factor: Factor) => User
}

/** The second factor of the users of one API. */
export interface UserFactor<User> {
  /** Whether there is something to enter a code for. */
  readonly isSetUp: (user: User) => boolean
  /** What comes of a code, and the user with a code noted that was taken, where codes are taken once. */
  readonly judge: (user: User, code: string, context: FactorContext) => CodeVerdict & { readonly user: User }
  /** The user with the factor that a change gives, if it gives one. */
  readonly replace: (user: User, factor: Factor) => User
  /** The user with no second factor. */
  readonly without: (user: User) => User
  /** What is wrong with a factor that somebody wrote. */
  readonly issues: (written: { readonly code?: unknown; readonly totp?: unknown }) => readonly Issue[]
}

/** What looking at a code takes of the context of a step. */
export type FactorContext = Pick<Context<CodeSettings>, 'now' | 'settings' | 'answer'>

/** Binds looking at codes to the records and the words of an API. */
export function userFactor<User>({ word, read, write }: FactorOptions<User>): UserFactor<User> {
  return {
    isSetUp: (user) => Object.values(read(user)).some((each) => each !== undefined),
    judge: (user, code, { now, settings, answer }) => {
      const { code: fixed = '', totp } = read(user)
      const verdict = judgeCode(totp ?? { code: fixed }, code, now, settings, answer)
      const usedCounter = verdict.isRight ? verdict.usedCounter : undefined
      const isNoted = totp !== undefined && usedCounter !== undefined
      return { ...verdict, user: isNoted ? write(user, { totp: { ...totp, usedCounter } }) : user }
    },
    replace: (user, { code, totp }) => (code === undefined && totp === undefined ? user : write(user, { code, totp })),
    without: (user) => write(user, {}),
    issues: ({ code, totp }) => {
      if (code === undefined || totp === undefined) return []
      return [{ path: ['totp'], message: `A user has either a fixed ${word} or time-based ones, not both.` }]
    },
  }
}

type Secret<Is extends Presence> = { readonly secret: Field<string, string, Is> }

/** See {@link totpFact}. */
export type TotpFact = FactIn<{
  readonly scenario: ObjectField<Secret<'may'>, 'may'>
  readonly change: ObjectField<Secret<'must'>>
  readonly record: ObjectField<Secret<'must'> & { readonly usedCounter: Field<number, number, 'may'> }, 'may'>
}>

const secret = { secret: totpSecret({ about: 'secret of an authenticator app' }) }

/** The fact that somebody enters time-based codes; `codes` is what an API calls them. */
export function totpFact(codes: string): TotpFact {
  const secretIn = {
    about: 'the secret, in Base32 or as otpauth:// address; by seed if blank',
    optional: true,
  } as const
  const app = `time-based ${codes} (RFC 6238: 6 digits, 30 s) instead of a fixed one`
  return factIn(
    {
      scenario: object({ secret: totpSecret(secretIn) }, { about: app, optional: true }),
      change: object(secret, { about: `time-based ${codes} instead of a fixed one` }),
      record: object(
        {
          secret: totpSecret({ about: 'Base32' }),
          usedCounter: integer({ about: 'the period of the last code taken', optional: true }),
        },
        { about: 'time-based', optional: true },
      ),
    },
    {
      shown: true,
      kept: ({ secret: written }: { readonly secret?: string }, { draw }) => ({
        secret: written ?? draw('totp').text(32, alphabets.base32),
      }),
    },
  )
}
