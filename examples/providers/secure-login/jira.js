// @ts-check
import { randomBytes } from 'node:crypto'
import { sign } from 'cookie-signature'
import express from 'express'
import { allowOnly } from './method.js'
import { authenticationOf } from './session-store.js'

/**
 * @typedef {object} Server
 * @property {import('./server.js').Settings} settings
 * @property {import('../host/clock.js').Clock} clock
 * @property {import('./user-store.js').UserStore} users
 * @property {string} secret
 * @property {{ path: string }} cookie
 * @property {(name: string) => boolean} has whether the server was made to do something its own way, or wrong
 */

const refusal = (/** @type {string} */ message) => ({ errorMessages: [message], errors: {} })
const noSession = refusal('You are not authenticated. Authentication required to perform this operation.')

/**
 * A page in which the host tells why it does not go on.
 *
 * @param {import('express').Response} response
 * @param {number} status
 * @param {string} message
 */
function page(response, status, message) {
  response.status(status).type('html').send(`<html><head><title>${status}</title></head><body>${message}</body></html>`)
}

/**
 * What the host puts on every answer.
 *
 * @param {Server} server
 * @returns {import('express').RequestHandler}
 */
export function hostHeaders({ clock }) {
  let count = 0
  return (request, response, next) => {
    const minute = Math.floor(clock.now() / 60_000) % 1440
    response.set({
      'X-AREQUESTID': `${minute}x${++count}x1`,
      'X-AUSERNAME': authenticationOf(request).username ?? 'anonymous',
      'Cache-Control': 'no-cache, no-store, no-transform',
    })
    next()
  }
}

/**
 * Lets `Authorization: Basic` open a session on any call, and turns away what does not belong to anybody.
 *
 * @param {Server} server
 * @returns {import('express').RequestHandler}
 */
export function signIn({ settings, users, cookie }) {
  return async (request, response, next) => {
    const [, encoded] = /^Basic +(.*)$/i.exec(request.get('authorization') ?? '') ?? []
    if (encoded !== undefined) {
      const [, username = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? []
      const answer = users.checkPassword(username, password)
      if (answer !== 'right') {
        const base = `${request.protocol}://${request.host}${cookie.path}`
        response.set('WWW-Authenticate', `OAuth realm="${encodeURIComponent(base)}"`)
        response.set('X-Seraph-LoginReason', 'AUTHENTICATED_FAILED')
        if (answer === 'wrong')
          return page(response, 401, 'Basic Authentication Failure - Reason : AUTHENTICATED_FAILED')
        response.set('X-Authentication-Denied-Reason', `CAPTCHA_CHALLENGE; login-url=${base}/login.jsp`)
        const status = settings.product === 'confluence' ? 401 : 403
        return page(response, status, 'Basic Authentication Failure - Reason : AUTHENTICATION_DENIED')
      }
      if (authenticationOf(request).username !== username) await openSession(request, username)
    }
    const hasCookie = /(^|;\s*)JSESSIONID=/.test(request.get('cookie') ?? '')
    const isStale = hasCookie && authenticationOf(request).username === undefined
    // Whoever logs in may still have the cookie of a session that has ended.
    if (isStale && settings.staleCookie === 'unauthorized' && !/\/rest\/auth\//.test(request.path))
      return page(response, 401, "os_authType was 'any' and an invalid cookie was sent.")
    next()
  }
}

/**
 * Jira's session resource: the first factor.
 *
 * @param {Server} server
 */
export function jira({ users, secret, cookie, clock, has }) {
  const router = express.Router({ strict: true, caseSensitive: true })
  /** @param {string} username */
  const loginInfo = (username) => users.loginInfo(username)

  router
    .route('/session')
    .get((request, response) => {
      const { username } = authenticationOf(request)
      if (username === undefined) return void response.status(401).json(noSession)
      const base = `${request.protocol}://${request.host}${cookie.path === '/' ? '' : cookie.path}`
      const self = `${base}/rest/api/latest/user?username=${encodeURIComponent(username)}`
      response.json({ self, name: username, loginInfo: loginInfo(username) })
    })
    .post(express.json(), async (request, response) => {
      if (request.is('application/json') === false) return void response.status(415).end()
      const { username, password } = request.body ?? {}
      if (typeof username !== 'string' || typeof password !== 'string') {
        return void response.status(400).json(refusal('username and password: texts'))
      }
      const answer = users.checkPassword(username, password)
      if (answer === 'captcha') {
        response.set('X-Authentication-Denied-Reason', `CAPTCHA_CHALLENGE; login-url=${cookie.path}/login.jsp`)
        return void response.status(403).json(refusal('Login denied'))
      }
      if (answer === 'wrong') {
        const isTold = has('tells-users') && users.find(username) === undefined
        return void response.status(401).json(refusal(isTold ? 'No such user' : 'Login failed'))
      }
      users.noteLogin(username, clock.now())
      const isLoggedIn = authenticationOf(request).username !== undefined
      if (has('same-session') && isLoggedIn) authenticationOf(request).username = username
      else await openSession(request, username)
      // The cookie's own spelling, so that a client can make the cookie out of name and value.
      const value = encodeURIComponent(`s:${sign(request.sessionID, secret)}`)
      const token = [randomBytes(8).toString('hex').toUpperCase(), randomBytes(20).toString('hex'), 'lout'].join('|')
      response.append('Set-Cookie', `atlassian.xsrf.token=${token}; Path=${cookie.path}`)
      response.json({ session: { name: 'JSESSIONID', value }, loginInfo: loginInfo(username) })
    })
    .delete((request, response) => {
      if (authenticationOf(request).username === undefined) return void response.status(401).json(noSession)
      if (has('no-logout')) return void response.status(204).end()
      request.session.destroy(() => void response.status(204).end())
    })
    .all(allowOnly('GET', 'POST', 'DELETE'))
  return router
}

/**
 * What clients of Jira ask for first.
 *
 * @param {Server & { isPinDue: (request: import('express').Request) => boolean }} server
 */
export function product({ settings, cookie, isPinDue }) {
  const router = express.Router({ strict: true, caseSensitive: true })
  /** @type {import('express').RequestHandler} */
  const gate = (request, response, next) => {
    if (settings.restBeforePin === 'refused' && isPinDue(request)) return void response.status(401).json(noSession)
    next()
  }
  const baseUrl = (/** @type {import('express').Request} */ request) =>
    `${request.protocol}://${request.host}${cookie.path === '/' ? '' : cookie.path}`
  router.get('/serverInfo', gate, (request, response) => {
    response.json({ baseUrl: baseUrl(request), version: '9.4.0', versionNumbers: [9, 4, 0], deploymentType: 'Server' })
  })
  router.get('/myself', gate, (request, response) => {
    const { username } = authenticationOf(request)
    if (username === undefined) return void response.status(401).json(noSession)
    const self = `${baseUrl(request)}/rest/api/2/user?username=${encodeURIComponent(username)}`
    response.json({ self, key: username, name: username, displayName: username, active: true })
  })
  return router
}

/**
 * A new session, so that nobody can be made to log in to one that somebody else knows.
 *
 * @param {import('express').Request} request
 * @param {string} username
 * @returns {Promise<void>}
 */
function openSession(request, username) {
  return new Promise((resolve, reject) => {
    request.session.regenerate((error) => {
      if (error) return reject(error)
      authenticationOf(request).username = username
      resolve()
    })
  })
}
