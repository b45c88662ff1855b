// @ts-check

/** A request that cannot be read; Fastify answers with the status. */
class UnreadableError extends Error {
  /**
   * @param {number} statusCode
   * @param {string} message
   */
  constructor(statusCode, message) {
    super(message)
    this.statusCode = statusCode
  }
}

/** @typedef {{ readonly [name: string]: unknown }} Body */

/**
 * Refuses what does not say that it is JSON.
 *
 * @param {import('fastify').FastifyRequest} request
 */
export function expectJson(request) {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';')
  if (type.trim().toLowerCase() !== 'application/json') throw new UnreadableError(415, 'send application/json')
}

/**
 * The object that a request sends.
 *
 * @param {import('fastify').FastifyRequest} request
 * @returns {Body}
 */
export function readBody(request) {
  expectJson(request)
  const body = parse(String(request.body ?? ''))
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new UnreadableError(400, 'send an object')
  return body
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnreadableError(400, 'that is no JSON')
  }
}

/**
 * A text, or nothing where it is left out.
 *
 * @param {Body} body
 * @param {string} name
 * @returns {string | undefined}
 */
export function textOf(body, name) {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw new UnreadableError(400, `${name}: send a text`)
  return value
}

/**
 * A text that has to be there.
 *
 * @param {Body} body
 * @param {string} name
 * @returns {string}
 */
export function requiredTextOf(body, name) {
  const text = textOf(body, name)
  if (text === undefined) throw new UnreadableError(400, `${name} is missing`)
  return text
}

/**
 * An integer, or nothing where it is left out.
 *
 * @param {Body} body
 * @param {string} name
 * @returns {number | undefined}
 */
export function integerOf(body, name) {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new UnreadableError(400, `${name}: send an integer`)
  }
  return value
}
