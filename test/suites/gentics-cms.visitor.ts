import privateKey from '../../scenarios/cms-sso.private-key.pem?raw'
import type { Received } from '../hosts/host.ts'
import type { Scene } from './play.ts'

/** Base of the authentication resource in the default scenario. */
export const auth = '/rest/auth'
export const me = '/rest/user/me'

/** A signature that the scenario cms-sso takes. */
export async function signature(text: string): Promise<string> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const der = Uint8Array.from(atob(privateKey.replaceAll(/-----[^-]+-----|\s/g, '')), (byte) => byte.charCodeAt(0))
  const key = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
  const signed = await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(signed)))
}

/** An RSA login as another system would send it, valid until so many seconds after 1970. */
export async function rsaLogin(
  username: string,
  until: number,
  salt = 'pepper',
): Promise<{ readonly [name: string]: string | number }> {
  const rsaSignature = await signature(`${username}${salt}${until}`)
  return { username, salt, expirationTimestamp: until, rsaSignature }
}

/** What an answer says, as data. */
export type Said = {
  readonly status: number
  readonly code: string
  readonly body: { readonly [name: string]: unknown }
}

/** Somebody with a browser: sends its cookie and nothing else by itself. */
export class Editor {
  readonly #scene: Scene
  readonly #more: Readonly<Record<string, string>>
  /** The latest sid. */
  sid = ''
  secret: string | undefined

  constructor(scene: Scene, more: Readonly<Record<string, string>> = {}) {
    this.#scene = scene
    this.#more = more
  }

  get token(): string {
    return this.sid + (this.secret ?? '')
  }

  async login(login: string, password = login, query = ''): Promise<Said> {
    const said = await this.say('POST', `${auth}/login${query}`, { login, password })
    if (said.code === 'OK') this.sid = String(said.body['sid'])
    return said
  }

  validate(token: string): Promise<Said> {
    return this.say('GET', `${auth}/validate/${token}`)
  }

  /** Whether the session of a sid and this browser's secret is alive. */
  async isAlive(sid = this.sid): Promise<boolean> {
    return (await this.validate(sid + (this.secret ?? ''))).code === 'OK'
  }

  logout(sid = this.sid, query = ''): Promise<Said> {
    return this.say('POST', `${auth}/logout/${sid}${query}`)
  }

  /** Sends JSON, and reads JSON. */
  async say(method: string, path: string, body?: unknown): Promise<Said> {
    const sent = body === undefined ? undefined : JSON.stringify(body)
    const received = await this.send(method, path, sent, body === undefined ? undefined : 'application/json')
    const read = JSON.parse(received.body)
    return { status: received.status, code: read.responseInfo?.responseCode, body: read }
  }

  async send(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    type?: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Received> {
    const received = await this.#scene.send({
      method,
      path,
      headers: {
        ...(this.secret === undefined ? {} : { cookie: `GCN_SESSION_SECRET=${this.secret}` }),
        ...(type === undefined ? {} : { 'content-type': type }),
        ...this.#more,
        ...more,
      },
      ...(body === undefined ? {} : { body }),
    })
    const line = cookieLine(received)
    if (line !== undefined) {
      const value = /^GCN_SESSION_SECRET=([^;]*)/.exec(line)?.[1]
      this.secret = line.includes('Max-Age=0') ? undefined : value
    }
    return received
  }
}

export function cookieLine(received: Received): string | undefined {
  return received.headers.find(([name]) => name === 'set-cookie')?.[1]
}

/** Somebody who has logged in. */
export async function loggedIn(scene: Scene, login = 'node', more?: Readonly<Record<string, string>>): Promise<Editor> {
  const editor = new Editor(scene, more)
  await editor.login(login)
  return editor
}
