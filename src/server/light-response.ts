/* oxlint-disable no-underscore-dangle -- how Node has it */
import { ServerResponse, type IncomingMessage } from 'node:http'
import { repeated } from '../core/remembered.ts'

/** What Node goes by, beside the length: how the body is sent, what becomes of the connection, in which letters a value is written. */
const nodesOwn = new Set(['connection', 'content-disposition', 'expect', 'keep-alive', 'trailer', 'transfer-encoding'])

/** The line of a header, as it was written last. */
interface Line {
  readonly isPlain: boolean
  readonly isLength: boolean
  value: string
  text: string
}

/** A response as Node's own code sees it. */
interface Inside extends ServerResponse {
  _header: string | null
  readonly _headerSent: boolean
  readonly _hasBody: boolean
  readonly _keepAliveTimeout: number
  readonly _defaultKeepAlive: boolean
  readonly _removedConnection: boolean
  readonly _maxRequestsPerSocket: number
  _storeHeader(firstLine: string, headers: unknown): void
}

const node = ServerResponse.prototype as Inside

const lines = new Map<string, Line>()

/** So many names have a line that is kept; nobody has so many but who makes them up. */
const mostNames = 1000

/** Names and values may be as long as they like; of longer ones, none is kept. */
const longest = 200

/**
 * A response whose headers are not checked one by one for each answer, as most are what they were in the answer before: lines that were
 * found right are written again. Byte for byte it is what Node writes; what is not plain is left to Node: headers that it goes by or
 * will refuse, answers without a length, connections that end. The listener never sets `strictContentLength`, which is not looked at.
 */
export class LightResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  /** Called by `writeHead`, with the status line and the headers. */
  _storeHeader(firstLine: string, headers: unknown): void {
    const inside = this as unknown as Inside
    const head = goesOnAsAlways(inside) && Array.isArray(headers) ? headOf(firstLine, headers) : undefined
    if (head === undefined) node._storeHeader.call(inside, firstLine, headers)
    else inside._header = head + goesOn(inside._keepAliveTimeout)
  }

  /** Ends with a body of ASCII, whose length the head tells: it leaves with the head, as one text. */
  endWith(body: string): void {
    const inside = this as unknown as Inside
    if (inside._header === null || inside._headerSent || !inside._hasBody || this.chunkedEncoding) this.end(body)
    else {
      inside._header += body
      this.end()
    }
  }
}

/** Whether nothing is to be said but what {@link goesOn} says. */
function goesOnAsAlways(inside: Inside): boolean {
  return (
    inside.shouldKeepAlive &&
    inside._defaultKeepAlive &&
    !inside._removedConnection &&
    !(inside._maxRequestsPerSocket > 0) &&
    !inside.sendDate
  )
}

/** What Node says where the connection stays open, with the blank line behind a head. */
const goesOn = repeated((milliseconds) => {
  const timeout = milliseconds > 0 ? `Keep-Alive: timeout=${Math.floor(milliseconds / 1000)}\r\n` : ''
  return `Connection: keep-alive\r\n${timeout}\r\n`
})

/** The status line with the headers, or undefined where one of them is not plain, or none tells the length. */
function headOf(firstLine: string, headers: readonly unknown[]): string | undefined {
  let head = firstLine
  let hasLength = false
  for (let at = 0; at < headers.length; at += 2) {
    const line = lineOf(headers[at], headers[at + 1])
    if (line === undefined) return undefined
    head += line.text
    hasLength ||= line.isLength
  }
  return hasLength ? head : undefined
}

function lineOf(name: unknown, value: unknown): Line | undefined {
  if (typeof name !== 'string' || name.length > longest || typeof value !== 'string') return undefined
  const line = lines.get(name) ?? newLine(name)
  if (!line.isPlain) return undefined
  if (value === line.value) return line
  // What Node refuses as well: a line break above all, with which a value would go on as a header of its own.
  if (/[^\t\x20-\x7E\x80-\xFF]/.test(value)) return undefined
  const text = `${name}: ${value}\r\n`
  if (value.length > longest) return { ...line, value, text }
  line.value = value
  line.text = text
  return line
}

function newLine(name: string): Line {
  const lower = name.toLowerCase()
  const isPlain = /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !nodesOwn.has(lower)
  const line = { isPlain, isLength: lower === 'content-length', value: '', text: `${name}: \r\n` }
  if (lines.size >= mostNames) lines.clear()
  lines.set(name, line)
  return line
}
