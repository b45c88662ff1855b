import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { LightResponse } from './light-response.ts'
import type { HttpReply } from '../core/http.ts'
import type { ControlReply } from '../control/control.ts'
import type { Answer } from '../world/play.ts'

/** The longest that a timer of Node waits; beyond it, it would not wait at all. */
const longestWaitMs = 2_147_483_647

/** Sends an answer as the world wants it sent: later, whole, or broken. `fail` is told what could not be sent later. */
export function deliver(response: ServerResponse, played: Answer, fail: (error: unknown) => void): void {
  if (played.delayMs > 0) deliverLater(response, played, fail)
  else deliverNow(response, played)
}

function deliverLater(response: ServerResponse, played: Answer, fail: (error: unknown) => void): void {
  const timer = setTimeout(
    () => {
      try {
        deliverNow(response, played)
      } catch (error) {
        fail(error)
      }
    },
    Math.min(played.delayMs, longestWaitMs),
  )
  // Nobody waits any more. Of one whose turn on its connection has not come, Node 20 does not tell; it holds nobody up.
  timer.unref()
  response.once('close', () => clearTimeout(timer))
}

function deliverNow(response: ServerResponse, played: Answer): void {
  if (played.broken === undefined) sendWhole(response, played.status, played.headers, played.body)
  else if (played.broken === 'reset') inTurn(response, (socket) => socket.resetAndDestroy())
  else sendHalf(response, played)
}

/** A response that comes after others on a connection has no socket until they are sent. */
function inTurn(response: ServerResponse, then: (socket: Socket) => void): void {
  if (response.socket === null) response.once('socket', then)
  else then(response.socket)
}

/** Sends a reply as it is. */
export function send(response: ServerResponse, { status, headers, body }: HttpReply): void {
  sendWhole(response, status, [...headers], body)
}

/** Sends a reply where the head of another was refused. */
export function sendInstead(response: ServerResponse, reply: HttpReply): void {
  // What the other left behind would be taken for what is said of this one: its status in words, and whether it has a body.
  /* oxlint-disable no-param-reassign */
  response.statusMessage = ''
  response.shouldKeepAlive = false
  /* oxlint-enable no-param-reassign */
  send(response, reply)
}

/** The headers are written on: an answer's list is its own, and to copy it once more costs as much as to make it. */
function sendWhole(response: ServerResponse, status: number, headers: string[], body: HttpReply['body']): void {
  // No 204 and no 304 has a body.
  const isBare = status === 204 || status === 304
  if (body === undefined || isBare) {
    // A HEAD's length would be that of the body it leaves out.
    if (!isBare && response.req.method !== 'HEAD') headers.push('content-length', '0')
    response.writeHead(status, headers).end()
    return
  }
  const length = Buffer.byteLength(body)
  headers.push('content-length', String(length))
  response.writeHead(status, headers)
  // As many bytes as characters: Node writes it without encoding it.
  const isAscii = typeof body === 'string' && length === body.length
  if (isAscii && response instanceof LightResponse) {
    response.endWith(body)
    return
  }
  const { socket } = response
  // Head and body leave in one write, before the empty end: together Node would write three buffers, which costs more than a
  // request does. A socket that is corked here is not corked once more by Node, until a tick later.
  socket?.cork()
  if (isAscii) response.write(body, 'latin1')
  else response.write(body)
  socket?.uncork()
  response.end()
}

/** Promises the whole body, sends half of it, and hangs up. */
function sendHalf(response: ServerResponse, { status, headers, body = '' }: HttpReply): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, [...headers, 'content-length', String(Math.max(bytes.length, 1))])
  response.flushHeaders()
  const hangUp = (): void => {
    if (response.socket !== null) response.socket.destroy()
    // In its turn the head has yet to be sent.
    else inTurn(response, (socket) => setImmediate(() => socket.destroySoon()))
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), hangUp)
}

/** Sends events for as long as somebody reads them; one who falls behind by more than `backlog` bytes is cut off. */
export function sendEvents(
  response: ServerResponse,
  { status, headers }: ControlReply,
  stream: NonNullable<ControlReply['stream']>,
  backlog: () => number,
): void {
  response.writeHead(status, [...headers])
  response.write(': events follow\n\n')
  const unsubscribe = stream((event, data) => {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    if (response.writableLength > backlog()) response.destroy()
  })
  response.once('close', unsubscribe)
}
