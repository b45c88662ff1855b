/** What the server says of the second factor in general. */
export interface Info {
  readonly active: boolean
  /** How far the server's clock is ahead of this device's, in milliseconds. */
  readonly driftMs: number
}

/** What the server says of whoever is signed in. */
export type User =
  | { readonly state: 'signed-out' | 'enter' | 'bypass' | 'onboarding' | 'inactive' }
  /** Until an instant of the server's clock, in milliseconds. */
  | { readonly state: 'blocked'; readonly until: number }

/** Jira's session and the second factor behind it, in the browser's session. */
export class SecureLogin {
  readonly #session: string
  readonly #api: string

  /** `base` is Jira's context path. */
  constructor(base: string) {
    this.#session = `${base}/rest/auth/1/session`
    this.#api = `${base}/rest/securelogin-admin/1.0/api`
  }

  /** The first factor; whether it was right. */
  async signIn(username: string, password: string): Promise<boolean> {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ username, password })
    const { status } = await ask(this.#session, [200, 401], { method: 'POST', headers, body })
    return status === 200
  }

  async signOut(): Promise<void> {
    await ask(this.#session, [204, 401], { method: 'DELETE' })
  }

  /** Undefined where the session has ended: Jira turns its cookie away before anybody tells the time. */
  async info(): Promise<Info | undefined> {
    const answer = await ask(`${this.#api}/info`, [200, 401])
    if (answer.status === 401) return undefined
    const { active, server_time: time } = await answer.json()
    return { active, driftMs: Date.parse(time) - Date.now() }
  }

  async user(): Promise<User> {
    const answer = await ask(`${this.#api}/user`, [200, 401, 410])
    if (answer.status === 401) return { state: 'signed-out' }
    if (answer.status === 410) return { state: 'inactive' }
    const { state, blocked } = await answer.json()
    return state === 'blocked' ? { state, until: Date.parse(blocked.until) } : { state }
  }

  /** The second factor; whether it was right. If not, {@link user} knows why. */
  async enter(pin: string): Promise<boolean> {
    // A text is what forms of other sites can send; some hosts want to be told that it is none of theirs.
    const headers = { 'content-type': 'text/plain', 'x-atlassian-token': 'no-check' }
    const { status } = await ask(`${this.#api}/auth`, [200, 401, 406, 410], { method: 'POST', headers, body: pin })
    return status === 200
  }
}

/** Sends a request. Throws where the answer is none of those that the server's page tells of. */
async function ask(path: string, expected: readonly number[], init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(path, init)
  if (!expected.includes(answer.status)) throw new Error(`${path} was answered with ${answer.status}`)
  return answer
}
