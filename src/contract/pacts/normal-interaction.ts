import { asObject, isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import type { PactDocument, PactEntry } from './document.ts'
import { readPactBody, type NormalBody } from './normal-body.ts'
import { parsePlace } from '../comparing/place.ts'
import { RuleBook, type Rule } from '../comparing/rule-book.ts'

/** An interaction in one form for all versions, to be compared. */
export interface NormalInteraction {
  readonly request: NormalMessage
  readonly response: NormalMessage
  /** Members that mean something which is not known here. */
  readonly rest: PactFacts
}

/** A request or a response. */
export interface NormalMessage {
  /** All of it but the body, by where it is: `method`, `header cookie`, `query page`, `status`. */
  readonly facts: PactFacts
  readonly body: NormalBody
  readonly rules: RuleBook
  /** By what values in the body are replaced, by dotted path. */
  readonly generators: ReadonlyMap<string, Json>
}

/** Facts by where they are. */
export type PactFacts = ReadonlyMap<string, Fact>

/** A value that a pact names, and what it says of it. */
export interface Fact {
  readonly value: Json
  /** What others of its kind are known by; left out where it has to be the same. */
  readonly rule?: Rule
  /** What is put into its place where it is verified. */
  readonly generator?: Json
}

/** Brings an interaction into that form. What of it is for people, or says what the form says anyway, is left out. */
export function normalInteraction({ version }: Pick<PactDocument, 'version'>, entry: PactEntry): NormalInteraction {
  const { data, request } = entry
  // What is no HTTP is compared as it is written.
  const isHttp = request !== undefined
  const rest = Object.entries(data).filter(([name]) => !told.has(name) && !(isHttp && sides.has(name)))
  return {
    request: message(isHttp ? { ...asObject(data['request']), ...request } : {}, 'request', version),
    response: message(isHttp ? { status: 200, ...asObject(data['response']) } : {}, 'response', version),
    rest: new Map(rest.map(([name, value = null]) => [name, { value }])),
  }
}

const sides = new Set(['request', 'response'])

const told = new Set(
  '_id comments description key pending provider_state providerState providerStates type'.split(' '),
)

/** Members that are objects; what is none is compared as it is. */
const maps = new Set(['query', 'headers', 'generators'])

const known = new Set(['method', 'path', 'query', 'headers', 'body', 'status', 'matchingRules', 'generators'])

function message(written: JsonObject, side: 'request' | 'response', version: number): NormalMessage {
  const rules = new RuleBook(written['matchingRules'])
  const generators = generatorsOf(written['generators'], side)
  const facts = new Map<string, Fact>()
  const put = (where: string, value: Json, rule?: Rule): void => {
    const generator = generators.get(where)
    facts.set(where, { value, ...(rule === undefined ? {} : { rule }), ...(generator === undefined ? {} : { generator }) })
  }
  const { method, path, status } = written
  if (method !== undefined) put('method', method)
  if (path !== undefined) put('path', path, rules.at('path', []))
  if (status !== undefined) put('status', status, rules.at('status', []))
  const query = queryOf(written['query'])
  for (const [name, values] of Object.entries(query)) put(`query ${name}`, values, rules.at('query', [name]))
  const headers = headersOf(written['headers'])
  for (const [name, value] of Object.entries(headers)) put(`header ${name}`, value, rules.at('header', [name]))
  const body = readPactBody(written['body'], version, headers['content-type'])
  const apart = [
    ...rules.apart('header', headers).map(([place, rule]) => [`rule of header ${place}`, rule] as const),
    ...rules.apart('query', query).map(([place, rule]) => [`rule of query ${place}`, rule] as const),
    ...rules.apart('body', exampleOf(body)).map(([place, rule]) => [`rule of body ${place}`, rule] as const),
    ...Object.entries(rules.unread).map(([name, rule = null]) => [`rule ${name}`, rule] as const),
  ]
  for (const [where, rule] of apart) put(where, rule as Json)
  const isOdd = ([name, value]: readonly [string, Json | undefined]): boolean =>
    !known.has(name) || (maps.has(name) && !isJsonObject(value) && !(name === 'query' && typeof value === 'string'))
  for (const [name, value = null] of Object.entries(written).filter(isOdd)) if (value !== null) put(name, value)
  for (const [where, generator] of generators)
    if (!facts.has(where) && !where.startsWith('body')) put(`generator of ${where}`, generator)
  return { facts, body, rules, generators }
}

function exampleOf(body: NormalBody): Json | undefined {
  if (body.kind === 'data') return body.content
  return body.kind === 'text' ? '' : undefined
}

/** Values in a query are a list, however many there are; the order of names means nothing. */
function queryOf(query: Json | undefined): { readonly [name: string]: Json } {
  if (typeof query === 'string') {
    const search = new URLSearchParams(query)
    return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]))
  }
  const lists = Object.entries(asObject(query)).map(([name, value = null]) => [name, [value].flat().map(textOf)] as const)
  return Object.fromEntries(lists)
}

/** Values of a header are one text, whether they were written as a list or in a line. */
function headersOf(headers: Json | undefined): { readonly [name: string]: string } {
  const all = new Map<string, string[]>()
  for (const [name, value = null] of Object.entries(asObject(headers))) {
    const values = [value].flat().flatMap((each) => textOf(each).split(/\s*,\s*/))
    all.set(name.toLowerCase(), [...(all.get(name.toLowerCase()) ?? []), ...values])
  }
  return Object.fromEntries([...all].map(([name, values]) => [name, values.join(', ')]))
}

/** Those of a response are for the consumer's tests, unless the value comes from a state. */
function generatorsOf(written: Json | undefined, side: 'request' | 'response'): ReadonlyMap<string, Json> {
  const all = new Map<string, Json>()
  const note = (where: string, generator: Json | undefined): void => {
    const isMeant = side === 'request' || (isJsonObject(generator) && generator['type'] === 'ProviderState')
    if (isMeant && generator !== undefined) all.set(where, generator)
  }
  for (const [part, value] of Object.entries(asObject(written))) {
    if (!isJsonObject(value) || typeof value['type'] === 'string') note(part, value)
    else
      for (const [place, generator] of Object.entries(value))
        note(placeOf(part, place.startsWith('$') || place === '' ? parsePlace(place) : [place], place), generator)
  }
  return all
}

function placeOf(part: string, path: readonly string[] | undefined, written: string): string {
  if (part === 'body' && path !== undefined) return ['body', ...path].join('.')
  if (path !== undefined && path.length === 0) return part
  const name = (path?.[0] ?? written).replace(/\[[\d*]+\]$/, '')
  return part === 'header' ? `header ${name.toLowerCase()}` : `${part} ${name}`
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
}
