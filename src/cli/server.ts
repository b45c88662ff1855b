import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject, parseJson, type JsonObject } from '../core/json.ts'
import { versionHeader } from '../core/version.ts'
import type { Io } from './io.ts'
import { findWord, serverFile, type ServerWord } from './server-file.ts'

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
  readonly #fetch: () => Promise<typeof fetch>
  readonly #token: string | undefined

  constructor(word: ServerWord, foundIn: string, world: string | undefined, io: Io) {
    this.url = word.url.replace(/\/+$/, '')
    this.#foundIn = foundIn
    this.#world = world
    this.#token = word.adminToken
    const { certificate } = word
    this.#fetch = async () =>
      certificate === undefined ? io.fetch : (await import('./trusting-fetch.ts')).trustingFetch(certificate)
  }

  /** Calls the control API. Throws what it answers as an error, or ERR_SERVER_UNREACHABLE. */
  async call(method: string, path: string, body?: object): Promise<JsonObject> {
    const response = await this.request(method, path, body)
    const text = await response.text()
    const data = parseJson(text)
    if (response.headers.get(versionHeader) === null) throw this.#stranger(response.status, text)
    if (response.ok && isJsonObject(data)) return data
    throw this.#refusal(response.status, data, text)
  }

  /** Calls the control API and leaves the answer to the caller. */
  async request(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
    try {
      const ask = await this.#fetch()
      return await ask(`${this.url}/__understudy${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(this.#world === undefined ? {} : { 'x-understudy-world': this.#world }),
          ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
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
    if (status === 401 && typeof detail === 'string') {
      const how =
        'Put it into UNDERSTUDY_ADMIN_TOKEN and the URL into --url or UNDERSTUDY_URL, or run the command where the server was started.'
      return new UnderstudyError('ERR_USAGE', told(`${detail} ${how}`))
    }
    const isAmbiguous = isJsonObject(data) && data['code'] === 'ERR_USER_AMBIGUOUS'
    if (typeof detail === 'string')
      return new UnderstudyError(isAmbiguous ? 'ERR_USER_AMBIGUOUS' : 'ERR_USAGE', told(detail))
    return this.#stranger(status, text)
  }

  #stranger(status: number, text: string): UnderstudyError {
    const start = text.slice(0, 80).replaceAll(/\s+/g, ' ')
    const message = `${this.url} is no understudy server of this version: it answered ${status} ${start}`
    return new UnderstudyError('ERR_SERVER_UNREACHABLE', message)
  }
}

/**
 * The server that `--url`, UNDERSTUDY_URL or the file of a `serve` in this directory names, in this order. Its admin
 * token is what that file says of it. UNDERSTUDY_ADMIN_TOKEN goes to a URL that was given, and never to what a file names;
 * where UNDERSTUDY_URL stands beside it, to no other.
 */
export async function findServer(io: Io, options: ServerOptions): Promise<RunningServer> {
  const { url, world } = options
  if (url !== undefined) return new RunningServer(await givenServer(io, url), sourceOf(io, url), world, io)
  const left = await findWord(io.cwd)
  if (left !== undefined) return new RunningServer(left, `from ${serverFile}`, world, io)
  throw new UnderstudyError(
    'ERR_SERVER_UNREACHABLE',
    `No server was started in this directory. Start one with \`understudy serve\`, or name one with --url or UNDERSTUDY_URL.`,
  )
}

/** What a server says, line by line: those behind the first can be taken for nobody else's words. */
function told(detail: string): string[] {
  return detail.split('\n').map((line, index) => (index === 0 ? line : `  ${line.trimStart()}`))
}

function sourceOf({ env }: Io, url: string): string {
  return env['UNDERSTUDY_URL'] === url ? 'from UNDERSTUDY_URL' : 'from --url'
}

async function givenServer({ cwd, env }: Io, url: string): Promise<ServerWord> {
  if (!URL.canParse(url))
    throw new UnderstudyError('ERR_USAGE', `"${url}" is no URL; it should look like http://127.0.0.1:4010.`)
  const { username, password } = new URL(url)
  if (username !== '' || password !== '') {
    const message = 'Leave name and password out of the URL; the admin token goes into UNDERSTUDY_ADMIN_TOKEN.'
    throw new UnderstudyError('ERR_USAGE', message)
  }
  // A file that is not to be trusted is no reason not to ask a server that was named.
  const left = await findWord(cwd).catch(() => undefined)
  // The token of one server is told to no other.
  const word = left !== undefined && isSameOrigin(left.url, url) ? left : {}
  const { UNDERSTUDY_ADMIN_TOKEN: given = '', UNDERSTUDY_URL: its = '' } = env
  const isForIt = given !== '' && (its === '' || isSameOrigin(its, url))
  return { ...word, ...(isForIt ? { adminToken: given } : {}), url }
}

function isSameOrigin(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin
}

/** What the network says, without the library's wrapping. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (!(cause instanceof Error)) return String(cause)
  const code = 'code' in cause ? String(cause.code) : ''
  return code === 'ECONNREFUSED' ? 'the connection was refused' : cause.message || code
}
