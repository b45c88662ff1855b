// @ts-check
import { cookieName } from '../session-id.js'
import { decided, Refusal } from './answer.js'
import { readMembers } from './body.js'

/**
 * @typedef {import('./server.js').Asked} Asked
 * @typedef {import('./server.js').OpenSource} OpenSource
 */

/**
 * The user as a login and a token tell one.
 *
 * @param {import('../user-store.js').UserRow} user
 * @param {OpenSource} server
 */
export function toFour({ id, firstName, lastName, email, ...user }, { has }) {
  const told = { id, firstName, lastName, ...(has('no-email') ? {} : { email }) }
  return { ...told, ...(has('password-told') ? { login: user.login, password: user.password } : {}) }
}

/**
 * The answer with the secret as a cookie.
 *
 * @param {import('./answer.js').Answer} answer
 * @param {string} secret
 * @param {OpenSource} server
 */
export function withCookie(answer, secret, { settings, has }) {
  if (has('no-cookie')) return answer
  const readable = has('readable-cookie') ? '' : '; HttpOnly'
  const site = has('cookie-for-all-sites') ? 'None' : 'Lax'
  const line = `${cookieName}=${secret}; Path=/${readable}${settings.secureCookie ? '; Secure' : ''}; SameSite=${site}`
  return { ...answer, headers: { ...answer.headers, 'set-cookie': line } }
}

/**
 * `POST /auth/login`.
 *
 * @param {Asked} asked
 * @param {OpenSource} server
 */
export function login(asked, server) {
  const { settings, users, sessions, attempts, has } = server
  const body = readMembers(asked, { login: 'text', password: 'text' }, has('unknown-members'))
  if (body === null) throw has('missing-body') ? new Refusal(400) : new Refusal(500)
  const { login: name, password } = body
  const user = users.find(name ?? '')
  const isEmpty = password === null || password === undefined || password === ''
  const isRight = user?.password === password || (has('any-password') && !isEmpty) || (has('empty-password') && isEmpty)
  if (user !== undefined && !isRight) attempts.wrong(name ?? '')
  const isIn = user !== undefined && (user.groups.length > 0 || has('no-groups'))
  if (user === undefined || !isRight || (isEmpty && !has('empty-password')) || !isIn) {
    const words =
      has('tells-users') && user === undefined ? 'No such user' : 'Did not find a user with given credentials'
    return decided(has('failure') ? 'FAILURE' : 'NOTFOUND', words)
  }
  if (settings.maintenance && !user.seesMaintenance && !has('no-maintenance')) {
    return decided('MAINTENANCEMODE', 'The maintenance mode is currently enabled. Login was therefore disabled.')
  }
  const brought = has('fixation') && asked.secret !== '' ? asked.secret : undefined
  const { sid, secret } = sessions.open(user.id, brought)
  const last = { user: toFour(user, server), sid: has('sid-number') ? sid : String(sid) }
  return withCookie(decided('OK', 'Successfully performed login', { last }), secret, server)
}

/**
 * `GET /auth/login` and `GET /auth/ssologin`: text.
 *
 * @param {Asked} asked
 * @param {OpenSource} server
 */
export function sso(asked, server) {
  const { settings, users, sessions, has } = server
  const { header = '', tokens = {}, failing } = settings.sso
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(asked.headers.authorization ?? '') ?? []
  const named = (Object.hasOwn(tokens, token) ? tokens[token] : undefined) ?? String(asked.headers[header] ?? '')
  const text = (/** @type {string} */ body) => ({
    status: 200,
    headers: { 'content-type': has('html') ? 'text/html' : 'text/plain;charset=UTF-8' },
    body,
  })
  if (named !== '' && failing === true) return text('FAILURE')
  const read = sessions.read(asked.query.get('sid') ?? '')
  const secret = read === undefined || read.secret === '' ? asked.secret : read.secret
  const own =
    read === undefined
      ? undefined
      : sessions.userOf(read.sid, has('sso-by-number') ? sessions.secretOf(read.sid) : secret)
  const user = named === '' ? undefined : users.find(named)
  const isKeptOut = (/** @type {import('../user-store.js').UserRow | undefined} */ who) =>
    settings.maintenance && who?.seesMaintenance !== true && !has('no-maintenance')
  if (user !== undefined) {
    if (isKeptOut(user)) return text('MAINTENANCEMODE')
    if (own === undefined && read !== undefined && sessions.exists(read.sid)) return text('NOTFOUND')
    if (own !== user.id) {
      if (read !== undefined && own !== undefined) sessions.end(read.sid)
      const opened = sessions.open(user.id, asked.secret === '' ? undefined : asked.secret)
      return withCookie(text(String(opened.sid)), opened.secret, server)
    }
  }
  if (read === undefined || own === undefined) return text('NOTFOUND')
  if (isKeptOut(users.byId(own))) return text('MAINTENANCEMODE')
  return withCookie(text(has('sso-token') ? `${read.sid}${secret}` : String(read.sid)), secret, server)
}
