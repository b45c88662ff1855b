import type { Command } from 'commander'
import type { ControlAnswer } from '../control/client.ts'
import type { ControlEvent } from '../control/request-routes.ts'
import { tellWhy } from '../control/tell-why.ts'
import type { RequestView } from '../world/views.ts'
import { liveCommand, option, show, type LiveOptions, type Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { findServer } from './server.ts'
import { jsonLines, type Line } from './shown.ts'
import { table } from './table.ts'

type RequestOptions = LiveOptions & {
  readonly follow?: boolean
  readonly limit: string
  readonly user?: string
  readonly clause?: string
  readonly har?: boolean
}

/** `understudy requests`: what was asked and answered. */
export function requestsCommand(shell: Shell): Command {
  return liveCommand('requests', 'the latest requests and their answers')
    .addOption(option('-f, --follow', 'goes on with requests as they come, until interrupted'))
    .addOption(option('--limit <count>', 'at most so many').default('20'))
    .addOption(option('--user <username>', 'only of this user'))
    .addOption(option('--clause <id>', 'only that played this clause'))
    .addOption(option('--har', 'prints HAR 1.2, with headers and bodies, which the tools of browsers open'))
    .action(async (options: RequestOptions) => {
      const { limit, user, clause } = options
      const query = { limit, user, clause }
      if (options.har === true) {
        return shell.io.out(jsonLines(await (await findServer(shell.io, options)).request('GET /har', { query }), 2))
      }
      await show(shell, options, (server) => server.request('GET /requests', { query }), words)
      if (options.follow === true) await follow(shell, options)
    })
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

function isAsked({ user, clause }: RequestView, options: RequestOptions): boolean {
  return (options.user ?? user) === user && (options.clause ?? clause) === clause
}

function line({ event, data }: ControlEvent): string {
  return event === 'change' ? `      ${data.at}  ${data.what}` : row(data).filter(Boolean).join('  ')
}
