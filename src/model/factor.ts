import type { Issue } from '../core/errors.ts'
import { integer, object } from '../core/field.ts'
import { judgeCode, type CodeSettings, type CodeVerdict } from '../core/second-factor.ts'
import type { Context } from '../core/step.ts'
import { totpSecret } from '../core/totp-secret.ts'

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
    issues: ({ code, totp }) => {
      if (code === undefined || totp === undefined) return []
      return [{ path: ['totp'], message: `A user has either a fixed ${word} or time-based ones, not both.` }]
    },
  }
}

const period = integer({ about: 'the period of the last code taken', optional: true })

/** What the record of a user has who enters time-based codes. */
export const totpRecord = object(
  { secret: totpSecret({ about: 'Base32' }), usedCounter: period },
  { about: 'time-based', optional: true },
)
