// @ts-check
import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'
import { Attempts } from '../host/attempts.js'
import { Clock } from '../host/clock.js'
import { runAsCommand } from '../host/command.js'
import { disturbed } from '../host/disturbed.js'
import { withHooks } from '../host/hooks.js'
import { listen } from '../host/listen.js'
import { completeOptions, hostOptions } from '../host/options.js'
import { faults, hostFaults } from './faults.js'
import { hostHeaders, jira, product, signIn } from './jira.js'
import { quirks, readings } from './quirks.js'
import { askers, secureLogin } from './secure-login.js'
import { SessionStore } from './session-store.js'
import { createStates } from './states.js'
import { UserStore } from './user-store.js'

/** The options of a Jira with Secure Login. Times are in milliseconds. */
const defaults = {
  ...hostOptions,
  contextPath: '/jira',
  /** @type {'current' | 'legacy'} */
  revision: 'current',
  active: true,
  blockAfter: 3,
  blockFor: 30 * 60_000,
  sessionAge: 5 * 3_600_000,
  /** @type {'unauthorized' | 'defaultUser'} the default user is the first one */
  withoutSession: 'unauthorized',
  /** @type {'reject' | 'extend'} */
  whileBlocked: 'reject',
  /** @type {'user' | 'session'} */
  countFailuresPer: 'user',
  bindSessionToIp: true,
  /** @type {'jira' | 'confluence'} Confluence has no session resource */
  product: 'jira',
  /** @type {'unauthorized' | 'anonymous'} */
  staleCookie: 'unauthorized',
  /** @type {'off' | 'on'} */
  xsrfCheck: 'off',
  /** @type {'allowed' | 'refused'} */
  restBeforePin: 'allowed',
  /** @type {'allowed' | 'refused'} whether an app's code is taken twice */
  codeReuse: 'allowed',
  /** After so many failed logins no password is taken any more; 0: never. */
  captchaAfter: 0,
  /** What a right server may do in its own way; see quirks.js. */
  quirk: '',
  /** What it gets wrong; see faults.js. */
  fault: '',
  /** Whether X-Forwarded-For tells the caller's address. */
  trustProxy: false,
  /** @type {import('./user-store.js').User[]} */
  users: [],
}

/** @typedef {typeof defaults} Settings */

const choices = {
  revision: ['current', 'legacy'],
  withoutSession: ['unauthorized', 'defaultUser'],
  whileBlocked: ['reject', 'extend'],
  countFailuresPer: ['user', 'session'],
  product: ['jira', 'confluence'],
  staleCookie: ['unauthorized', 'anonymous'],
  xsrfCheck: ['off', 'on'],
  restBeforePin: ['allowed', 'refused'],
  codeReuse: ['allowed', 'refused'],
  quirk: ['', ...Object.keys(quirks), ...Object.keys(readings)],
  fault: ['', ...Object.keys(faults), ...Object.keys(hostFaults)],
}

/**
 * @typedef {object} Running what the parts of a running server share
 * @property {Settings} settings
 * @property {Clock} clock
 * @property {Attempts} attempts
 * @property {UserStore} users
 * @property {(name: string) => boolean} has whether it does something its own way, or wrong
 */

/**
 * What could not be read is the client's mistake; everything else is ours.
 *
 * @type {import('express').ErrorRequestHandler}
 */
const refuse = (error, _request, response, _next) => {
  const status = Number(error?.status)
  response.status(status >= 400 && status < 500 ? status : 500).json({ errorMessages: [String(error)], errors: {} })
}

/**
 * Starts a Jira with Secure Login.
 *
 * @param {Partial<Settings>} options
 * @returns {Promise<import('../host/listen.js').Provider>}
 */
export async function start(options = {}) {
  const given = completeOptions(options, defaults, choices)
  const settings = { ...given }
  const clock = new Clock()
  const attempts = new Attempts()
  const users = new UserStore(settings, clock)
  const sessions = new SessionStore(users.database, settings, clock)
  const secret = randomBytes(32).toString('hex')
  const cookie = { path: settings.contextPath === '' ? '/' : settings.contextPath, httpOnly: true }
  const has = (/** @type {string} */ name) => settings.fault === name || settings.quirk === name
  const server = { settings, clock, attempts, users, sessions, secret, cookie, has }

  const reset = () => {
    Object.assign(settings, given)
    clock.reset()
    if (has('clock-ahead')) clock.advance(8000)
    sessions.clear()
    users.seed(settings.users)
  }
  reset()

  const app = express()
  app.disable('x-powered-by').disable('etag').enable('strict routing').enable('case sensitive routing')
  app.set('trust proxy', () => settings.trustProxy)
  app.use(
    session({ name: 'JSESSIONID', secret, store: sessions, cookie, resave: false, saveUninitialized: false }),
    hostHeaders(server),
    signIn(server),
  )
  const { userOf, isAuthenticated } = askers(server)
  const rest = `${settings.contextPath}/rest`
  if (settings.product === 'jira') {
    const isPinDue = (/** @type {express.Request} */ request) =>
      userOf(request)?.state === 'enter' && !isAuthenticated(request)
    app.use([`${rest}/auth/1`, `${rest}/auth/latest`], jira(server))
    app.use([`${rest}/api/2`, `${rest}/api/latest`], product({ ...server, isPinDue }))
  }
  const plugIn = ['1.0', 'latest'].map((version) => `${rest}/securelogin-admin/${version}/api`)
  app.use(plugIn, secureLogin({ ...server, userOf, isAuthenticated }))
  app.use((_request, response) => void response.status(404).json({ errorMessages: ['not found'], errors: {} }))
  app.use(refuse)

  const quirk = quirks[settings.quirk]
  const played = quirk === undefined ? app : disturbed(app, quirk)
  const listener = withHooks(played, { clock, attempts, states: createStates(server), reset })
  return listen(listener, settings, () => users.database.close())
}

await runAsCommand(import.meta.url, start, defaults)
