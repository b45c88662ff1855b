import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** A socket whose request asks for another protocol, and what was read behind the request. */
export type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/**
 * Has somebody look at requests that ask for another protocol. Without it Node answers them as any other, which is what
 * clients that offer HTTP/2 to every server count on, so whatever is not taken is given back to the server as that.
 */
export function takeUpgrades(server: Server, take: (...upgrade: Parameters<OnUpgrade>) => Promise<boolean>): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const giveBack = (): void => {
      if (socket.destroyed) return
      socket.off('error', ignore)
      socket.unshift(Buffer.concat([headOf(request), head]))
      server.emit('connection', socket)
    }
    socket.on('error', ignore)
    take(request, socket, head).then(
      (isTaken) => (isTaken ? undefined : giveBack()),
      () => socket.destroy(),
    )
  })
}

const ignore = (): void => undefined

/** The request as it came, without what asks for another protocol. */
function headOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`]
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    if (!/^(upgrade|http2-settings)$/i.test(name))
      lines.push(`${name}: ${withoutUpgrade(name, rawHeaders[index + 1] as string)}`)
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

function withoutUpgrade(name: string, value: string): string {
  if (name.toLowerCase() !== 'connection') return value
  const kept = value.split(',').filter((part) => !/^(upgrade|http2-settings)$/i.test(part.trim()))
  return kept.length === 0 ? 'keep-alive' : kept.join(',')
}
