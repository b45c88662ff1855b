import { resolve } from 'node:path'
import { Command } from 'commander'
import { requireFollowed } from '../contract/playing/followed.ts'
import type { Drift, Shadowed } from '../contract/shadowing/shadow.ts'
import { listenInFront } from '../contract/shadowing/shadow-server.ts'
import { ShadowedWorlds } from '../contract/shadowing/shadowed-worlds.ts'
import { readSubstituted, Substitute } from '../contract/shadowing/substitute.ts'
import type { CheckedApi } from '../contract/target/checked-api.ts'
import { UnderstudyError } from '../core/errors.ts'
import { inWords, type Json, type JsonObject } from '../core/json.ts'
import { apiOption, apisNamed } from './apis.ts'
import { option, print, repeatable, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { toNumber } from './serve-options.ts'
import { shadowedServer, type ServerFlags } from './shadowed-server.ts'
import type { Line } from './shown.ts'
import { writeNamed } from './written-file.ts'

type ShadowFlags = ServerFlags & {
  readonly port: string
  readonly failOn?: string
  readonly mock?: readonly string[]
  readonly scenario?: string
  readonly report?: string
  readonly json?: boolean
}

/** `understudy shadow <upstream>`: stands in front of a real server, and tells where it is not what the contract says. */
export function shadowCommand(shell: Shell): Command {
  return new Command('shadow')
    .description('passes an app on to a real server, and tells where no possibility of the contract gives its answers')
    .argument('<upstream>', 'the origin of the real server, such as https://jira.example')
    .argument(
      '[name=value...]',
      "the server's settings, where they are not the usual ones, such as blockAfter=5 dialect=observed",
    )
    .addOption(option('-p, --port <number>', 'the port; 0 for any free one').default('4020'))
    .addOption(apiOption("the API that the server has; the target's, or secure-login if left out"))
    .addOption(option('--target <file>', "a target file, for the server's settings; nobody is asked"))
    .addOption(option('--context-path <path>', 'where the host product runs, such as /jira; empty for the root'))
    .addOption(option('--fail-on <what>', 'drift: ends with 1 where a clause that binds was broken').choices(['drift']))
    .addOption(
      repeatable(
        '--mock <what>',
        'what the mock answers itself: an operation such as secure-login.auth, or user=<name>',
      ),
    )
    .addOption(option('--scenario <file or name>', 'what the mock plays of that').default('default'))
    .addOption(option('--report <file>', 'writes what was found to this file, as JSON'))
    .addOption(option('--json', 'prints JSON'))
    .action((upstream: string, pairs: readonly string[], flags: ShadowFlags) => run(shell, upstream, pairs, flags))
}

async function run(shell: Shell, written: string, pairs: readonly string[], flags: ShadowFlags): Promise<void> {
  const { io } = shell
  const upstream = readUpstream(written)
  const port = toNumber('--port', flags.port, 65_535)
  const { api, settings } = await shadowedServer(io, pairs, flags)
  requireFollowed(api)
  const shadow = new ShadowedWorlds(api, settings)
  const substitute = await substituteFor(io, api, settings, flags)
  let gone: string | undefined
  let leave: (code: number) => void = () => undefined
  const ended = new Promise<number>((end) => {
    leave = end
  })
  const server = await listenInFront({
    upstream,
    port,
    takes: (request) => shadow.takes(request),
    ...(substitute === undefined
      ? {}
      : {
          answer: (request) => substitute.answer(request),
          onHead: (request, headers) => substitute.follow({ request, answer: { headers } }),
        }),
    onSeen: (seen) => {
      for (const drift of shadow.observe(seen)) io.err(sentence(drift))
    },
    onGone: (why) => {
      gone = why
      // The app hears of it first.
      setTimeout(leave, 50, exitCodes.unreachable)
    },
  })
  const stop = io.onSignal((signal) => {
    stop()
    leave(signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok)
  })
  io.err(`${server.url} passes requests on to ${upstream.origin}, and ${api.title} plays along`)
  const code = await ended
  await server.close()
  if (gone !== undefined) io.err(gone)
  // First, so that it is told even where no file can be written.
  print(shell, flags, shadow.result, words)
  if (flags.report !== undefined) {
    await writeNamed(io, flags.report, `${JSON.stringify(shadow.result, undefined, 2)}\n`, true)
    io.err(`wrote ${flags.report}`)
  }
  const hasDrift = shadow.result.drifts.some(({ binding }) => binding)
  shell.exitWith(flags.failOn === 'drift' && hasDrift && code !== exitCodes.unreachable ? exitCodes.failed : code)
}

/** The mock in the place of a part of the server, where one is named. */
async function substituteFor(
  io: Shell['io'],
  api: CheckedApi,
  settings: JsonObject,
  flags: ShadowFlags,
): Promise<Substitute | undefined> {
  if (flags.mock === undefined) return undefined
  const { createNodeWorld } = await import('../hosts/node-world.ts')
  const { scenario = 'default' } = flags
  const written = /[/\\.]/.test(scenario) ? resolve(io.cwd, scenario) : scenario
  // A scenario may tell of the other APIs as well.
  const { set } = await apisNamed(io, flags.api)
  const world = await createNodeWorld(written, { apis: set, overrides: { [api.id]: settings } })
  return new Substitute(api, world, readSubstituted(api, flags.mock, world.api(api.id).usernames()))
}

function readUpstream(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new UnderstudyError(
      'ERR_USAGE',
      'The upstream is no origin of a server; it should look like https://jira.example, without a user and a password.',
    )
  if (url.pathname === '/' && url.search === '' && url.hash === '') return url
  throw new UnderstudyError(
    'ERR_USAGE',
    `The upstream ${url.origin} has a path, and paths are passed on as they are: name the origin, and --context-path.`,
  )
}

function sentence({ clause, after, binding, operation, difference }: Drift): string {
  const { where, expected, received } = difference
  const since = after === undefined ? '' : ` after ${after}`
  return `${binding ? 'drift' : 'differs'}: ${clause}${since}, ${operation}: ${where} is ${received} instead of ${expected}`
}

function words({ seen, compared, unknown, drifts, readings }: Shadowed): Line[] {
  return [
    ...drifts.map(sentence),
    ...Object.entries(readings).map(
      ([name, value]) => `the server is as with ${name}: ${inWords(value as Json)}, which is left open`,
    ),
    `${seen} requests to the API were seen, ${compared} compared; of ${unknown} nothing is known`,
  ]
}
