import { HOTP, Secret } from 'otpauth'
import type { Answerer } from './answers.ts'

/**
 * The six digits of an authenticator app for one period: RFC 6238 is RFC 4226 with the period's number as counter.
 * The library is asked for the code, not for a verdict, because which periods are accepted is a rule of the API.
 */
export const totpCode: Answerer<'totp'> = ({ secret, counter }) =>
  HOTP.generate({ secret: Secret.fromBase32(secret), counter, digits: 6, algorithm: 'SHA1' })
