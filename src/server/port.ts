import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { UnderstudyError } from '../core/errors.ts'

/** Begins to listen. Throws ERR_PORT_IN_USE, or ERR_USAGE for a host or port that cannot be had. */
export function openPort(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, host)))
    server.listen(port, host, resolve)
  })
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new UnderstudyError(
      'ERR_PORT_IN_USE',
      `Port ${port} of ${host} is in use. Choose another, or 0 for any free one.`,
    )
  }
  if (error.code === 'EACCES')
    return new UnderstudyError('ERR_USAGE', `Port ${port} may not be used by this user; choose one above 1023.`)
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UnderstudyError('ERR_USAGE', `${host} is no address of this machine.`)
  }
  return error
}

/** Where this machine reaches a server: one that listens everywhere also does on the loopback address. */
export function urlOf(server: Server, scheme: 'http' | 'https'): string {
  const { address, family, port } = server.address() as AddressInfo
  if (address === '0.0.0.0' || address === '::') return `${scheme}://127.0.0.1:${port}`
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/** What would never end by itself. */
export interface Endless {
  end(): unknown
}

/** Takes no more requests, gives those that were begun so many milliseconds, then closes every connection. */
export function closePort(server: Server, endless: Iterable<Endless>, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    // A connection that was kept alive while its last answer was on the way is idle only after that.
    const sweep = setInterval(() => server.closeIdleConnections(), 20)
    const force = setTimeout(() => server.closeAllConnections(), drainMs)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(force)
      resolve()
    })
    for (const stream of endless) stream.end()
    server.closeIdleConnections()
  })
}
