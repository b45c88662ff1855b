// @ts-check
import { gzipSync } from 'node:zlib'
import { inUsers, json } from './rewriting.js'

/**
 * @typedef {import('../host/disturbed.js').Sent} Sent
 *
 * @typedef {(sent: Sent) => Sent} Quirk
 */

/**
 * Further headers.
 *
 * @param {{ [name: string]: string | string[] }} headers
 * @returns {Quirk}
 */
function header(headers) {
  return (sent) => ({ ...sent, headers: { ...sent.headers, ...headers } })
}

/** @param {Sent} sent */
const isRefusal = ({ body }) => /^\{"(status":"(?!Authenticated")|error")/.test(body)

const reversed = (/** @type {object} */ data) => Object.fromEntries(Object.entries(data).toReversed())

/**
 * What a right server may do in its own way: nothing of it is against the page.
 *
 * @type {{ readonly [name: string]: Quirk }}
 */
export const quirks = {
  'more-members': json((data) => ({ request_id: 'a7f3', ...data, took: 3 })),
  'more-of-users': inUsers((user) => ({ ...user, avatar: null, locale: 'en', job_title: 'Agent' })),
  'more-of-accounts': inUsers((user) => ({ ...user, account: { ...user.account, plan: 'gold', id: 7 } })),
  'more-permissions': inUsers((user) => ({ ...user, permissions: { ...user.permissions, billing: false } })),
  'other-order': json(reversed),
  'other-order-of-users': inUsers(reversed),
  'users-reversed': json(({ users, ...rest }) => (users === undefined ? rest : { ...rest, users: users.toReversed() })),
  'other-words': json(({ message, ...rest }) => {
    if (message === undefined) return rest
    return { ...rest, message: `Sorry: ${message.replace('No account found matching', 'there is no')}` }
  }),
  'invite-code': inUsers((user) => ({ ...user, invite_code: 'join-us' })),
  zulu: inUsers((user) => ({ ...user, created_at: user.created_at.replace('+00:00', 'Z') })),
  milliseconds: inUsers((user) => ({ ...user, created_at: user.created_at.replace('+', '.000+') })),
  'always-200': (sent) => (sent.status === 422 ? sent : { ...sent, status: 200 }),
  'refusals-403': (sent) => (sent.status === 200 && isRefusal(sent) ? { ...sent, status: 403 } : sent),
  'unauthorized-application': (sent) =>
    sent.body.includes('"InvalidApplication"') ? { ...sent, status: 401, body: '{"error":"Unauthorized"}' } : sent,
  'bad-request': (sent) => (sent.status === 422 ? { ...sent, status: 400, body: '{"error":"BadRequest"}' } : sent),
  'no-null-account': json(({ account, ...rest }) => (account === null ? rest : { ...rest, account })),
  pretty: (sent) => (sent.body === '' ? sent : { ...sent, body: JSON.stringify(JSON.parse(sent.body), null, 2) }),
  charset: header({ 'content-type': 'application/json; charset=utf-8' }),
  'type-in-capitals': header({ 'content-type': 'Application/JSON' }),
  'more-headers': header({ 'x-runtime': '0.042', 'strict-transport-security': 'max-age=31536000', server: 'nginx' }),
  'more-cookies': header({ 'set-cookie': ['_session=abc; path=/; HttpOnly', 'lb=node2; path=/'] }),
  chunked: (sent) => ({ ...sent, chunked: true }),
  gzip: (sent) => {
    if (!sent.takesGzip || sent.body === '') return sent
    return { ...sent, headers: { ...sent.headers, 'content-encoding': 'gzip' }, bytes: gzipSync(sent.body) }
  },
}
