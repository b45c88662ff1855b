// @ts-check
import { inUsers, json } from './rewriting.js'

let logins = 0

/**
 * Faults that show in an answer only, by their names in faults.js.
 *
 * @type {{ readonly [fault: string]: (sent: import('../host/disturbed.js').Sent) => import('../host/disturbed.js').Sent }}
 */
export const spoiled = {
  'no-echo': json(({ password: _password, ...rest }) => rest),
  'masked-echo': json((data) => (data.password === undefined ? data : { ...data, password: '[FILTERED]' })),
  'first-only': json(({ users, ...rest }) => (users === undefined ? rest : { ...rest, users: users.slice(0, 1) })),
  'list-of-one': json(({ user, ...rest }) => (user === undefined ? rest : { ...rest, users: [user] })),
  'no-ip': json(({ ip: _ip, ...rest }) => rest),
  'unnamed-account': json((data) =>
    data.error === 'AccountNotFound' ? { ...data, message: 'No account found' } : data,
  ),
  'other-lock-word': json((data) => (data.status === 'TwoFactorLocked' ? { ...data, status: 'AccountLocked' } : data)),
  'new-tokens': inUsers((user) => ({ ...user, api_token: { ...user.api_token, token: `token-${++logins}` } })),
  'id-text': inUsers((user) => ({ ...user, id: String(user.id) })),
  'no-question-mark': inUsers(({ 'activated?': activated, ...user }) => ({ ...user, activated })),
  'created-number': inUsers((user) => ({ ...user, created_at: Date.parse(user.created_at) })),
  'no-secret': inUsers((user) => ({ ...user, api_token: { token: user.api_token.token } })),
  created: (sent) => (sent.body.startsWith('{"status":"Authenticated"') ? { ...sent, status: 201 } : sent),
  'plain-text': (sent) => ({ ...sent, headers: { ...sent.headers, 'content-type': 'text/plain' } }),
}
