import { requestCookie } from '../../core/cookie.ts'
import { didYouMean, UnderstudyError } from '../../core/errors.ts'
import type { HttpRequest } from '../../core/http.ts'
import { nearestWord } from '../../core/nearest.ts'
import type { Answer } from '../../world/play.ts'
import type { World } from '../../world/world.ts'
import { credentialsIn } from '../playing/credentials.ts'
import { cookieSet, type SeenExchange } from '../playing/seen.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { BareStage } from './stage.ts'

/** What the mock answers itself while the rest is real. */
export interface Substituted {
  readonly operations: ReadonlySet<string>
  readonly users: ReadonlySet<string>
}

/** So many sessions of the server are known to the mock, the latest. */
const mostSessions = 1000

/**
 * The mock in the place of one operation, or of one user. Whoever has logged in at the real server gets a session of the mock's
 * own when it is asked for the first time in it.
 */
export class Substitute {
  readonly #api: CheckedApi
  readonly #world: World
  readonly #what: Substituted
  readonly #stage: BareStage
  /** Sessions that the mock has given out itself. */
  readonly #ours = new Set<string>()
  /** By the server's sessions, how they were opened, or the mock's session beside them. */
  readonly #twins = new Map<string, HttpRequest | string>()

  constructor(api: CheckedApi, world: World, what: Substituted) {
    this.#api = api
    this.#world = world
    this.#what = what
    this.#stage = new BareStage(api, world.api(api.id).writtenSettings)
  }

  /** The mock's answer; undefined for what is the real server's. */
  async answer(request: HttpRequest): Promise<Answer | undefined> {
    const { kit } = this.#api
    const { operations, users } = this.#what
    const operation = this.#stage.operation(request)?.id
    const { username } = credentialsIn(this.#api, operation, request)
    const name = kit.login?.cookie
    const session = name === undefined ? undefined : requestCookie(request.headers, name)
    const isOfUser = username === undefined ? session !== undefined && this.#ours.has(session) : users.has(username)
    if (!isOfUser && !operations.has(operation ?? '')) return undefined
    const twin = session === undefined || this.#ours.has(session) ? undefined : await this.#twin(session)
    const answer = await this.#world.play(twin === undefined ? request : withCookie(request, `${name}=${twin}`))
    const opened = cookieSet(answer.headers, name)
    if (opened !== undefined && twin === undefined) this.#ours.add(opened)
    return answer
  }

  /** Notes a session that the real server has opened. */
  follow({
    request,
    answer,
  }: Pick<SeenExchange, 'request'> & { readonly answer: Pick<SeenExchange['answer'], 'headers'> }): void {
    const opened = cookieSet(answer.headers, this.#api.kit.login?.cookie)
    const { username } = credentialsIn(this.#api, this.#stage.operation(request)?.id, request)
    if (opened === undefined || username === undefined || this.#what.operations.size === 0) return
    this.#twins.set(opened, request)
    const [oldest] = this.#twins.keys()
    if (this.#twins.size > mostSessions && oldest !== undefined) this.#twins.delete(oldest)
  }

  async #twin(session: string): Promise<string | undefined> {
    const login = this.#twins.get(session)
    if (login === undefined || typeof login === 'string') return login
    const { kit, id } = this.#api
    const { username, password } = credentialsIn(this.#api, this.#stage.operation(login)?.id, login)
    const handle = this.#world.api(id)
    // The real server has taken this password.
    if (username !== undefined && password !== undefined && handle.has(username))
      handle.user(username).set({ password })
    const { headers } = await this.#world.play(login)
    const ours = cookieSet(headers, kit.login?.cookie)
    if (ours !== undefined) this.#twins.set(session, ours)
    return ours
  }
}

function withCookie(request: HttpRequest, cookie: string): HttpRequest {
  const headers = request.headers.map((value, index) =>
    index % 2 === 1 && request.headers[index - 1]?.toLowerCase() === 'cookie' ? cookie : value,
  )
  return { ...request, headers }
}

/** Reads words such as `secure-login.auth` and `user=alice`. Throws ERR_USAGE, naming the nearest operation or user. */
export function readSubstituted(api: CheckedApi, words: readonly string[], usernames: readonly string[]): Substituted {
  const operations = new Set<string>()
  const users = new Set<string>()
  const known = api.operations.map(({ id }) => `${api.id}.${id}`)
  for (const word of words) {
    const username = /^user=(.*)$/s.exec(word)?.[1]
    const candidates = username === undefined ? known : usernames
    const wanted = username ?? word
    if (!candidates.includes(wanted)) {
      const there = username === undefined ? `${known.join(', ')}, or user=<name>` : usernames.join(', ')
      const what = username === undefined ? `operation "${wanted}"` : `user "${wanted}" in the scenario`
      const hint = didYouMean(nearestWord(wanted, [...candidates]))
      throw new UnderstudyError('ERR_USAGE', `--mock: there is no ${what}; there are ${there}.${hint}`)
    }
    if (username === undefined) operations.add(word.slice(api.id.length + 1))
    else users.add(username)
  }
  return { operations, users }
}
