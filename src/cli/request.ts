import type { Command } from 'commander'
import type { ControlAnswer } from '../control/client.ts'
import type { ControlEvent } from '../control/request-routes.ts'
import { tellWhy } from '../control/tell-why.ts'
import type { RequestView } from '../world/views.ts'
import { UnderstudyError } from '../core/errors.ts'
import { posix } from '../core/shell-syntax.ts'
import { liveCommand, option, print, repeatable, show, type LiveOptions, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { judgeExpectations, tellExpectations } from './expectation.ts'
import type { LintLevel } from '../core/lint.ts'
import { judgeLints, lintOption } from './lint.ts'
import { findServer } from './server.ts'
import { jsonLines, type Line } from './shown.ts'
import { table } from './table.ts'

type RequestOptions = LiveOptions & {
  readonly follow?: boolean
  readonly limit: string
  readonly user?: string
  readonly clause?: string
  readonly operation?: string
  readonly status?: string
  readonly outcome?: string
  readonly while?: string
  readonly since?: string
  readonly expect?: readonly string[]
  readonly lint: LintLevel
  readonly har?: boolean
}

/** `understudy requests`: what was asked and answered. */
export function requestsCommand(shell: Shell): Command {
  return liveCommand('requests', 'the latest requests and their answers')
    .addOption(option('-f, --follow', 'goes on with requests as they come, until interrupted'))
    .addOption(option('--limit <count>', 'at most so many').default('20'))
    .addOption(option('--user <username>', 'only of this user'))
    .addOption(option('--clause <id>', 'only that played this clause'))
    .addOption(option('--operation <id>', 'only for this operation: secure-login.auth, or secure-login.*'))
    .addOption(option('--status <number>', 'only that were answered with this status'))
    .addOption(option('--outcome <outcome>', 'only that were accepted, or refused').choices(['accepted', 'refused']))
    .addOption(option('--while <state>', 'only that met their user in this state'))
    .addOption(option('--since <when>', 'only those after a request (r17), or from an instant on (ISO-8601)'))
    .addOption(repeatable('--expect <operation=count>', 'ends with 1 where it was not asked so often; repeatable'))
    .addOption(lintOption('off'))
    .addOption(option('--har', 'prints HAR 1.2, with headers and bodies, which the tools of browsers open'))
    .addHelpText(
      'after',
      '\nExit codes: 0; 1 where --expect or --lint error was not met; 2 for a word that means nothing; 3 without a server.' +
        '\n--expect secure-login.auth=1 counts what the other options leave; without a number, at least one.',
    )
    .action((options: RequestOptions) => list(shell, options))
}

async function list(shell: Shell, options: RequestOptions): Promise<void> {
  const { limit, expect, lint } = options
  const filter = filterOf(options)
  const query = { limit, ...filter }
  if (options.har === true) {
    return shell.io.out(jsonLines(await (await findServer(shell.io, options)).request('GET /har', { query }), 2))
  }
  if (options.follow === true) refuseToFollow(options)
  const server = await findServer(shell.io, options)
  const expectations = expect === undefined ? undefined : await judgeExpectations(server, filter, expect)
  const lints = lint === 'off' ? undefined : (await server.request('GET /lints')).lints
  const requests = await server.request('GET /requests', { query })
  const more = { ...(expectations === undefined ? {} : { expectations }), ...(lints === undefined ? {} : { lints }) }
  print(shell, options, { ...requests, ...more }, words)
  const code = expectations === undefined ? exitCodes.ok : tellExpectations(shell, expectations)
  shell.exitWith(judgeLints(shell, lint, lints ?? [], code))
  if (options.follow === true) await follow(shell, options)
}

function filterOf(options: RequestOptions): { readonly [name: string]: string | undefined } {
  const { user, clause, operation, status, outcome, since } = options
  return { user, clause, operation, status, outcome, while: options.while, since }
}

/** What comes is told as it comes, and what was before it is not known any more. */
function refuseToFollow(options: RequestOptions): void {
  for (const name of ['while', 'since', 'expect'] as const)
    if (options[name] !== undefined)
      throw new UnderstudyError('ERR_USAGE', `--${name} looks back, so it does not go with --follow.`)
}

/** `understudy why <id>`: the reason for one answer. */
export function whyCommand(shell: Shell): Command {
  return liveCommand('why', 'why a request was answered as it was')
    .argument('<id>', 'the x-understudy-request header of the answer, such as r17')
    .action((id: string, options: LiveOptions) =>
      show(
        shell,
        options,
        (server) => server.request('GET /requests/{id}/why', { params: { id } }),
        (why) => tellWhy(why).split('\n'),
      ),
    )
}

/** `understudy curl <id>`: one request as a line for this shell. */
export function curlCommand(shell: Shell): Command {
  return liveCommand('curl', 'prints a request as a line of curl, which sends it again')
    .argument('<id>', 'the x-understudy-request header of the answer, such as r17')
    .action((id: string, options: LiveOptions) =>
      show(
        shell,
        options,
        (server) => {
          const isPowershell = shell.io.shell.curl !== posix.curl
          const query = { shell: isPowershell ? 'powershell' : 'posix' } as const
          return server.request('GET /requests/{id}/curl', { params: { id }, query })
        },
        ({ line: told }) => told.split('\n'),
      ),
    )
}

function words({ requests, evicted, limit }: ControlAnswer<'GET /requests'>): Line[] {
  const gone = evicted > 0 ? [`(${evicted} older ones were dropped to keep the latest ${limit})`] : []
  if (requests.length === 0) return ['no requests', ...gone]
  const rows = requests.map((request) => row(request))
  return [...table(['ID', 'AT', 'USER', 'REQUEST', 'STATUS', 'CLAUSE', 'BECAUSE'], rows), ...gone]
}

function row({ id, at, user = '', method, path, status, clause, because }: RequestView): string[] {
  return [id, at, user, `${method} ${path}`, String(status), clause, because]
}

async function follow(shell: Shell, options: RequestOptions): Promise<void> {
  const server = await findServer(shell.io, options)
  const stop = new AbortController()
  const forget = shell.io.onSignal(() => {
    shell.exitWith(exitCodes.interrupted)
    stop.abort()
  })
  try {
    for await (const told of await server.events(stop.signal)) {
      if (told.event === 'request' && !isAsked(told.data, options)) continue
      shell.io.out(options.json === true ? jsonLines({ event: told.event, ...told.data }) : line(told))
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error
  } finally {
    forget()
  }
}

function isAsked({ user, clause, api, operation, status, refused }: RequestView, options: RequestOptions): boolean {
  const wanted = options.operation ?? '*'
  return (
    (options.user ?? user) === user &&
    (options.clause ?? clause) === clause &&
    Number(options.status ?? status) === status &&
    ['*', `${api}.*`, `${api}.${operation}`].includes(wanted) &&
    (options.outcome ?? outcomeOf(refused)) === outcomeOf(refused)
  )
}

function outcomeOf(refused: boolean | undefined): string {
  return refused === true ? 'refused' : 'accepted'
}

function line({ event, data }: ControlEvent): string {
  return event === 'change' ? `      ${data.at}  ${data.what}` : row(data).filter(Boolean).join('  ')
}
