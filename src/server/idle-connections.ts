import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Has the timers of connections that wait for their next request set only when they are nearly due. Node sets one after each
 * answer and takes it off with the next request, which costs more than a tenth of what playing it does.
 */
export function watchIdle(server: Server, tickMs: number): void {
  const connections = new Set<IdleConnection>()
  const timer = setInterval(() => {
    for (const connection of connections) connection.tick()
  }, tickMs).unref()
  server.on('connection', (socket: Socket) => {
    const connection = new IdleConnection(socket, tickMs)
    connections.add(connection)
    socket.once('close', () => connections.delete(connection))
  })
  server.once('close', () => clearInterval(timer))
}

class IdleConnection {
  readonly #set: (ms: number) => void
  /** Ticks until the timer is set; 0 where it is, or where none is wanted. */
  #left = 0
  #isSet = false

  constructor(socket: Socket, tickMs: number) {
    const set = socket.setTimeout.bind(socket)
    this.#set = set
    // oxlint-disable-next-line no-param-reassign -- Node asks the socket for it
    socket.setTimeout = (ms, callback) => {
      if (callback !== undefined || (ms > 0 && ms < 2 * tickMs)) return set(ms, callback)
      this.#wait(Math.ceil(ms / tickMs))
      return socket
    }
  }

  #wait(ticks: number): void {
    this.#left = ticks
    if (!this.#isSet) return
    this.#isSet = false
    this.#set(0)
  }

  tick(): void {
    if (this.#left === 0 || --this.#left > 0) return
    this.#isSet = true
    this.#set(1)
  }
}
