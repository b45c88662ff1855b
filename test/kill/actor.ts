import { parseDuration } from '../../src/core/duration.ts'
import type { Random } from '../../src/core/random.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'

/** What a server said to an actor, and so must still know after it was killed. */
interface Told {
  failures: number
  setting: number
  sessions: string[]
  faults: string[]
}

/**
 * Somebody with a user and a world of their own, who does one thing after the other until the server is gone. They
 * know what was answered, and that one more thing may have happened.
 */
export class Actor {
  readonly username: string
  readonly world: string
  answered = 0
  readonly #random: Random
  readonly #told: Told = { failures: 0, setting: 1800, sessions: [], faults: [] }
  /** What was asked last, if nobody answered. */
  #open: keyof Told | undefined

  constructor(username: string, world: string, random: Random) {
    this.username = username
    this.world = world
    this.#random = random
  }

  async act(url: string): Promise<void> {
    try {
      for (;;) {
        this.#open = (['failures', 'failures', 'setting', 'sessions', 'faults'] as const)[this.#random.below(5)]
        await this.#do(url, this.#open ?? 'failures')
        this.#open = undefined
        this.answered++
      }
    } catch (error) {
      // The server is gone; anything else is a finding.
      if (!(error instanceof TypeError)) throw error
    }
  }

  async #do(url: string, what: keyof Told): Promise<void> {
    const [cookie] = this.#told.sessions
    if (what === 'sessions' || (what === 'failures' && cookie === undefined)) {
      this.#open = 'sessions'
      const body = { username: this.username, password: this.username }
      const response = await this.#ask(url, 'POST', '/jira/rest/auth/1/session', body)
      const session = response.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
      this.#told.sessions = [session, ...this.#told.sessions].slice(0, 3)
    } else if (what === 'failures') {
      const headers = { cookie: cookie ?? '', 'content-type': 'text/plain' }
      const response = await this.#ask(url, 'POST', `${api}/auth`, '000000', headers)
      if (response.headers.get('x-understudy-clause') !== 'SL-11') throw new Error(`no failure: ${response.status}`)
      this.#told.failures++
    } else if (what === 'setting') {
      await this.#ask(url, 'PATCH', '/__understudy/apis/secure-login', {
        blockFor: `${this.#told.setting + 1}s`,
      })
      this.#told.setting++
    } else {
      const response = await this.#ask(url, 'POST', '/__understudy/faults', { on: 'sirportly.*', delay: '1s' })
      this.#told.faults.push(String((await response.json()).id))
    }
  }

  async #ask(url: string, method: string, path: string, body?: unknown, more: object = {}): Promise<Response> {
    const headers = { 'x-understudy-world': this.world, 'content-type': 'application/json', ...more }
    const sent = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: sent }) })
    // An answer counts when it has arrived.
    const text = await response.text()
    return new Response(text, response)
  }

  /** What the server has lost of what it told, in words; from then on it is taken at its word. */
  async missing(url: string): Promise<string[]> {
    const read = async (path: string): Promise<never> =>
      (await this.#ask(url, 'GET', `/__understudy${path}`)).json() as Promise<never>
    const user: { failures: number } = await read(`/users/secure-login/${this.username}`)
    const state: { apis: { id: string; settings: { blockFor: string } }[] } = await read('/state')
    const { faults }: { faults: { id: string }[] } = await read('/faults')
    const spelt = state.apis.find(({ id }) => id === 'secure-login')?.settings.blockFor ?? ''
    const told = this.#told
    const lost: string[] = []
    const compare = (what: 'failures' | 'setting', is: number): void => {
      const most = told[what] + (this.#open === what ? 1 : 0)
      if (is < told[what] || is > most) lost.push(`${this.username}: ${what} ${is}, told ${told[what]} to ${most}`)
      told[what] = is
    }
    compare('failures', user.failures)
    compare('setting', (parseDuration(spelt) ?? 0) / 1000)
    const ids = new Set(faults.map(({ id }) => id))
    for (const id of told.faults) if (!ids.has(id)) lost.push(`${this.username}: fault ${id} is gone`)
    if (ids.size > told.faults.length + (this.#open === 'faults' ? 1 : 0)) lost.push(`${this.username}: more faults`)
    told.faults = [...ids]
    for (const cookie of told.sessions) {
      const response = await this.#ask(url, 'GET', `${api}/user`, undefined, { cookie })
      if (response.status !== 200) lost.push(`${this.username}: a session is gone (${response.status})`)
    }
    await this.#beginAgain(url)
    this.#open = undefined
    return lost
  }

  /** There are limits to failures and faults. */
  async #beginAgain(url: string): Promise<void> {
    if (this.#told.failures > 500) {
      await this.#ask(url, 'PUT', `/__understudy/users/secure-login/${this.username}`, { failures: 0 })
      this.#told.failures = 0
    }
    if (this.#told.faults.length > 100) {
      await this.#ask(url, 'DELETE', '/__understudy/faults')
      this.#told.faults = []
    }
  }
}
