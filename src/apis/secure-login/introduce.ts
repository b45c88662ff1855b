import type { HttpRequest } from '../../core/http.ts'
import { objectIn } from '../../core/json.ts'
import type { ToldOfUser, RecordedAnswer } from '../../core/kit.ts'

/** What Secure Login, and its host, tell of whoever asks. */
export function introduce(_: HttpRequest, { status, body }: Pick<RecordedAnswer, 'status' | 'body'>): ToldOfUser {
  const { displayName, emailAddress } = objectIn(body)
  const facts = Object.entries({ displayName, emailAddress }).filter(([, value]) => typeof value === 'string')
  return { isIn: status >= 200 && status < 300, facts: Object.fromEntries(facts) }
}
