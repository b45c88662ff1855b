import { createRandom, type Random } from '../../../src/core/random.ts'
import type { Scenario } from '../../../src/index.ts'
import { apiPath, sessionPath } from '../../support/phone.ts'
import type { History, Operation } from './operation.ts'

export const blockAfter = 3
export const rightPin = '271828'
const usernames = Array.from({ length: 8 }, (_, index) => `user${index}`)

/** Few users for many clients, and blocks that end while one watches. */
export const contested: Scenario = {
  description: 'A few users whom everybody wants to be',
  'secure-login': {
    blockAfter,
    blockFor: '2s',
    users: Object.fromEntries(
      usernames.map((name) => [name, { pin: rightPin, displayName: name, emailAddress: `${name}@example.test` }]),
    ),
  },
}

/** So many clients, each doing one thing after the other, so often or until told to stop. Drawn by a seed. */
export async function runClients(
  history: History,
  urls: readonly string[],
  {
    clients,
    seed,
    isOver,
  }: { readonly clients: number; readonly seed: string; readonly isOver: (done: number) => boolean },
): Promise<void> {
  const runs = Array.from({ length: clients }, async (_, index) => {
    const client = new Client(history, urls, createRandom(`${seed}:${index}`), index % 25 === 0)
    for (let done = 0; !isOver(done); done++) await client.act()
  })
  await Promise.all(runs)
}

/** One client: a person with a session, or an administrator. */
class Client {
  readonly #history: History
  readonly #urls: readonly string[]
  readonly #random: Random
  readonly #isAdmin: boolean
  #cookie: string | undefined

  constructor(history: History, urls: readonly string[], random: Random, isAdmin: boolean) {
    this.#history = history
    this.#urls = urls
    this.#random = random
    this.#isAdmin = isAdmin
  }

  async act(): Promise<void> {
    const { answer } = await (this.#isAdmin ? this.#administer() : this.#visit())
    // A client that is told to come back in a second does so, a little earlier.
    if (answer === undefined || answer.status === 503) await new Promise((resolve) => setTimeout(resolve, 300))
  }

  async #visit(): Promise<Operation> {
    const draw = this.#random.below(100)
    if (this.#cookie === undefined || draw < 4) return this.#login()
    if (draw < 60) return this.#post(`${apiPath}/auth`, '000000')
    if (draw < 80) return this.#post(`${apiPath}/auth`, rightPin)
    if (draw < 98) return this.#ask('GET', `${apiPath}/user`)
    return this.#ask('GET', `/__understudy/users/secure-login/${this.#someone()}`)
  }

  async #login(): Promise<Operation> {
    const username = this.#someone()
    const body = JSON.stringify({ username, password: username })
    const operation = await this.#ask('POST', sessionPath, body, 'application/json')
    const line = ((operation.answer?.headers['set-cookie'] ?? []) as readonly string[]).at(-1)
    if (line !== undefined) this.#cookie = line.split(';')[0]
    return operation
  }

  #administer(): Promise<Operation> {
    const draw = this.#random.below(10)
    const json = 'application/json'
    const user = `/__understudy/users/secure-login/${this.#someone()}`
    if (draw < 3) return this.#ask('PUT', user, JSON.stringify({ unblock: true }), json)
    if (draw < 5) return this.#ask('PUT', user, JSON.stringify({ failures: this.#random.below(blockAfter) }), json)
    if (draw < 6) return this.#ask('PUT', user, JSON.stringify({ state: 'blocked', for: '1s' }), json)
    if (draw < 7) return this.#ask('PUT', user, JSON.stringify({ state: 'expired' }), json)
    if (draw < 8) return this.#ask('POST', '/__understudy/clock/advance', JSON.stringify({ by: '1s' }), json)
    if (draw < 9) {
      const fault = { on: 'secure-login.auth', reply: { status: 500 }, nth: 1 + this.#random.below(9), for: '1s' }
      return this.#ask('POST', '/__understudy/faults', JSON.stringify(fault), json)
    }
    return this.#ask('DELETE', '/__understudy/faults')
  }

  #someone(): string {
    return usernames[this.#random.below(usernames.length)] as string
  }

  #post(path: string, pin: string): Promise<Operation> {
    return this.#ask('POST', path, pin, 'text/plain')
  }

  #ask(method: string, path: string, body = '', type?: string): Promise<Operation> {
    const url = this.#urls[this.#random.below(this.#urls.length)] as string
    return this.#history.ask(url, method, path, { body, cookie: this.#cookie, ...(type === undefined ? {} : { type }) })
  }
}
