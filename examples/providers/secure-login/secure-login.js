// @ts-check
import express from 'express'
import { allowOnly } from './method.js'
import { authenticationOf } from './session-store.js'

/** The two statuses that the page's revisions give to each other's cases. */
const statuses = {
  current: { userInactive: 410, authInactive: 410, authOnboarding: 406 },
  legacy: { userInactive: 406, authInactive: 406, authOnboarding: 410 },
}

/**
 * The three endpoints of Secure Login.
 *
 * @param {object} server
 * @param {import('./server.js').Settings} server.settings
 * @param {import('../host/clock.js').Clock} server.clock
 * @param {import('../host/attempts.js').Attempts} server.attempts
 * @param {import('./user-store.js').UserStore} server.users
 */
export function secureLogin({ settings, clock, attempts, users }) {
  const router = express.Router({ strict: true, caseSensitive: true })

  /** @param {import('express').Request} request */
  function userOf(request) {
    const { username } = authenticationOf(request)
    if (username !== undefined) return users.find(username)
    return settings.withoutSession === 'defaultUser' ? users.first() : undefined
  }

  /** @param {import('express').Request} request */
  function isAuthenticated(request) {
    const { authenticated, address } = authenticationOf(request)
    return authenticated === true && (!settings.bindSessionToIp || (address ?? request.ip) === request.ip)
  }

  /** @type {import('express').RequestHandler} */
  const info = (_request, response) => {
    response.json({ active: settings.active, server_time: toSeconds(clock.now()) })
  }

  /** @type {import('express').RequestHandler} */
  const state = (request, response) => {
    const user = userOf(request)
    if (user === undefined) return void response.status(401).end()
    if (!settings.active) return void response.status(statuses[settings.revision].userInactive).json({})
    if (user.state !== 'enter') return void response.json({ state: user.state })
    if (isAuthenticated(request)) return void response.json({ state: 'bypass' })
    if (!users.isBlocked(user)) return void response.json({ state: 'enter' })
    response.json({ state: 'blocked', blocked: { reason: 'brute_force', until: toSeconds(Number(user.blockedUntil)) } })
  }

  /** @type {import('express').RequestHandler} */
  const auth = (request, response) => {
    const user = userOf(request)
    const answer = (/** @type {number} */ status) => void response.status(status).end()
    if (user === undefined) return answer(401)
    if (!settings.active) return answer(statuses[settings.revision].authInactive)
    if (user.state === 'onboarding') return answer(statuses[settings.revision].authOnboarding)
    const isFree = user.state === 'bypass' || isAuthenticated(request)

    const right = users.isPin(user, Buffer.isBuffer(request.body) ? request.body.toString() : '')
    if (!isFree && users.isBlocked(user)) {
      if (!right) attempts.wrong(user.username)
      if (settings.whileBlocked === 'extend') users.block(user, settings.blockFor)
      return answer(401)
    }
    if (request.is('text/plain') === false || request.get('content-type') === undefined) return answer(415)
    if (isFree) return answer(200)

    const counter = settings.countFailuresPer === 'user' ? `user:${user.username}` : `session:${request.sessionID}`
    if (right) {
      users.clearFailures(counter)
      Object.assign(authenticationOf(request), { username: user.username, authenticated: true, address: request.ip })
      return answer(200)
    }
    attempts.wrong(user.username)
    if (users.countFailure(counter) >= settings.blockAfter) {
      users.clearFailures(counter)
      users.block(user, settings.blockFor)
      attempts.locked(user.username)
    }
    answer(401)
  }

  router.route('/info').get(info).all(allowOnly('GET'))
  router.route('/user').get(state).all(allowOnly('GET'))
  // The body of any type is read as it is: whether the type is right matters only later.
  router
    .route('/auth')
    .post(express.raw({ type: () => true }), auth)
    .all(allowOnly('POST'))
  return router
}

/** @param {number} instant */
function toSeconds(instant) {
  return new Date(instant).toISOString().replace(/\.\d+/, '')
}
