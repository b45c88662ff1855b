import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import type { AnyApi, UserView } from '../core/api.ts'
import type { JsonObject } from '../core/json.ts'
import * as registry from '../apis/registry.ts'
import { listen, type Listener } from '../adapters/node.ts'
import { nodeHost } from '../adapters/node-host.ts'
import { traceIfAsked } from '../adapters/trace-file.ts'
import { createWorldOn, overridesOf, type WorldOf } from '../scenario/create-world.ts'
import { merge } from '../scenario/merge.ts'
import { findMutants, settingsFor, type ApiMutant } from '../scenario/mutants.ts'
import { option, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { serverFile } from './server.ts'
import { banner, requestLine } from './banner.ts'
import { UnderstudyError } from '../core/errors.ts'

/** Options of `serve` and `run`. */
export interface ServeOptions {
  readonly port?: string
  readonly host: string
  readonly seed?: string
  readonly contextPath?: string
  readonly mutant?: readonly string[]
  readonly watch?: boolean
  readonly verbose?: boolean
  readonly json?: boolean
}

/** A world being served. */
export interface Served {
  readonly world: WorldOf
  readonly server: Listener
  /** Base URL of each API, up to and with its context path. */
  readonly apis: readonly { readonly id: string; readonly title: string; readonly url: string }[]
  /** What it gets wrong on purpose. */
  readonly mutants: readonly ApiMutant[]
}

/** Adds the options that say what is served, and where. */
export function withServeOptions(command: Command, port: string): Command {
  return command
    .addOption(option('-p, --port <number>', 'the port; 0 for any free one').default(port))
    .addOption(option('--host <address>', 'the address to listen on').default('127.0.0.1'))
    .addOption(option('--seed <number>', "overrides the scenario's seed"))
    .addOption(option('--context-path <path>', 'where the host product runs, such as /jira; empty for the root'))
    .addOption(
      option('--mutant <id>', 'gets a clause wrong, to see whether tests notice; several times for several').argParser(
        (ids: string, before: readonly string[] | undefined): readonly string[] => [
          ...(before ?? []),
          ...ids.split(/[\s,]+/).filter((id) => id !== ''),
        ],
      ),
    )
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
  const file = join(io.cwd, serverFile)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(describe(shell, served), null, 2)}\n`)
  const stops = [
    options.verbose === true ? logRequests(shell, served) : undefined,
    options.watch === true
      ? await (
          await import('./watch.ts')
        ).watchScenario(shell, served.world, scenario, overrides(options, served.mutants))
      : undefined,
  ]
  if (options.json === true) io.out(JSON.stringify(describe(shell, served)))
  else io.err(banner(served, firstUsers(served.world), io.color.err))

  shell.exitWith(await ended)
  for (const stop of stops) stop?.()
  await served.server.close()
  await forget(shell, file)
  if (options.json !== true) io.err('stopped')
}

/** Creates the world and opens the port. */
export async function open(shell: Shell, scenario: string, options: ServeOptions): Promise<Served> {
  const { io } = shell
  const mutants = await findMutants(Object.values(registry), options.mutant ?? [])
  const world = await createWorldOn(nodeHost(io.cwd, io.now), scenario, {
    overrides: overrides(options, mutants),
    mutants: mutants.map(({ mutant }) => mutant.id),
  })
  await traceIfAsked(world, io.env, io.cwd)
  const server = await listen(world, {
    port: toNumber('--port', options.port ?? '0', 65_535),
    host: options.host,
    onError: (error) =>
      io.err(
        `auth-understudy failed, please report this: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ),
  })
  const apis = world.worlds.apis.map((api) => ({
    id: api.id,
    title: api.title,
    url: server.url + api.mount(settingsOf(world, api)),
  }))
  return { world, server, apis, mutants }
}

function settingsOf(world: Served['world'], api: AnyApi): JsonObject {
  return world.api(api.id).settings as JsonObject
}

function overrides(options: ServeOptions, mutants: readonly ApiMutant[]): JsonObject {
  const seed = options.seed === undefined ? {} : { seed: toNumber('--seed', options.seed, Number.MAX_SAFE_INTEGER) }
  const path = options.contextPath === undefined ? {} : { 'secure-login': { contextPath: options.contextPath } }
  return merge(settingsFor(mutants), overridesOf({ ...seed, overrides: path }))
}

function toNumber(name: string, text: string, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= most) return value
  throw new UnderstudyError('ERR_USAGE', `${name} takes a whole number from 0 to ${most}, not "${text}".`)
}

function firstUsers(world: Served['world']): (UserView & { readonly api: string })[] {
  return world.apis.flatMap((api) => api.users({ limit: 8 }).items.map((user) => ({ api: api.id, ...user })))
}

function describe(shell: Shell, { world, server, apis, mutants }: Served): JsonObject {
  return {
    url: server.url,
    control: `${server.url}/__understudy`,
    pid: shell.io.pid,
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

/** Removes the file, unless another server has taken it over. */
async function forget(shell: Shell, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '')
  if (!text.includes(`"pid": ${shell.io.pid},`)) return
  await rm(file, { force: true })
  // Left where somebody else keeps something in it.
  await rmdir(dirname(file)).catch(() => undefined)
}
