import { Command } from 'commander'
import type { AnyApi, UserView } from '../core/api.ts'
import type { JsonObject } from '../core/json.ts'
import * as registry from '../apis/registry.ts'
import { isLoopback } from '../adapters/loopback.ts'
import { listen, type Listener } from '../adapters/node.ts'
import { nodeHost } from '../adapters/node-host.ts'
import { traceIfAsked } from '../adapters/trace-file.ts'
import { createWorldOn, type WorldOf } from '../scenario/create-world.ts'
import { findMutants, type ApiMutant } from '../scenario/mutants.ts'
import { option, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import type { Io } from './io.ts'
import { leaveWord, takeWord } from './server-file.ts'
import { listenOptions, scenarioOverrides, withServeOptions, type ServeOptions } from './serve-options.ts'
import { banner, publicWarning, requestLine } from './banner.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { Keeper } from '../world/keeper.ts'

/** A world being served. */
export interface Served {
  readonly world: WorldOf
  readonly server: Listener
  /** Base URL of each API, up to and with its context path. */
  readonly apis: readonly { readonly id: string; readonly title: string; readonly url: string }[]
  /** What it gets wrong on purpose. */
  readonly mutants: readonly ApiMutant[]
  /** Others on the network can reach it. */
  readonly isPublic: boolean
  /** The admin token, where nobody knows it yet. */
  readonly newToken: string | undefined
  /** Finishes what was begun, and writes what is to be kept. */
  close(): Promise<void>
}

/** `understudy serve [scenario]`: plays a scenario until interrupted. */
export function serveCommand(shell: Shell): Command {
  return withServeOptions(new Command('serve'), '4010')
    .description('plays a scenario over HTTP until interrupted')
    .argument('[scenario]', 'a shipped name or a file', 'default')
    .addOption(option('-w, --watch', 'takes over edits of the scenario file, keeping the running state where it can'))
    .addOption(option('-v, --verbose', 'prints every request'))
    .addOption(option('--json', 'prints where everything is as JSON'))
    .action((scenario: string, options: ServeOptions) => serve(shell, scenario, options))
}

async function serve(shell: Shell, scenario: string, options: ServeOptions): Promise<void> {
  const { io } = shell
  const ended = untilSignal(shell)
  const served = await open(shell, scenario, options)
  const { adminToken, certificate } = served.server
  await leaveWord(io.cwd, {
    ...describe(io, served),
    ...(adminToken === undefined ? {} : { adminToken }),
    ...(certificate === undefined ? {} : { certificate }),
  })
  const stops = [
    options.verbose === true ? logRequests(shell, served) : undefined,
    options.watch === true
      ? await (
          await import('./watch.ts')
        ).watchScenario(shell, served.world, scenario, scenarioOverrides(options, served.mutants))
      : undefined,
  ]
  if (options.json === true) {
    const { newToken } = served
    io.out(JSON.stringify({ ...describe(io, served), ...(newToken === undefined ? {} : { adminToken: newToken }) }))
    if (served.isPublic) io.err(publicWarning(options.host))
  } else io.err(banner(served, firstUsers(served.world), options.host, io.color.err))

  shell.exitWith(await ended)
  for (const stop of stops) stop?.()
  await served.close()
  await takeWord(io.cwd, io.pid)
  if (options.json !== true) io.err('stopped')
}

/** Creates the world and opens the port. */
export async function open(shell: Shell, scenario: string, options: ServeOptions): Promise<Served> {
  const { io } = shell
  const mutants = await findMutants(Object.values(registry), options.mutant ?? [])
  const onError = (error: unknown): void => io.err(explain(error))
  const create = (keeper?: Keeper): Promise<WorldOf> =>
    createWorldOn({ ...nodeHost(io.cwd, io.now), keeper }, scenario, {
      overrides: scenarioOverrides(options, mutants),
      mutants: mutants.map(({ mutant }) => mutant.id),
    })
  const listening = await listenOptions(io, options)
  const { world, state } =
    options.state === undefined
      ? { world: await create(), state: undefined }
      : await (await import('./state.ts')).keepState(io, options.state, create, onError)
  const beforeAnswer = state && ((): void => state.flush())
  await traceIfAsked(world, io.env, io.cwd)
  const server = await listen(world, {
    ...listening,
    ...(beforeAnswer === undefined ? {} : { beforeAnswer }),
    onError,
    onLimit: (what) => io.err(what),
  }).catch((error: unknown) => {
    state?.close()
    throw error
  })
  const apis = world.worlds.apis.map((api) => ({
    id: api.id,
    title: api.title,
    url: server.url + api.mount(settingsOf(world, api)),
  }))
  const newToken = options.adminToken === undefined ? server.adminToken : undefined
  const close = async (): Promise<void> => {
    await server.close()
    state?.close()
  }
  return { world, server, apis, mutants, isPublic: !isLoopback(options.host), newToken, close }
}

function explain(error: unknown): string {
  if (error instanceof UnderstudyError) return error.message
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `auth-understudy failed, please report this: ${what}`
}

function settingsOf(world: Served['world'], api: AnyApi): JsonObject {
  return world.api(api.id).settings as JsonObject
}

function firstUsers(world: Served['world']): (UserView & { readonly api: string })[] {
  return world.apis.flatMap((api) => api.users({ limit: 8 }).items.map((user) => ({ api: api.id, ...user })))
}

function describe(io: Io, { world, server, apis, mutants }: Served): JsonObject & { readonly pid: number } {
  return {
    url: server.url,
    console: `${server.url}/__understudy/`,
    control: `${server.url}/__understudy`,
    pid: io.pid,
    scenario: world.scenario.name,
    apis: apis.map(({ id, url }) => ({ id, url })),
    ...(mutants.length === 0 ? {} : { mutants: mutants.map(({ mutant }) => mutant.id) }),
  }
}

function logRequests(shell: Shell, { world }: Served): () => void {
  return world.listen((event) => {
    if (event.kind === 'request') shell.io.err(requestLine(world.describe(event), shell.io.color.err))
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
