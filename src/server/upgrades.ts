import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { beginBody } from './incoming.ts'

/** A socket whose request asks for another protocol, and what was read behind the request. */
export type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/**
 * Has somebody look at requests that ask for another protocol. Without it Node answers them as any other, which is what
 * clients that offer HTTP/2 to every server count on, so whatever is not taken is given back to the server as that.
 */
export function takeUpgrades(server: Server, take: (...upgrade: Parameters<OnUpgrade>) => Promise<boolean>): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const giveBack = async (): Promise<void> => {
      const body = await bodyRead(request)
      if (socket.destroyed) return
      socket.off('error', ignore)
      socket.unshift(Buffer.concat([headOf(request, body), body, head]))
      server.emit('connection', socket)
    }
    socket.on('error', ignore)
    take(request, socket, head)
      .then((isTaken) => (isTaken ? undefined : giveBack()))
      .catch(() => socket.destroy())
  })
}

/** Bytes of a body that wait to be given back; who sends more with an offer of another protocol is cut off. */
const mostGivenBack = 16_777_216

/** Node 26 reads the body of such a request as any other's; before it, the body is what was read behind the request. */
async function bodyRead(request: IncomingMessage): Promise<Uint8Array> {
  const { body, isWhole } = await beginBody(request, mostGivenBack)
  if (!isWhole) throw new Error('The body is too long to be given back.')
  return body
}

const ignore = (): void => undefined

/** The request as it came, without what asks for another protocol; where its body was read, with the length of that. */
function headOf({ method, url, httpVersion, rawHeaders }: IncomingMessage, { length }: Uint8Array): Buffer {
  const lines = [`${method} ${url} HTTP/${httpVersion}`]
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    const isLeftOut =
      /^(upgrade|http2-settings)$/i.test(name) || (length > 0 && /^(content-length|transfer-encoding)$/i.test(name))
    if (!isLeftOut) lines.push(`${name}: ${withoutUpgrade(name, rawHeaders[index + 1] as string)}`)
  }
  if (length > 0) lines.push(`Content-Length: ${length}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

function withoutUpgrade(name: string, value: string): string {
  if (name.toLowerCase() !== 'connection') return value
  const kept = value.split(',').filter((part) => !/^(upgrade|http2-settings)$/i.test(part.trim()))
  return kept.length === 0 ? 'keep-alive' : kept.join(',')
}
