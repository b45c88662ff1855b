import { createHash } from 'node:crypto'
import { createClient, ErrorReply, SocketClosedUnexpectedlyError, type RedisClientType } from '@redis/client'
import { OutOfPatience, Deadline } from './deadline.ts'
import type { RedisPlace } from './place.ts'
import { left, readTrouble, silent, type Trouble } from './trouble.ts'

/** A script, and the name under which Redis remembers it. */
export interface Script {
  readonly text: string
  readonly sha1: string
}

export function toScript(text: string): Script {
  return { text, sha1: createHash('sha1').update(text).digest('hex') }
}

/** A reply as it came. */
export type Raw = null | string | number | readonly Raw[]

/** How often Redis is asked for the time, and how long it may take to tell. */
const beatMs = 1000
const silenceMs = 2500

/**
 * A connection to Redis that comes back by itself: when it breaks, and when nothing comes through it any more although
 * nobody says that it is broken.
 */
export class RedisConnection {
  readonly #place: RedisPlace
  #client: RedisClientType
  #isClosed = false
  #isReady = false
  #openings = 0
  #beat: NodeJS.Timeout | undefined
  #gate: { readonly promise: Promise<void>; readonly open: () => void } = gate()
  #trouble: Trouble = silent
  #clockOffset = 0

  constructor(place: RedisPlace) {
    this.#place = place
    this.#client = this.#connect()
    this.#beat = setInterval(() => void this.#listenToHeart(), beatMs)
    this.#beat.unref()
  }

  /** How far Redis's clock is ahead of this process's, in milliseconds. */
  get clockOffset(): number {
    return this.#clockOffset
  }

  /** Whether commands can be sent. */
  get isReady(): boolean {
    return this.#isReady
  }

  /** How often it came about: another time it may be another Redis, or the same of some time before. */
  get openings(): number {
    return this.#openings
  }

  /** Why there is no answer. */
  get trouble(): Trouble {
    return this.#isReady ? silent : this.#trouble
  }

  /** Resolves as soon as commands can be sent, or nothing that lasts will let them; see {@link trouble}. */
  ready(): Promise<void> {
    return this.#gate.promise
  }

  /** Sends a command. Rejects at once while there is no connection. */
  send(command: readonly string[]): Promise<Raw> {
    return this.#client.sendCommand<Raw>(command)
  }

  /** Runs a script on the keys that begin with the place's prefix. */
  async run(script: Script, args: readonly string[]): Promise<Raw> {
    const rest = ['1', this.#place.prefix, ...args]
    try {
      return await this.send(['EVALSHA', script.sha1, ...rest])
    } catch (error) {
      if (!(error instanceof ErrorReply && error.message.startsWith('NOSCRIPT'))) throw error
      return this.send(['EVAL', script.text, ...rest])
    }
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#beat)
    this.#shut(left)
    this.#client.destroy()
  }

  #connect(): RedisClientType {
    const client: RedisClientType = createClient({
      url: this.#place.url,
      disableOfflineQueue: true,
      disableClientInfo: true,
      maintNotifications: 'disabled',
      socket: {
        connectTimeout: beatMs,
        // Without traffic for so long it is not even the heartbeat that comes through.
        socketTimeout: silenceMs + beatMs,
        reconnectStrategy: (retries) => Math.min(20 * 2 ** retries, 250),
      },
    })
    client.on('error', (error: Error) => {
      if (this.#client !== client) return
      // That the connection is closed is what comes of a trouble that lasts, and tells less.
      if (this.#trouble.kind === 'lasting' && error instanceof SocketClosedUnexpectedlyError) return
      this.#shut(readTrouble(error))
    })
    client.on('ready', () => void this.#opened(client))
    client.connect().catch(() => undefined)
    return client
  }

  async #opened(client: RedisClientType): Promise<void> {
    await this.#readClock(client).catch(() => undefined)
    if (this.#client !== client || !client.isReady) return
    this.#isReady = true
    this.#openings++
    this.#trouble = silent
    this.#gate.open()
  }

  /** From now on callers wait, but for what no waiting mends. */
  #shut(trouble: Trouble): void {
    if (this.#isReady || this.#trouble.kind === 'lasting') this.#gate = gate()
    this.#isReady = false
    this.#trouble = trouble
    if (trouble.kind === 'lasting') this.#gate.open()
  }

  async #listenToHeart(): Promise<void> {
    const client = this.#client
    if (!client.isReady) return
    try {
      await new Deadline(silenceMs).wait(this.#readClock(client))
    } catch (error) {
      if (!(error instanceof OutOfPatience) || this.#isClosed || this.#client !== client) return
      this.#client = this.#connect()
      this.#shut(silent)
      client.destroy()
    }
  }

  async #readClock(client: RedisClientType): Promise<void> {
    const asked = Date.now()
    const [seconds, micros] = (await client.sendCommand(['TIME'])) as unknown as [string, string]
    const told = Number(seconds) * 1000 + Number(micros) / 1000
    this.#clockOffset = Math.round(told - (asked + Date.now()) / 2)
  }
}

function gate(): { promise: Promise<void>; open: () => void } {
  let open: () => void = () => undefined
  const promise = new Promise<void>((resolve) => {
    open = resolve
  })
  return { promise, open }
}
