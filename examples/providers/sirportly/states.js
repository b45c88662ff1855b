// @ts-check
import { durationOf, instantOf } from '../host/duration.js'

/** Who is meant where a state does not say. */
const somebody = { username: 'adam', password: 's3cret', account: 'atech' }

/**
 * @typedef {import('./user-store.js').User} User
 * @typedef {import('../host/hooks.js').Params} Params
 */

/**
 * The provider states of Sirportly.
 *
 * @param {object} server
 * @param {import('./server.js').Settings} server.settings
 * @param {import('../host/clock.js').Clock} server.clock
 * @param {import('./account-store.js').AccountStore} server.accounts
 * @param {import('./user-store.js').UserStore} server.users
 * @returns {import('../host/hooks.js').States}
 */
export function createStates({ settings, clock, accounts, users }) {
  /**
   * @param {Params} params
   * @param {Partial<User>} [rest]
   */
  function arrange(params, rest) {
    const { username, password, account } = { ...somebody, ...params }
    const { id, activated } = /** @type {Partial<User>} */ (params)
    const facts = { ...(id === undefined ? {} : { id }), ...(activated === undefined ? {} : { activated }) }
    if (accounts.find(account) === undefined) accounts.put({ permalink: account })
    users.put({ username, password, account, apiAccess: true, ...facts, ...rest })
    return { username, password, account }
  }

  /** @param {Params} params */
  function factorOf({ code = '123456', totp, failures = 0 }) {
    const factor = totp === undefined ? { code } : { totp }
    return /** @type {NonNullable<User['twoFactor']>} */ ({ ...factor, failures })
  }

  /** @param {Params} params */
  function endOfLock({ for: span, until }) {
    if (until !== undefined) return { lockedUntil: instantOf(until) }
    return span === undefined ? { locked: true } : { lockedUntil: clock.now() + durationOf(span) }
  }

  return {
    "Sirportly's settings": ({ applications = [], trustProxy = false, ...params }) => {
      const { order = 'credentials-first', statusCodes = 'byKind', lockingCode = 'invalid' } = params
      const { missingCode = 'invalid', nobodyLeft = 'refused' } = params
      Object.assign(settings, { applications, trustProxy, order, statusCodes, lockingCode, missingCode, nobodyLeft })
      return { application: settings.applications[0] ?? 'help-app' }
    },
    'nobody in Sirportly': ({ username = somebody.username }) => users.remove(String(username)),
    'no Sirportly account': ({ account = 'acme' }) => accounts.remove(String(account)),
    'a Sirportly account': ({ account = somebody.account, ...params }) => {
      const permalink = String(account)
      accounts.put({ ...accounts.find(permalink), ...params, permalink })
    },
    'a Sirportly user': (params) => arrange(params),
    'a Sirportly user without API access': (params) => {
      // It may be said of a user of whom other things have been said before.
      const { username, account } = { ...somebody, ...params }
      if (users.withdrawApiAccess(username, account)) return { ...somebody, ...params }
      return arrange(params, { apiAccess: false })
    },
    'a Sirportly user who has to set up a second factor': (params) =>
      arrange(params, { twoFactor: { required: true } }),
    'a Sirportly user with a second factor': (params) => arrange(params, { twoFactor: factorOf(params) }),
    'a Sirportly user with a locked second factor': (params) =>
      arrange(params, { twoFactor: { ...factorOf(params), ...endOfLock(params) } }),
  }
}
