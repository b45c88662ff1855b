import { headerValues } from '../../src/core/http.ts'
import type { Answer } from '../../src/world/play.ts'
import type { Playable } from '../../src/world/world-source.ts'
import { request, type RequestParts } from '../support/request.ts'
import { apiPath, sessionPath } from '../support/phone.ts'

/** Somebody with a session, who asks now this server and now that one. */
export class Visitor {
  cookie: string | undefined
  readonly #more: readonly string[]

  constructor(more: readonly string[] = []) {
    this.#more = more
  }

  async login(server: Playable, username: string): Promise<Answer> {
    const body = JSON.stringify({ username, password: username })
    const answer = await this.send(server, 'POST', sessionPath, { headers: ['content-type', 'application/json'], body })
    const line = headerValues(answer.headers, 'set-cookie').find((each) => each.startsWith('JSESSIONID='))
    this.cookie = line?.split(';')[0] ?? this.cookie
    return answer
  }

  async auth(server: Playable, pin: string): Promise<Answer> {
    return this.send(server, 'POST', `${apiPath}/auth`, { headers: ['content-type', 'text/plain'], body: pin })
  }

  /** What /user says, or the status where it says nothing. */
  async state(server: Playable): Promise<string> {
    const { status, body } = await this.send(server, 'GET', `${apiPath}/user`)
    return status === 200 ? (JSON.parse(String(body)) as { state: string }).state : String(status)
  }

  async send(server: Playable, method: string, path: string, parts: RequestParts = {}): Promise<Answer> {
    const cookie = this.cookie === undefined ? [] : ['cookie', this.cookie]
    const headers = [...(parts.headers ?? []), ...cookie, ...this.#more]
    return server.worlds.play(request(method, path, { ...parts, headers }), server)
  }
}
