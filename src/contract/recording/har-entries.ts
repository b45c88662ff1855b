import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts'
import type { RecordedEntry, RecordedTraffic, Unplaced } from './recorded-entry.ts'

/** Reads the entries of a HAR log, wherever they came from. What is no whole exchange is told, with why. */
export function readHarEntries(entries: readonly Json[]): RecordedTraffic {
  const read = entries.map((entry, index) => readEntry(isJsonObject(entry) ? entry : {}, index + 1))
  return {
    entries: read.filter((each) => 'url' in each).sort((one, other) => one.at - other.at || one.number - other.number),
    unplaced: read.filter((each) => 'why' in each),
  }
}

function readEntry(entry: JsonObject, number: number): RecordedEntry | Unplaced {
  const [request, response] = [objectOf(entry['request']), objectOf(entry['response'])]
  const [method, address] = [textOf(request['method']).toUpperCase(), textOf(request['url'])]
  const url = URL.canParse(address) ? new URL(address) : undefined
  const at = Date.parse(textOf(entry['startedDateTime']))
  const what = `${method} ${url?.pathname ?? ''}`.trim() || 'nothing'
  if (url === undefined || method === '') return { request: number, what, why: 'it names no method and address' }
  if (!/^https?:$/.test(url.protocol)) return { request: number, what, why: `${url.protocol} is no HTTP` }
  if (Number.isNaN(at)) return { request: number, what, why: 'it does not tell when it was sent' }
  const status = Number(response['status'])
  if (!Number.isInteger(status) || status < 100) return { request: number, what, why: 'it got no answer' }
  const answerBody = contentOf(objectOf(response['content']))
  return {
    number,
    at,
    method,
    url,
    headers: withCookies(headersOf(request['headers']), request['cookies']),
    body: sentOf(objectOf(request['postData'])),
    status,
    answerHeaders: headersOf(response['headers']),
    ...(answerBody === undefined ? {} : { answerBody }),
  }
}

function headersOf(value: Json | undefined): string[] {
  return pairsIn(value).flatMap(([name, text]) =>
    // HTTP/2 tells the request line so, and some tools join what several lines of one name said.
    name.startsWith(':') ? [] : text.split('\n').flatMap((line) => [name.toLowerCase(), line]),
  )
}

/** Some tools keep cookies beside the headers only. */
function withCookies(headers: string[], cookies: Json | undefined): string[] {
  const sent = pairsIn(cookies).map(([name, value]) => `${name}=${value}`)
  return sent.length === 0 || headers.includes('cookie') ? headers : [...headers, 'cookie', sent.join('; ')]
}

function sentOf(data: JsonObject): string {
  const { text, params, encoding } = data
  if (typeof text === 'string') return encoding === 'base64' ? decoded(text) : text
  return new URLSearchParams(pairsIn(params)).toString()
}

/** The text of an answer; undefined where only its size was kept. */
function contentOf({ text, encoding, size }: JsonObject): string | undefined {
  if (typeof text === 'string') return encoding === 'base64' ? decoded(text) : text
  return typeof size === 'number' && size > 0 ? undefined : ''
}

function pairsIn(value: Json | undefined): [name: string, value: string][] {
  return (Array.isArray(value) ? (value as readonly Json[]) : [])
    .filter(isJsonObject)
    .flatMap(({ name, value: text }): [string, string][] =>
      typeof name === 'string' && (typeof text === 'string' || text === undefined) ? [[name, text ?? '']] : [],
    )
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64').toString()
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
