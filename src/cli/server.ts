import { ControlClient, type ControlRequest } from '../control/client.ts'
import { causeOf, ControlError, stranger } from '../control/control-error.ts'
import type { ControlEvent } from '../control/request-routes.ts'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'
import { isLoopback } from '../core/loopback.ts'
import { nearestWord } from '../core/nearest.ts'
import { versionHeader } from '../core/version.ts'
import { checkName, mainName } from '../world/world-name.ts'
import type { Io } from './io.ts'
import { paint } from './shown.ts'
import { chooseServer } from './choose-server.ts'
import { nearestServers } from './found-servers.ts'
import { portOf, type ServerWord } from './server-file.ts'

/** How live commands find the server, and which world they mean. */
export interface ServerOptions {
  readonly url?: string
  readonly world?: string
  /** Makes the world, where nobody has it. */
  readonly newWorld?: boolean
}

/** A running server, as the commands talk to it: through its control API, in the words of the command line. */
export class RunningServer {
  readonly url: string
  readonly #foundIn: string
  readonly #control: ControlClient
  readonly #fetch: () => Promise<typeof fetch>
  readonly #tell: () => void
  #told = false

  constructor(word: ServerWord, foundIn: string, world: string | undefined, io: Io) {
    this.url = word.url.replace(/\/+$/, '')
    this.#foundIn = foundIn
    this.#tell = () => io.err([paint('dim', `→ ${world ?? mainName} at ${shortly(this.url)}`)])
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

  /**
   * Calls the control API, and says once which server and world it has changed. Throws what it answers as an error, or
   * ERR_SERVER_UNREACHABLE.
   */
  request: ControlClient['request'] = async (name, ...asked) => {
    const answer = await this.#control.request(name, ...asked).catch(toUsage)
    if (!name.startsWith('GET ') && !readsOnly.includes(name) && !isPreview(asked[0]) && !this.#told) {
      this.#told = true
      this.#tell()
    }
    return answer
  }

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

/** Asked with a body, and changes nothing. */
const readsOnly: readonly string[] = ['POST /share'] satisfies ControlRequest[]

function isPreview(asked: object | undefined): boolean {
  const { body }: { readonly body?: unknown } = asked ?? {}
  return isJsonObject(body) && body['preview'] === true
}

/** A server of this machine is told by its port. */
function shortly(url: string): string {
  return isLoopback(new URL(url).hostname) ? `:${portOf(url)}` : url
}

/** A refusal as the command line tells it. */
function toUsage(error: unknown): never {
  if (!(error instanceof ControlError) || error.title === undefined) throw error
  const how =
    'Put it into UNDERSTUDY_ADMIN_TOKEN and the URL into --url or UNDERSTUDY_URL, or run the command where the server was started.'
  if (error.status === 401) throw new UnderstudyError('ERR_USAGE', told(`${error.message} ${how}`))
  throw new UnderstudyError('ERR_USAGE', told(error.message), error.issues)
}

/**
 * The server that `--url`, UNDERSTUDY_URL or the file of a `serve` in this directory or one above names, in this order. Its
 * admin token is what that file says of it. UNDERSTUDY_ADMIN_TOKEN goes to a URL that was given, and never to what a file
 * names; where UNDERSTUDY_URL stands beside it, to no other. Throws ERR_USAGE for a world that nobody has.
 */
export async function findServer(io: Io, options: ServerOptions): Promise<RunningServer> {
  const { url, world, newWorld } = options
  const [word, foundIn] =
    url === undefined
      ? ([await chooseServer(io, await nearestServers(io.cwd)), 'as a file says'] as const)
      : ([await givenServer(io, url), sourceOf(io, url)] as const)
  if (world !== undefined && world !== mainName && newWorld !== true)
    await checkWorld(new RunningServer(word, foundIn, undefined, io), world)
  return new RunningServer(word, foundIn, world, io)
}

/** A misspelt world would be made, and nobody would see why the app does not change. */
async function checkWorld(server: RunningServer, world: string): Promise<void> {
  checkName(world)
  const names = (await server.request('GET /worlds')).worlds.map(({ name }) => name)
  if (names.includes(world)) return
  const meant = didYouMean(nearestWord(world, names))
  const there = `there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`
  throw new UnderstudyError(
    'ERR_USAGE',
    `${server.url} has no world "${world}"; ${there}.${meant} --new-world makes one, and so does a request that names it.`,
  )
}

/** What a server says, line by line: those behind the first can be taken for nobody else's words. */
function told(detail: string): string[] {
  return detail.split('\n').map((line, index) => (index === 0 ? line : `  ${line.trimStart()}`))
}

function sourceOf({ env }: Io, url: string): string {
  return env['UNDERSTUDY_URL'] === url ? 'from UNDERSTUDY_URL' : 'from --url'
}

async function givenServer({ cwd, env }: Io, given: string): Promise<ServerWord> {
  const url = asServer(given)
  if (!URL.canParse(url))
    throw new UnderstudyError('ERR_USAGE', `"${url}" is no URL; it should look like http://127.0.0.1:4010.`)
  const { username, password } = new URL(url)
  if (username !== '' || password !== '') {
    const message = 'Leave name and password out of the URL; the admin token goes into UNDERSTUDY_ADMIN_TOKEN.'
    throw new UnderstudyError('ERR_USAGE', message)
  }
  // A file that is not to be trusted is no reason not to ask a server that was named.
  const left = await nearestServers(cwd).catch(() => [])
  // The token of one server is told to no other.
  const word = left.find((each) => isSameOrigin(each.url, url)) ?? {}
  const { UNDERSTUDY_ADMIN_TOKEN: token = '', UNDERSTUDY_URL: its = '' } = env
  const isForIt = token !== '' && (its === '' || isSameOrigin(asServer(its), url))
  return { ...word, ...(isForIt ? { adminToken: token } : {}), url }
}

/** A server as somebody may have copied it: from the console's address, or without a scheme. */
function asServer(url: string): string {
  const whole = /^[\w.-]+:\d+(\/|$)/.test(url) ? `http://${url}` : url
  return whole.replace(/\/__understudy\/?(#.*)?$/, '')
}

function isSameOrigin(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin
}
