import type { Received } from '../hosts/host.ts'
import type { Scene } from './play.ts'

/** Base of the plug-in's resources in the default scenario. */
export const api = '/jira/rest/securelogin-admin/1.0/api'
export const sessionPath = '/jira/rest/auth/1/session'

/** The PIN of alice in the default scenario, and one that is nobody's. */
export const rightPin = '910817'
export const wrongPin = '000000'

/** Somebody with one session: sends its cookie and nothing else by itself. */
export class Visitor {
  readonly #scene: Scene
  readonly #more: Readonly<Record<string, string>>
  cookie: string | undefined

  constructor(scene: Scene, more: Readonly<Record<string, string>> = {}) {
    this.#scene = scene
    this.#more = more
  }

  /** The first factor. */
  async login(username: string, password = username): Promise<Received> {
    const received = await this.send('POST', sessionPath, JSON.stringify({ username, password }), 'application/json')
    const line = sessionLine(received)
    if (line !== undefined) this.cookie = line.split(';')[0]
    return received
  }

  user(): Promise<Received> {
    return this.send('GET', `${api}/user`)
  }

  /** What /user says, as data. */
  async state(): Promise<unknown> {
    return JSON.parse((await this.user()).body)
  }

  auth(pin: string | Uint8Array<ArrayBuffer>, type: string | undefined = 'text/plain'): Promise<Received> {
    return this.send('POST', `${api}/auth`, pin, type)
  }

  send(method: string, path: string, body?: string | Uint8Array<ArrayBuffer>, type?: string): Promise<Received> {
    return this.#scene.send({
      method,
      path,
      headers: {
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(type === undefined ? {} : { 'content-type': type }),
        ...this.#more,
      },
      ...(body === undefined ? {} : { body }),
    })
  }
}

/** Somebody who has passed the first factor. */
export async function signedIn(
  scene: Scene,
  username: string,
  more?: Readonly<Record<string, string>>,
): Promise<Visitor> {
  const visitor = new Visitor(scene, more)
  await visitor.login(username)
  return visitor
}

/** The line that sets the session's cookie; Jira sets another one as well. */
export function sessionLine({ headers }: Received): string | undefined {
  return headers.find(([name, value]) => name === 'set-cookie' && value.startsWith('JSESSIONID='))?.[1]
}
