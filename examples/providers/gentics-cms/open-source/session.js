// @ts-check
import { cookieName } from '../session-id.js'
import { decided } from './answer.js'
import { toFour } from './login.js'

/**
 * @typedef {import('./server.js').Asked} Asked
 * @typedef {import('./server.js').OpenSource} OpenSource
 */

/**
 * `GET /auth/validate/{sid}`.
 *
 * @param {Asked} asked
 * @param {OpenSource} server
 */
export function validate(asked, server) {
  const { users, sessions, has } = server
  const read = sessions.read(asked.argument)
  const believed = has('any-secret') && read !== undefined && read.secret !== '' ? sessions.secretOf(read.sid) : ''
  const bare = has('bare-sid') && read !== undefined && read.secret === '' ? sessions.secretOf(read.sid) : ''
  const id = read === undefined ? undefined : sessions.userOf(read.sid, bare || believed || read.secret)
  const user = id === undefined ? undefined : users.byId(id)
  if (read === undefined || user === undefined) return decided('INVALIDDATA', 'Invalid SID given')
  if (has('validating-prolongs')) sessions.touch(read.sid)
  return decided('OK', 'Successfully validated given SID', { last: { user: toFour(user, server) } })
}

/**
 * `POST /auth/logout/{sid}`.
 *
 * @param {Asked} asked
 * @param {OpenSource} server
 */
export function logout(asked, { sessions, settings, has }) {
  const messages = /** @type {object[]} */ ([])
  const read = sessions.read(asked.argument)
  if (read === undefined || !sessions.exists(read.sid)) return decided('FAILURE', 'Error while logout', { messages })
  const secret = has('logout-by-number') ? sessions.secretOf(read.sid) : read.secret || asked.secret
  if (sessions.userOf(read.sid, secret) === undefined) {
    return decided('INVALIDDATA', 'Invalid SID given', { messages })
  }
  const all = asked.query.get('allSessions')?.toLowerCase() === 'true'
  if (!has('no-logout')) {
    if (all) sessions.endAll(secret)
    else sessions.end(read.sid)
  }
  const answer = decided('OK', 'Successfully logged out', { messages })
  const deletes = (all && !has('keeps-cookie')) || has('logout-takes-cookie')
  if (!deletes) return answer
  const line = `${cookieName}=deleted; Path=/; Version=1; Max-Age=0; HttpOnly${settings.secureCookie ? '; Secure' : ''}`
  return { ...answer, headers: { ...answer.headers, 'set-cookie': line } }
}

/**
 * `GET /user/me`.
 *
 * @param {Asked} asked
 * @param {OpenSource} server
 */
export function me(asked, { users, sessions, has }) {
  const bare = (/** @type {string} */ body) => ({ status: 401, headers: { 'content-type': 'application/json' }, body })
  const value = asked.query.get('sid') ?? ''
  if (value === '') return bare('sid and session secret required')
  const read = sessions.read(value)
  const secret =
    read === undefined ? '' : has('me-by-number') ? sessions.secretOf(read.sid) : read.secret || asked.secret
  const id = read === undefined ? undefined : sessions.userOf(read.sid, secret)
  const user = id === undefined ? undefined : users.byId(id)
  if (read === undefined || user === undefined) return bare('invalid sid')
  sessions.touch(read.sid)
  const { firstName, lastName, description, email, login } = user
  const groups = user.groups.map((group, index) => ({
    id: group.id ?? index + 1,
    name: group.name,
    description: group.description ?? '',
  }))
  const withGroups = asked.query.get('groups')?.toLowerCase() === 'true' ? { groups } : {}
  const told = { id, firstName, lastName, description, email, login, ...withGroups }
  return decided('OK', 'Successfully loaded current user', { messages: [], last: { user: told } })
}
