import { version, versionHeader } from '../core/version.ts'
import { createHash, timingSafeEqual } from 'node:crypto'
import { isOpen } from '../control/control.ts'
import type { ErrorCode } from '../core/errors.ts'
import { requestCookie } from '../core/cookie.ts'
import {
  headerValue,
  headerValues,
  mediaType,
  type HeaderList,
  type HttpReply,
  type HttpRequest,
} from '../core/http.ts'
import type { OneUsePasses } from './one-use-passes.ts'
import { problem } from '../core/problem.ts'
import { isLoopback } from '../core/loopback.ts'

/** Who may use the control API of a listener. */
export interface Gate {
  /** Asked of everybody, if there is one. */
  readonly token: string | undefined
  /** Names beside those of this machine under which it may be called. */
  readonly hosts: readonly string[]
  /** Lets others in who were handed a link; left out where nobody but this machine comes. */
  readonly passes?: OneUsePasses | undefined
  /** Without a token only callers of this machine may: for who does not know where the server listens. */
  readonly isLocalOnly?: boolean
}

/** Carries the token where no header can be set, as with a page's EventSource. */
export const tokenCookie = 'understudy-admin-token'

/**
 * The refusal of a control call, or undefined for one that may pass. What a page of another site can make a browser
 * send is refused: by its Origin, by a Host that is none of ours (DNS rebinding), or by a form's content type.
 */
export function refuseControlCall(request: HttpRequest, gate: Gate): HttpReply | undefined {
  const { headers } = request
  const doubled = saidTwice(headers)
  if (doubled !== undefined) return doubled
  const host = headerValue(headers, 'host') ?? ''
  const token = tokenOf(request)
  const isKnown =
    gate.token !== undefined && token !== undefined && (isSame(token, gate.token) || gate.passes?.knows(token) === true)
  if (gate.isLocalOnly === true && gate.token === undefined && !isLoopback(request.address)) {
    const detail = `The control API answers callers of this machine, not ${request.address}; for others give { adminToken }.`
    return forbidden('Another machine', detail, 'ERR_HOST_REFUSED')
  }
  // With a token nothing depends on the name: a page that was rebound has no way to know it.
  if (gate.token === undefined && !isKnownHost(host, gate.hosts)) {
    const name = JSON.stringify(nameOf(host))
    const detail = `The control API is not called ${name} here. Call it localhost, or start with --allowed-host ${nameOf(host) || '<name>'}.`
    return forbidden('Unknown host', detail, 'ERR_HOST_REFUSED')
  }
  const origin = headerValue(headers, 'origin')
  if (origin !== undefined && !isSameOrigin(origin, host)) {
    return forbidden('Another origin', `Pages of ${origin} may not use the control API.`, 'ERR_ORIGIN_REFUSED')
  }
  const site = headerValue(headers, 'sec-fetch-site')
  if ((site === 'cross-site' || site === 'same-site') && headerValue(headers, 'sec-fetch-mode') !== 'navigate') {
    return forbidden('Another origin', 'Pages of other sites may not use the control API.', 'ERR_ORIGIN_REFUSED')
  }
  return wrongType(request) ?? (gate.token === undefined || isKnown || isOpen(request) ? undefined : unknown(token))
}

/** What the gate goes by has to be said once: a proxy in front may go by another one than the first. */
const saidOnce: readonly (readonly [name: string, code: ErrorCode])[] = [
  ['host', 'ERR_HOST_REFUSED'],
  ['origin', 'ERR_ORIGIN_REFUSED'],
  ['sec-fetch-site', 'ERR_ORIGIN_REFUSED'],
  ['sec-fetch-mode', 'ERR_ORIGIN_REFUSED'],
  ['content-type', 'ERR_BODY_INVALID'],
  ['authorization', 'ERR_TOKEN_REFUSED'],
]

function saidTwice(headers: HeaderList): HttpReply | undefined {
  const found = saidOnce.find(([name]) => headerValues(headers, name).length > 1)
  if (found === undefined) return undefined
  const [name, code] = found
  const detail = `The request has several headers ${name}; the control API takes one.`
  return problem(400, 'Header said twice', detail, { code })
}

/** An answer of the control API: it says whose it is, and no browser takes it for a page, a script or a frame. */
export function sealed<Reply extends HttpReply>(reply: Reply): Reply {
  return { ...reply, headers: [...reply.headers, ...seals] }
}

const seals: HeaderList = [
  versionHeader,
  version,
  'x-content-type-options',
  'nosniff',
  'content-security-policy',
  "default-src 'none'; frame-ancestors 'none'",
]

function tokenOf({ headers }: HttpRequest): string | undefined {
  const bearer = /^bearer +(.*?) *$/i.exec(headerValue(headers, 'authorization') ?? '')
  return bearer?.[1] ?? requestCookie(headers, tokenCookie)
}

/** Takes as long whatever is sent: hashes have one length, and are compared to the end. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(wanted))
}

function isKnownHost(host: string, hosts: readonly string[]): boolean {
  const name = nameOf(host)
  return isLoopback(name) || hosts.includes(name)
}

function nameOf(host: string): string {
  return host.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase()
}

function isSameOrigin(origin: string, host: string): boolean {
  // The scheme is left out: behind a proxy that ends TLS it differs.
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase().replace(/:(80|443)$/, '')
}

function wrongType({ method, headers, body }: HttpRequest): HttpReply | undefined {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return undefined
  const type = mediaType(headerValue(headers, 'content-type'))
  if (type === 'application/json' || (type === '' && body.length === 0)) return undefined
  const shown = type === '' ? 'A body without a content type' : `The content type ${type}`
  const detail = `${shown} is not accepted here; send content-type: application/json.`
  return problem(415, 'Not JSON', detail, { code: 'ERR_BODY_INVALID' })
}

function unknown(token: string | undefined): HttpReply {
  const detail =
    token === undefined
      ? 'The control API wants the admin token that `understudy serve` was started with, or has printed: authorization: Bearer <token>.'
      : 'This is not the admin token of this server.'
  const { status, headers, body } = problem(401, 'Admin token wanted', detail, { code: 'ERR_TOKEN_REFUSED' })
  return { status, headers: [...headers, 'www-authenticate', 'Bearer realm="understudy"'], body }
}

function forbidden(title: string, detail: string, code: ErrorCode): HttpReply {
  return problem(403, title, detail, { code })
}
