// @ts-check
import session from 'express-session'

/**
 * @typedef {object} Authentication what Jira and Secure Login keep in a session
 * @property {string} [username]
 * @property {number} [logins] of the user before this one
 * @property {boolean} [authenticated] whether the PIN was right
 * @property {string} [address] where it was entered
 */

/** Sessions in SQLite, which end when they are left alone for too long by the server's clock. */
export class SessionStore extends session.Store {
  /**
   * @param {import('node-sqlite3-wasm').Database} database
   * @param {{ sessionAge: number, fault: string }} settings
   * @param {import('../host/clock.js').Clock} clock
   */
  constructor(database, settings, clock) {
    super()
    this.database = database
    this.settings = settings
    this.clock = clock
    database.exec('CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, data TEXT, usedAt INTEGER)')
  }

  /** @override */
  clear() {
    this.database.exec('DELETE FROM sessions')
  }

  /**
   * @override
   * @param {string} id
   * @param {(error: unknown, session?: session.SessionData | null) => void} callback
   */
  get(id, callback) {
    const row = this.database.get('SELECT data, usedAt FROM sessions WHERE id = ?', id)
    const age = row === null ? Infinity : this.clock.now() - Number(row['usedAt'])
    const live = row !== null && (age < this.settings.sessionAge || this.settings.fault === 'never-expires')
    callback(null, live ? JSON.parse(String(row['data'])) : null)
  }

  /**
   * @override
   * @param {string} id
   * @param {session.SessionData} data
   * @param {(error?: unknown) => void} [callback]
   */
  set(id, data, callback) {
    this.database.run('INSERT OR REPLACE INTO sessions VALUES (?, ?, ?)', [id, JSON.stringify(data), this.clock.now()])
    callback?.()
  }

  /**
   * @override
   * @param {string} id
   * @param {session.SessionData} _data
   * @param {() => void} [callback]
   */
  touch(id, _data, callback) {
    this.database.run('UPDATE sessions SET usedAt = ? WHERE id = ?', [this.clock.now(), id])
    callback?.()
  }

  /**
   * @override
   * @param {string} id
   * @param {(error?: unknown) => void} [callback]
   */
  destroy(id, callback) {
    this.database.run('DELETE FROM sessions WHERE id = ?', id)
    callback?.()
  }
}

/**
 * What a request's session knows.
 *
 * @param {import('express').Request} request
 * @returns {Authentication}
 */
export function authenticationOf(request) {
  return /** @type {Authentication} */ (/** @type {unknown} */ (request.session))
}
