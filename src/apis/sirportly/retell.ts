import { headerValue, mediaType } from '../../core/http.ts'
import {
  eachLike,
  formed,
  given,
  integerLike,
  jsonType,
  like,
  loosen,
  type Interaction,
} from '../../core/interaction.ts'
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import type { TracedExchange, Untold } from '../../core/tracing.ts'
import { castOf, unusual, type Cast, type PactUser } from './cast.ts'
import { factsOf, type Facts } from './facts.ts'
import { formOf } from './form.ts'
import type { Settings } from './settings.ts'
import { userFacts } from './user-facts.ts'

/** The exchange, told of adam instead of whoever it was. */
export function retell(exchange: TracedExchange<Settings>): Interaction | Untold {
  const { operation, request, reply, settings } = exchange
  if (operation === undefined) return { untold: 'no operation has that path' }
  const facts = factsOf(exchange)
  const cast = castOf(facts, reply.clause, settings)
  const form = formOf(exchange, cast.credentials)
  return {
    title: `${what(facts)}${form.words}${unlessUsual(settings)}`,
    states: cast.states,
    request: {
      method: request.method,
      path: request.path,
      query: form.query,
      headers: { ...application(facts), ...form.headers },
      ...(form.body === undefined ? {} : { body: form.body }),
    },
    response: response(exchange, facts, cast),
  }
}

function application(facts: Facts): Interaction['request']['headers'] {
  if (facts.application === 'none') return {}
  const known = given('${application}', 'help-app', '^\\S+$')
  return { 'X-Auth-Application': facts.application === 'known' ? known : 'unknown-app' }
}

/** What is set otherwise than it comes. */
function unlessUsual(settings: Settings): string {
  const words = Object.entries(unusual(settings)).map(([name, value]) =>
    value === 'always200' ? 'every status is 200' : `${name} is ${String(value)}`,
  )
  return words.length === 0 ? '' : `, where ${words.join(' and ')}`
}

function what(facts: Facts): string {
  const { parameters, namesakes, account, application: from, isRightSomewhere } = facts
  if (from !== 'known') return from === 'none' ? 'no application' : 'an unknown application'
  const missing = (['username', 'password'] as const).filter((name) => parameters[name] === undefined)
  if (missing.length > 0) return missing.map((name) => `no ${name}`).join(' and ')
  if (account === 'unknown' || account === 'disabled') {
    return isRightSomewhere ? `${an[account]} account` : `wrong credentials for ${an[account]} account`
  }
  const where = account === 'none' ? ' for any account' : ''
  const outside = facts.isPermitted ? '' : ' from an address that is not permitted'
  const isHere = namesakes.some(({ hasPassword }) => hasPassword)
  if (isRightSomewhere && account === 'open' && !isHere) return `credentials of another account${outside}`
  if (namesakes.length === 0) return `an unknown user${where}${outside}`
  const matching = namesakes.filter(({ hasPassword }) => hasPassword)
  if (matching.length === 0) return `a wrong password${where}${outside}`
  const whose = matching.map(({ state, user }) => whom[state === 'active' ? user.secondFactor : state])
  return `right credentials${code(facts)}${where} of ${[...new Set(whose)].join(' and ')}${outside}`
}

const an = { unknown: 'an unknown', disabled: 'a disabled' } as const

const whom: { readonly [state: string]: string } = {
  none: 'a user',
  'set-up': 'a user with a second factor',
  locked: 'a user whose second factor is locked',
  'no-api-access': 'a user without API access',
  'two-factor-required': 'a user who has to set up a second factor',
}

function code({ parameters, namesakes }: Facts): string {
  const asked = namesakes.some(({ user, state }) => user.secondFactor === 'set-up' && state === 'active')
  if (parameters.code === undefined) return asked ? ' without a code' : ''
  if (!asked) return ' with a code'
  return namesakes.some(({ hasCode }) => hasCode) ? ' with the right code' : ' with a wrong code'
}

function response({ reply, request }: TracedExchange<Settings>, facts: Facts, cast: Cast): Interaction['response'] {
  const { status } = reply
  const isJson = mediaType(headerValue(reply.headers, 'content-type')) === 'application/json'
  const headers = isJson ? { 'Content-Type': jsonType } : {}
  if (request.method === 'HEAD') return { status, headers, body: '' }
  const body: Json = withoutInvitation(JSON.parse(String(reply.body)))
  return { status, headers, body: loosen(body, template(body, facts, cast)) }
}

/** An invite code is a text or null, which no matcher of a pact can say. */
function withoutInvitation(body: Json): Json {
  if (Array.isArray(body)) return body.map(withoutInvitation)
  if (!isJsonObject(body)) return body
  const members = Object.entries(body).filter(([name]) => name !== 'invite_code')
  return Object.fromEntries(members.map(([name, value]) => [name, withoutInvitation(value ?? null)]))
}

const blank = eachLike("can't be blank")

/** What answers may vary in, and whom they tell of. */
function template(body: Json, { application: from }: Facts, { parts, credentials }: Cast): JsonObject {
  const { account } = credentials
  const users = isJsonObject(body) && Array.isArray(body['users']) ? (body['users'] as readonly Json[]) : []
  const parted = users.map((user) => parts.find((part) => isJsonObject(user) && part.user.id === user['id']))
  const [own] = parts
  return {
    user: own === undefined ? undefined : wireUser(own, integerLike(own.id)),
    users: parted.map((part) => (part === undefined ? null : wireUser(part, part.id))),
    ...credentials,
    errors: { username: blank, password: blank },
    ip: formed('^[0-9a-f:.]+$', '127.0.0.1'),
    message: like(from === 'known' ? `No account found matching '${account ?? ''}'` : 'No such application'),
  }
}

/** A user as the wire has it (SP-07): who it is, exactly; the rest, by its kind. */
function wireUser({ permalink, state, user }: PactUser, id: Json): JsonObject {
  const domain = `${permalink}.sirportly.example`
  // Only one provider state says whether the invitation was accepted.
  const isSaid = state === 'active' && user.secondFactor === 'none'
  return {
    id,
    username: userFacts.given.username,
    first_name: like('Adam'),
    last_name: like('Anywhere'),
    email_address: formed('^\\S+@\\S+$', 'adam@help.example'),
    time_zone: like('London'),
    created_at: formed(
      '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:?\\d{2})$',
      '2012-01-12T22:09:01+00:00',
    ),
    'activated?': isSaid ? user.activated : like(true),
    permissions: { admin: like(false), reporting: like(true), tickets: like(true), api: like(true) },
    account: {
      name: like('aTech Media'),
      permalink,
      domain: formed('^[\\w.-]+$', domain),
      domain_with_protocol: formed('^https?://[\\w.-]+$', `https://${domain}`),
    },
    api_token: { token: like('b76add71'), secret: like('xwn1kykh') },
  }
}
