// @ts-check
import { isWithin } from '../host/network.js'
import { toJson } from './user-json.js'

/**
 * @typedef {object} Parameters what a request says
 * @property {string} application
 * @property {string} address
 * @property {string} username
 * @property {string} password
 * @property {string | undefined} account
 * @property {string} code
 *
 * @typedef {import('./user-store.js').UserRow} UserRow
 * @typedef {{ error: string, ip: string } | { status: string }} Refusal
 *
 * @typedef {object} Server
 * @property {import('./server.js').Settings} settings
 * @property {import('./account-store.js').AccountStore} accounts
 * @property {import('./user-store.js').UserStore} users
 */

/** The statuses of answers with an error, where not all are 200. */
const statuses = new Map([
  ['InvalidApplication', 403],
  ['NotPermittedFromIPAddress', 403],
  ['AccountNotFound', 404],
])

const noAccess = { status: 'APIAccessDisabled' }
const wrongCode = { status: 'InvalidTwoFactorCode' }

/**
 * Authenticates a user, in one account or in all.
 *
 * @param {Parameters} parameters
 * @param {Server} server
 * @returns {{ status: number, body: object }}
 */
export function authenticate(parameters, server) {
  const { applications, statusCodes } = server.settings
  const { application, username, password } = parameters
  const blank = Object.entries({ username, password }).filter(([, value]) => value === '')
  if (application === '' || (applications.length > 0 && !applications.includes(application))) {
    return answer({ error: 'InvalidApplication', message: 'The application is missing or unknown' })
  }
  if (blank.length > 0) {
    return { status: 422, body: { errors: Object.fromEntries(blank.map(([name]) => [name, ['is missing']])) } }
  }
  return answer((parameters.account ?? '') === '' ? inAll(parameters, server) : inOne(parameters, server))

  /** @param {{ status: string } | { error: string, message: string } | Refusal} body */
  function answer(body) {
    const kind = 'error' in body ? statuses.get(body.error) : 200
    return { status: statusCodes === 'byKind' ? (kind ?? 200) : 200, body }
  }
}

/**
 * @param {Parameters} parameters
 * @param {Server} server
 */
function inOne(parameters, { accounts, users }) {
  const { username, password, account: permalink = '' } = parameters
  const account = accounts.find(permalink)
  if (account === undefined || !account.enabled) {
    return { error: 'AccountNotFound', message: `No account found matching '${permalink}'` }
  }
  const user = users.with(username, password).find(({ account: of }) => of.permalink === permalink)
  const refusal = refusalOfAddress(account, parameters)
  if (refusal === undefined && user !== undefined) return inTurn(user, parameters, users)
  return refusal ?? invalidCredentials(parameters)
}

/**
 * @param {UserRow} user
 * @param {Parameters} parameters
 * @param {import('./user-store.js').UserStore} users
 */
function inTurn(user, parameters, users) {
  const refusal = refusalOf(user, parameters, users)
  if (refusal === wrongCode && parameters.code !== '') users.countFailure(user)
  if (refusal !== undefined) return refusal
  users.clearFailures(user)
  return { status: 'Authenticated', user: toJson(user) }
}

/**
 * Everybody whom nothing stands in the way of. Where something stands in everybody's way, the answer is what the first
 * would get; who has no API access is passed over.
 *
 * @param {Parameters} parameters
 * @param {Server} server
 */
function inAll(parameters, { users }) {
  const known = users.with(parameters.username, parameters.password).filter(({ account }) => account.enabled)
  if (known.length === 0) return invalidCredentials(parameters)
  const outcomes = known
    .map((user) => ({ user, refusal: refusalOf(user, parameters, users) }))
    .filter(({ refusal }) => refusal !== noAccess)
  const letIn = outcomes.filter(({ refusal }) => refusal === undefined).map(({ user }) => user)
  const [first] = outcomes
  if (letIn.length === 0 && first?.refusal !== undefined) {
    // A code may be right for one of several users; it is held against them where it is for nobody.
    const mistaken = outcomes.filter(({ refusal }) => refusal === wrongCode && parameters.code !== '')
    for (const { user } of mistaken) users.countFailure(user)
    return first.refusal
  }
  for (const user of letIn) users.clearFailures(user)
  return { status: 'Authenticated', users: letIn.map((user) => toJson(user)) }
}

/**
 * What stands in the way of a user whose password is right.
 *
 * @param {UserRow} user
 * @param {Parameters} parameters
 * @param {import('./user-store.js').UserStore} users
 * @returns {Refusal | undefined}
 */
function refusalOf(user, parameters, users) {
  const refusal = refusalOfAddress(user.account, parameters)
  if (refusal !== undefined) return refusal
  if (!user.apiAccess) return noAccess
  if (user.code === null && user.secret === null)
    return user.factorRequired ? { status: 'TwoFactorRequired' } : undefined
  const right = users.isCode(user, parameters.code)
  if (!users.isLocked(user)) return right ? undefined : wrongCode
  if (!right && parameters.code !== '') users.noteWrong(user)
  return { status: 'TwoFactorLocked' }
}

/**
 * @param {Required<import('./account-store.js').Account>} account
 * @param {Parameters} parameters
 * @returns {Refusal | undefined}
 */
function refusalOfAddress({ allowFrom }, { address }) {
  if (allowFrom.length === 0 || isWithin(allowFrom, address)) return undefined
  return { error: 'NotPermittedFromIPAddress', ip: address }
}

/** @param {Parameters} parameters */
function invalidCredentials({ username, password, account }) {
  return { status: 'InvalidCredentials', username, password, account: account ?? null }
}
