import type * as registry from '../apis/registry.ts'
import { checkOptions, type OptionNames } from '../core/check-options.ts'
import type { JsonObject } from '../core/json.ts'
import type { Wait } from '../core/wait.ts'
import { Answers, type Finder } from '../world/answers.ts'
import type { ApiHandle } from '../world/api-handle.ts'
import type { Keeper } from '../world/keeper.ts'
import type { World } from '../world/world.ts'
import type { SharedStore } from '../store/shared-store.ts'
import type { SharedWorlds } from '../store/shared-worlds.ts'
import { Worlds, type WorldsOptions } from '../world/worlds.ts'
import { chosenApis } from './chosen-apis.ts'
import { loadScenario, type Files, type LoadedScenario } from './load.ts'
import { merge } from './merge.ts'
import { findMutants, mutated, settingsFor } from './mutants.ts'
import { readScenario, type ScenarioData } from './scenario.ts'
import type { ApiChoice, ApiSet, ChosenOf, OperationName, Scenario, StateName } from './written-scenario.ts'

/** A world with a handle for each of its APIs: `world.secureLogin`. */
export type WorldOf<Apis extends ApiSet = typeof registry> = World<OperationName<Apis>, StateName<Apis>> & {
  readonly [Name in keyof Apis]: ApiHandle<Apis[Name]>
}

/** What can be chosen for a world beside its scenario. */
export interface WorldOptions<Apis extends ApiChoice = typeof registry> {
  /** Overrides the scenario's seed. */
  readonly seed?: number
  /** Laid over the scenario, member by member: `{ 'secure-login': { blockAfter: 5 } }`. */
  readonly overrides?: Scenario<ChosenOf<Apis>>
  /**
   * The APIs to play: a list of ids of this package, and of others as they are, such as `['secure-login', turnstile]`; or
   * a set, by the names of their handles. All of this package if left out.
   */
  readonly apis?: Apis
  /** Clauses to get wrong, by the ids of mutants such as `secure-login.SL-12.message`: do your tests notice? */
  readonly mutants?: readonly string[]
  /** Requests the journal keeps (1000). */
  readonly journalLimit?: number
  /** Worlds kept beside main (1000). */
  readonly worldLimit?: number
  /** Sessions kept of each API, in each world (10,000). */
  readonly sessionLimit?: number
  /** The host's clock, in milliseconds since 1970. */
  readonly time?: () => number
  /** Session ids depend on it. Left out, they are unlike those of every other world; fixed, they are repeatable. */
  readonly salt?: string
}

const optionNames: OptionNames<WorldOptions> = {
  seed: true,
  overrides: true,
  apis: true,
  mutants: true,
  journalLimit: true,
  worldLimit: true,
  sessionLimit: true,
  time: true,
  salt: true,
}

/** How much worlds keep where nobody says otherwise. */
export const defaultRetention = { journal: 1000, worlds: 1000, sessions: 10_000 }

/** What differs between Node and browsers. */
export interface Host {
  readonly files?: Files | undefined
  readonly time: () => number
  /** Left out where nobody waits for requests. */
  readonly wait?: Wait
  readonly salt: () => string
  /** Keeps the worlds beyond the process. */
  readonly keeper?: Keeper | undefined
  /** A better way to work bcrypt than in steps. */
  readonly bcrypt?: () => Promise<{
    readonly bcryptHash: Finder<'bcrypt-hash'>
    readonly bcryptMatch: Finder<'bcrypt-match'>
  }>
}

/** Makes a world that plays a scenario, on some host. */
export async function createWorldOn<Apis extends ApiChoice = typeof registry>(
  host: Host,
  scenario: string | ScenarioData,
  options: WorldOptions<Apis>,
): Promise<WorldOf<ChosenOf<Apis>>> {
  const worlds = new Worlds(await prepare(host, scenario, options))
  await worlds.main.ready()
  return worlds.main as WorldOf<ChosenOf<Apis>>
}

/** Makes worlds that play a scenario in a store which other servers share. */
export async function createSharedWorldsOn<Apis extends ApiChoice = typeof registry>(
  host: Host,
  scenario: string | ScenarioData,
  options: WorldOptions<Apis>,
  engine: SharedStore,
): Promise<SharedWorlds> {
  const { SharedWorlds: Shared } = await import('../store/shared-worlds.ts')
  return new Shared(await prepare(host, scenario, options), engine)
}

async function prepare<Apis extends ApiChoice>(
  host: Host,
  scenario: string | ScenarioData,
  options: WorldOptions<Apis>,
): Promise<WorldsOptions> {
  checkOptions('createWorld(scenario)', options, optionNames)
  const { set: honest, playing } = await chosenApis(options.apis)
  const mutants = await findMutants(Object.values(honest), options.mutants ?? [])
  const apis: ApiSet = Object.fromEntries(Object.entries(honest).map(([name, api]) => [name, mutated(api, mutants)]))
  const { setup } = await loadScenario(scenario, {
    apis: Object.values(apis),
    files: host.files,
    overrides: merge(settingsFor(mutants), overridesOf({ ...options, apis: playing })),
  })
  const { salt } = options
  return {
    setup,
    apis,
    answers: createAnswers(host),
    time: options.time ?? host.time,
    wait: host.wait,
    salt: salt === undefined ? host.salt : (world) => `${salt}:${world}`,
    readScenario: (source, name) => readScenario(source, name, Object.values(apis)),
    journalLimit: options.journalLimit ?? defaultRetention.journal,
    worldLimit: options.worldLimit ?? defaultRetention.worlds,
    sessionLimit: options.sessionLimit ?? defaultRetention.sessions,
    keeper: host.keeper,
  }
}

/** Loads another scenario for the APIs of a world. */
export function loadFor(world: World, scenario: string | ScenarioData): Promise<LoadedScenario> {
  return loadScenario(scenario, { apis: world.worlds.apis })
}

/** What options lay over a scenario. */
export function overridesOf({
  seed,
  overrides,
  apis,
}: {
  readonly apis?: readonly string[] | undefined
  readonly seed?: number | undefined
  readonly overrides?: ScenarioData | undefined
}): JsonObject {
  return {
    ...(overrides as JsonObject | undefined),
    ...(seed === undefined ? {} : { seed }),
    ...(apis === undefined ? {} : { apis }),
  }
}

function createAnswers({ bcrypt = () => import('../world/bcrypt.ts') }: Host): Answers {
  return new Answers({
    totp: async () => (await import('../world/totp.ts')).totpCode,
    person: async () => (await import('./people.ts')).person,
    multipart: async () => (await import('../world/multipart.ts')).multipart,
    'bcrypt-hash': async () => (await bcrypt()).bcryptHash,
    'bcrypt-match': async () => (await bcrypt()).bcryptMatch,
    'rsa-verify': async () => (await import('../world/rsa.ts')).rsaVerify,
  })
}
