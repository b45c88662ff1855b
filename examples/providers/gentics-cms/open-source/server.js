// @ts-check
import { cookieName } from '../session-id.js'
import { decided, Refusal } from './answer.js'
import { login, sso } from './login.js'
import { hashPassword, matchPassword } from './passwords.js'
import { logout, me, validate } from './session.js'

/**
 * @typedef {import('./answer.js').Answer} Answer
 *
 * @typedef {object} Asked
 * @property {string} argument what stands in the path behind the operation
 * @property {URLSearchParams} query
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {string | undefined} type the content type
 * @property {Buffer} body
 * @property {string} secret that of the cookie
 * @property {string} address
 *
 * @typedef {Omit<import('../server.js').Server, 'sessions'> & {
 *   sessions: import('./session-table.js').SessionTable,
 *   has: (fault: string) => boolean
 * }} OpenSource
 *
 * @typedef {object} Operation
 * @property {'GET' | 'POST'} method
 * @property {RegExp} path
 * @property {string} type what it answers
 * @property {(asked: Asked, server: OpenSource) => Answer | Promise<Answer>} run
 */

const json = 'application/json'

/** @type {readonly Operation[]} */
const operations = [
  { method: 'POST', path: /^\/auth\/login$/, type: json, run: login },
  { method: 'GET', path: /^\/auth\/(?:sso)?login$/, type: 'text/plain', run: sso },
  { method: 'GET', path: /^\/auth\/validate\/([^/]+)$/, type: json, run: validate },
  { method: 'POST', path: /^\/auth\/logout\/([^/]+)$/, type: json, run: logout },
  { method: 'POST', path: /^\/auth\/hashpassword$/, type: json, run: hashPassword },
  { method: 'POST', path: /^\/auth\/matchpassword$/, type: json, run: matchPassword },
  {
    method: 'GET',
    path: /^\/auth\/globalprefix$/,
    type: json,
    run: (_asked, { settings }) => decided('OK', settings.globalPrefix),
  },
  { method: 'GET', path: /^\/user\/me$/, type: json, run: me },
]

/**
 * Answers as the vendor's open-source server does: written from what is known of its source.
 *
 * @param {OpenSource} server
 * @returns {import('node:http').RequestListener}
 */
export function openSource(server) {
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://cms')
    const body = await readAll(request)
    /** @type {Answer} */
    let answer
    try {
      answer = await answerTo(request, url, body, server)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      answer = error.answer(server.clock.now())
    }
    const type = url.searchParams.get('filter-contenttype')
    const { messages } = server.settings
    if (messages.length > 0 && answer.status === 200 && answer.body.startsWith('{')) {
      const told = messages.map(({ message, type: kind = 'INFO' }) => ({
        message,
        type: kind,
        timestamp: server.clock.now(),
        isInstantMessage: false,
      }))
      answer = { ...answer, body: JSON.stringify({ messages: told, ...withoutMessages(answer.body) }) }
    }
    response.writeHead(answer.status, { ...answer.headers, ...(type === null ? {} : { 'content-type': type }) })
    response.end(request.method === 'HEAD' ? undefined : answer.body)
  }
}

/** @param {string} body */
function withoutMessages(body) {
  const { messages: _messages, ...rest } = JSON.parse(body)
  return rest
}

/**
 * Path, method, content type, Accept, and then the operation.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {URL} url
 * @param {Buffer} body
 * @param {OpenSource} server
 * @returns {Promise<Answer>}
 */
async function answerTo(request, url, body, server) {
  const { settings, has } = server
  const base = `${settings.contextPath}/rest`
  const bare = has('no-suffix') ? url.pathname : url.pathname.replace(/\.(json|xml)$/, '')
  const path = bare.startsWith(base) ? bare.slice(base.length).replace(/\/$/, '') : ''
  const there = operations.filter((operation) => operation.path.test(path))
  const methods = there.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  if (there.length === 0) throw new Refusal(404)
  if (request.method === 'OPTIONS') return { status: 200, headers: { allow: `${methods.join(',')},OPTIONS` }, body: '' }
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const operation = there.find((candidate) => candidate.method === method)
  if (operation === undefined) throw new Refusal(has('wrong-method') ? 404 : 405)
  const type = request.headers['content-type']
  if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type) && !has('any-type')) throw new Refusal(415)
  const { accept } = request.headers
  if (accept !== undefined && !takes(accept, operation.type) && !has('any-accept')) {
    if (takes(accept, json)) throw new Refusal(406)
    return { status: 406, headers: { 'content-type': 'text/plain' }, body: 'ERROR' }
  }
  const [, forwarded] = /^\s*([^,\s]+)/.exec(String(request.headers['x-forwarded-for'] ?? '')) ?? []
  const cookie = new RegExp(`(?:^|;)\\s*${cookieName}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1] ?? ''
  return operation.run(
    {
      argument: decode(operation.path.exec(path)?.[1] ?? ''),
      query: url.searchParams,
      headers: request.headers,
      type,
      body,
      secret: cookie.trim(),
      address: forwarded ?? request.socket.remoteAddress ?? '',
    },
    server,
  )
}

/**
 * @param {string} accept
 * @param {string} type
 */
function takes(accept, type) {
  const all = [type, `${type.split('/')[0]}/*`, '*/*']
  return accept.split(',').some((range) => {
    const [name = '', ...rest] = range.split(';').map((part) => part.trim().toLowerCase())
    return all.includes(name) && !rest.some((part) => /^q=0(\.0*)?$/.test(part))
  })
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** @param {import('node:http').IncomingMessage} request */
async function readAll(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}
