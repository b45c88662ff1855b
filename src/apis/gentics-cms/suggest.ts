import { isCookieOver, readSetCookie } from '../../core/cookie.ts'
import { headerValues } from '../../core/http.ts'
import { isJsonObject, objectIn, type Json, type JsonObject } from '../../core/json.ts'
import type { RecordedAnswer, DiagnosisContext } from '../../core/kit.ts'
import { secretCookie } from './wire.ts'

/** For how long sessions live on most servers. */
export const sessionTimes: readonly string[] = ['5m', '10m', '15m', '30m', '1h', '2h', '4h', '8h', '12h', '1d']

/** What may be set: any usual life of a session, addresses that need none, and an SSO system that cannot be asked. */
export function suggest(
  _: readonly RecordedAnswer[],
  { settings }: DiagnosisContext,
): { readonly [setting: string]: readonly JsonObject[] } {
  const { sso, dialect } = settings
  return {
    sessionFor: sessionTimes.map((sessionFor) => ({ sessionFor })),
    allowFrom: [[], ['0.0.0.0/0', '::/0']].map((allowFrom) => ({ allowFrom })),
    // One version before each change, and before two of them.
    version: dialect === 'observed' ? ['6.2.6', '6.3.12', '6.0.2'].map((version) => ({ version })) : [],
    sso: [false, true].map((failing) => ({ sso: { ...(isJsonObject(sso) ? sso : {}), failing } })),
  }
}

/** What answers show of themselves: the global prefix with the messages beside it, and whether cookies are Secure. */
export function tell(recorded: readonly RecordedAnswer[]): Told {
  return { ...tellPrefix(recorded), ...tellSecure(recorded) }
}

type Told = { readonly [setting: string]: { value: Json; by: string } }

/** The global prefix, which anybody is told, and the messages beside it. */
function tellPrefix(recorded: readonly RecordedAnswer[]): Told {
  for (const { path, body } of recorded) {
    if (!path.endsWith('/globalprefix')) continue
    const { responseInfo, messages } = objectIn(body)
    const prefix = isJsonObject(responseInfo) ? responseInfo['responseMessage'] : undefined
    if (typeof prefix !== 'string' || !/^[0-9A-Za-z]{4}$/.test(prefix)) continue
    const by = `GET ${path} told it`
    const some = Array.isArray(messages) ? messages.filter(isJsonObject).map(toMessage) : []
    return { globalPrefix: { value: prefix, by }, messages: { value: some, by } }
  }
  return {}
}

/** Nothing is wrong with a cookie that has an attribute more, so no comparison finds out. */
function tellSecure(recorded: readonly RecordedAnswer[]): Told {
  for (const { path, headers, at } of recorded) {
    const set = headerValues(headers, 'set-cookie').flatMap((line) => readSetCookie(line) ?? [])
    const secret = set.find((cookie) => cookie.name === secretCookie && !isCookieOver(cookie, at))
    if (secret === undefined) continue
    const value = secret.attributes.has('secure')
    return { secureCookies: { value, by: `${path} set the cookie ${value ? 'with' : 'without'} Secure` } }
  }
  return {}
}

/** A message as a scenario writes it. */
function toMessage({ type, message, fieldName, image, sender, id }: JsonObject): JsonObject {
  const login = isJsonObject(sender) ? sender['login'] : undefined
  const members = { type, message, fieldName, image, sender: login, id }
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ''))
}
