// @ts-check

/** @typedef {{ status: number, headers: { [name: string]: string }, body: string }} Answer */

/**
 * An answer in JSON, as Jackson indents it.
 *
 * @param {object} data
 * @param {number} status
 * @returns {Answer}
 */
export function inJson(data, status = 200) {
  const text = JSON.stringify(data, null, 2).replace(/^( *"(?:[^"\\]|\\.)*"):/gm, '$1 :')
  return { status, headers: { 'content-type': 'application/json' }, body: text }
}

/**
 * What was decided: messages first where the operation has them, then the code, then what the operation gives.
 *
 * @param {string} responseCode
 * @param {string} responseMessage
 * @param {{ messages?: object[], last?: object }} more
 */
export function decided(responseCode, responseMessage, { messages, last = {} } = {}) {
  const first = messages === undefined ? {} : { messages }
  return inJson({ ...first, responseInfo: { responseCode, responseMessage }, inBackground: false, ...last })
}

/** @type {{ [status: number]: string }} */
const texts = {
  400: 'The format of the request body was incorrect.',
  404: 'HTTP 404 Not Found',
  405: 'HTTP 405 Method Not Allowed',
  406: 'HTTP 406 Not Acceptable',
  415: 'HTTP 415 Unsupported Media Type',
  500: 'An error occurred while accessing the backend system.',
}

/** Thrown where a request gets no further. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} text
   */
  constructor(status, text = texts[status] ?? '') {
    super(text)
    this.status = status
  }

  /** @param {number} timestamp in milliseconds since 1970 */
  answer(timestamp) {
    const { message, status } = this
    const responseCode = status === 400 ? 'INVALIDDATA' : 'FAILURE'
    return inJson(
      {
        messages: [{ message, type: 'CRITICAL', timestamp, isInstantMessage: false }],
        responseInfo: { responseCode, responseMessage: message },
        inBackground: false,
      },
      status,
    )
  }
}
