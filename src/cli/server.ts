import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject, type JsonObject } from '../core/json.ts'
import type { Io } from './io.ts'

/** Where `serve` leaves word of itself, below the working directory. */
export const serverFile: string = join('.understudy', 'server.json')

/** How live commands find the server, and which world they mean. */
export interface ServerOptions {
  readonly url?: string
  readonly world?: string
}

/** A running server, as the commands talk to it: through its control API. */
export class RunningServer {
  readonly url: string
  readonly #foundIn: string
  readonly #world: string | undefined
  readonly #io: Io

  constructor(url: string, foundIn: string, world: string | undefined, io: Io) {
    this.url = url.replace(/\/+$/, '')
    this.#foundIn = foundIn
    this.#world = world
    this.#io = io
  }

  /** Calls the control API. Throws what it answers as an error, or ERR_SERVER_UNREACHABLE. */
  async call(method: string, path: string, body?: object): Promise<JsonObject> {
    const response = await this.request(method, path, body)
    const text = await response.text()
    const data = parse(text)
    if (response.ok && isJsonObject(data)) return data
    throw this.#refusal(response.status, data, text)
  }

  /** Calls the control API and leaves the answer to the caller. */
  async request(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
    try {
      return await this.#io.fetch(`${this.url}/__understudy${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(this.#world === undefined ? {} : { 'x-understudy-world': this.#world }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      })
    } catch (error) {
      if (signal?.aborted === true) throw error
      throw new UnderstudyError(
        'ERR_SERVER_UNREACHABLE',
        `No server answers at ${this.url} (${this.#foundIn}): ${causeOf(error)}. Start one with \`understudy serve\`.`,
      )
    }
  }

  #refusal(status: number, data: unknown, text: string): UnderstudyError {
    const detail = isJsonObject(data) ? data['detail'] : undefined
    const isAmbiguous = isJsonObject(data) && data['code'] === 'ERR_USER_AMBIGUOUS'
    if (typeof detail === 'string') return new UnderstudyError(isAmbiguous ? 'ERR_USER_AMBIGUOUS' : 'ERR_USAGE', detail)
    const start = text.slice(0, 80).replaceAll(/\s+/g, ' ')
    return new UnderstudyError(
      'ERR_SERVER_UNREACHABLE',
      `${this.url} is no understudy server: it answered ${status} ${start}`,
    )
  }
}

/** The server that `--url`, UNDERSTUDY_URL or the file of a `serve` in this directory names, in this order. */
export async function findServer(io: Io, options: ServerOptions): Promise<RunningServer> {
  const { url, world } = options
  if (url !== undefined) {
    if (!URL.canParse(url))
      throw new UnderstudyError('ERR_USAGE', `"${url}" is no URL; it should look like http://127.0.0.1:4010.`)
    const source = io.env['UNDERSTUDY_URL'] === url ? 'from UNDERSTUDY_URL' : 'from --url'
    return new RunningServer(url, source, world, io)
  }
  const left = await readServerFile(io.cwd)
  if (left !== undefined) return new RunningServer(left, `from ${serverFile}`, world, io)
  throw new UnderstudyError(
    'ERR_SERVER_UNREACHABLE',
    `No server was started in this directory. Start one with \`understudy serve\`, or name one with --url or UNDERSTUDY_URL.`,
  )
}

async function readServerFile(cwd: string): Promise<string | undefined> {
  const data = parse(await readFile(join(cwd, serverFile), 'utf8').catch(() => ''))
  const url = isJsonObject(data) ? data['url'] : undefined
  return typeof url === 'string' ? url : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What the network says, without the library's wrapping. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (!(cause instanceof Error)) return String(cause)
  const code = 'code' in cause ? String(cause.code) : ''
  return code === 'ECONNREFUSED' ? 'the connection was refused' : cause.message || code
}
