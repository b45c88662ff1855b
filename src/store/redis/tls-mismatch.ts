import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { RedisPlace } from './place.ts'
import type { Trouble } from './trouble.ts'

const probeMs = 1000

/**
 * Whether a Redis that says nothing speaks TLS where it is not spoken to in it, or the other way round: by what connections
 * show that is the same as silence. Nothing that is secret is sent.
 */
export async function findTlsMismatch({ url }: RedisPlace): Promise<Trouble | undefined> {
  const { protocol, hostname, port } = new URL(url)
  const to = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port === '' ? 6379 : port) }
  if (protocol === 'rediss:') {
    const socket = connect(to)
    socket.write('PING\r\n')
    const isPlain = await answers(socket, 'data', (data) => /^[+-]/.test(String(data)))
    return isPlain
      ? { kind: 'lasting', why: 'it speaks no TLS', advice: 'Say redis:// instead of rediss://.' }
      : undefined
  }
  // Whose certificate it is does not matter, as nothing is said.
  const socket = connectTls({ ...to, rejectUnauthorized: false })
  const isTls = await answers(socket, 'secureConnect', () => true)
  return isTls ? { kind: 'lasting', why: 'it speaks TLS', advice: 'Say rediss:// instead of redis://.' } : undefined
}

function answers(socket: Socket, event: string, isSo: (data: unknown) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (result: boolean) => (): void => {
      socket.destroy()
      resolve(result)
    }
    socket.once(event, (data) => end(isSo(data))())
    socket.once('error', end(false)).once('close', end(false))
    socket.setTimeout(probeMs, end(false))
  })
}
