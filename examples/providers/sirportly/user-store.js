// @ts-check
import { randomBytes } from 'node:crypto'
import { isTotp } from '../host/totp.js'
import { toAccount } from './account-store.js'

/**
 * @typedef {object} User as options and states write one
 * @property {string} username
 * @property {string} password
 * @property {string} account its permalink
 * @property {number} [id]
 * @property {string} [firstName]
 * @property {string} [lastName]
 * @property {string} [email]
 * @property {boolean} [activated]
 * @property {boolean} [apiAccess] no, where it is left out
 * @property {{ code?: string, totp?: { secret: string }, required?: boolean, failures?: number, locked?: boolean, lockedUntil?: number }} [twoFactor]
 *
 * @typedef {object} UserRow
 * @property {number} id
 * @property {string} username
 * @property {string} password
 * @property {string} firstName
 * @property {string} lastName
 * @property {string} email
 * @property {boolean} activated
 * @property {boolean} apiAccess
 * @property {boolean} factorRequired
 * @property {string | null} code
 * @property {string | null} secret
 * @property {number} failures
 * @property {number | null} lockedUntil in milliseconds since 1970
 * @property {string} token
 * @property {string} tokenSecret
 * @property {Required<import('./account-store.js').Account>} account
 */

/** The users, and the locks on their second factors. */
export class UserStore {
  /**
   * @param {import('node-sqlite3-wasm').Database} database
   * @param {import('./server.js').Settings} settings
   * @param {import('../host/clock.js').Clock} clock
   * @param {import('../host/attempts.js').Attempts} attempts
   */
  constructor(database, settings, clock, attempts) {
    this.database = database
    this.settings = settings
    this.clock = clock
    this.attempts = attempts
    database.exec(`CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, username TEXT, password TEXT,
      permalink TEXT, firstName TEXT, lastName TEXT, email TEXT, activated INTEGER, apiAccess INTEGER,
      factorRequired INTEGER, code TEXT, secret TEXT, failures INTEGER, lockedUntil INTEGER, token TEXT, tokenSecret TEXT,
      UNIQUE (username, permalink))`)
  }

  clear() {
    this.database.exec('DELETE FROM users')
  }

  /** @param {string} username */
  remove(username) {
    this.database.run('DELETE FROM users WHERE username = ?', username)
  }

  /** @param {User} user */
  put({ username, password, account, twoFactor = {}, ...user }) {
    this.database.run(`INSERT OR REPLACE INTO users VALUES (${Array(16).fill('?').join(', ')})`, [
      user.id ?? null,
      username,
      password,
      account,
      user.firstName ?? username,
      user.lastName ?? account,
      user.email ?? `${username}@${account}.example`,
      Number(user.activated ?? true),
      Number(user.apiAccess ?? false),
      Number(twoFactor.required ?? false),
      twoFactor.code ?? null,
      twoFactor.totp?.secret ?? null,
      twoFactor.failures ?? 0,
      twoFactor.lockedUntil ?? (twoFactor.locked === true ? this.#endOfLock() : null),
      randomBytes(8).toString('hex'),
      randomBytes(16).toString('hex'),
    ])
  }

  /**
   * @param {string} username
   * @param {string} account
   */
  withdrawApiAccess(username, account) {
    const sql = 'UPDATE users SET apiAccess = 0 WHERE username = ? AND permalink = ?'
    return this.database.run(sql, [username, account]).changes > 0
  }

  /**
   * Every user with these credentials, over all accounts.
   *
   * @param {string} username
   * @param {string} password
   * @returns {UserRow[]}
   */
  with(username, password) {
    const { fault } = this.settings
    const isAny = fault === 'any-password' || (fault === 'no-password' && password === '')
    return this.named(username).filter((user) => isAny || user.password === password)
  }

  /**
   * Every user of a name, over all accounts.
   *
   * @param {string} username
   * @returns {UserRow[]}
   */
  named(username) {
    const sql = 'SELECT * FROM users JOIN accounts USING (permalink) WHERE username = ? ORDER BY id'
    return this.database
      .all(sql, username)
      .map((row) => /** @type {UserRow} */ (/** @type {unknown} */ ({ ...toFlags(row), account: toAccount(row) })))
      .filter((user) => user.username === username)
  }

  /**
   * @param {UserRow} user
   * @param {string} code
   */
  isCode({ code: fixed, secret }, code) {
    return secret === null ? code === fixed : isTotp(secret, code, this.clock.now())
  }

  /** @param {UserRow} user */
  isLocked({ lockedUntil }) {
    return lockedUntil !== null && this.clock.now() < lockedUntil
  }

  #endOfLock() {
    const { lockFor } = this.settings
    return lockFor === 0 ? Number.MAX_SAFE_INTEGER : this.clock.now() + lockFor
  }

  /**
   * One more wrong code, and the lock, if that is too many. Tells whether it was.
   *
   * @param {UserRow} user
   */
  countFailure(user) {
    this.noteWrong(user)
    const failures = user.failures + 1
    const locks = failures >= this.settings.lockAfter && this.settings.fault !== 'never-locks'
    const values = locks ? [0, this.#endOfLock(), user.id] : [failures, null, user.id]
    this.database.run('UPDATE users SET failures = ?, lockedUntil = ? WHERE id = ?', values)
    if (locks) this.attempts.locked(keyOf(user))
    return locks
  }

  /** @param {UserRow} user */
  clearFailures({ id }) {
    if (this.settings.fault === 'no-reset') return
    this.database.run('UPDATE users SET failures = 0, lockedUntil = NULL WHERE id = ?', id)
  }

  /** @param {UserRow} user */
  lockAnew({ id }) {
    this.database.run('UPDATE users SET lockedUntil = ? WHERE id = ?', [this.#endOfLock(), id])
  }

  /** @param {UserRow} user */
  noteWrong(user) {
    this.attempts.wrong(keyOf(user))
  }
}

/** @param {UserRow} user */
function keyOf({ account, username }) {
  return `${account.permalink}/${username}`
}

/** @param {{ readonly [column: string]: unknown }} row */
function toFlags(row) {
  const flags = ['activated', 'apiAccess', 'factorRequired']
  return { ...row, ...Object.fromEntries(flags.map((flag) => [flag, row[flag] === 1])) }
}
