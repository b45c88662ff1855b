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
  const { applications, fault } = server.settings
  const { application, username, password } = parameters
  const needed = { username, ...(fault === 'no-password' ? {} : { password }) }
  const blank = Object.entries(needed).filter(([, value]) => value === '')
  const isKnown = application !== '' && (applications.length === 0 || applications.includes(application))
  if (!isKnown && fault !== 'no-application') {
    const message = 'The application is missing or unknown'
    return inStatus({ error: 'InvalidApplication', message }, server)
  }
  if (blank.length > 0) {
    return { status: 422, body: { errors: Object.fromEntries(blank.map(([name]) => [name, ['is missing']])) } }
  }
  return inStatus((parameters.account ?? '') === '' ? inAll(parameters, server) : inOne(parameters, server), server)
}

/**
 * @param {{ status: string } | { error: string, message: string } | Refusal} body
 * @param {Server} server
 */
function inStatus(body, { settings: { statusCodes } }) {
  if (statusCodes === 'always200') return { status: 200, body }
  if ('error' in body) return { status: statuses.get(body.error) ?? 200, body }
  return { status: statusCodes === 'byOutcome' && body.status !== 'Authenticated' ? 403 : 200, body }
}

/**
 * @param {Parameters} parameters
 * @param {Server} server
 */
function inOne(parameters, { settings, accounts, users }) {
  const { fault, order } = settings
  const { username, password, account: permalink = '' } = parameters
  const account = accounts.find(permalink)
  const somebody = users.with(username, password)
  const user = somebody.find(({ account: of }) => of.permalink === permalink || fault === 'any-account')
  const lost = account === undefined || !account.enabled
  const notFound = { error: 'AccountNotFound', message: `No account found matching '${permalink}'` }
  const barred = lost ? undefined : refusalOfAddress(account, parameters, settings)
  if (order === 'account-first' || fault === 'account-first') {
    if (lost) return notFound
    if (barred !== undefined) return barred
  }
  if (fault === 'address-first' && barred !== undefined) return barred
  if (somebody.length === 0) return toStranger(parameters, users, settings)
  if (lost) return notFound
  if (user === undefined) return invalidCredentials(parameters)
  return barred ?? inTurn(user, parameters, users)
}

/**
 * What is told to whoever has no right password anywhere.
 *
 * @param {Parameters} parameters
 * @param {import('./user-store.js').UserStore} users
 * @param {import('./server.js').Settings} settings
 */
function toStranger(parameters, users, { fault }) {
  const meant = users.named(parameters.username).find(({ account }) => account.permalink === parameters.account)
  if (meant !== undefined) {
    if (fault === 'access-first' && !meant.apiAccess) return noAccess
    if (fault === 'lock-first' && users.isLocked(meant)) return { status: 'TwoFactorLocked' }
    if (fault === 'counts-without-password' && parameters.code !== '' && !users.isCode(meant, parameters.code))
      users.countFailure(meant)
  }
  return invalidCredentials(parameters, fault === 'tells-users' && meant === undefined ? { unknown: 'username' } : {})
}

/**
 * @param {UserRow} user
 * @param {Parameters} parameters
 * @param {import('./user-store.js').UserStore} users
 */
function inTurn(user, parameters, users) {
  const refusal = refusalOf(user, parameters, users)
  if (refusal === undefined) {
    users.clearFailures(user)
    return { status: 'Authenticated', user: toJson(user, users.settings) }
  }
  return count(refusal, user, parameters, users)
}

/**
 * Counts a code that is wrong, and says what is told.
 *
 * @param {Refusal} refusal
 * @param {UserRow} user
 * @param {Parameters} parameters
 * @param {import('./user-store.js').UserStore} users
 * @returns {Refusal}
 */
function count(refusal, user, { code }, users) {
  if (refusal !== wrongCode) return refusal
  const { fault, lockingCode, missingCode } = users.settings
  if (code === '' && fault !== 'counts-missing') {
    return missingCode === 'required' ? { status: 'TwoFactorRequired' } : refusal
  }
  const locks = users.countFailure(user)
  return locks && lockingCode === 'locked' ? { status: 'TwoFactorLocked' } : refusal
}

/**
 * Everybody whom nothing stands in the way of. Where something stands in everybody's way, the answer is what the first
 * would get; who has no API access is passed over.
 *
 * @param {Parameters} parameters
 * @param {Server} server
 */
function inAll(parameters, { users, settings }) {
  const known = users.with(parameters.username, parameters.password).filter(({ account }) => account.enabled)
  if (known.length === 0) return toStranger(parameters, users, settings)
  const outcomes = known
    .map((user) => ({ user, refusal: refusalOf(user, parameters, users) }))
    .filter(({ refusal }) => refusal !== noAccess)
  const letIn = outcomes.filter(({ refusal }) => refusal === undefined).map(({ user }) => user)
  const [first] = outcomes
  if (letIn.length === 0 && first?.refusal !== undefined) {
    // A code may be right for one of several users; it is held against them where it is for nobody.
    const told = outcomes.map(({ user, refusal }) => count(refusal ?? wrongCode, user, parameters, users))
    return settings.nobodyLeft === 'empty' ? { status: 'Authenticated', users: [] } : (told[0] ?? first.refusal)
  }
  for (const user of letIn) users.clearFailures(user)
  return { status: 'Authenticated', users: letIn.map((user) => toJson(user, settings)) }
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
  const { fault } = users.settings
  const { code } = parameters
  const refusal = refusalOfAddress(user.account, parameters, users.settings)
  if (refusal !== undefined) return refusal
  const listed = fault === 'lists-everybody' && (parameters.account ?? '') === ''
  if (!user.apiAccess && fault !== 'no-access-check' && !listed) return noAccess
  if (user.code === null && user.secret === null)
    return user.factorRequired && fault !== 'factor-not-required' ? { status: 'TwoFactorRequired' } : undefined
  const right =
    users.isCode(user, code) || (fault === 'any-code' && code !== '') || (fault === 'no-code' && code === '')
  if (!users.isLocked(user) || (right && fault === 'lock-opens')) return right ? undefined : wrongCode
  if (!right && code !== '') users.noteWrong(user)
  if (code !== '' && fault === 'lock-grows') users.lockAnew(user)
  return { status: 'TwoFactorLocked' }
}

/**
 * @param {Required<import('./account-store.js').Account>} account
 * @param {Parameters} parameters
 * @param {import('./server.js').Settings} settings
 * @returns {Refusal | undefined}
 */
function refusalOfAddress({ allowFrom }, { address }, { fault }) {
  if (allowFrom.length === 0 || isWithin(allowFrom, address) || fault === 'no-address-check') return undefined
  return { error: 'NotPermittedFromIPAddress', ip: address }
}

/**
 * @param {Parameters} parameters
 * @param {object} more
 */
function invalidCredentials({ username, password, account }, more = {}) {
  return { status: 'InvalidCredentials', username, password, account: account ?? null, ...more }
}
