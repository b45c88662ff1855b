import { bodyText, headerValue, type HttpRequest } from '../../core/http.ts'
import { asObject, isJsonObject, objectIn, type Json, type JsonObject } from '../../core/json.ts'
import type { ToldOfUser, RecordedAnswer } from '../../core/kit.ts'

/** What Sirportly tells of whoever signs in, and which application was taken. */
export function introduce(request: HttpRequest, { body }: Pick<RecordedAnswer, 'body'>): ToldOfUser {
  const { user, users, error } = objectIn(body)
  const told = (isJsonObject(user) ? [user] : Array.isArray(users) ? (users as readonly Json[]) : []).filter(
    isJsonObject,
  )
  const sent = new URLSearchParams(`${request.query}&${bodyText(request.body) ?? ''}`).get('account') ?? undefined
  const [account = sent, otherAccount] = told.map(permalinkOf)
  const application = headerValue(request.headers, 'x-auth-application')
  return {
    isIn: told.length > 0,
    facts: {
      ...(account === undefined ? {} : { account }),
      ...(otherAccount === undefined ? {} : { otherAccount }),
      ...(told.length === 1 ? factsOf(asObject(told[0])) : {}),
    },
    ...(application === undefined || application === '' || error === 'InvalidApplication'
      ? {}
      : { listed: { applications: application } }),
  }
}

function permalinkOf(user: JsonObject): string | undefined {
  const { permalink } = asObject(user['account'])
  return typeof permalink === 'string' ? permalink : undefined
}

function factsOf(user: JsonObject): JsonObject {
  const { id, first_name: firstName, last_name: lastName, email_address: emailAddress, time_zone: timeZone } = user
  return Object.fromEntries(
    Object.entries({ id, firstName, lastName, emailAddress, timeZone }).filter(([, value]) => isFact(value)),
  )
}

function isFact(value: Json | undefined): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '')
}
