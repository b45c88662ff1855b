import { ControlClient } from '../control/client.ts'
import { causeOf, ControlError, stranger } from '../control/control-error.ts'
import type { ControlEvent } from '../control/request-routes.ts'
import { UnderstudyError } from '../core/errors.ts'
import { versionHeader } from '../core/version.ts'
import type { Io } from './io.ts'
import { findWord, serverFile, type ServerWord } from './server-file.ts'

/** How live commands find the server, and which world they mean. */
export interface ServerOptions {
  readonly url?: string
  readonly world?: string
}

/** A running server, as the commands talk to it: through its control API, in the words of the command line. */
export class RunningServer {
  readonly url: string
  readonly #foundIn: string
  readonly #control: ControlClient
  readonly #fetch: () => Promise<typeof fetch>

  constructor(word: ServerWord, foundIn: string, world: string | undefined, io: Io) {
    this.url = word.url.replace(/\/+$/, '')
    this.#foundIn = foundIn
    const { certificate, adminToken } = word
    this.#fetch = async () =>
      certificate === undefined ? io.fetch : (await import('./trusting-fetch.ts')).trustingFetch(certificate)
    this.#control = new ControlClient({
      url: this.url,
      world,
      adminToken,
      fetch: (url, init) => this.#ask(url, init),
    })
  }

  /** Calls the control API. Throws what it answers as an error, or ERR_SERVER_UNREACHABLE. */
  request: ControlClient['request'] = (name, ...asked) => this.#control.request(name, ...asked).catch(toUsage)

  /** What happens from now on. Throws as {@link request} does. */
  events(signal: AbortSignal): Promise<AsyncIterable<ControlEvent>> {
    return this.#control.events(signal).catch(toUsage)
  }

  /** Throws where nobody answers, or somebody else. */
  async #ask(url: string, init: RequestInit): Promise<Response> {
    const ask = await this.#fetch()
    const response = await ask(url, init).catch((error: unknown) => {
      if (init.signal?.aborted === true) throw error
      const where = `${this.url} (${this.#foundIn}): ${causeOf(error)}`
      throw new UnderstudyError(
        'ERR_SERVER_UNREACHABLE',
        `No server answers at ${where}. Start one with \`understudy serve\`.`,
      )
    })
    if (response.headers.get(versionHeader) !== null) return response
    throw stranger(this.url, response.status, await response.text())
  }
}

/** A refusal as the command line tells it. */
function toUsage(error: unknown): never {
  if (!(error instanceof ControlError) || error.title === undefined) throw error
  const how =
    'Put it into UNDERSTUDY_ADMIN_TOKEN and the URL into --url or UNDERSTUDY_URL, or run the command where the server was started.'
  if (error.status === 401) throw new UnderstudyError('ERR_USAGE', told(`${error.message} ${how}`))
  throw new UnderstudyError('ERR_USAGE', told(error.message))
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
