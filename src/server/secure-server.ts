import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:https'
import { UnderstudyError } from '../core/errors.ts'
import type { Certificate } from './certificate.ts'

export { createCertificate } from './certificate.ts'

/** An HTTPS server, apart so that nobody else loads TLS. Throws ERR_USAGE for a certificate that cannot be used. */
export function createSecureServer({ cert, key }: Certificate, options: object, listener: RequestListener): Server {
  try {
    return createServer({ ...options, cert, key, minVersion: 'TLSv1.2' }, listener)
  } catch (error) {
    // The library's words name the fault, and nothing of the key.
    const why = error instanceof Error ? error.message : String(error)
    throw new UnderstudyError('ERR_USAGE', `The certificate and its key cannot be used: ${why}.`)
  }
}
