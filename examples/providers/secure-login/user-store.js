// @ts-check
import sqlite from 'node-sqlite3-wasm'
import { counterOfTotp } from '../host/totp.js'

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
      CREATE TABLE IF NOT EXISTS failures (counter TEXT PRIMARY KEY, count INTEGER);
      CREATE TABLE IF NOT EXISTS logins (username TEXT PRIMARY KEY, count INTEGER, failed INTEGER, failedInARow INTEGER,
        lastAt INTEGER, previousAt INTEGER, lastFailedAt INTEGER)`)
    /** @type {Map<string, number>} the periods of the codes that were used last */
    this.used = new Map()
    /** @type {Set<string>} who has entered a right PIN */
    this.freed = new Set()
  }

  /** @param {readonly User[]} users the only ones from now on */
  seed(users) {
    this.database.exec('DELETE FROM users; DELETE FROM failures; DELETE FROM logins')
    this.used.clear()
    this.freed.clear()
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
    this.database.run('INSERT OR REPLACE INTO logins VALUES (?, 0, 0, 0, NULL, NULL, NULL)', username)
    this.freed.delete(username)
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
   * Takes the first factor; a failure is counted.
   *
   * @param {string} username
   * @param {string} password
   * @returns {'right' | 'wrong' | 'captcha'}
   */
  checkPassword(username, password) {
    const user = this.find(username)
    if (user === undefined) return 'wrong'
    const { captchaAfter } = this.settings
    const failed = Number(this.#loginsOf(username)['failedInARow'])
    if (captchaAfter > 0 && failed >= captchaAfter) return 'captcha'
    if (user.password === password) return 'right'
    this.database.run(
      'UPDATE logins SET failed = failed + 1, failedInARow = failedInARow + 1, lastFailedAt = ? WHERE username = ?',
      [this.clock.now(), username],
    )
    return 'wrong'
  }

  /**
   * @param {string} username
   * @param {number} now
   */
  noteLogin(username, now) {
    this.database.run(
      'UPDATE logins SET count = count + 1, failedInARow = 0, previousAt = lastAt, lastAt = ? WHERE username = ?',
      [now, username],
    )
  }

  /**
   * As the host tells it: what never happened is left out.
   *
   * @param {string} username
   */
  loginInfo(username) {
    const { failed, count, lastFailedAt, previousAt } = this.#loginsOf(username)
    const told = (/** @type {unknown} */ at) => new Date(Number(at)).toISOString().replace('Z', '+0000')
    return {
      ...(failed ? { failedLoginCount: failed } : {}),
      ...(count ? { loginCount: count } : {}),
      ...(lastFailedAt ? { lastFailedLoginTime: told(lastFailedAt) } : {}),
      ...(previousAt ? { previousLoginTime: told(previousAt) } : {}),
    }
  }

  /** @param {string} username */
  #loginsOf(username) {
    return this.database.get('SELECT * FROM logins WHERE username = ?', username) ?? {}
  }

  /**
   * Whether the PIN is right; where codes are taken once, it is used up by that.
   *
   * @param {UserRow} user
   * @param {string} pin
   */
  takesPin(user, pin) {
    if (!/^[0-9]+$/.test(pin)) return false
    if (user.secret === null) return pin === user.pin
    const counter = counterOfTotp(user.secret, pin, this.clock.now())
    if (counter === undefined) return false
    if (this.settings.codeReuse === 'refused' && counter <= (this.used.get(user.username) ?? -1)) return false
    this.used.set(user.username, counter)
    return true
  }

  /**
   * @param {UserRow} user
   * @param {UserRow['state']} state
   */
  setState(user, state) {
    this.database.run('UPDATE users SET state = ? WHERE username = ?', [state, user.username])
  }

  /** @param {UserRow} user */
  unblock(user) {
    this.database.run('UPDATE users SET blockedUntil = NULL WHERE username = ?', user.username)
  }

  /** @param {string} username */
  free(username) {
    this.freed.add(username)
  }

  /** @param {string} username whether a right PIN was entered for it, wherever */
  isFreed(username) {
    return this.freed.has(username)
  }

  /** @param {UserRow} user */
  isBlocked(user) {
    if (user.blockedUntil === null) return false
    return this.settings.fault === 'never-unblocks' || this.clock.now() < user.blockedUntil
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
