// @ts-check
import { isWithin } from '../host/network.js'

/**
 * @typedef {object} Account as options and states write one
 * @property {string} permalink
 * @property {string} [name]
 * @property {string} [domain]
 * @property {boolean} [enabled]
 * @property {string[]} [allowFrom] the networks that may authenticate; all, where there are none
 */

/** The accounts. */
export class AccountStore {
  /** @param {import('node-sqlite3-wasm').Database} database */
  constructor(database) {
    this.database = database
    database.exec(`CREATE TABLE IF NOT EXISTS accounts
      (permalink TEXT PRIMARY KEY, name TEXT, domain TEXT, enabled INTEGER, allowFrom TEXT)`)
  }

  clear() {
    this.database.exec('DELETE FROM accounts')
  }

  /** @param {string} permalink */
  remove(permalink) {
    this.database.run('DELETE FROM accounts WHERE permalink = ?', permalink)
  }

  /** @param {Account} account */
  put({ permalink, name = permalink, domain = `${permalink}.example`, enabled = true, allowFrom = [] }) {
    // Asked only so that a network which is none is refused now.
    isWithin(allowFrom, '')
    const values = [permalink, name, domain, Number(enabled), JSON.stringify(allowFrom)]
    this.database.run('INSERT OR REPLACE INTO accounts VALUES (?, ?, ?, ?, ?)', values)
  }

  /**
   * @param {string} permalink
   * @returns {Required<Account> | undefined}
   */
  find(permalink) {
    const row = this.database.get('SELECT * FROM accounts WHERE permalink = ?', permalink)
    // SQLite sees a text only up to its first NUL.
    return row?.['permalink'] === permalink ? toAccount(row) : undefined
  }
}

/**
 * @param {{ readonly [column: string]: unknown }} row
 * @returns {Required<Account>}
 */
export function toAccount(row) {
  return {
    permalink: String(row['permalink']),
    name: String(row['name']),
    domain: String(row['domain']),
    enabled: row['enabled'] === 1,
    allowFrom: JSON.parse(String(row['allowFrom'])),
  }
}
