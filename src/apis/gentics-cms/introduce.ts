import type { HttpRequest } from '../../core/http.ts'
import { asObject, objectIn } from '../../core/json.ts'
import type { ToldOfUser, RecordedAnswer } from '../../core/kit.ts'

/** What the CMS tells of whoever logs in. */
export function introduce(_: HttpRequest, { body }: Pick<RecordedAnswer, 'body'>): ToldOfUser {
  const { user, sid } = objectIn(body)
  const { id, login, firstName, lastName, email } = asObject(user)
  const facts = Object.entries({ id, firstName, lastName, email }).filter(
    ([, value]) => typeof value === 'number' || (typeof value === 'string' && value !== ''),
  )
  return {
    isIn: sid !== undefined || id !== undefined,
    ...(typeof login === 'string' ? { username: login } : {}),
    facts: Object.fromEntries(facts),
  }
}
