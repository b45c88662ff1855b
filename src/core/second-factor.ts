import type { Json } from './json.ts'
import type { Question } from './step.ts'

/** What a user proves the second factor with: one code that never changes, or an authenticator app's secret. */
export type SecondFactor = { readonly code: string } | { readonly secret: string }

/** How an authenticator app's secret is written. */
export const base32Pattern: RegExp = /^[A-Z2-7]{8,}=*$/i

/** A time-based code lives this long (RFC 6238 calls it the time step). */
export const totpPeriodMs = 30_000

/** Codes of this many periods before and after the current one are accepted as well. */
export const totpWindow = 1

/** Which period an instant lies in. */
export function totpCounter(instant: number): number {
  return Math.floor(instant / totpPeriodMs)
}

/** Whether a code is right at an instant of the server's clock. Time-based codes are asked for, not computed here. */
export function acceptsCode(
  factor: SecondFactor,
  code: string,
  now: number,
  answer: (question: Question) => Json,
): boolean {
  if ('code' in factor) return code === factor.code
  const counter = totpCounter(now)
  for (let offset = -totpWindow; offset <= totpWindow; offset++) {
    if (code === answer({ kind: 'totp', secret: factor.secret, counter: counter + offset })) return true
  }
  return false
}
