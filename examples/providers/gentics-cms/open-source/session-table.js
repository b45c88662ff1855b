// @ts-check
import { randomInt } from 'node:crypto'
import { parseInteger } from '../session-id.js'

const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The sessions of the open-source server: rows of the same table, which end when their secret is emptied. */
export class SessionTable {
  /**
   * @param {import('node-sqlite3-wasm').Database} database
   * @param {{ sessionAge: number, fault: string }} settings
   * @param {import('../../host/clock.js').Clock} clock
   */
  constructor(database, settings, clock) {
    this.database = database
    this.settings = settings
    this.clock = clock
  }

  /**
   * @param {number} userId
   * @param {string} secret that of the client, where a filter opens the session; else a new one
   */
  open(userId, secret = newSecret()) {
    const sql = 'INSERT INTO sessions (secret, userId, usedAt) VALUES (?, ?, ?)'
    const { lastInsertRowid } = this.database.run(sql, [secret, userId, this.#now()])
    return { sid: Number(lastInsertRowid), secret }
  }

  /**
   * What a value says: the number of a session, and the secret if it is a token.
   *
   * @param {string} value
   */
  read(value) {
    const bare = parseInteger(value)
    if (bare !== undefined) return { sid: bare, secret: '' }
    const sid = value.length > 15 ? parseInteger(value.slice(0, -15)) : undefined
    return sid === undefined ? undefined : { sid, secret: value.slice(-15) }
  }

  /**
   * The user of a session whose secret this is.
   *
   * @param {number} sid
   * @param {string} secret
   * @returns {number | undefined}
   */
  userOf(sid, secret) {
    if (this.settings.fault !== 'never-ages') {
      const since = this.#now() - Math.floor(this.settings.sessionAge / 1000) * 1000
      this.database.run("UPDATE sessions SET secret = '' WHERE usedAt < ?", since)
    }
    if (secret === '') return undefined
    const row = this.database.get('SELECT userId FROM sessions WHERE sid = ? AND secret = ?', [sid, secret])
    return row === null ? undefined : Number(row['userId'])
  }

  /** @param {number} sid */
  exists(sid) {
    return this.database.get('SELECT 1 FROM sessions WHERE sid = ?', sid) !== null
  }

  /**
   * The secret of a session, whoever asks: for faults only.
   *
   * @param {number} sid
   */
  secretOf(sid) {
    return String(this.database.get('SELECT secret FROM sessions WHERE sid = ?', sid)?.['secret'] ?? '')
  }

  /** @param {number} sid */
  touch(sid) {
    this.database.run('UPDATE sessions SET usedAt = ? WHERE sid = ?', [this.#now(), sid])
  }

  /** @param {number} sid */
  end(sid) {
    this.database.run("UPDATE sessions SET secret = '' WHERE sid = ?", sid)
  }

  /** @param {string} secret */
  endAll(secret) {
    this.database.run("UPDATE sessions SET secret = '' WHERE secret = ?", secret)
  }

  /** The table holds seconds. */
  #now() {
    return Math.floor(this.clock.now() / 1000) * 1000
  }
}

function newSecret() {
  return Array.from({ length: 15 }, () => signs[randomInt(signs.length)]).join('')
}
