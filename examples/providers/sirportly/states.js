// @ts-check

/** Who is meant where a state does not say. */
const somebody = { username: 'adam', password: 's3cret', account: 'atech' }
const nowhere = 'acme'

/** @typedef {import('./user-store.js').User} User */

/**
 * The provider states of Sirportly.
 *
 * @param {object} server
 * @param {import('./server.js').Settings} server.settings
 * @param {import('./account-store.js').AccountStore} server.accounts
 * @param {import('./user-store.js').UserStore} server.users
 * @returns {import('../host/hooks.js').States}
 */
export function createStates({ settings, accounts, users }) {
  /**
   * @param {import('../host/hooks.js').Params} params
   * @param {Partial<User>} rest
   */
  function arrange({ code: _code, totp: _totp, failures: _failures, ...params }, rest) {
    const user = /** @type {User} */ ({ ...somebody, apiAccess: true, ...params, ...rest })
    if (accounts.find(user.account) === undefined) accounts.put({ permalink: user.account })
    users.put(user)
    return { username: user.username, password: user.password, account: user.account }
  }

  /** @param {import('../host/hooks.js').Params} params */
  function factorOf({ code, totp, failures }) {
    return /** @type {NonNullable<User['twoFactor']>} */ ({
      ...(totp === undefined ? { code: code ?? '123456' } : { totp }),
      ...(failures === undefined ? {} : { failures }),
    })
  }

  return {
    "Sirportly's settings": (params) => {
      for (const name of Object.keys(params)) {
        if (!['applications', 'lockAfter', 'lockFor', 'statusCodes'].includes(name))
          throw new TypeError(`no setting ${name}`)
      }
      Object.assign(settings, params)
      return { application: settings.applications[0] ?? 'help-app' }
    },
    'nobody in Sirportly': ({ username }) => (username === undefined ? users.clear() : users.remove(String(username))),
    'no Sirportly account': ({ account }) => accounts.remove(String(account ?? nowhere)),
    'a Sirportly account': ({ account, ...params }) => {
      accounts.put({ permalink: String(account ?? somebody.account), ...params })
    },
    'a Sirportly user': (params) => arrange(params, {}),
    'a Sirportly user without API access': (params) => {
      // It may be said of a user of whom other things have been said before.
      const { username, account } = { ...somebody, ...params }
      if (!users.withdrawApiAccess(username, account)) arrange(params, { apiAccess: false })
    },
    'a Sirportly user who has to set up a second factor': (params) =>
      arrange(params, { twoFactor: { required: true } }),
    'a Sirportly user with a second factor': (params) => arrange(params, { twoFactor: factorOf(params) }),
    'a Sirportly user with a locked second factor': (params) =>
      arrange(params, { twoFactor: { ...factorOf(params), locked: true } }),
  }
}
