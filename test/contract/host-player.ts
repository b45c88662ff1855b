import type { Answered } from '../../src/contract/comparing/answered.ts'
import { passFirstFactor } from '../../src/contract/playing/first-factor.ts'
import type { CheckedApi } from '../../src/contract/target/checked-api.ts'
import { WorldPlayer } from '../../src/contract/playing/oracle.ts'
import type { Call, SessionCredentials, Player } from '../../src/contract/playing/player.ts'
import type { Account } from '../../src/core/kit.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { World } from '../../src/index.ts'
import type { Stand } from '../hosts/host.ts'

/** A world on a host as a player: it is asked there; its clock and states are moved from within. */
export class HostPlayer implements Player {
  readonly #stand: Stand
  readonly #world: World
  readonly #api: CheckedApi
  readonly #within: WorldPlayer

  constructor(stand: Stand, world: World, api: CheckedApi) {
    this.#stand = stand
    this.#world = world
    this.#api = api
    this.#within = new WorldPlayer(world, api)
  }

  get baseUrl(): string {
    return this.#within.baseUrl
  }

  now(): number {
    return this.#within.now()
  }

  async send({ method, path, headers, body }: Call): Promise<Answered> {
    const named: { [name: string]: string } = {}
    for (let index = 0; index < headers.length; index += 2) named[headers[index] ?? ''] = headers[index + 1] ?? ''
    const received = await this.#stand.send({
      method,
      path: this.#api.mount(this.#world.api(this.#api.id).settings) + path,
      headers: named,
      ...(body === undefined ? {} : { body }),
    })
    if (received.failed !== undefined) throw new Error(`${method} ${path}: ${received.failed}`)
    return { ...received, headers: received.headers.flat(), at: this.#world.clock.now }
  }

  open(account: Account): Promise<SessionCredentials> {
    return passFirstFactor(this.#api.kit, account, this.#world.api(this.#api.id).settings, this)
  }

  code(account: Account): Promise<string> {
    return this.#within.code(account)
  }

  freshCode(account: Account): Promise<string> {
    return this.#within.freshCode(account)
  }

  wait(ms: number): Promise<void> {
    return this.#within.wait(ms)
  }

  arrange(state: string, params: JsonObject): Promise<JsonObject> {
    return this.#within.arrange(state, params)
  }
}
