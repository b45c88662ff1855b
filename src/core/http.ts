import { decodeUtf8 } from './utf8.ts'
import { pairs } from './pairs.ts'

/**
 * Header names and values in turn: `['content-type', 'text/plain', 'set-cookie', …]`.
 * A list, not a map, so that two `Set-Cookie` lines survive; flat, because that is what sockets speak.
 */
export type HeaderList = readonly string[]

/** A request as every host hands it to the world. */
export interface HttpRequest {
  /** Upper case. */
  readonly method: string
  /** As sent, still percent-encoded, without query. */
  readonly path: string
  /** Without the question mark; empty when there is none. */
  readonly query: string
  readonly headers: HeaderList
  readonly body: Uint8Array
  /** Address of the peer, before any proxy header is considered. */
  readonly address: string
  /** Scheme and authority that were asked, such as `https://jira.example`, where the host knows. */
  readonly origin?: string
  /** The host stopped reading: the body was larger than it accepts. */
  readonly tooLarge?: boolean
}

/** The body of a request without one. */
export const noBody: Uint8Array = new Uint8Array(0)

/** What goes back over the wire. */
export interface HttpReply {
  readonly status: number
  readonly headers: HeaderList
  readonly body: string | Uint8Array | undefined
}

/** Whether a header has that name, in whatever case. `name` is lower case. */
export function isHeader(candidate: string, name: string): boolean {
  return candidate === name || (candidate.length === name.length && candidate.toLowerCase() === name)
}

/** The first value of a header, whatever the case of its name. */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  for (let index = 0; index < headers.length; index += 2) {
    if (isHeader(headers[index] as string, name)) return headers[index + 1]
  }
  return undefined
}

/** Every value of a header, in order. `name` is lower case. */
export function headerValues(headers: HeaderList, name: string): string[] {
  const values: string[] = []
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if (isHeader(headers[index] as string, name)) values.push(headers[index + 1] as string)
  }
  return values
}

/** The list as pairs, for reading and printing. */
export const headerPairs: (headers: HeaderList) => [name: string, value: string][] = pairs

/** The path and the query of what a request line or a URL names behind the host. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?')
  return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) }
}

/** The media type of a `Content-Type` value without its parameters, lower case. */
export function mediaType(value: string | undefined): string {
  if (value === undefined) return ''
  const end = value.indexOf(';')
  return (end < 0 ? value : value.slice(0, end)).trim().toLowerCase()
}

/** The body as text, or undefined where it is not valid UTF-8. */
export function bodyText(body: Uint8Array): string | undefined {
  return body.length === 0 ? '' : decodeUtf8(body)
}
