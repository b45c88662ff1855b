// @ts-check
import express from 'express'
import multer from 'multer'
import sqlite from 'node-sqlite3-wasm'
import { Attempts } from '../host/attempts.js'
import { Clock } from '../host/clock.js'
import { runAsCommand } from '../host/command.js'
import { disturbed } from '../host/disturbed.js'
import { withHooks } from '../host/hooks.js'
import { listen } from '../host/listen.js'
import { completeOptions, hostOptions } from '../host/options.js'
import { AccountStore } from './account-store.js'
import { authenticate } from './authenticate.js'
import { faults } from './faults.js'
import { quirks } from './quirks.js'
import { spoiled } from './spoiled.js'
import { createStates } from './states.js'
import { UserStore } from './user-store.js'

/** The options of a Sirportly. Times are in milliseconds. */
const defaults = {
  ...hostOptions,
  /** @type {string[]} the values of X-Auth-Application that are let in; any, where there are none */
  applications: [],
  lockAfter: 5,
  /** How long a lock lasts; 0: until somebody unlocks the user. */
  lockFor: 0,
  /** @type {'credentials-first' | 'account-first'} */
  order: 'credentials-first',
  /** @type {'byKind' | 'byOutcome' | 'always200'} */
  statusCodes: 'byKind',
  /** @type {'invalid' | 'locked'} what the wrong code is told that locks */
  lockingCode: 'invalid',
  /** @type {'invalid' | 'required'} what a code is told that is missing */
  missingCode: 'invalid',
  /** @type {'refused' | 'empty'} what is told, without an account, where something stands in the way of everybody */
  nobodyLeft: 'refused',
  /** What a right server may do in its own way; see quirks.js. */
  quirk: '',
  /** What it gets wrong; see faults.js. */
  fault: '',
  /** Whether X-Forwarded-For tells the caller's address. */
  trustProxy: false,
  /** @type {import('./account-store.js').Account[]} */
  accounts: [],
  /** @type {import('./user-store.js').User[]} */
  users: [],
}

/** @typedef {typeof defaults} Settings */

/** The words of what may be set in a few. */
const choices = {
  order: ['credentials-first', 'account-first'],
  statusCodes: ['byKind', 'byOutcome', 'always200'],
  lockingCode: ['invalid', 'locked'],
  missingCode: ['invalid', 'required'],
  nobodyLeft: ['refused', 'empty'],
}

const readMultipart = multer().none()

/**
 * Reads a form in parts; where it cannot be read, the parameters are missing.
 *
 * @type {import('express').RequestHandler}
 */
const readForm = (request, response, next) => readMultipart(request, response, () => next())

/** @type {import('express').ErrorRequestHandler} */
const refuse = (error, _request, response, _next) => {
  const status = error?.status >= 400 && error?.status < 500 ? error.status : 500
  response.status(status).json({ error: 'BadRequest', message: String(error) })
}

/**
 * Starts a Sirportly.
 *
 * @param {Partial<Settings>} options
 * @returns {Promise<import('../host/listen.js').Provider>}
 */
export async function start(options = {}) {
  const given = completeOptions(options, defaults, {
    ...choices,
    quirk: ['', ...Object.keys(quirks)],
    fault: ['', ...Object.keys(faults)],
  })
  const settings = { ...given }
  const clock = new Clock()
  const attempts = new Attempts()
  const database = new sqlite.Database(settings.database)
  const accounts = new AccountStore(database)
  const users = new UserStore(database, settings, clock, attempts)

  const reset = () => {
    Object.assign(settings, given)
    clock.reset()
    accounts.clear()
    users.clear()
    for (const account of settings.accounts) accounts.put(account)
    for (const user of settings.users) users.put(user)
  }
  reset()

  const app = express()
  app.disable('x-powered-by').disable('etag').enable('strict routing').enable('case sensitive routing')
  app.set('trust proxy', () => settings.trustProxy)
  // Whatever the method, parameters may stand in the query or in a form.
  const paths = ['/api/v2/authentication/authenticate', '/api/v1/authentication/authenticate']
  app.all(paths, express.urlencoded({ extended: false }), readForm, (request, response) => {
    const { fault } = settings
    if (fault === 'post-only' && request.method !== 'POST') return response.status(405).json({ error: 'NoSuchMethod' })
    const { status, body } = authenticate(readParameters(request, fault), { settings, accounts, users })
    response.status(status).json(body)
  })
  app.use((_request, response) => void response.status(404).json({ error: 'NotFound' }))
  app.use(refuse)

  const change = quirks[settings.quirk] ?? spoiled[settings.fault]
  const listener = withHooks(change === undefined ? app : disturbed(app, change), {
    clock,
    attempts,
    states: createStates({ settings, clock, accounts, users }),
    reset,
  })
  return listen(listener, settings, () => database.close())
}

/**
 * @param {import('express').Request} request
 * @param {string} fault
 * @returns {import('./authenticate.js').Parameters}
 */
function readParameters(request, fault) {
  /** @type {Map<string, unknown>} */
  const sent = new Map([
    ...(fault === 'ignores-query' ? [] : Object.entries(request.query)),
    ...Object.entries(request.body ?? {}),
  ])
  /** @param {string} name */
  const read = (name) => {
    const value = sent.get(name)
    // Of several, the last one counts.
    const last = Array.isArray(value) ? value.at(-1) : value
    return typeof last === 'string' ? last : undefined
  }
  return {
    application: request.get('x-auth-application') ?? '',
    address: (request.ip ?? '').replace(/^::ffff:(?=\d+\.)/i, ''),
    username: read('username') ?? '',
    password: read('password') ?? '',
    account: read('account'),
    code: read('two_factor_code') ?? '',
  }
}

await runAsCommand(import.meta.url, start, defaults)
