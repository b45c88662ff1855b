import { mediaType } from '../../core/http.ts'
import type { SendStep } from '../../core/journey.ts'
import { isJsonObject, type Json } from '../../core/json.ts'
import type { OperationForm } from '../../core/kit.ts'
import { nearestWord } from '../../core/nearest.ts'
import type { Issue } from '../../core/errors.ts'
import { whyUnsendable } from '../target/sendable.ts'
import {
  operationAt,
  operationNamed,
  operationsWithWords,
  type AnyOperation,
  type AskedApi,
} from './asked-operation.ts'
import type { WrittenAsk } from './journey-file.ts'
import { encodeAround, filledIn, namedText, namedJson, type Naming } from './naming.ts'

/** Who asks, what may be named, and where mistakes go. */
export interface Asking extends Naming {
  readonly asked: AskedApi
  /** The role of whoever asks; nobody's if undefined. */
  readonly role: string | undefined
  /** Where in the file. */
  readonly path: Issue['path']
}

type Request = Pick<SendStep, 'method' | 'path' | 'headers' | 'body'>

/** The request that a step asks. What is wrong with it is noted. */
export function toRequest(ask: WrittenAsk, asking: Asking): Request {
  const { path: at, note } = asking
  if ((ask.operation === undefined) === (ask.path === undefined))
    note(at, 'It asks for one thing: it has operation or path.')
  const operation =
    ask.operation === undefined ? undefined : operationNamed(ask.operation, asking.asked, [...at, 'operation'], note)
  // What else is wrong may well be right of the operation that was meant.
  if (operation === undefined && ask.path === undefined) return { method: 'GET', path: '/' }
  const path =
    (ask.path === undefined ? operationPath(operation, ask, asking) : plainPath(ask.path, ask, asking)) ?? '/'
  const known = operation === undefined ? {} : (asking.asked.api.kit.asks?.[operation.id] ?? {})
  const method = ask.method ?? operation?.methods[0] ?? known.method ?? 'GET'
  const met = operation ?? operationAt(method, filledIn(path), ask, asking)
  const sent = isWord(ask.body) ? (met === undefined ? {} : (asking.asked.api.kit.asks?.[met.id] ?? {})) : known
  const headers = headersOf(ask, sent, asking)
  const body = bodyOf(ask.body, { met, sent, headers, method }, asking)
  if (body !== undefined && headers['content-type'] === undefined)
    headers['content-type'] = typeof ask.body === 'string' ? 'text/plain' : 'application/json'
  return {
    method,
    path: path + queryOf(path, ask, asking),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  }
}

/** The documented path of an operation, with what it leaves open. */
function operationPath(
  operation: AnyOperation | undefined,
  { params }: WrittenAsk,
  asking: Asking,
): string | undefined {
  const { path: at, note } = asking
  const [path] = operation?.paths ?? []
  if (path === undefined) return undefined
  const open = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  for (const name of Object.keys(params).filter((given) => !open.includes(given))) {
    const known = open.length === 0 ? 'leaves nothing open' : `leaves open ${open.join(', ')}`
    note([...at, 'params', name], `"${name}" is not in ${path}, which ${known}.`, {
      onKey: true,
      nearest: nearestWord(name, open),
    })
  }
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) note([...at, 'params', name], `is missing: what ${path} leaves open`)
    return value === undefined ? '' : encodeAround(namedText(value, [...at, 'params', name], asking))
  })
}

function plainPath(path: string, { params }: WrittenAsk, asking: Asking): string {
  const { path: at, note } = asking
  if (Object.keys(params).length > 0) note([...at, 'params'], 'A path leaves nothing open: write into it what it is.')
  return namedText(path, [...at, 'path'], asking)
}

function queryOf(path: string, { query }: WrittenAsk, asking: Asking): string {
  const pairs = Object.entries(query).map(
    ([name, value]) =>
      `${encodeURIComponent(name)}=${encodeAround(namedText(value, [...asking.path, 'query', name], asking))}`,
  )
  return pairs.length === 0 ? '' : `${path.includes('?') ? '&' : '?'}${pairs.join('&')}`
}

function headersOf(ask: WrittenAsk, known: OperationForm, asking: Asking): { [name: string]: string } {
  const { path: at, note } = asking
  const headers: { [name: string]: string } = { ...known.headers }
  for (const [name, value] of Object.entries(ask.headers)) {
    const where = [...at, 'headers', name]
    headers[name.toLowerCase()] = namedText(value, where, asking)
    const why = whyUnsendable(name, filledIn(value))
    if (why !== undefined) note(where, why, { onKey: true })
  }
  return headers
}

interface BodyFor {
  readonly met: AnyOperation | undefined
  readonly sent: OperationForm
  readonly headers: { readonly [name: string]: string }
  readonly method: string
}

function bodyOf(body: Json | undefined, request: BodyFor, asking: Asking): string | undefined {
  const at = [...asking.path, 'body']
  if (body === undefined) return undefined
  if (request.method === 'GET' || request.method === 'HEAD')
    asking.note(at, `${request.method} carries no body: say method: POST, or another.`)
  if (isWord(body)) return wordOf(body, request, asking)
  const value = namedJson(body, at, asking)
  if (typeof value === 'string') return value
  return mediaType(request.headers['content-type']).endsWith('x-www-form-urlencoded')
    ? formOf(value, at, asking)
    : JSON.stringify(value)
}

function formOf(value: Json, at: Issue['path'], { note }: Asking): string {
  if (!isJsonObject(value)) {
    note(at, 'A form is a map from names to texts.')
    return ''
  }
  const pairs = Object.entries(value).map(([name, member]) => {
    if (typeof member === 'object') note([...at, name], 'A value of a form is a text, a number, true or false.')
    return `${encodeURIComponent(name)}=${encodeAround(String(member))}`
  })
  return pairs.join('&')
}

function isWord(body: Json | undefined): body is 'right' | 'wrong' {
  return body === 'right' || body === 'wrong'
}

function wordOf(word: 'right' | 'wrong', { met, sent }: BodyFor, { asked, role, path, note }: Asking): string {
  const at = [...path, 'body']
  const { api } = asked
  const hasNoCode = role !== undefined && api.kit.roles[role]?.hasNoCode === true
  const said = (hasNoCode ? sent.withoutCode?.[word] : undefined) ?? sent[word]
  if (said === undefined) {
    const what = met === undefined ? 'what is at this path' : `${api.id}.${met.id}`
    note(at, `"${word}" means nothing to ${what}: it does to ${operationsWithWords(api).join(', ')}.`)
  } else if (role === undefined) note(at, `Nobody asks, so that no code is ${word}: say as: <role>.`)
  return said ?? ''
}
