import { choice, integer } from './field.ts'
import type { Infer } from './infer.ts'
import type { Json } from './json.ts'
import type { Question } from './step.ts'

/** What a user proves the second factor with: one code that never changes, or an authenticator app's secret. */
export type SecondFactor =
  | { readonly code: string }
  | {
      readonly secret: string
      /** The period of the last code that was taken; older ones are used up. */ readonly usedCounter?: number
    }

/** The settings of time-based codes. */
export const codeFields = {
  codeReuse: choice(['allowed', 'refused'], {
    about: 'whether a time-based code may be used again while it is valid',
    meanings: { allowed: 'as often as one likes', refused: 'once, as RFC 6238 wants it' },
    default: 'allowed',
  }),
  codeWindow: integer({
    about: 'so many periods of 30 seconds before and after the current one have codes that are valid as well',
    default: 1,
    min: 0,
    max: 10,
  }),
}

/** What an administrator sets of time-based codes. A fixed code may always be used again. */
export type CodeSettings = Infer<typeof codeFields>

/** Describes the settings of time-based codes for an API in which they are such an open point. */
export function codeSettings(openPoint: string): typeof codeFields {
  const { codeReuse, codeWindow } = codeFields
  return { codeReuse: { ...codeReuse, openPoint }, codeWindow: { ...codeWindow, openPoint } }
}

/** Whether a server with such settings takes a time-based code once only. */
export function takesCodesOnce({ codeReuse }: { readonly codeReuse?: unknown }): boolean {
  return codeReuse === 'refused'
}

/** How long to wait until another time-based code is shown, in milliseconds. */
export function untilNextCode(now: number): number {
  // A little more, as clocks are not known to the millisecond.
  return totpPeriodMs - (now % totpPeriodMs) + 1000
}

/** A time-based code lives this long (RFC 6238 calls it the time step). */
export const totpPeriodMs = 30_000

/** Which period an instant lies in. */
export function totpCounter(instant: number): number {
  return Math.floor(instant / totpPeriodMs)
}

/** What comes of a code; with a right time-based one that must not be used again, the period that is to be noted. */
export type CodeVerdict =
  | { readonly isRight: true; readonly usedCounter?: number }
  | { readonly isRight: false; /** It was right once. */ readonly isUsedUp: boolean }

/** Looks at a code at an instant of the server's clock. Time-based codes are asked for, not computed here. */
export function judgeCode(
  factor: SecondFactor,
  code: string,
  now: number,
  { codeReuse, codeWindow }: CodeSettings,
  answer: (question: Question) => Json,
): CodeVerdict {
  if ('code' in factor) return code === factor.code ? { isRight: true } : { isRight: false, isUsedUp: false }
  const used = codeReuse === 'refused' ? (factor.usedCounter ?? -Infinity) : -Infinity
  let isUsedUp = false
  for (let counter = totpCounter(now) - codeWindow; counter <= totpCounter(now) + codeWindow; counter++) {
    if (code !== answer({ kind: 'totp', secret: factor.secret, counter })) continue
    if (counter > used) return { isRight: true, ...(codeReuse === 'refused' ? { usedCounter: counter } : {}) }
    isUsedUp = true
  }
  return { isRight: false, isUsedUp }
}
