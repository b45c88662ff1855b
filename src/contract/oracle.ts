import type { AnyApi } from '../core/api.ts'
import type { JsonObject } from '../core/json.ts'
import type { Account, Kit } from '../core/kit.ts'
import { createWorldOn, type Host } from '../scenario/create-world.ts'
import type { RequestView } from '../world/views.ts'
import type { World } from '../world/world.ts'
import { login } from './login.ts'
import type { Meaning } from './exchange.ts'
import type { Call, Opened, Player } from './player.ts'
import type { Answered } from './difference.ts'

/** An API that can be checked. */
export type CheckedApi = AnyApi & { readonly kit: Kit }

/** The mock that says what has to come back. */
export interface Oracle {
  readonly player: Player
  readonly meaning: (id: string) => Meaning
  /** Whether an account is locked by now, and until when, in milliseconds. */
  readonly lockOf: (account: Account) => { readonly until: number | undefined } | undefined
}

/**
 * The mock as oracle: it plays the target's settings, with a user for each of its accounts, on a clock that stands at
 * the target's time and moves only where the journey waits.
 */
export async function createOracle(
  api: CheckedApi,
  settings: JsonObject,
  accounts: readonly Account[],
  at: number,
  host: Pick<Host, 'bcrypt'> = {},
): Promise<Oracle> {
  const section = { ...settings, ...api.kit.section(accounts, settings) }
  const world = await createWorldOn(
    { ...host, time: () => at, salt: () => 'oracle' },
    { clock: { frozen: true }, [api.id]: section },
    { apis: { [api.id]: api }, salt: `oracle:${at}` },
  )
  const usernames = new Map(accounts.map((account) => [userIdOf(api, account), account.username]))
  const toMeaning = ({ clause, because, operation, user }: RequestView): Meaning => ({
    clause,
    because,
    operation,
    user: usernames.get(user ?? '') ?? user,
  })
  const meanings = new Map<string, Meaning>()
  world.listen((event) => {
    if (event.kind === 'request') meanings.set(event.entry.id, toMeaning(world.describe(event)))
  })
  const meaning = (id: string): Meaning => meanings.get(id) ?? toMeaning(world.why(id))
  const lockOf = (account: Account): { readonly until: number | undefined } | undefined => {
    const { state, until } = world.api(api.id).user(userIdOf(api, account)).view()
    return state === api.kit.lockout?.state ? { until } : undefined
  }
  return { player: new WorldPlayer(world, api), meaning, lockOf }
}

function userIdOf({ kit }: CheckedApi, account: Account): string {
  return kit.userId?.(account) ?? account.username
}

/** A world as a player, asked without any host in between. */
export class WorldPlayer implements Player {
  readonly #world: World
  readonly #api: CheckedApi

  constructor(world: World, api: CheckedApi) {
    this.#world = world
    this.#api = api
  }

  async send({ method, path, headers, body }: Call): Promise<Answered> {
    const [pathname = '', query = ''] = path.split('?')
    const answer = await this.#world.play({
      method,
      path: this.#api.mount(this.#world.api(this.#api.id).settings) + pathname,
      query,
      headers,
      body: new TextEncoder().encode(body ?? ''),
      address: '127.0.0.1',
    })
    const text = answer.body instanceof Uint8Array ? new TextDecoder().decode(answer.body) : (answer.body ?? '')
    return { status: answer.status, headers: answer.headers, body: text, at: this.#world.clock.now }
  }

  open(account: Account): Promise<Opened> {
    return login(this.#api.kit, account, (call) => this.send(call))
  }

  code(account: Account): Promise<string> {
    return this.#world.api(this.#api.id).user(userIdOf(this.#api, account)).code()
  }

  async wait(ms: number): Promise<void> {
    this.#world.clock.advance(ms)
  }

  async arrange(state: string, params: JsonObject): Promise<JsonObject> {
    return this.#world.arrange(state, params)
  }
}
