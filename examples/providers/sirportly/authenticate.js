// @ts-check
import { isWithin } from './network.js'

/**
 * @typedef {object} Parameters what a request says
 * @property {string} application
 * @property {string} address
 * @property {string} username
 * @property {string} password
 * @property {string | undefined} account
 * @property {string} code
 *
 * @typedef {{ status: number, body: object }} Answer
 * @typedef {import('./store.js').UserRow} UserRow
 */

/**
 * Authenticates a user, in one account or in all.
 *
 * @param {Parameters} parameters
 * @param {{ settings: import('./server.js').Settings, store: import('./store.js').Store }} server
 * @returns {Answer}
 */
export function authenticate({ application, address, username, password, account, code }, { settings, store }) {
  const statusOf = (/** @type {number} */ kind) => (settings.statusCodes === 'always200' ? 200 : kind)
  const notPermitted = { status: statusOf(403), body: { error: 'NotPermittedFromIPAddress', ip: address } }
  const invalidCredentials = {
    status: 200,
    body: { status: 'InvalidCredentials', username, password, account: account ?? null },
  }

  if (application === '' || (settings.applications.length > 0 && !settings.applications.includes(application))) {
    return { status: 403, body: { error: 'InvalidApplication', message: 'The application is missing or unknown' } }
  }
  const blank = Object.entries({ username, password }).filter(([, value]) => value === '')
  if (blank.length > 0) {
    return { status: 422, body: { errors: Object.fromEntries(blank.map(([name]) => [name, ['is missing']])) } }
  }

  if (account === undefined || account === '') {
    const known = store.usersWith(username, password).filter(({ account: of }) => of.enabled)
    if (known.length === 0) return invalidCredentials
    const near = known.filter(({ account: of }) => isWithin(of.allowFrom, address))
    if (near.length === 0) return notPermitted
    const admitted = near.filter(({ apiAccess }) => apiAccess)
    const outcomes = admitted.map((user) => ({ user, refusal: secondFactor(user, code, store) }))
    const users = outcomes.filter(({ refusal }) => refusal === undefined).map(({ user }) => toWire(user))
    const [first] = outcomes
    if (users.length === 0 && first !== undefined) return { status: 200, body: { status: first.refusal } }
    return { status: 200, body: { status: 'Authenticated', users } }
  }

  const found = store.account(account)
  if (found === undefined || !found.enabled) {
    const message = `No account found matching '${account}'`
    return { status: statusOf(404), body: { error: 'AccountNotFound', message } }
  }
  if (!isWithin(found.allowFrom, address)) return notPermitted
  const user = store.usersWith(username, password).find(({ account: of }) => of.permalink === account)
  if (user === undefined) return invalidCredentials
  if (!user.apiAccess) return { status: 200, body: { status: 'APIAccessDisabled' } }
  const refusal = secondFactor(user, code, store)
  if (refusal !== undefined) return { status: 200, body: { status: refusal } }
  return { status: 200, body: { status: 'Authenticated', user: toWire(user) } }
}

/**
 * What stands between a user and their second factor, if anything does.
 *
 * @param {UserRow} user
 * @param {string} code
 * @param {import('./store.js').Store} store
 * @returns {string | undefined}
 */
function secondFactor(user, code, store) {
  const isSetUp = user.code !== null || user.secret !== null
  if (!isSetUp) return user.factorRequired ? 'TwoFactorRequired' : undefined
  const right = store.isCode(user, code)
  if (store.isLocked(user)) {
    if (!right && code !== '') store.noteWrong(user)
    return 'TwoFactorLocked'
  }
  if (right) {
    store.clearFailures(user)
    return undefined
  }
  // A code that was not sent is asked for, not held against anybody.
  if (code !== '') store.countFailure(user)
  return 'InvalidTwoFactorCode'
}

/** @param {UserRow} user */
function toWire({ account, ...user }) {
  return {
    id: user.id,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    email_address: user.email,
    time_zone: 'London',
    created_at: '2012-01-12T22:09:01+00:00',
    'activated?': user.activated,
    invite_code: null,
    permissions: { admin: false, reporting: true, tickets: true, api: user.apiAccess },
    account: {
      name: account.name,
      permalink: account.permalink,
      domain: account.domain,
      domain_with_protocol: `https://${account.domain}`,
      enabled: account.enabled,
    },
    api_token: { token: user.token, secret: user.tokenSecret },
  }
}
