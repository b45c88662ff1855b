import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { ListenOptions } from '../server/node.ts'
import { fallbackUrl } from '../server/fallback-url.ts'
import type { OwnHandler } from '../server/own-handlers.ts'
import type { Certificate } from '../server/certificate.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import { overridesOf } from '../scenario/create-world.ts'
import { merge } from '../scenario/merge.ts'
import { settingsFor, type ApiMutant } from '../scenario/mutants.ts'
import { apiOption, type NamedApis } from './apis.ts'
import { option, repeatable } from './command.ts'
import type { Io } from './io.ts'

/** Options of `serve` and `run`. */
export interface ServeOptions {
  readonly port?: string
  readonly host: string
  readonly seed?: string
  readonly contextPath?: string
  readonly api?: readonly string[]
  readonly mutant?: readonly string[]
  readonly handlers?: string
  readonly fallback?: string
  readonly adminToken?: string
  readonly allowedHost?: readonly string[]
  readonly cors?: readonly string[]
  readonly tls?: boolean
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly state?: string
  readonly store?: string
  readonly workers?: string
  readonly worlds?: string
  readonly watch?: boolean
  readonly verbose?: boolean
  readonly json?: boolean
}

/** What `serve` does where nobody says otherwise. */
export const serveDefaults = { scenario: 'default', port: '4010', host: '127.0.0.1' } as const

/** Adds the options that say what is served, where, and to whom. */
export function withServeOptions(command: Command, port: string): Command {
  return command
    .addOption(option('-p, --port <number>', 'the port; 0 for any free one').default(port))
    .addOption(option('--host <address>', 'the address to listen on').default(serveDefaults.host))
    .addOption(option('--seed <number>', "overrides the scenario's seed"))
    .addOption(apiOption('plays this API only: an id such as secure-login, or a file that exports yours; repeatable'))
    .addOption(option('--context-path <path>', 'where the host product runs, such as /jira; empty for the root'))
    .addOption(
      option('--mutant <id>', 'gets a clause wrong, to see whether tests notice; several times for several').argParser(
        words,
      ),
    )
    .addOption(option('--handlers <file>', 'asks the MSW handlers that this module exports before the APIs'))
    .addOption(option('--fallback <url>', 'passes what no API takes on to this server, such as http://localhost:8080'))
    .addOption(option('--state <file>', 'keeps the state in a file, and goes on from it when started again'))
    .addOption(option('--store <url>', 'shares the state with other servers, in Redis or Valkey: redis://host:6379'))
    .addOption(
      option('--worlds <number>', 'how many worlds there may be beside main; the one unused for longest goes (1000)'),
    )
    .addOption(repeatable('--cors <origin>', 'lets pages of an origin call the mocked APIs, with cookies; repeatable'))
    .addOption(option('--admin-token <token>', 'what the control API asks for; made up beyond loopback if left out'))
    .addOption(repeatable('--allowed-host <name>', 'a name beside localhost for the control API; repeatable'))
    .addOption(option('--tls', 'HTTPS, with a certificate made for this run'))
    .addOption(option('--tls-cert <file>', 'HTTPS, with this certificate (PEM)'))
    .addOption(option('--tls-key <file>', 'the key of that certificate (PEM)'))
}

/** Repeated, or with commas or spaces between. */
function words(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...text.split(/[\s,]+/).filter((id) => id !== '')]
}

/** What of the options is the listener's. */
export async function listenOptions(
  io: Io,
  options: ServeOptions,
): Promise<Omit<ListenOptions, 'onError' | 'onLimit'>> {
  const { host, adminToken, allowedHost, cors, handlers, fallback } = options
  const tls = await readTls(io, options)
  return {
    port: toNumber('--port', options.port ?? '0', 65_535),
    host,
    ...(adminToken === undefined ? {} : { adminToken }),
    ...(allowedHost === undefined ? {} : { allowedHosts: allowedHost }),
    ...(cors === undefined ? {} : { cors }),
    ...(tls === undefined ? {} : { tls }),
    ...(handlers === undefined ? {} : { handlers: await loadHandlers(io.cwd, handlers) }),
    ...(fallback === undefined ? {} : { fallback: fallbackUrl(fallback).origin }),
  }
}

/** Neither file nor module is loaded by who has none. */
async function loadHandlers(cwd: string, file: string): Promise<readonly OwnHandler[]> {
  return (await import('./handlers-file.ts')).loadHandlers(cwd, file)
}

async function readTls(io: Io, { tls, tlsCert, tlsKey }: ServeOptions): Promise<true | Certificate | undefined> {
  if (tlsCert === undefined && tlsKey === undefined) return tls === true ? true : undefined
  if (tlsCert === undefined || tlsKey === undefined) {
    const missing = tlsCert === undefined ? '--tls-cert' : '--tls-key'
    throw new UnderstudyError('ERR_USAGE', `A certificate goes with its key; ${missing} is missing.`)
  }
  const read = (path: string): Promise<string> =>
    readFile(resolve(io.cwd, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new UnderstudyError('ERR_USAGE', `${path} cannot be read: ${error.code ?? error.message}.`)
    })
  return { cert: await read(tlsCert), key: await read(tlsKey) }
}

/** What of the options is laid over the scenario. */
export function scenarioOverrides(
  options: ServeOptions,
  { playing }: Pick<NamedApis, 'playing'>,
  mutants: readonly ApiMutant[],
): JsonObject {
  const seed = options.seed === undefined ? {} : { seed: toNumber('--seed', options.seed, Number.MAX_SAFE_INTEGER) }
  const path = options.contextPath === undefined ? {} : { 'secure-login': { contextPath: options.contextPath } }
  return merge(settingsFor(mutants), overridesOf({ ...seed, overrides: path, apis: playing }))
}

export function toNumber(name: string, text: string, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= most) return value
  throw new UnderstudyError('ERR_USAGE', `${name} takes a whole number from 0 to ${most}, not "${text}".`)
}
