// @ts-check
import cookie from '@fastify/cookie'
import fastify from 'fastify'
import sqlite from 'node-sqlite3-wasm'
import { Attempts } from '../host/attempts.js'
import { Clock } from '../host/clock.js'
import { runAsCommand } from '../host/command.js'
import { disturbed } from '../host/disturbed.js'
import { withHooks } from '../host/hooks.js'
import { listen } from '../host/listen.js'
import { completeOptions, hostOptions } from '../host/options.js'
import { addAuth } from './auth.js'
import { faults } from './faults.js'
import { unsaid } from './open-source/passwords.js'
import { openSource } from './open-source/server.js'
import { SessionTable } from './open-source/session-table.js'
import { addPasswords } from './passwords.js'
import { quirks } from './quirks.js'
import { Routes } from './routes.js'
import { SessionStore } from './session-store.js'
import { addSso } from './sso.js'
import { createStates } from './states.js'
import { UserStore } from './user-store.js'

/** The options of a Gentics CMS. Times are in milliseconds. */
const defaults = {
  ...hostOptions,
  contextPath: '',
  /** @type {'documented' | 'observed'} */
  dialect: 'documented',
  maintenance: false,
  globalPrefix: 'A547',
  sessionAge: 3_600_000,
  secureCookie: false,
  exposePasswords: false,
  /** Networks from which passwords may be hashed without a session; if unsaid, observed: 127.0.0.1 and ::1. */
  allowHashingFrom: unsaid,
  /** What a right server may do in its own way; see quirks.js. */
  quirk: '',
  /** What the observed server gets wrong; see faults.js. */
  fault: '',
  /** What signs in with a signature: the key in PEM, and what the signature covers. */
  rsa: { publicKey: '', payload: '{username}{salt}{expirationTimestamp}' },
  /** @type {import('./sso.js').SsoSystem} */
  sso: {},
  /** @type {import('./user-store.js').Message[]} beside every answer */
  messages: [],
  /** @type {import('./user-store.js').User[]} */
  users: [],
}

/** @typedef {typeof defaults} Settings */

/**
 * @typedef {object} Server what the endpoints work with
 * @property {Settings} settings
 * @property {Clock} clock
 * @property {Attempts} attempts
 * @property {UserStore} users
 * @property {SessionStore} sessions
 */

/**
 * Starts a Gentics CMS.
 *
 * @param {Partial<Settings>} options
 * @returns {Promise<import('../host/listen.js').Provider>}
 */
export async function start(options = {}) {
  const given = completeOptions(options, defaults, {
    dialect: ['documented', 'observed'],
    quirk: ['', ...Object.keys(quirks)],
    fault: ['', ...Object.keys(faults)],
  })
  if (given.fault !== '' && given.dialect !== 'observed') throw new TypeError('fault: only dialect observed has any')
  const settings = { ...given }
  const clock = new Clock()
  const attempts = new Attempts()
  const database = new sqlite.Database(settings.database)
  const users = new UserStore(database, settings)
  const sessions = new SessionStore(database, settings, clock)
  const server = { settings, clock, attempts, users, sessions }

  const reset = () => {
    Object.assign(settings, given)
    clock.reset()
    sessions.clear()
    users.seed(settings.users)
  }
  reset()

  const app = fastify({
    // Every endpoint has the suffix .json as well.
    rewriteUrl: ({ url = '/' }) => url.replace(/\.json(?=\?|$)/, ''),
    routerOptions: { maxParamLength: 1000 },
  })
  await app.register(cookie)
  // The type of a body matters to some endpoints only, so they look at it themselves.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const routes = new Routes(app, `${settings.contextPath}/rest`)
  addAuth(routes, server)
  addPasswords(routes, server)
  addSso(routes, server)
  routes.refuseOtherMethods()
  await app.ready()

  const observed = openSource({
    ...server,
    sessions: new SessionTable(database, settings, clock),
    has: (fault) => settings.fault === fault,
  })
  /** @type {import('node:http').RequestListener} */
  const played = (request, response) =>
    settings.dialect === 'observed' ? observed(request, response) : app.routing(request, response)
  const quirk = quirks[settings.quirk]

  const states = createStates(server)
  return listen(
    withHooks(quirk === undefined ? played : disturbed(played, quirk), { clock, attempts, states, reset }),
    settings,
    () => {
      database.close()
      void app.close()
    },
  )
}

await runAsCommand(import.meta.url, start, defaults)
