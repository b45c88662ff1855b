// @ts-check
import { gzipSync } from 'node:zlib'

/**
 * @typedef {import('../host/disturbed.js').Sent} Sent
 *
 * @typedef {(sent: Sent) => Sent} Quirk
 */

/**
 * Another JSON body, where the body is JSON.
 *
 * @param {(data: any) => any} change
 * @returns {Quirk}
 */
function json(change) {
  return (sent) => (sent.body.startsWith('{') ? { ...sent, body: JSON.stringify(change(JSON.parse(sent.body))) } : sent)
}

/**
 * Other instants, wherever there are any.
 *
 * @param {(instant: string) => string} change
 * @returns {Quirk}
 */
function instants(change) {
  return (sent) => ({ ...sent, body: sent.body.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, change) })
}

/** @param {Sent} sent */
const cookiesOf = ({ headers }) => [headers['set-cookie'] ?? []].flat().map(String)

/**
 * @param {Sent} sent
 * @param {import('node:http').OutgoingHttpHeaders} headers
 */
const withHeaders = (sent, headers) => ({ ...sent, headers: { ...sent.headers, ...headers } })

/**
 * Other cookie lines.
 *
 * @param {(line: string) => string} change
 * @returns {Quirk}
 */
function cookie(change) {
  return (sent) => {
    const lines = cookiesOf(sent)
    return lines.length === 0 ? sent : withHeaders(sent, { 'set-cookie': lines.map((line) => change(line)) })
  }
}

/**
 * What a right server may do in its own way: nothing of it is against what the page says.
 *
 * @type {{ readonly [name: string]: Quirk }}
 */
export const quirks = {
  'more-members': json((data) => ({ pluginVersion: '4.2.1', ...data, node: 'n2' })),
  'other-order': json((data) => Object.fromEntries(Object.entries(data).toReversed())),
  pretty: (sent) =>
    sent.body.startsWith('{') ? { ...sent, body: JSON.stringify(JSON.parse(sent.body), null, 4) } : sent,
  offsets: instants((instant) => instant.replace('Z', '+00:00')),
  fractions: instants((instant) => instant.replace('Z', '.250Z')),
  'more-headers': (sent) => withHeaders(sent, { 'x-anodeid': 'node1', 'x-frame-options': 'SAMEORIGIN' }),
  charset: (sent) => {
    const type = String(sent.headers['content-type'] ?? '')
    return type === '' ? sent : withHeaders(sent, { 'content-type': `${type.replace(/;.*/, '')};charset=UTF-8` })
  },
  'type-in-capitals': (sent) => {
    const type = String(sent.headers['content-type'] ?? '').replace(/^application\/json/, 'Application/JSON')
    return type === '' ? sent : withHeaders(sent, { 'content-type': type })
  },
  'more-cookies': (sent) => withHeaders(sent, { 'set-cookie': [...cookiesOf(sent), 'lb=node2; Path=/'] }),
  'attributes-in-lower-case': cookie((line) => line.replace(/; ([A-Za-z-]+)/g, (part) => part.toLowerCase())),
  'attributes-in-another-order': cookie((line) => {
    const [pair = '', ...attributes] = line.split('; ')
    return [pair, ...attributes.toReversed()].join('; ')
  }),
  'secure-cookies': cookie((line) => `${line}; Secure; SameSite=Lax`),
  chunked: (sent) => ({ ...sent, chunked: true }),
  gzip: (sent) => {
    if (!sent.takesGzip || sent.body === '') return sent
    return { ...withHeaders(sent, { 'content-encoding': 'gzip' }), bytes: gzipSync(sent.body) }
  },
}

/**
 * The same that cannot be done to an answer: what they are is in the server.
 *
 * @type {{ readonly [name: string]: string }}
 */
export const readings = {
  'login-page': 'who has no session is sent to the login page',
  'told-in-html': 'who has no session gets a page with the 401',
  'clock-ahead': 'the clock is eight seconds ahead',
  'locked-while-blocked': '/auth answers 423 while the user is blocked',
  'trims-pins': 'spaces around a PIN do not matter',
  'checks-unneeded': 'a PIN is checked although none is needed',
  'keeps-count': 'the right PIN does not clear the count of wrong ones',
  'keeps-count-of-block': 'the end of a block does not clear the count',
  'free-while-blocked': 'who has entered the PIN is not stopped by a block',
}
