// @ts-check

/**
 * @typedef {object} Sent an answer on its way out
 * @property {number} status
 * @property {import('node:http').OutgoingHttpHeaders} headers
 * @property {string} body
 * @property {Buffer} [bytes] what is sent instead of the body
 * @property {boolean} [chunked] sent in several pieces
 * @property {boolean} takesGzip
 */

/**
 * A listener whose answers are changed before they are sent.
 *
 * @param {import('node:http').RequestListener} listener
 * @param {(sent: Sent) => Sent} change
 * @returns {import('node:http').RequestListener}
 */
export function disturbed(listener, change) {
  return (request, response) => {
    /** @type {Buffer[]} */
    const chunks = []
    /** @type {import('node:http').OutgoingHttpHeaders} */
    const head = {}
    const [writeHead, end] = [response.writeHead.bind(response), response.end.bind(response)]
    let isHeadWritten = false
    /** @param {unknown} chunk */
    const keep = (chunk) => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
      return true
    }
    const finish = () => {
      const sent = change({
        status: response.statusCode,
        headers: { ...response.getHeaders(), ...head },
        body: Buffer.concat(chunks).toString(),
        takesGzip: /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? ''),
      })
      for (const name of response.getHeaderNames()) response.removeHeader(name)
      const body = sent.bytes ?? Buffer.from(sent.body)
      const { 'content-length': _length, ...headers } = sent.headers
      const isWhole = sent.chunked !== true && request.method !== 'HEAD'
      writeHead(sent.status, { ...headers, ...(isWhole ? { 'content-length': body.length } : {}) })
      end(request.method === 'HEAD' ? undefined : body)
    }
    Object.assign(response, {
      /** @type {(status: number, ...rest: unknown[]) => unknown} */
      writeHead: (status, ...rest) => {
        isHeadWritten = true
        Object.assign(response, { statusCode: status })
        Object.assign(head, rest.find((part) => typeof part === 'object') ?? {})
        return response
      },
      write: keep,
      /** @param {unknown} chunk */
      end: (chunk) => {
        keep(chunk)
        // Whoever adds headers at the last moment does so in there: sessions, for instance.
        if (!isHeadWritten) response.writeHead(response.statusCode)
        finish()
        return response
      },
    })
    listener(request, response)
  }
}
