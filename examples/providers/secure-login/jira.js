// @ts-check
import { sign } from 'cookie-signature'
import express from 'express'
import { allowOnly } from './method.js'
import { authenticationOf } from './session-store.js'

const noSession = { errorMessages: ['No session'], errors: {} }
const loginFailed = { errorMessages: ['Login failed'], errors: {} }

/**
 * Lets `Authorization: Basic` open a session on any call.
 *
 * @param {{ users: import('./user-store.js').UserStore }} server
 * @returns {import('express').RequestHandler}
 */
export function signIn({ users }) {
  return async (request, response, next) => {
    const [, encoded] = /^Basic +(.*)$/i.exec(request.get('authorization') ?? '') ?? []
    if (encoded === undefined) return next()
    const [, username = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? []
    const user = users.find(username)
    if (user === undefined || user.password !== password) return void response.status(401).end()
    if (authenticationOf(request).username !== username) await openSession(request, username)
    next()
  }
}

/**
 * Jira's session resource: the first factor.
 *
 * @param {{ users: import('./user-store.js').UserStore, secret: string }} server
 */
export function jira({ users, secret }) {
  const router = express.Router({ strict: true, caseSensitive: true })
  const loginInfo = { failedLoginCount: 0, loginCount: 1 }

  router
    .route('/session')
    .get((request, response) => {
      const { username } = authenticationOf(request)
      if (username === undefined) return void response.status(401).json(noSession)
      const self = `${request.protocol}://${request.host}${request.baseUrl}/session`
      response.json({ self, name: username, loginInfo })
    })
    .post(express.json(), async (request, response) => {
      if (request.is('application/json') === false) return void response.status(415).end()
      const { username, password } = request.body ?? {}
      if (typeof username !== 'string' || typeof password !== 'string') {
        return void response.status(400).json({ errorMessages: ['username and password: texts'], errors: {} })
      }
      if (users.find(username)?.password !== password) return void response.status(401).json(loginFailed)
      await openSession(request, username)
      // The cookie's own spelling, so that a client can make the cookie out of name and value.
      const value = encodeURIComponent(`s:${sign(request.sessionID, secret)}`)
      response.json({ session: { name: 'JSESSIONID', value }, loginInfo })
    })
    .delete((request, response) => {
      if (authenticationOf(request).username === undefined) return void response.status(401).json(noSession)
      request.session.destroy(() => void response.status(204).end())
    })
    .all(allowOnly('GET', 'POST', 'DELETE'))
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
