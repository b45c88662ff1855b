// @ts-check
import sqlite from 'node-sqlite3-wasm'
import { isTotp } from '../host/totp.js'

/**
 * @typedef {object} User as options and states write one
 * @property {string} username
 * @property {string} [password] for Jira; the username where it is left out
 * @property {string} [pin] a fixed PIN
 * @property {{ secret: string }} [totp] or an authenticator app's, with a secret in Base32
 * @property {'enter' | 'bypass' | 'onboarding'} [state]
 * @property {number} [failures] wrong PINs so far
 * @property {number | null} [blockedUntil] in milliseconds since 1970
 *
 * @typedef {object} UserRow
 * @property {string} username
 * @property {string} password
 * @property {string | null} pin
 * @property {string | null} secret
 * @property {'enter' | 'bypass' | 'onboarding'} state
 * @property {number | null} blockedUntil
 */

/** The users, and how many wrong PINs are held against whom. */
export class UserStore {
  /**
   * @param {import('./server.js').Settings} settings
   * @param {import('../host/clock.js').Clock} clock
   */
  constructor(settings, clock) {
    this.settings = settings
    this.clock = clock
    this.database = new sqlite.Database(settings.database)
    this.database.exec(`
      CREATE TABLE IF NOT EXISTS users (username TEXT PRIMARY KEY, password TEXT, pin TEXT, secret TEXT, state TEXT,
        blockedUntil INTEGER);
      CREATE TABLE IF NOT EXISTS failures (counter TEXT PRIMARY KEY, count INTEGER)`)
  }

  /** @param {readonly User[]} users the only ones from now on */
  seed(users) {
    this.database.exec('DELETE FROM users; DELETE FROM failures')
    for (const user of users) this.put(user)
  }

  /** @param {User} user */
  put({ username, password = username, pin, totp, state = 'enter', failures = 0, blockedUntil = null }) {
    this.database.run('INSERT OR REPLACE INTO users VALUES (?, ?, ?, ?, ?, ?)', [
      username,
      password,
      pin ?? null,
      totp?.secret ?? null,
      state,
      blockedUntil,
    ])
    this.clearFailures(`user:${username}`)
    if (failures > 0) this.database.run('INSERT INTO failures VALUES (?, ?)', [`user:${username}`, failures])
  }

  /**
   * @param {string} username
   * @returns {UserRow | undefined}
   */
  find(username) {
    const row = /** @type {UserRow | null} */ (this.database.get('SELECT * FROM users WHERE username = ?', username))
    // SQLite sees a text only up to its first NUL.
    return row?.username === username ? row : undefined
  }

  /** @returns {UserRow | undefined} */
  first() {
    return /** @type {UserRow | null} */ (this.database.get('SELECT * FROM users ORDER BY rowid LIMIT 1')) ?? undefined
  }

  /**
   * @param {UserRow} user
   * @param {string} pin
   */
  isPin(user, pin) {
    if (!/^[0-9]+$/.test(pin)) return false
    return user.secret === null ? pin === user.pin : isTotp(user.secret, pin, this.clock.now())
  }

  /** @param {UserRow} user */
  isBlocked(user) {
    return user.blockedUntil !== null && this.clock.now() < user.blockedUntil
  }

  /**
   * Blocks from now on. The end is told in seconds, so it is a full one: a client that waits for it must get in.
   *
   * @param {UserRow} user
   * @param {number} milliseconds
   */
  block(user, milliseconds) {
    const until = Math.ceil((this.clock.now() + milliseconds) / 1000) * 1000
    this.database.run('UPDATE users SET blockedUntil = ? WHERE username = ?', [until, user.username])
  }

  /**
   * One more wrong PIN.
   *
   * @param {string} counter
   * @returns {number} how many there are now
   */
  countFailure(counter) {
    this.database.run('INSERT INTO failures VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1', counter)
    return Number(this.database.get('SELECT count FROM failures WHERE counter = ?', counter)?.['count'])
  }

  /** @param {string} counter */
  clearFailures(counter) {
    this.database.run('DELETE FROM failures WHERE counter = ?', counter)
  }
}
