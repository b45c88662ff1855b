import { STATUS_CODES } from 'node:http'
import { NotReachedError } from './player.ts'
import { UnavailableError, type Delivery } from './unavailable.ts'
import { UnreadableError } from './unreadable.ts'

/** What OpenSSL calls certificates that nobody vouches for. */
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Where no connection was made. */
const unconnected = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** How the client says that a request is none. */
const unsendable = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH'])

/**
 * What it means that a request got no answer, in words that tell what to do: an {@link UnavailableError}, an
 * {@link UnreadableError} where what came is no HTTP, a {@link NotReachedError} where nothing can be sent. `isKnown`:
 * the server has no want of a certificate of ours.
 */
export function whyNoAnswer(error: NodeJS.ErrnoException, origin: string, isKnown: boolean): Error {
  const { code = '', message } = error
  if (error instanceof UnreadableError) return error
  // It ends within what would have been an answer: a connection that broke.
  const isCut = code === 'HPE_INVALID_EOF_STATE'
  if (code.startsWith('HPE_') && !isCut) return new UnreadableError(`what it answers is not HTTP: ${message}`)
  const status = proxyStatus(message)
  if (unsendable.has(code) && status === undefined)
    return new NotReachedError(`the request cannot be sent over HTTP: ${message}`)
  const cause =
    status === undefined
      ? causeOf(error, origin, isKnown)
      : `its proxy answered ${status} ${STATUS_CODES[status] ?? ''}`
  return new UnavailableError(`${origin} cannot be reached: ${cause}.`, troubleIn(error))
}

function troubleIn({ code = '', message }: NodeJS.ErrnoException): Delivery {
  // A certificate or a password does not get better by trying.
  if (untrusted.has(code) || /^(ERR_TLS|ERR_SSL|CERT_)/.test(code) || proxyStatus(message) === '407') return 'hopeless'
  return unconnected.has(code) || proxyStatus(message) !== undefined ? 'unsent' : 'unanswered'
}

function causeOf(
  { code = 'no cause given', message }: NodeJS.ErrnoException,
  origin: string,
  isKnown: boolean,
): string {
  const [, alert] = /:SSL routines:[^:]*:([^:]+)/.exec(message) ?? []
  const cause = alert === undefined ? message || code : `TLS: ${alert}`
  if (untrusted.has(code))
    return `${cause} (name the file with the certificate to trust as tls: ca; tls: insecure trusts any)`
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH/.test(code)) return `${cause} (does it want http: in place of https:?)`
  // By TLS 1.3 a server may only hang up on who shows none.
  const isShut =
    /^ERR_SSL_.*(HANDSHAKE_FAILURE|CERTIFICATE)/.test(code) ||
    (code === 'UND_ERR_SOCKET' && origin.startsWith('https:'))
  if (isShut && !isKnown)
    return `${cause} (servers that want a certificate of their clients do that: tls: cert and key)`
  return cause
}

/** What a proxy answered that passes nothing on. */
function proxyStatus(message: string): string | undefined {
  return /^Proxy response \((\d+)\)/.exec(message)?.[1] ?? /^Proxy Authentication Required \((407)\)/.exec(message)?.[1]
}
