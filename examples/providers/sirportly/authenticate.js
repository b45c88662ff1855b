// @ts-check
import { isWithin } from '../host/network.js'

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
 * @typedef {import('./user-store.js').UserRow} UserRow
 */

/**
 * Authenticates a user, in one account or in all.
 *
 * @param {Parameters} parameters
 * @param {{ settings: import('./server.js').Settings, accounts: import('./account-store.js').AccountStore, users: import('./user-store.js').UserStore }} server
 * @returns {Answer}
 */
export function authenticate(
  { application, address, username, password, account, code },
  { settings, accounts, users },
) {
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
    const known = users.with(username, password).filter(({ account: of }) => of.enabled)
    if (known.length === 0) return invalidCredentials
    const near = known.filter(({ account: of }) => isPermitted(of, address))
    if (near.length === 0) return notPermitted
    const admitted = near.filter(({ apiAccess }) => apiAccess)
    const outcomes = admitted.map((user) => ({ user, refusal: secondFactor(user, code, users) }))
    const letIn = outcomes.filter(({ refusal }) => refusal === undefined).map(({ user }) => toWire(user))
    const [first] = outcomes
    if (letIn.length === 0 && first !== undefined) return { status: 200, body: { status: first.refusal } }
    return { status: 200, body: { status: 'Authenticated', users: letIn } }
  }

  const found = accounts.find(account)
  if (found === undefined || !found.enabled) {
    const message = `No account found matching '${account}'`
    return { status: statusOf(404), body: { error: 'AccountNotFound', message } }
  }
  if (!isPermitted(found, address)) return notPermitted
  const user = users.with(username, password).find(({ account: of }) => of.permalink === account)
  if (user === undefined) return invalidCredentials
  if (!user.apiAccess) return { status: 200, body: { status: 'APIAccessDisabled' } }
  const refusal = secondFactor(user, code, users)
  if (refusal !== undefined) return { status: 200, body: { status: refusal } }
  return { status: 200, body: { status: 'Authenticated', user: toWire(user) } }
}

/**
 * @param {Required<import('./account-store.js').Account>} account
 * @param {string} address
 */
function isPermitted({ allowFrom }, address) {
  return allowFrom.length === 0 || isWithin(allowFrom, address)
}

/**
 * What stands between a user and their second factor, if anything does.
 *
 * @param {UserRow} user
 * @param {string} code
 * @param {import('./user-store.js').UserStore} users
 * @returns {string | undefined}
 */
function secondFactor(user, code, users) {
  const isSetUp = user.code !== null || user.secret !== null
  if (!isSetUp) return user.factorRequired ? 'TwoFactorRequired' : undefined
  const right = users.isCode(user, code)
  if (users.isLocked(user)) {
    if (!right && code !== '') users.noteWrong(user)
    return 'TwoFactorLocked'
  }
  if (right) {
    users.clearFailures(user)
    return undefined
  }
  // A code that was not sent is asked for, not held against anybody.
  if (code !== '') users.countFailure(user)
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
