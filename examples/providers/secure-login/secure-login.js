// @ts-check
import express from 'express'
import { allowOnly } from './method.js'
import { authenticationOf } from './session-store.js'

/** The two statuses that the page's revisions give to each other's cases. */
const statuses = {
  current: { userInactive: 410, authInactive: 410, authOnboarding: 406 },
  legacy: { userInactive: 406, authInactive: 406, authOnboarding: 410 },
}

const hourMs = 3_600_000

/**
 * Who asks, and whether the PIN was entered.
 *
 * @param {Pick<import('./server.js').Running, 'settings' | 'users' | 'has'>} server
 */
export function askers({ settings, users, has }) {
  return {
    /** @param {import('express').Request} request */
    userOf: (request) => {
      const { username } = authenticationOf(request)
      const named = has('named-user') ? users.find(String(request.query['username'])) : undefined
      if (username !== undefined) return named ?? users.find(username)
      return settings.withoutSession === 'defaultUser' ? users.first() : undefined
    },
    /** @param {import('express').Request} request */
    isAuthenticated: (request) => {
      const { username = '', authenticated, address } = authenticationOf(request)
      if (has('all-sessions') && users.isFreed(username)) return true
      return authenticated === true && (!settings.bindSessionToIp || (address ?? request.ip) === request.ip)
    },
  }
}

/**
 * The three endpoints of Secure Login.
 *
 * @param {import('./server.js').Running & ReturnType<typeof askers>} server
 */
export function secureLogin({ settings, clock, attempts, users, has, userOf, isAuthenticated }) {
  const router = express.Router({ strict: true, caseSensitive: true })

  /** @param {import('express').Response} response to somebody without a session */
  function nobody(response) {
    if (has('login-page')) return response.redirect('/jira/login.jsp')
    response.status(401)
    if (has('told-in-html')) return void response.type('html').send('<p>Log in first</p>')
    response.end()
  }

  /** @type {import('express').RequestHandler} */
  const info = (_request, response) => {
    if (!settings.active && has('info-gone')) return void response.status(410).end()
    const now = clock.now() + (has('local-time') ? 2 * hourMs : 0)
    const active = has('info-text') ? String(settings.active) : settings.active
    response.json({ active, server_time: has('time-number') ? now : toSeconds(now) })
  }

  /** @type {import('express').RequestHandler} */
  const state = (request, response) => {
    const user = userOf(request)
    if (user === undefined) return nobody(response)
    if (!settings.active && !has('inactive-state'))
      return void response.status(statuses[settings.revision].userInactive).json({})
    response.type(has('state-html') ? 'html' : 'json')
    const told = stateOf(request, user)
    response.send(
      JSON.stringify(told.blocked === undefined && has('blocked-always') ? { ...told, blocked: null } : told),
    )
  }

  /**
   * @param {import('express').Request} request
   * @param {import('./user-store.js').UserRow} user
   * @returns {{ state: string, blocked?: object | null }}
   */
  function stateOf(request, user) {
    if (user.state !== 'enter') return { state: user.state }
    const isBlocked = users.isBlocked(user)
    if (isAuthenticated(request) && (!isBlocked || has('free-while-blocked'))) return { state: 'bypass' }
    if (!isBlocked) return { state: has('state-renamed') ? 'pin' : 'enter' }
    const end = Number(user.blockedUntil) + (has('until-local') ? 2 * hourMs : 0)
    const until = has('until-number') ? end : toSeconds(end)
    if (has('no-reason')) return { state: 'blocked', blocked: { until } }
    return { state: 'blocked', blocked: { reason: has('other-reason') ? 'too_many_failures' : 'brute_force', until } }
  }

  /** @type {import('express').RequestHandler} */
  const auth = (request, response) => {
    const user = userOf(request)
    const answer = (/** @type {number} */ status) => void response.status(status).end()
    const type = request.get('content-type') ?? ''
    const isForm = type === '' || request.is('text/plain') !== false
    if (settings.xsrfCheck === 'on' && isForm && request.get('x-atlassian-token') !== 'no-check')
      return void response.status(403).type('text').send('XSRF check failed')
    if (user === undefined) return nobody(response)
    if (!settings.active && !has('inactive-pin')) return answer(statuses[settings.revision].authInactive)
    if (user.state === 'onboarding') {
      if (has('onboarding-refused')) return answer(401)
      if (has('onboarding-finished')) users.setState(user, 'enter')
      return answer(statuses[settings.revision].authOnboarding)
    }
    const isFree = user.state === 'bypass' || (isAuthenticated(request) && !users.isBlocked(user))

    const right = isRight(user, Buffer.isBuffer(request.body) ? request.body.toString() : '')
    if (!isFree && users.isBlocked(user)) {
      if (right && has('right-unblocks')) {
        users.unblock(user)
        return accept(request, response, user, `user:${user.username}`)
      }
      if (!right) attempts.wrong(user.username)
      if (settings.whileBlocked === 'extend') users.block(user, settings.blockFor)
      return answer(has('locked-while-blocked') ? 423 : 401)
    }
    if (request.is('text/plain') === false || type === '') return answer(415)
    if (has('no-charset') && type.includes(';')) return answer(415)
    if (isFree && !has('checks-unneeded')) return answer(200)

    const counter = settings.countFailuresPer === 'user' ? `user:${user.username}` : `session:${request.sessionID}`
    if (has('moved-out') && hasMoved(request)) return answer(401)
    if (right) return accept(request, response, user, counter)
    attempts.wrong(user.username)
    const limit = settings.blockAfter + (has('blocks-late') ? 1 : 0) - (has('blocks-early') ? 1 : 0)
    if (users.countFailure(counter) >= limit && !has('never-blocks')) {
      if (!has('keeps-count-of-block')) users.clearFailures(counter)
      users.block(user, has('short-block') ? settings.blockFor / 3 : settings.blockFor)
      attempts.locked(user.username)
    }
    if (has('wrong-logs-out')) delete authenticationOf(request).username
    if (has('wrong-body')) return void response.status(401).json({ message: 'wrong' })
    answer(has('wrong-forbidden') ? 403 : 401)
  }

  /**
   * @param {import('express').Request} request
   * @param {import('express').Response} response
   * @param {import('./user-store.js').UserRow} user
   * @param {string} counter
   */
  function accept(request, response, user, counter) {
    if (!has('keeps-count')) users.clearFailures(counter)
    users.free(user.username)
    const authenticated = !has('pin-unnoted')
    Object.assign(authenticationOf(request), { username: user.username, authenticated, address: request.ip })
    if (has('accepted-body')) return void response.json({ authenticated: true })
    response.status(200).end()
  }

  /**
   * @param {import('./user-store.js').UserRow} user
   * @param {string} sent
   */
  function isRight(user, sent) {
    if (has('any-pin')) return true
    const pin = has('trims-pins') ? sent.trim() : sent
    if (has('pin-number') && /^[0-9]+$/.test(pin)) return Number(pin) === Number(user.pin)
    return users.takesPin(user, pin)
  }

  /** @param {import('express').Request} request */
  function hasMoved(request) {
    const { address } = authenticationOf(request)
    return address !== undefined && address !== request.ip
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
