// @ts-check
import { randomInt } from 'node:crypto'

const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** @typedef {import('./session-id.js').SessionId} SessionId */

/** Sessions: a number and a secret, which several of one client may share. One that ended has no secret any more. */
export class SessionStore {
  /**
   * @param {import('node-sqlite3-wasm').Database} database
   * @param {{ sessionAge: number }} settings
   * @param {import('../host/clock.js').Clock} clock
   */
  constructor(database, settings, clock) {
    this.database = database
    this.settings = settings
    this.clock = clock
    database.exec(`CREATE TABLE IF NOT EXISTS sessions
      (sid INTEGER PRIMARY KEY AUTOINCREMENT, secret TEXT, userId INTEGER, usedAt INTEGER)`)
  }

  clear() {
    this.database.exec('DELETE FROM sessions')
  }

  /**
   * The user of a live session, whose time begins anew.
   *
   * @param {SessionId | undefined} id
   * @returns {number | undefined} the user's id
   */
  use(id) {
    this.#endIdle()
    if (id === undefined || id.secret === '') return undefined
    const row = this.database.get('SELECT userId FROM sessions WHERE sid = ? AND secret = ?', [id.sid, id.secret])
    if (row === null) return undefined
    this.database.run('UPDATE sessions SET usedAt = ? WHERE sid = ?', [this.clock.now(), id.sid])
    return Number(row['userId'])
  }

  /**
   * Goes on with a session, or opens one, which shares the secret where that belongs to a live session.
   *
   * @param {number} userId
   * @param {SessionId} from
   * @param {number} idle for how long a new session has been
   * @returns {SessionId & { isNewSecret: boolean }}
   */
  open(userId, from, idle = 0) {
    if (this.use(from) !== undefined) {
      this.database.run('UPDATE sessions SET userId = ? WHERE sid = ?', [userId, from.sid])
      return { ...from, isNewSecret: false }
    }
    const isNewSecret = !this.#isShared(from.secret)
    const secret = isNewSecret ? newSecret() : from.secret
    const sql = 'INSERT INTO sessions (secret, userId, usedAt) VALUES (?, ?, ?)'
    const { lastInsertRowid } = this.database.run(sql, [secret, userId, this.clock.now() - idle])
    return { sid: Number(lastInsertRowid), secret, isNewSecret }
  }

  /** @param {number} sid */
  exists(sid) {
    return this.database.get('SELECT 1 FROM sessions WHERE sid = ?', sid) !== null
  }

  /** @param {number} sid */
  end(sid) {
    this.database.run("UPDATE sessions SET secret = '' WHERE sid = ?", sid)
  }

  /** @param {string} secret */
  endAll(secret) {
    this.database.run("UPDATE sessions SET secret = '' WHERE secret = ?", secret)
  }

  /** @param {string} secret */
  #isShared(secret) {
    return secret !== '' && this.database.get('SELECT 1 FROM sessions WHERE secret = ?', secret) !== null
  }

  #endIdle() {
    const since = this.clock.now() - this.settings.sessionAge
    this.database.run("UPDATE sessions SET secret = '' WHERE usedAt < ?", since)
  }
}

/** Fifteen signs, one of them no digit: a sid followed by nothing but digits would be another sid. */
function newSecret() {
  const secret = Array.from({ length: 14 }, () => signs[randomInt(signs.length)]).join('')
  return secret + signs[randomInt(10, signs.length)]
}
