// @ts-check
import { createServer } from 'node:http'

/** @typedef {{ readonly url: string, close(): Promise<void> }} Provider a running server */

/**
 * Opens a socket for a request listener.
 *
 * @param {import('node:http').RequestListener} listener
 * @param {{ host: string, port: number }} where port 0 is any free one
 * @param {() => void} closed called once the socket is closed
 * @returns {Promise<Provider>}
 */
export function listen(listener, { host, port }, closed) {
  const server = createServer(listener)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = /** @type {import('node:net').AddressInfo} */ (server.address())
      resolve({
        url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => {
              closed()
              done()
            })
            server.closeAllConnections()
          }),
      })
    })
  })
}
