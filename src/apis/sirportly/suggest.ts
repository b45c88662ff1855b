import { headerValue } from '../../core/http.ts'
import { objectIn, type Json, type JsonObject } from '../../core/json.ts'
import type { RecordedAnswer, DiagnosisContext } from '../../core/kit.ts'

/** As many wrong codes does a diagnosis send. */
export const mostWrongCodes = 12

/** For how long most servers lock, if not for good. */
export const lockTimes: readonly string[] = ['1m', '5m', '10m', '15m', '30m', '1h', '2h', '4h', '8h', '12h', '1d']

/** An address for documents, which nobody has. */
export const forwarded = { 'x-forwarded-for': '203.0.113.9' }

/** What may be set: any small limit, any usual time, and that only this application is known. */
export function suggest(
  _: readonly RecordedAnswer[],
  { settings }: DiagnosisContext,
): { readonly [setting: string]: readonly JsonObject[] } {
  const [application = 'auth-understudy'] = (settings['applications'] as readonly string[] | undefined) ?? []
  const lockAfter = Number(settings['lockAfter'] ?? 5)
  return {
    applications: [{ applications: [] }, { applications: [application] }],
    lockAfter: [
      ...Array.from({ length: mostWrongCodes }, (__, index) => ({ lockAfter: index + 1 })),
      // A lock that the locking code is told looks much like one of a code less that it is not.
      { lockAfter: Math.max(1, lockAfter - 1), lockingCode: 'invalid' },
      { lockAfter: lockAfter + 1, lockingCode: 'locked' },
    ],
    lockFor: [null, ...lockTimes].map((lockFor) => ({ lockFor })),
  }
}

/** Whose word on addresses is taken: an answer that refuses an address names it. */
export function tell(recorded: readonly RecordedAnswer[]): { readonly [setting: string]: { value: Json; by: string } } {
  for (const { sent, body } of recorded) {
    const claimed = headerValue(sent, 'x-forwarded-for')
    const ip = claimed === undefined ? undefined : objectIn(body)['ip']
    if (typeof ip !== 'string') continue
    const by = `a request with X-Forwarded-For: ${claimed} was refused as from ${ip}`
    return { trustProxy: { value: ip === claimed, by } }
  }
  return {}
}
