// @ts-check

/** Who is meant where a state does not say. */
const somebody = { username: 'adam', password: 's3cret', account: 'atech' }
const nowhere = 'acme'

/** @typedef {import('./store.js').User} User */

/**
 * The provider states of Sirportly.
 *
 * @param {object} server
 * @param {import('./server.js').Settings} server.settings
 * @param {import('./store.js').Store} server.store
 * @returns {import('../host/hooks.js').States}
 */
export function createStates({ settings, store }) {
  /**
   * @param {import('../host/hooks.js').Params} params
   * @param {Partial<User>} rest
   */
  function arrange({ code: _code, totp: _totp, failures: _failures, ...params }, rest) {
    const user = /** @type {User} */ ({ ...somebody, apiAccess: true, ...params, ...rest })
    store.putUser(user)
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
        if (!['applications', 'lockAfter', 'lockFor', 'statusCodes'].includes(name)) throw new TypeError(`no setting ${name}`)
      }
      Object.assign(settings, params)
      return { application: settings.applications[0] ?? 'help-app' }
    },
    'nobody in Sirportly': ({ username }) => (username === undefined ? store.removeAll() : store.removeUser(String(username))),
    'no Sirportly account': ({ account }) => store.removeAccount(String(account ?? nowhere)),
    'a Sirportly account': ({ account, ...params }) => {
      store.putAccount({ permalink: String(account ?? somebody.account), ...params })
    },
    'a Sirportly user': (params) => arrange(params, {}),
    'a Sirportly user without API access': (params) => {
      // It may be said of a user of whom other things have been said before.
      const { username, account } = { ...somebody, ...params }
      if (!store.withdrawApiAccess(String(username), String(account))) arrange(params, { apiAccess: false })
    },
    'a Sirportly user who has to set up a second factor': (params) => arrange(params, { twoFactor: { required: true } }),
    'a Sirportly user with a second factor': (params) => arrange(params, { twoFactor: factorOf(params) }),
    'a Sirportly user with a locked second factor': (params) =>
      arrange(params, { twoFactor: { ...factorOf(params), locked: true } }),
  }
}
