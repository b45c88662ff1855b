// @ts-check

/**
 * @typedef {object} Group
 * @property {number} [id]
 * @property {string} name
 * @property {string} [description]
 * @property {Group[]} [children]
 *
 * @typedef {object} User as options and states write one
 * @property {string} login
 * @property {string} password
 * @property {number} [id]
 * @property {string} [firstName]
 * @property {string} [lastName]
 * @property {string} [description]
 * @property {string} [email]
 * @property {Group[]} [groups] who is in none cannot log in
 * @property {boolean} [seesMaintenance] whether they may log in while there is maintenance
 *
 * @typedef {Required<User>} UserRow
 *
 * @typedef {object} Message
 * @property {number} id
 * @property {string} message
 * @property {string} [type]
 * @property {string} [fieldName]
 * @property {string} [image]
 * @property {number} [timestamp]
 * @property {string} [sender] a login
 */

/** The users of a CMS. */
export class UserStore {
  /**
   * @param {import('node-sqlite3-wasm').Database} database
   * @param {{ exposePasswords: boolean }} settings
   */
  constructor(database, settings) {
    this.database = database
    this.settings = settings
    database.exec(`CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, login TEXT UNIQUE, password TEXT,
      firstName TEXT, lastName TEXT, description TEXT, email TEXT, groups TEXT, seesMaintenance INTEGER)`)
  }

  /** @param {readonly User[]} users the only ones from now on */
  seed(users) {
    this.database.exec('DELETE FROM users')
    for (const user of users) this.put(user)
  }

  /**
   * @param {User} user
   * @returns {number} their id
   */
  put({ login, password, groups = [{ name: 'Editors' }], seesMaintenance = false, ...user }) {
    const known = this.database.get('SELECT id FROM users WHERE login = ?', login)
    const id = user.id ?? (known === null ? null : Number(known['id']))
    const { lastInsertRowid } = this.database.run('INSERT OR REPLACE INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', [
      id,
      login,
      password,
      user.firstName ?? login,
      user.lastName ?? '',
      user.description ?? '',
      user.email ?? `${login}@cms.example`,
      JSON.stringify(groups),
      Number(seesMaintenance),
    ])
    return Number(lastInsertRowid)
  }

  /**
   * @param {string} login
   * @returns {UserRow | undefined}
   */
  find(login) {
    const user = this.#get('SELECT * FROM users WHERE login = ?', login)
    // SQLite sees a text only up to its first NUL.
    return user?.login === login ? user : undefined
  }

  /**
   * @param {number} id
   * @returns {UserRow | undefined}
   */
  byId(id) {
    return this.#get('SELECT * FROM users WHERE id = ?', id)
  }

  /** @param {UserRow} user */
  toUser({ seesMaintenance: _seesMaintenance, password, groups, ...user }) {
    return { ...user, groups: toGroups(groups), ...(this.settings.exposePasswords ? { password } : {}) }
  }

  /** @param {Message} message */
  toMessage({ sender, ...message }) {
    const user = sender === undefined ? undefined : this.find(sender)
    const rest = { fieldName: '', type: 'INFO', timestamp: 0, image: '', ...message }
    return user === undefined ? rest : { ...rest, sender: this.toUser(user) }
  }

  /**
   * @param {string} sql
   * @param {string | number} value
   * @returns {UserRow | undefined}
   */
  #get(sql, value) {
    const row = this.database.get(sql, value)
    if (row === null) return undefined
    const groups = JSON.parse(String(row['groups']))
    return /** @type {UserRow} */ (
      /** @type {unknown} */ ({ ...row, groups, seesMaintenance: row['seesMaintenance'] === 1 })
    )
  }
}

/**
 * @param {readonly Group[]} groups
 * @returns {object[]}
 */
function toGroups(groups, first = 1) {
  return groups.map(({ id, name, description = '', children = [] }, index) => ({
    id: id ?? first + index,
    name,
    description,
    children: toGroups(children, (first + index) * 100),
  }))
}
