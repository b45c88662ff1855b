import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import type { AnyApi } from '../core/api.ts'
import type { JsonObject } from '../core/json.ts'
import { isLoopback } from '../core/loopback.ts'
import { whereNotInstalled } from '../core/not-installed.ts'
import { listen, type Listener } from '../server/node.ts'
import { nodeHost } from '../hosts/node-host.ts'
import { traceIfAsked } from '../hosts/trace-file.ts'
import type * as Workers from '../server/workers.ts'
import { createWorldOn, type WorldOptions } from '../scenario/create-world.ts'
import { findMutants } from '../scenario/mutants.ts'
import type { ApiSet } from '../scenario/written-scenario.ts'
import { apisNamed } from './apis.ts'
import { option, type Shell } from './command.ts'
import { exitCodeOf, exitCodes } from './exit-code.ts'
import { explain } from './explain.ts'
import type { Io } from './io.ts'
import { leaveWord, serverFile, takeWord } from './server-file.ts'
import {
  listenOptions,
  scenarioOverrides,
  serveDefaults,
  toNumber,
  withServeOptions,
  type ServeOptions,
} from './serve-options.ts'
import { jsonLines } from './shown.ts'
import { banner, publicWarning, requestLine } from './banner.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { Keeper } from '../world/keeper.ts'
import type { World } from '../world/world.ts'
import type { Playable } from '../world/world-source.ts'
import type { Served } from './served.ts'

/** `understudy serve [scenario]`: plays a scenario until interrupted. */
export function serveCommand(shell: Shell): Command {
  return withServeOptions(new Command('serve'), serveDefaults.port)
    .description('plays a scenario over HTTP until interrupted')
    .argument('[scenario]', 'a shipped name or a file', serveDefaults.scenario)
    .addOption(option('-w, --watch', 'takes over edits of the scenario file, keeping the running state where it can'))
    .addOption(option('--workers <number>', 'so many processes on one port, which share a --store'))
    .addOption(option('-v, --verbose', 'prints every request'))
    .addOption(option('--json', 'prints where everything is as JSON'))
    .action((scenario: string, options: ServeOptions) => serve(shell, scenario, options))
}

/** Plays a scenario until it is told to end. */
export async function serve(shell: Shell, scenario: string, options: ServeOptions): Promise<void> {
  const { io } = shell
  const ended = untilSignal(shell)
  const workers = await asWorker()
  if (workers !== undefined) {
    await work(shell, scenario, options, ended, workers)
    return
  }
  const served = await openServer(shell, scenario, options)
  const { adminToken, certificate } = served.server
  leaveWord(io.cwd, served.server.port, {
    ...(await describe(io, served)),
    since: new Date(io.now()).toISOString(),
    ...(adminToken === undefined ? {} : { adminToken }),
    ...(certificate === undefined ? {} : { certificate }),
  })
  const stops = [
    options.verbose === true ? await logRequests(shell, served) : undefined,
    options.watch === true ? await watch(io, served, scenario) : undefined,
  ]
  if (options.json === true) {
    const { newToken } = served
    io.out(jsonLines({ ...(await describe(io, served)), ...(newToken === undefined ? {} : { adminToken: newToken }) }))
    if (served.isPublic) io.err(publicWarning(options.host))
  } else io.err(await look(served, (world) => banner(served, world, options.host, io.shell)))

  try {
    shell.exitWith(await Promise.race([ended, ...(served.gaveUp === undefined ? [] : [served.gaveUp])]))
  } finally {
    for (const stop of stops) stop?.()
    await served.close()
    await takeWord(io.cwd, serverFile(served.server.port), { pid: io.pid, certificate })
  }
  if (options.json !== true) io.err('stopped')
}

/** Serves as one of several processes, which another one speaks for. */
async function work(
  shell: Shell,
  scenario: string,
  options: ServeOptions,
  ended: Promise<number>,
  { tellPrimary, leavePrimary }: typeof Workers,
): Promise<void> {
  try {
    const served = await openServer(shell, scenario, options)
    const { url, port } = served.server
    tellPrimary({ kind: 'listening', told: { url, port } })
    shell.exitWith(await ended)
    await served.close()
  } catch (error) {
    if (!(error instanceof UnderstudyError)) throw error
    // It is said once, by who speaks for all.
    tellPrimary({ kind: 'failed', code: error.code, message: error.message })
    shell.exitWith(exitCodeOf(error))
  } finally {
    leavePrimary()
  }
}

/** What a worker speaks with; undefined in a process that is none. Most have nobody to speak to, and need not load it. */
async function asWorker(): Promise<typeof Workers | undefined> {
  if (process.send === undefined) return undefined
  const workers = await import('../server/workers.ts')
  return workers.isWorker() ? workers : undefined
}

