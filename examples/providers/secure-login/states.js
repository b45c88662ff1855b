// @ts-check
import { randomBytes } from 'node:crypto'
import { sign } from 'cookie-signature'
import { durationOf, instantOf } from '../host/duration.js'

/**
 * @typedef {import('./user-store.js').User} User
 * @typedef {import('./session-store.js').Authentication} Authentication
 */

/**
 * The provider states of Secure Login. Those that name a user log in as well, and return the session.
 *
 * @param {object} server
 * @param {import('./server.js').Settings} server.settings
 * @param {import('../host/clock.js').Clock} server.clock
 * @param {import('./user-store.js').UserStore} server.users
 * @param {import('./session-store.js').SessionStore} server.sessions
 * @param {{ path: string, httpOnly: boolean }} server.cookie
 * @param {string} server.secret
 * @returns {import('../host/hooks.js').States}
 */
export function createStates(server) {
  const { settings, clock, users, sessions, cookie } = server
  /** @param {Partial<import('./server.js').Settings>} changes */
  const set = (changes) => void Object.assign(settings, changes)

  /**
   * @param {import('../host/hooks.js').Params} params
   * @param {import('./user-store.js').UserRow['state']} state
   */
  function arrange(params, state) {
    const { username = 'alice', failures = 0, authenticated } = /** @type {Partial<User & Authentication>} */ (params)
    const known = users.find(username)
    const { password = known?.password ?? username, pin, totp } = /** @type {Partial<User>} */ (params)
    const secret = totp?.secret ?? (pin === undefined ? known?.secret : undefined)
    const factor = secret ? { totp: { secret } } : { pin: pin ?? known?.pin ?? '910817' }
    users.put({ username, password, state, failures, ...factor })
    const id = randomBytes(16).toString('hex')
    const data = { cookie: { ...cookie, originalMaxAge: null }, username, authenticated: authenticated === true }
    sessions.set(id, data)
    return { id, username, password, session: encodeURIComponent(`s:${sign(id, server.secret)}`) }
  }

  return {
    'the plug-in is active': () => set({ active: true }),
    'the plug-in is inactive': () => set({ active: false }),
    'the revision': ({ revision }) => {
      if (revision !== 'current' && revision !== 'legacy') throw new TypeError('revision: current or legacy')
      set({ revision })
    },
    "the server's clock": ({ at }) => clock.stopAt(instantOf(at)),
    'a user who must enter the PIN': (params) => arrange(params, 'enter'),
    'a user who may bypass the PIN': (params) => arrange(params, 'bypass'),
    'a user in onboarding': (params) => arrange(params, 'onboarding'),
    'a blocked user': (params) => {
      const arranged = arrange(params, 'enter')
      const user = users.find(arranged.username)
      const until = params['until']
      const span = until === undefined ? durationOf(params['for'] ?? settings.blockFor) : instantOf(until) - clock.now()
      if (user !== undefined) users.block(user, span)
      return arranged
    },
    'a session that has expired': (params) => {
      const arranged = arrange(params, 'enter')
      sessions.destroy(arranged.id)
      return arranged
    },
  }
}
