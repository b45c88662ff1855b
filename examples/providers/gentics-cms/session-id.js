// @ts-check

/** The cookie with the second half of what identifies a session. */
export const cookieName = 'GCN_SESSION_SECRET'

/**
 * The attributes of the cookie: these and no others, although the library would add SameSite.
 *
 * @param {{ secureCookie: boolean }} settings
 */
export function cookieAttributes({ secureCookie }) {
  return { path: '/', httpOnly: true, secure: secureCookie, sameSite: false }
}

/** @typedef {{ readonly sid: number, readonly secret: string }} SessionId */

/**
 * A value as an integer, where it is one. Theirs have 32 bits.
 *
 * @param {string} value
 * @returns {number | undefined}
 */
export function parseInteger(value) {
  const integer = Number(value)
  return /^[-+]?\d+$/.test(value) && Math.abs(integer) < 2 ** 31 ? integer : undefined
}

/**
 * A token: the sid, and the secret right after it.
 *
 * @param {string} value
 * @returns {SessionId | undefined}
 */
export function parseToken(value) {
  const [, sid, secret] = /^(\d+)([0-9A-Za-z]{15})$/.exec(value) ?? []
  if (sid === undefined || secret === undefined || parseInteger(value) !== undefined) return undefined
  return { sid: Number(sid), secret }
}

/**
 * A sid with the secret of the cookie, or a token, which needs no cookie.
 *
 * @param {string} value
 * @param {import('fastify').FastifyRequest} request
 * @returns {SessionId | undefined}
 */
export function readSessionId(value, request) {
  const sid = parseInteger(value)
  return sid === undefined ? parseToken(value) : { sid, secret: secretOf(request) }
}

/** @param {import('fastify').FastifyRequest} request */
export function secretOf(request) {
  return request.cookies[cookieName] ?? ''
}

/**
 * A parameter of the query, of several the last one.
 *
 * @param {import('fastify').FastifyRequest} request
 * @param {string} name
 * @returns {string}
 */
export function queryOf(request, name) {
  const value = /** @type {{ [name: string]: string | string[] | undefined }} */ (request.query)[name]
  return (Array.isArray(value) ? value.at(-1) : value) ?? ''
}
