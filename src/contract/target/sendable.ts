import { validateHeaderName, validateHeaderValue } from 'node:http'

/** Headers that say how a message is sent; the client sees to them. */
const unsendable = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'proxy-authorization',
])

/** Why no request can have such a header, in a sentence; undefined where one can. */
export function whyUnsendable(name: string, value: string): string | undefined {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  } catch {
    return `${JSON.stringify(name)} is no header that HTTP can carry: its name or its value has characters that headers have not.`
  }
  return unsendable.has(name.toLowerCase()) ? `"${name}" is the connection's, and is not to be set.` : undefined
}
