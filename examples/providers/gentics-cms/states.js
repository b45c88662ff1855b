// @ts-check
import { durationOf, instantOf } from '../host/duration.js'

/** The group of whoever is in one. */
const editors = [{ id: 2, name: 'Editors' }]

/**
 * The provider states of the CMS.
 *
 * @param {import('./server.js').Server} server
 * @returns {import('../host/hooks.js').States}
 */
export function createStates({ settings, clock, users, sessions }) {
  /** @param {Partial<import('./server.js').Settings>} changes */
  const set = (changes) => void Object.assign(settings, changes)

  /** @param {import('../host/hooks.js').Params} params */
  function arrangeUser({ username = 'node', password = username, state, seesMaintenance }) {
    const userId = users.put({
      login: String(username),
      password: String(password),
      groups: state === 'no-groups' ? [] : editors,
      seesMaintenance: seesMaintenance === true,
    })
    return { username, password, userId }
  }

  /** @param {import('../host/hooks.js').Params} params */
  function arrangeSession(params, secret = '') {
    const user = arrangeUser(params)
    const idle = durationOf(params['idle'] ?? 0)
    const session = sessions.open(user.userId, { sid: 0, secret }, idle)
    return { ...user, sid: session.sid, secret: session.secret, token: `${session.sid}${session.secret}` }
  }

  return {
    'the dialect of the CMS': ({ dialect }) => {
      if (dialect !== 'documented' && dialect !== 'observed') throw new TypeError('dialect: documented or observed')
      set({ dialect })
    },
    'the CMS is under maintenance': () => set({ maintenance: true }),
    'the CMS is not under maintenance': () => set({ maintenance: false }),
    'the CMS sets cookies for HTTPS only': () => set({ secureCookie: true }),
    'users of the CMS with their passwords': () => set({ exposePasswords: true }),
    'the global prefix of the CMS': ({ prefix = 'A547' }) => set({ globalPrefix: String(prefix) }),
    'the clock of the CMS': ({ at }) => clock.stopAt(instantOf(at)),
    'addresses that the CMS lets hash passwords': ({ allowFrom = ['0.0.0.0/0', '::/0'] }) => {
      set({ allowHashingFrom: /** @type {string[]} */ (allowFrom) })
    },
    'an RSA key of the CMS': ({ publicKey }) => set({ rsa: { ...settings.rsa, publicKey: String(publicKey) } }),
    'an SSO system of the CMS': ({
      header = 'x-sso-user',
      token = 'example-sso-token',
      username = 'node',
      failing,
    }) => {
      const tokens = { [String(token)]: String(username) }
      set({ sso: { header: String(header), tokens, failing: failing === true } })
    },
    'a message of the CMS': (params) => {
      const message = /** @type {import('./user-store.js').Message} */ (/** @type {unknown} */ (params))
      const some = { id: 7, message: 'The server restarts at noon.', type: 'WARNING', sender: 'node' }
      set({ messages: [...settings.messages, { ...some, timestamp: clock.now(), ...message }] })
    },
    'no messages of the CMS': () => set({ messages: [] }),
    'a user of the CMS': (params) => arrangeUser(params),
    'a session of the CMS': (params) => arrangeSession(params),
    'two sessions of the CMS that share a secret': (params) => arrangeSession(params, arrangeSession(params).secret),
    'a session of the CMS that has ended': (params) => {
      const session = arrangeSession(params)
      if (params['by'] === 'logout of all') sessions.endAll(session.secret)
      else sessions.end(session.sid)
      return session
    },
  }
}
