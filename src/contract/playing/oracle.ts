import { splitTarget } from '../../core/http.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Account } from '../../core/kit.ts'
import { takesCodesOnce, untilNextCode } from '../../core/second-factor.ts'
import { createWorldOn, loadFor } from '../../scenario/create-world.ts'
import type { RequestView } from '../../world/views.ts'
import type { World } from '../../world/world.ts'
import type { CheckedApi } from '../target/checked-api.ts'
import { CodeBook } from './code-book.ts'
import { cheapHashes } from './cheap-hashes.ts'
import { passFirstFactor } from './first-factor.ts'
import type { Meaning } from './exchange.ts'
import type { Call, SessionCredentials, Player } from './player.ts'
import type { Answered } from '../comparing/answered.ts'

/** The mock that says what has to come back. */
export interface Oracle {
  readonly player: Player
  readonly meaning: (id: string) => Meaning
  readonly standingOf: (account: Account) => LockState
  /** The same mock from its beginning, with other accounts at another time; this one is over with it. */
  readonly begin: (accounts: readonly Account[], at: number) => Promise<Oracle>
}

/** What wrong codes have done to an account. */
export interface LockState {
  /** That it is locked by them, and until when, in milliseconds. */
  readonly lock: { readonly until: number | undefined } | undefined
  /** How many are counted, if it is not locked. */
  readonly failures: number
}

/**
 * The mock as oracle: it plays the target's settings, with a user for each of its accounts, on a clock that stands at
 * the target's time and moves only where the journey waits. What it draws depends on the salt alone.
 */
export async function createOracle(
  api: CheckedApi,
  settings: JsonObject,
  accounts: readonly Account[],
  at: number,
  salt: string = 'oracle',
): Promise<Oracle> {
  const clock = { at }
  const scenarioFor = (cast: readonly Account[]): JsonObject => ({
    clock: { frozen: true },
    [api.id]: { ...settings, ...api.kit.section(cast, settings) },
  })
  const host = { ...cheapHashes, time: () => clock.at, salt: () => salt }
  const world = await createWorldOn(host, scenarioFor(accounts), { apis: { [api.id]: api }, salt })
  const restart = async (cast: readonly Account[], newTime: number): Promise<void> => {
    const { setup } = await loadFor(world, scenarioFor(cast))
    clock.at = newTime
    await world.startScenario(setup)
  }
  return oracleOn(world, api, accounts, restart)
}

function oracleOn(
  world: World,
  api: CheckedApi,
  accounts: readonly Account[],
  restart: (accounts: readonly Account[], at: number) => Promise<void>,
): Oracle {
  const usernames = new Map(accounts.map((account) => [userIdOf(api, account), account.username]))
  const toMeaning = ({ clause, because, operation, user }: RequestView): Meaning => ({
    clause,
    because,
    operation,
    user: usernames.get(user ?? '') ?? user,
  })
  const meanings = new Map<string, Meaning>()
  const stop = world.listen((event) => {
    if (event.kind === 'request') meanings.set(event.entry.id, toMeaning(world.describe(event)))
  })
  return {
    player: new WorldPlayer(world, api),
    meaning: (id) => meanings.get(id) ?? toMeaning(world.why(id)),
    standingOf: (account) => {
      const { state, until, failures = 0 } = world.api(api.id).user(userIdOf(api, account)).view()
      return { lock: state === api.kit.lockout?.state ? { until } : undefined, failures }
    },
    begin: async (cast, at) => {
      stop()
      await restart(cast, at)
      return oracleOn(world, api, cast, restart)
    },
  }
}

function userIdOf({ kit }: CheckedApi, account: Account): string {
  return kit.userId?.(account) ?? account.username
}

/** A world as a player, asked without any host in between. */
export class WorldPlayer implements Player {
  readonly #world: World
  readonly #api: CheckedApi
  readonly #codes = new CodeBook()

  constructor(world: World, api: CheckedApi) {
    this.#world = world
    this.#api = api
  }

  get baseUrl(): string {
    return `http://localhost${this.#api.mount(this.#world.api(this.#api.id).settings)}`
  }

  now(): number {
    return this.#world.clock.now
  }

  async send({ method, path, headers, body, from = '127.0.0.1' }: Call): Promise<Answered> {
    const target = splitTarget(path)
    const answer = await this.#world.play({
      method,
      path: this.#api.mount(this.#world.api(this.#api.id).settings) + target.path,
      query: target.query,
      headers,
      body: new TextEncoder().encode(body ?? ''),
      address: from,
    })
    const text = answer.body instanceof Uint8Array ? new TextDecoder().decode(answer.body) : (answer.body ?? '')
    return { status: answer.status, headers: answer.headers, body: text, at: this.#world.clock.now }
  }

  open(account: Account): Promise<SessionCredentials> {
    return passFirstFactor(this.#api.kit, account, this.#world.api(this.#api.id).settings, this)
  }

  code(account: Account): Promise<string> {
    return this.#world.api(this.#api.id).user(userIdOf(this.#api, account)).code()
  }

  freshCode(account: Account): Promise<string> {
    return this.#codes.next(account.username, {
      show: () => this.code(account),
      wait: () => this.wait(untilNextCode(this.#world.clock.now)),
      once: account.pin === undefined && takesCodesOnce(this.#world.api(this.#api.id).settings),
    })
  }

  mark(): () => void {
    const snapshot = this.#world.snapshot()
    return () => this.#world.restore(snapshot)
  }

  async wait(ms: number): Promise<void> {
    this.#world.clock.advance(ms)
  }

  async arrange(state: string, params: JsonObject): Promise<JsonObject> {
    return this.#world.arrange(state, params)
  }
}
