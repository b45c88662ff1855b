import type { AnyApi } from '../../src/core/api.ts'
import { cookiePairs } from '../../src/core/cookie.ts'
import { headerValues, splitTarget } from '../../src/core/http.ts'
import { parseJson, isJsonObject, type JsonObject } from '../../src/core/json.ts'
import type { Shadowed } from '../../src/contract/shadowing/shadow.ts'
import { ShadowedWorlds } from '../../src/contract/shadowing/shadowed-worlds.ts'
import { checkedApi, type CheckedApi } from '../../src/contract/target/checked-api.ts'
import { createWorld, type World } from '../../src/index.ts'

/** A mock of an API of one's own in the place of a real server, and a shadow of it by what is thought of that. */
export class ShadowedOwn {
  readonly #clock: { now: number }
  readonly #world: World
  readonly #shadow: ShadowedWorlds
  #token = ''
  #cookie = ''

  private constructor(world: World, shadow: ShadowedWorlds, clock: { now: number }) {
    this.#clock = clock
    this.#world = world
    this.#shadow = shadow
  }

  static async open(
    real: AnyApi,
    section: JsonObject,
    thought: AnyApi = real,
    settings: JsonObject = {},
  ): Promise<ShadowedOwn> {
    const shadow = new ShadowedWorlds((await checkedApi(thought)) as CheckedApi, settings)
    const clock = { now: Date.UTC(2026, 0, 5, 8) }
    const options = { apis: { [real.id]: real }, time: () => clock.now }
    return new ShadowedOwn(await createWorld({ [real.id]: section }, options), shadow, clock)
  }

  get result(): Shadowed {
    return this.#shadow.result
  }

  /** Asks, with the token and the cookie that came last; what is no text is sent as JSON. */
  async ask(line: string, body?: string | JsonObject): Promise<number> {
    const [method = '', target = ''] = line.split(' ')
    const type = typeof body === 'object' ? 'application/json' : 'text/plain'
    const request = {
      method,
      ...splitTarget(target),
      headers: [
        ...(body === undefined ? [] : ['content-type', type]),
        ...(this.#token === '' ? [] : ['authorization', `Bearer ${this.#token}`]),
        ...(this.#cookie === '' ? [] : ['cookie', this.#cookie]),
      ],
      body: new TextEncoder().encode(typeof body === 'object' ? JSON.stringify(body) : (body ?? '')),
      address: '127.0.0.1',
    }
    const { status, headers, body: told = '' } = await this.#world.play(request)
    const text = String(told)
    const seconds = Math.floor(this.#clock.now / 1000) * 1000
    this.#shadow.observe({
      request,
      answer: { status, headers, body: text, at: seconds },
      cameAt: this.#clock.now + 20,
    })
    const given = parseJson(text)
    if (isJsonObject(given) && typeof given['token'] === 'string') this.#token = given['token']
    for (const set of headerValues(headers, 'set-cookie'))
      for (const [name, value] of cookiePairs(set.split(';')[0] ?? '')) this.#cookie = `${name}=${value}`
    return status
  }

  /** What is asked next comes so much later. */
  wait(ms: number): void {
    this.#clock.now += ms
  }

  /** Goes on in no session. */
  forget(): void {
    this.#token = ''
    this.#cookie = ''
  }
}
