import type { AnyApi, NamedResult } from '../core/api.ts'
import type { Clause } from '../core/clause.ts'
import { describeFault, faultClause } from '../core/fault.ts'
import type { Infer } from '../core/infer.ts'
import { toIso } from '../core/instant.ts'
import { isJsonObject, sameJson, type Json, type JsonObject } from '../core/json.ts'
import type { Lint } from '../core/lint.ts'
import type { Reply } from '../core/step.ts'
import type { Entry } from './entry.ts'
import { bystanders } from './world-beside.ts'
import { fieldOfRecord } from './check-record.ts'
import { cutOff, maskKey, maskTokens, type IsToken } from './mask.ts'
import { maskBody, maskForm, maskHeaders, type BodySecrecy } from './mask-message.ts'
import { maskPath } from './mask-path.ts'
import { maskRecord } from './mask-record.ts'
import { secretNames, type SecrecyOf } from '../core/secret-name.ts'
import type { changeFields, exchangeFields, lintFields, requestFields, whyFields } from './view-fields.ts'

/** A request and its answer, secrets masked: what `requests` lists. */
export type RequestView = Infer<typeof requestFields>

/** One exchange in full, secrets masked. */
export type ExchangeView = Infer<typeof exchangeFields>

/** Headers and body of one direction. */
export type MessageView = ExchangeView['request']

/** Something that was changed from outside, after so many requests. */
export type ChangeView = Infer<typeof changeFields>

/** What a client did against a rule of an API. */
export type LintView = Infer<typeof lintFields>

/** Why an answer was what it was. */
export type WhyView = Infer<typeof whyFields>

/** What a client did with a request. */
export function viewLint(entry: Entry, { id, sentence, clause, mend }: Lint): LintView {
  const { user, api = '' } = entry
  return { id, request: entry.id, api, ...(user === undefined ? {} : { user }), clause, sentence, mend }
}

/** The line for one entry. */
export function viewRequest(entry: Entry, apis: readonly AnyApi[]): RequestView {
  const { request, reply } = entry
  const isToken = tokensOf(apis)
  const secrecyOf = namesOf(apis)
  const path = maskPath(request.path, apis, secrecyOf)
  const query = request.query === '' ? '' : `?${maskForm(request.query, secrecyOf)}`
  return {
    id: entry.id,
    world: entry.world,
    at: toIso(entry.at),
    method: request.method,
    path: maskTokens(cutOff(path + query), isToken),
    ...(entry.api === undefined ? {} : { api: entry.api }),
    ...(entry.operation === undefined ? {} : { operation: entry.operation }),
    ...(entry.user === undefined ? {} : { user: entry.user }),
    status: reply.status,
    ...outcomeOf(entry, apis),
    clause: reply.clause,
    // It may quote the path.
    because: maskTokens(cutOff(reply.because.replaceAll(request.path, path)), isToken),
    ...(entry.fault === undefined ? {} : { fault: describeFault(entry.fault) }),
  }
}

function outcomeOf(entry: Entry, apis: readonly AnyApi[]): Pick<RequestView, 'outcome' | 'refused'> {
  const outcome = resultOf(entry, apis)
  const mine = apis.filter(({ id }) => id === entry.api)
  return {
    ...(outcome === undefined ? {} : { outcome: maskTokens(cutOff(outcome.word), tokensOf(mine)) }),
    ...(isRefused(entry, apis) ? { refused: true } : {}),
  }
}

/** Whether the answer said no, by its status or in its body. */
export function isRefused(entry: Entry, apis: readonly AnyApi[]): boolean {
  return entry.reply.status >= 400 || resultOf(entry, apis)?.refused === true
}

function resultOf({ api, reply }: Entry, apis: readonly AnyApi[]): NamedResult | undefined {
  const told = apis.find(({ id }) => id === api)?.outcome
  const body = told === undefined ? undefined : parseObject(reply.body)
  return body === undefined ? undefined : told?.(body)
}

function parseObject(body: Reply['body']): JsonObject | undefined {
  if (typeof body !== 'string' || !body.startsWith('{')) return undefined
  try {
    const data: unknown = JSON.parse(body)
    return isJsonObject(data) ? data : undefined
  } catch {
    // A fault may have spoilt it.
    return undefined
  }
}

