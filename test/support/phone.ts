import type { World } from '../../src/index.ts'
import type { Answer } from '../../src/world/play.ts'
import { request, type RequestParts } from './request.ts'

/** Where the shipped scenarios serve Secure Login. */
export const apiPath = '/jira/rest/securelogin-admin/1.0/api'
export const sessionPath = '/jira/rest/auth/1/session'

/** Somebody's phone with a session of its own; it talks to a world directly, without a host between. */
export class Phone {
  readonly world: World
  readonly session: string
  readonly address: string

  constructor(world: World, session: string, address = '127.0.0.1') {
    this.world = world
    this.session = session
    this.address = address
  }

  /** Passes the first factor. */
  static async signIn(world: World, username: string, password = username): Promise<Phone> {
    const answer = await world.play(
      request('POST', sessionPath, {
        headers: ['content-type', 'application/json'],
        body: JSON.stringify({ username, password }),
      }),
    )
    const { session } = JSON.parse(String(answer.body)) as { session?: { value: string } }
    if (session === undefined) throw new Error(`${username} could not sign in: ${answer.status} ${String(answer.body)}`)
    return new Phone(world, session.value)
  }

  /** The second factor. */
  async auth(pin: string | Uint8Array, contentType = 'text/plain'): Promise<number> {
    const answer = await this.send('POST', `${apiPath}/auth`, { headers: ['content-type', contentType], body: pin })
    return answer.status
  }

  /** The state that `/user` tells. */
  async state(): Promise<string> {
    const answer = await this.send('GET', `${apiPath}/user`)
    return answer.status === 200 ? (JSON.parse(String(answer.body)) as { state: string }).state : String(answer.status)
  }

  async send(method: string, path: string, parts: RequestParts = {}): Promise<Answer> {
    const headers = [...(parts.headers ?? []), 'cookie', `JSESSIONID=${this.session}`]
    return this.world.play(request(method, path, { address: this.address, ...parts, headers }))
  }
}
