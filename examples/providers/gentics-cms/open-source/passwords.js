// @ts-check
import { randomBytes } from 'node:crypto'
import { bcrypt, bcryptVerify } from 'hash-wasm'
import { isWithin } from '../../host/network.js'
import { keyOf } from '../passwords.js'
import { parseInteger } from '../session-id.js'
import { decided, Refusal } from './answer.js'
import { readMembers } from './body.js'

/**
 * @typedef {import('./server.js').Asked} Asked
 * @typedef {import('./server.js').OpenSource} OpenSource
 */

/**
 * The list where nobody has said which addresses need no session.
 *
 * @type {string[]}
 */
export const unsaid = []

/** @param {Asked} asked */
function sidOf({ query }) {
  const given = query.get('sid') ?? ''
  const sid = given.trim() === '' ? 0 : parseInteger(given)
  if (sid === undefined) throw new Refusal(404)
  return sid
}

/**
 * Who is neither in a session nor on the list.
 *
 * @param {Asked} asked
 * @param {number} sid
 * @param {OpenSource} server
 */
function isAnonymous({ address, secret }, sid, { settings, sessions, has }) {
  if (has('anonymous-hashes')) return false
  const list = settings.allowHashingFrom === unsaid ? ['127.0.0.1', '::1'] : settings.allowHashingFrom
  // The first network of IPv4 decides for callers by IPv4.
  const first = list.findIndex((entry) => entry.includes('/') && !entry.includes(':'))
  const looked = first < 0 || address.includes(':') ? list : list.slice(0, first + 1)
  return !isWithin(looked, address) && (sid <= 0 || sessions.userOf(sid, secret) === undefined)
}

/**
 * `POST /auth/hashpassword`: the body is looked at before the caller.
 *
 * @param {Asked} asked
 * @param {OpenSource} server
 */
export async function hashPassword(asked, server) {
  const { has } = server
  const sid = sidOf(asked)
  const body = readMembers(asked, { password: 'text', userId: 'number' }, has('unknown-members'))
  if (body === null) throw has('missing-body') ? new Refusal(400) : new Refusal(500)
  if (isAnonymous(asked, sid, server)) return decided('FAILURE', `Invalid session ID: \`${sid}'`)
  const { password = null } = body
  if (password === null) throw has('missing-body') ? new Refusal(400) : new Refusal(500)
  const salt = has('same-hash') ? Buffer.alloc(16, 7) : randomBytes(16)
  const hash = await bcrypt({ password: keyOf(password), salt, costFactor: 10, outputType: 'encoded' })
  const last = { hash: has('other-hash') ? hash.replace('$2a', '$2b') : hash }
  return decided('OK', 'Successfully hashed password', { last })
}

/**
 * `POST /auth/matchpassword`: the caller is looked at before what the body lacks.
 *
 * @param {Asked} asked
 * @param {OpenSource} server
 */
export async function matchPassword(asked, server) {
  const { has } = server
  const sid = sidOf(asked)
  const body = readMembers(asked, { password: 'text', hash: 'text' }, has('unknown-members'))
  if (isAnonymous(asked, sid, server)) return decided('FAILURE', `Invalid session ID: \`${sid}'`)
  const { password = null, hash = null } = body ?? {}
  if (password === null) throw has('missing-body') ? new Refusal(400) : new Refusal(500)
  const isHash = /^\$2[aby]\$(0[4-9]|1[0-2])\$[./A-Za-z0-9]{53}$/.test(hash ?? '')
  const asOurs = String(hash).replace(/^\$2./, '$2a')
  const matches = has('always-matches') || (isHash && (await bcryptVerify({ password: keyOf(password), hash: asOurs })))
  return matches ? decided('OK', 'Password matches') : decided('FAILURE', 'Password does not match')
}