/** Creates the world and opens the port. */
export async function openServer(shell: Shell, scenario: string, options: ServeOptions): Promise<Served> {
  const { io } = shell
  const apis = await apisNamed(io, options.api)
  const mutants = await findMutants(apis.all, options.mutant ?? [])
  const overrides = scenarioOverrides(options, apis, mutants)
  const onError = (error: unknown): void => io.err(explain(error))
  const listening = await listenOptions(io, options)
  const worldOptions = {
    apis: apis.set,
    overrides,
    mutants: mutants.map(({ mutant }) => mutant.id),
    ...(options.worlds === undefined ? {} : { worldLimit: toNumber('--worlds', options.worlds, 1_000_000) }),
  }
  const isOne = options.workers === undefined || (await asWorker()) !== undefined
  const listenTogether = isOne ? undefined : (await import('./workers.ts')).planWorkers(io, options, listening)
  const kept = await keep(io, scenario, options, worldOptions)
  const listenHere = (): Promise<Listener> =>
    listen(kept.main, {
      ...listening,
      onError,
      onLimit: (what) => io.err(what),
    })
  const server: Listener & Pick<Served, 'gaveUp'> = await (listenTogether ?? listenHere)(kept.main).catch(
    (error: unknown) => {
      kept.close()
      throw error
    },
  )
  const urls = await look(kept, (world) =>
    world.playing.map((api) => ({
      id: api.id,
      title: api.title,
      url: server.url + api.mount(settingsOf(world, api)),
    })),
  )
  const newToken = options.adminToken === undefined ? server.adminToken : undefined
  const close = async (): Promise<void> => {
    await server.close()
    kept.close()
  }
  const { gaveUp } = server
  const others = gaveUp === undefined ? {} : { gaveUp }
  return {
    main: kept.main,
    server,
    apis: urls,
    overrides,
    mutants,
    fallback: listening.fallback,
    handlers: listening.handlers?.length ?? 0,
    ...others,
    isPublic: !isLoopback(options.host),
    newToken,
    close,
  }
}

/** A world, wherever it is kept. */
interface Kept {
  readonly main: Playable
  readonly close: () => void
}

const withoutRedisClient = whereNotInstalled(
  '@redis/client',
  'ERR_NOT_SUPPORTED',
  'A store is spoken to by the client that Redis makes, which is not installed: npm install @redis/client@6',
)

async function keep(
  io: Io,
  scenario: string,
  options: ServeOptions,
  worldOptions: WorldOptions<ApiSet>,
): Promise<Kept> {
  if (options.store !== undefined) {
    if (options.state !== undefined)
      throw new UnderstudyError('ERR_USAGE', 'The state is kept in a file or in a store: say --state or --store.')
    const { joinStore } = await import('./store.ts').catch(withoutRedisClient)
    return joinStore(io, options, scenario, worldOptions)
  }
  // Of Node's own, as the global one would load all that pages know of it.
  const host = { ...nodeHost(io.cwd, io.now), salt: () => randomUUID() }
  const create = (keeper?: Keeper): Promise<World> => createWorldOn({ ...host, keeper }, scenario, worldOptions)
  if (options.state === undefined) {
    const main = await create()
    await traceIfAsked(main, io.env, io.cwd)
    return { main, close: () => undefined }
  }
  const { world, state } = await (await import('./state.ts')).keepState(io, options.state, create)
  await traceIfAsked(world, io.env, io.cwd)
  return { main: world, close: () => state.close() }
}

/** What there is to see in the world that is served. */
async function look<Seen>({ main }: Pick<Served, 'main'>, at: (world: World) => Seen): Promise<Seen> {
  const { result } = await main.worlds.act([], main, at)
  return result
}

function settingsOf(world: World, api: AnyApi): JsonObject {
  return world.api(api.id).settings
}

async function describe(io: Io, served: Served): Promise<JsonObject & { readonly pid: number }> {
  const { server, apis, mutants, fallback, handlers } = served
  return {
    url: server.url,
    console: `${server.url}/__understudy/`,
    control: `${server.url}/__understudy`,
    pid: io.pid,
    scenario: await look(served, (world) => world.scenario.name),
    apis: apis.map(({ id, url }) => ({ id, url })),
    ...(handlers === 0 ? {} : { handlers }),
    ...(fallback === undefined ? {} : { fallback }),
    ...(mutants.length === 0 ? {} : { mutants: mutants.map(({ mutant }) => mutant.id) }),
  }
}

async function watch({ cwd, err }: Io, { main, overrides }: Served, scenario: string): Promise<() => void> {
  const { watchScenario } = await import('../hosts/watch-scenario.ts')
  const { isIdle, stop } = await watchScenario({ cwd, tell: err }, main, scenario, overrides)
  const how = 'Copy it with `understudy scenario new`.'
  if (isIdle) err(`${scenario} is a shipped scenario, which does not change: --watch does nothing. ${how}`)
  return stop
}

async function logRequests(shell: Shell, served: Served): Promise<() => void> {
  const world = await look(served, (main) => main)
  return world.listen((event) => {
    if (event.kind === 'request') shell.io.err([requestLine(world.describe(event))])
  })
}

/** Resolves with the exit code on the first signal. A second Ctrl-C is left to the system, and kills. */
function untilSignal(shell: Shell): Promise<number> {
  return new Promise((resolve) => {
    const stop = shell.io.onSignal((signal) => {
      stop()
      resolve(signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok)
    })
  })
}
