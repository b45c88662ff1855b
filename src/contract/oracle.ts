import type { AnyApi } from '../core/api.ts'
import type { JsonObject } from '../core/json.ts'
import type { Account } from '../core/kit.ts'
import { createWorldOn } from '../scenario/create-world.ts'
import type { World } from '../world/world.ts'
import type { Player } from './player.ts'

/** What a journey needs to know of the mock that says what has to come back. */
export interface Oracle {
  readonly world: World
  readonly player: Player
}

/**
 * The mock as oracle: it plays the target's settings, with a user for each of its accounts, on a clock that stands and
 * moves only where the journey waits.
 */
export async function createOracle(api: AnyApi, settings: JsonObject, accounts: readonly Account[], at: number): Promise<Oracle> {
  const section = { ...settings, ...api.kit.section(accounts, settings) }
  const world = await createWorldOn(
    { time: () => at, salt: () => 'oracle' },
    { clock: { frozen: true }, [api.id]: section },
    { apis: { [api.id]: api }, salt: `oracle:${at}` },
  )
  return { world, player: new WorldPlayer(world, api) }
}

/** A world as a player, asked without any host in between. */
export class WorldPlayer implements Player {
  readonly #world: World
  readonly #api: AnyApi

  constructor(world: World, api: AnyApi) {
    this.#world = world
    this.#api = api
  }

  async send({ method, path, headers, body }: Parameters<Player['send']>[0]): ReturnType<Player['send']> {
    const [pathname = '', query = ''] = path.split('?')
    const answer = await this.#world.play({
      method,
      path: this.#mount + pathname,
      query,
      headers,
      body: new TextEncoder().encode(body ?? ''),
      address: '127.0.0.1',
    })
    const text = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body)
    return { status: answer.status, headers: answer.headers, body: answer.body === undefined ? '' : text, at: this.#world.clock.now }
  }

  async open(account: Account): Promise<readonly string[]> {
    return this.#api.kit.openOnMock(this.#world.arrange.bind(this.#world), account)
  }

  code(account: Account): Promise<string> {
    return this.#world.api(this.#api.id).user(account.username).code()
  }

  async wait(ms: number): Promise<void> {
    this.#world.clock.advance(ms)
  }

  async arrange(state: string, params: JsonObject): Promise<JsonObject> {
    return this.#world.arrange(state, params)
  }

  get #mount(): string {
    return this.#api.mount(this.#world.api(this.#api.id).settings)
  }
}