/** The entry with headers and bodies. */
export function viewExchange(entry: Entry, apis: readonly AnyApi[]): ExchangeView {
  const secrecyOf = namesOf(apis)
  const { request, reply } = entry
  const path = maskPath(request.path, apis, secrecyOf)
  const replied = typeof reply.body === 'string' ? reply.body.replaceAll(request.path, path) : reply.body
  // Words that are tokens of one API may be names in another.
  const isToken = tokensOf(entry.operation === undefined ? apis : apis.filter(({ id }) => id === entry.api))
  return {
    ...viewRequest(entry, apis),
    address: entry.address,
    request: message(
      maskHeaders(request.headers, secrecyOf),
      maskBody(request.body, secrecyOf, secrecy(entry, apis)),
      isToken,
    ),
    reply: message(maskHeaders(reply.headers, secrecyOf), maskBody(replied, secrecyOf, 'members'), isToken),
  }
}

/** A request may have been meant for another operation than it reached: what is sent as mere text may be a PIN. */
function secrecy({ api, operation }: Entry, apis: readonly AnyApi[]): BodySecrecy {
  const bodies = apiOf(api, apis)?.secrets.bodies ?? []
  return operation !== undefined && bodies.includes(operation) ? 'all' : 'plain text'
}

function message(
  headers: readonly (readonly [string, string])[],
  body: string | undefined,
  isToken: IsToken,
): MessageView {
  const shown = headers.map(([name, value]) => [name, maskTokens(value, isToken)])
  return { headers: shown, ...(body === undefined ? {} : { body: maskTokens(body, isToken) }) }
}

/** The entry with its clause and with the records it met, before and after. */
export function viewWhy(entry: Entry, apis: readonly AnyApi[]): WhyView {
  const secrecyOf = namesOf(apis)
  const changed = new Map(entry.changes.map(({ key, value }) => [`${entry.api}/${key}`, value]))
  const keys = new Set([...entry.reads.keys(), ...changed.keys()])
  const records = [...keys].map((key) => {
    const before = entry.reads.get(key)
    const after = changed.has(key) ? changed.get(key) : before
    const field = fieldOfRecord(apis, key)
    return {
      key: maskKey(key),
      before: readableRecord(maskRecord(field, before, secrecyOf)),
      after: readableRecord(maskRecord(field, after, secrecyOf)),
      changed: !sameJson(before, after),
    }
  })
  return { ...viewRequest(entry, apis), rule: ruleOf(entry.reply.clause, apiOf(entry.api, apis)), records }
}

/** Instants, whose names end in At, as people read them. */
export function readableRecord(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map(readableRecord)
  if (!isJsonObject(value)) return value ?? null
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isInstant = name.endsWith('At') && typeof member === 'number'
      return [name, isInstant ? toIso(member) : readableRecord(member)]
    }),
  )
}

function ruleOf(id: string, api: AnyApi | undefined): WhyView['rule'] {
  const clause: Clause | undefined = api?.clauses.find((candidate) => candidate.id === id)
  if (id === faultClause) return { id, origin: 'none', text: 'no clause of any API: a fault changed the answer' }
  if (clause === undefined)
    return { id, origin: 'none', text: bystanders[id] ?? 'no clause of any API: the mock server itself answered' }
  const { text, origin, choice, setting } = clause
  return {
    id,
    origin,
    text,
    ...(choice === undefined ? {} : { choice }),
    ...(setting === undefined ? {} : { setting }),
  }
}

function apiOf(id: string | undefined, apis: readonly AnyApi[]): AnyApi | undefined {
  return apis.find((api) => api.id === id)
}

/** Tells the tokens of some APIs. */
function tokensOf(apis: readonly AnyApi[]): IsToken {
  return (word) => apis.some(({ secrets }) => secrets.isToken?.(word) === true)
}

const names = new WeakMap<readonly AnyApi[], SecrecyOf>()

/** Of all APIs: a request may have been meant for another API than the one whose path it hit. */
export function namesOf(apis: readonly AnyApi[]): SecrecyOf {
  const known = names.get(apis) ?? secretNames(apis.flatMap(({ secrets }) => secrets.members))
  names.set(apis, known)
  return known
}
