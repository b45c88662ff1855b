import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A way to Redis that can be cut off, and that can swallow what is sent on it. */
export class Proxy {
  readonly port: number
  readonly #server: Server
  readonly #target: number
  readonly #sockets = new Set<Socket>()
  #mode: 'open' | 'cut' | 'silent' = 'open'

  private constructor(server: Server, target: number) {
    this.#server = server
    this.#target = target
    this.port = (server.address() as AddressInfo).port
    server.on('connection', (socket) => this.#take(socket))
  }

  static async start(target: number): Promise<Proxy> {
    const server = createServer()
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    return new Proxy(server, target)
  }

  /** Breaks every connection, in whatever it is, and takes no new one. */
  cut(): void {
    this.#mode = 'cut'
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Keeps connections, and lets nothing through in either direction. */
  silence(): void {
    this.#mode = 'silent'
    for (const socket of this.#sockets) socket.pause()
  }

  /** Lets everything through again. What was swallowed stays lost, as its connections do. */
  heal(): void {
    if (this.#mode === 'silent') for (const socket of this.#sockets) socket.destroy()
    this.#mode = 'open'
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #take(client: Socket): void {
    if (this.#mode === 'cut') {
      client.destroy()
      return
    }
    const server = connect(this.#target, '127.0.0.1')
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(from)
      from.on('data', (chunk) => to.write(chunk))
      from.on('error', () => undefined)
      from.on('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
      if (this.#mode === 'silent') from.pause()
    }
  }
}
