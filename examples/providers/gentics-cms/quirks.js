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
  return (sent) => {
    if (!sent.body.startsWith('{')) return sent
    return { ...sent, body: JSON.stringify(change(JSON.parse(sent.body))) }
  }
}

/**
 * Other cookie lines.
 *
 * @param {(line: string) => string} change
 * @returns {Quirk}
 */
function cookie(change) {
  return (sent) => {
    const line = sent.headers['set-cookie']
    if (line === undefined) return sent
    return { ...sent, headers: { ...sent.headers, 'set-cookie': [line].flat().map((one) => change(one)) } }
  }
}

/** @param {{ [name: string]: string }} headers */
function header(headers) {
  return (/** @type {Sent} */ sent) => ({ ...sent, headers: { ...sent.headers, ...headers } })
}

const inUser = (/** @type {any} */ data, /** @type {object} */ more) =>
  data.user === undefined ? data : { ...data, user: { ...data.user, ...more } }

/**
 * What a right server may do in its own way, in either dialect: nothing of it is against what is known.
 *
 * @type {{ readonly [name: string]: Quirk }}
 */
export const quirks = {
  'more-members': json((data) => ({ licence: { valid: true }, ...data, node: 'cms-2' })),
  'more-of-users': json((data) => inUser(data, { locale: 'de', photo: null })),
  'more-of-info': json((data) => ({ ...data, responseInfo: { ...data.responseInfo, took: 3 } })),
  'empty-messages': json((data) => ({ messages: [], ...data })),
  'other-order': json((data) => Object.fromEntries(Object.entries(data).toReversed())),
  'other-words': json((data) => {
    const { responseMessage, ...info } = data.responseInfo ?? {}
    if (responseMessage === undefined) return data
    // The prefix is no words.
    const words = /^[0-9A-Z]{4}$/.test(responseMessage) ? responseMessage : `(de) ${responseMessage}`
    return { ...data, responseInfo: { ...info, responseMessage: words } }
  }),
  compact: json((data) => data),
  pretty: (sent) =>
    sent.body.startsWith('{') ? { ...sent, body: JSON.stringify(JSON.parse(sent.body), null, 4) } : sent,
  'more-headers': header({ 'cache-control': 'no-store', 'x-frame-options': 'DENY', server: 'Jetty' }),
  charset: (sent) => {
    const type = sent.headers['content-type']
    const isBare = type === 'application/json' || type === 'text/plain'
    return isBare ? { ...sent, headers: { ...sent.headers, 'content-type': `${type};charset=utf-8` } } : sent
  },
  'type-in-capitals': (sent) => {
    const type = String(sent.headers['content-type'] ?? '').replace(/^application\/json/, 'Application/JSON')
    return type === '' ? sent : { ...sent, headers: { ...sent.headers, 'content-type': type } }
  },
  'more-cookies': (sent) => ({
    ...sent,
    headers: {
      ...sent.headers,
      'set-cookie': [...[sent.headers['set-cookie'] ?? []].flat().map(String), 'lb=node2; Path=/'],
    },
  }),
  'attributes-in-lower-case': cookie((line) => line.replace(/; ([A-Za-z-]+)/g, (part) => part.toLowerCase())),
  'attributes-in-another-order': cookie((line) => {
    const [pair = '', ...attributes] = line.split('; ')
    return [pair, ...attributes.toReversed()].join('; ')
  }),
  'secure-cookies': cookie((line) => `${line}; Secure`),
  'more-attributes': cookie((line) => `${line}; Priority=High`),
  chunked: (sent) => ({ ...sent, chunked: true }),
  gzip: (sent) => {
    if (!sent.takesGzip || sent.body === '') return sent
    return { ...sent, headers: { ...sent.headers, 'content-encoding': 'gzip' }, bytes: gzipSync(sent.body) }
  },
}
