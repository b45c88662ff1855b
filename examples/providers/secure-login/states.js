// @ts-check
import { randomBytes } from 'node:crypto'
import { sign } from 'cookie-signature'
import { durationOf, instantOf } from '../host/duration.js'

/**
 * @typedef {object} UserParams
 * @property {string} username
 * @property {string} [pin]
 * @property {{ secret: string }} [totp]
 * @property {number} [failures]
 * @property {boolean} [authenticated]
 * @property {string | number} [for]
 * @property {string} [until]
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
export function createStates({ settings, clock, users, sessions, cookie, secret }) {
  /** @param {Partial<import('./server.js').Settings>} changes */
  const set = (changes) => void Object.assign(settings, changes)

  /**
   * @param {import('../host/hooks.js').Params} params
   * @param {import('./user-store.js').UserRow['state']} state
   */
  function arrange(params, state) {
    const { username, pin, totp, failures, authenticated } = /** @type {UserParams} */ (/** @type {unknown} */ (params))
    if (typeof username !== 'string') throw new TypeError('username: say whose state to arrange')
    users.put({
      username,
      state,
      ...(pin === undefined ? {} : { pin }),
      ...(totp === undefined ? {} : { totp }),
      ...(failures === undefined ? {} : { failures }),
    })
    const id = randomBytes(16).toString('hex')
    const data = { cookie: { ...cookie, originalMaxAge: null }, username, authenticated: authenticated === true }
    sessions.set(id, data)
    return { id, username, password: username, session: encodeURIComponent(`s:${sign(id, secret)}`) }
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
