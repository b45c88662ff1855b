// @ts-check
import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'
import { Attempts } from '../host/attempts.js'
import { Clock } from '../host/clock.js'
import { runAsCommand } from '../host/command.js'
import { withHooks } from '../host/hooks.js'
import { listen } from '../host/listen.js'
import { completeOptions, hostOptions } from '../host/options.js'
import { jira, signIn } from './jira.js'
import { secureLogin } from './secure-login.js'
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
}

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
  const server = { settings, clock, attempts, users, sessions, secret, cookie }

  const reset = () => {
    Object.assign(settings, given)
    clock.reset()
    sessions.clear()
    users.seed(settings.users)
  }
  reset()

  const app = express()
  app.disable('x-powered-by').disable('etag').enable('strict routing').enable('case sensitive routing')
  app.set('trust proxy', () => settings.trustProxy)
  app.use(
    session({ name: 'JSESSIONID', secret, store: sessions, cookie, resave: false, saveUninitialized: false }),
    signIn(server),
  )
  app.use(`${settings.contextPath}/rest/auth/1`, jira(server))
  app.use(`${settings.contextPath}/rest/securelogin-admin/1.0/api`, secureLogin(server))
  app.use((_request, response) => void response.status(404).json({ errorMessages: ['not found'], errors: {} }))
  app.use(refuse)

  const listener = withHooks(app, { clock, attempts, states: createStates(server), reset })
  return listen(listener, settings, () => users.database.close())
}

await runAsCommand(import.meta.url, start, defaults)
