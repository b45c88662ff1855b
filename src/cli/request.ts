import type { Command } from 'commander'
import type { ControlAnswer } from '../control/client.ts'
import type { ControlEvent } from '../control/request-routes.ts'
import { tellWhy } from '../control/tell-why.ts'
import { isMeant } from '../world/request-words.ts'
import type { RequestView } from '../world/views.ts'
import { UnderstudyError } from '../core/errors.ts'
import { posix } from '../core/shell-syntax.ts'
import { liveCommand, option, print, repeatable, show, type LiveOptions, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { judgeExpectations, tellExpectations } from './expectation.ts'
import type { LintLevel } from '../core/lint.ts'
import { judgeLints, lintOption } from './lint.ts'
import { findServer } from './server.ts'
import { jsonLines, plainText, type Line, type Span } from './shown.ts'
import { table } from './table.ts'
import { statusText } from './users-table.ts'

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
  readonly match?: string
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
    .addOption(option('--status <status>', 'only that were answered with this status, or one of these: 4xx'))
    .addOption(option('--outcome <outcome>', 'only that were accepted, or refused').choices(['accepted', 'refused']))
    .addOption(option('--while <state>', 'only that met their user in this state'))
    .addOption(
      option(
        '--since <when>',
        'only those after a request (r17), from an instant on (ISO-8601), or so long ago at most (5m)',
      ),
    )
    .addOption(option('--match <words>', 'only with each of these words in what is told of them'))
    .addOption(repeatable('--expect <operation=count>', 'ends with 1 where it was not asked so often; repeatable'))
    .addOption(lintOption('off'))
    .addOption(option('--har', 'prints HAR 1.2, with headers and bodies, which the tools of browsers open'))
    .addHelpText(
      'after',
      '\nExit codes: 0; 1 where --expect or --lint error was not met; 2 for a word that means nothing; 3 without a server.' +
        '\n--expect secure-login.auth=1 counts what the other options leave; without a number, at least one.',
    )
    .action((options: RequestOptions) => list(shell, options))
    .addCommand(
      liveCommand('clear', 'forgets the requests, and nothing else').action((_: object, command: Command) =>
        clear(shell, command.optsWithGlobals()),
      ),
    )
}

/** Options that stand before the word are its group's. */
async function clear(shell: Shell, options: LiveOptions): Promise<void> {
  await show(
    shell,
    options,
    (server) => server.request('DELETE /requests'),
    ({ cleared }) => (cleared === 1 ? '1 request was cleared' : `${cleared} requests were cleared`),
  )
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
  const isNarrowed = Object.values(filter).some((value) => value !== undefined)
  print(shell, options, { ...requests, ...more }, (told) => words(shell, told, isNarrowed))
  const code = expectations === undefined ? exitCodes.ok : tellExpectations(shell, expectations)
  shell.exitWith(judgeLints(shell, lint, lints ?? [], code))
  if (options.follow === true) await follow(shell, options)
}

function filterOf(options: RequestOptions): { readonly [name: string]: string | undefined } {
  const { user, clause, operation, status, outcome, since, match: search } = options
  return { user, clause, operation, status, outcome, while: options.while, since, search }
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

function words(
  { io: { columns } }: Shell,
  { requests, total, evicted, limit }: ControlAnswer<'GET /requests'>,
  isNarrowed: boolean,
): Line[] {
  const gone = evicted > 0 ? [`(${evicted} older ones were dropped to keep the latest ${limit})`] : []
  if (requests.length === 0) return [isNarrowed ? noneFits(total - evicted) : 'no requests', ...gone]
  const rows = requests.map((request) => row(request, columns))
  const at = columns === undefined ? 'AT' : 'AT (UTC)'
  return [...table(['ID', at, 'USER', 'REQUEST', 'STATUS', 'CLAUSE', 'BECAUSE'], rows, columns), ...gone]
}

function noneFits(kept: number): string {
  if (kept === 0) return 'no requests'
  return kept === 1 ? 'the only request is none of these' : `none of the ${kept} requests is one of these`
}

/** On a terminal the day is left out, and of a path what it begins with, so that one request is one line. */
function row(request: RequestView, columns: number | undefined): Span[] {
  const { id, at, user = '', method, path, status, clause, because } = request
  const isShort = columns !== undefined
  const asked = isShort ? path.replace(/\?.*/, '').replace(/^.*(?=(\/[^/]+){2}$)/, '…') : path
  return [id, isShort ? at.slice(11, 19) : at, user, `${method} ${asked}`, statusText(status), clause, because]
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
      if (told.event === 'request' && !isMeant(told.data, filterOf(options))) continue
      shell.io.out(options.json === true ? jsonLines({ event: told.event, ...told.data }) : [line(told)])
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error
  } finally {
    forget()
  }
}

function line({ event, data }: ControlEvent): Line {
  if (event === 'change') return `      ${data.at}  ${data.what}`
  const cells = row(data, undefined).filter((cell) => plainText(cell) !== '')
  return cells.flatMap((cell, index) => (index === 0 ? [cell] : ['  ', cell]))
}
