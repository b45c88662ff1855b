import type { Command } from 'commander'
import { tellWhy } from '../control/tell-why.ts'
import type { JsonObject } from '../core/json.ts'
import type { WhyView } from '../world/views.ts'
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
}

/** `understudy requests`: what was asked and answered. */
export function requestsCommand(shell: Shell): Command {
  return liveCommand('requests', 'the latest requests and their answers')
    .addOption(option('-f, --follow', 'goes on with requests as they come, until interrupted'))
    .addOption(option('--limit <count>', 'at most so many').default('20'))
    .addOption(option('--user <username>', 'only of this user'))
    .addOption(option('--clause <id>', 'only that played this clause'))
    .action(async (options: RequestOptions) => {
      const { limit, user, clause } = options
      const query = new URLSearchParams({
        limit,
        ...(user === undefined ? {} : { user }),
        ...(clause === undefined ? {} : { clause }),
      })
      await show(shell, options, (server) => server.call('GET', `/requests?${query}`), words)
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
        (server) => server.call('GET', `/requests/${encodeURIComponent(id)}/why`),
        (why) => tellWhy(why as unknown as WhyView).split('\n'),
      ),
    )
}

function words(data: JsonObject): Line[] {
  const requests = data['requests'] as readonly JsonObject[]
  const evicted = Number(data['evicted'])
  const gone = evicted > 0 ? [`(${evicted} older ones were dropped to keep the latest ${String(data['limit'])})`] : []
  if (requests.length === 0) return ['no requests', ...gone]
  const rows = requests.map((request) => row(request))
  return [...table(['ID', 'AT', 'USER', 'REQUEST', 'STATUS', 'CLAUSE', 'BECAUSE'], rows), ...gone]
}

function row({ id, at, user, method, path, status, clause, because }: JsonObject): string[] {
  return [id, at, user ?? '', `${String(method)} ${String(path)}`, status, clause, because].map(String)
}

async function follow(shell: Shell, options: RequestOptions): Promise<void> {
  const server = await findServer(shell.io, options)
  const stop = new AbortController()
  const forget = shell.io.onSignal(() => {
    shell.exitWith(exitCodes.interrupted)
    stop.abort()
  })
  try {
    const response = await server.request('GET', '/events', undefined, stop.signal)
    for await (const { event, data } of events(response)) {
      const { user, clause } = data
      if (event !== 'request' && event !== 'change') continue
      if (event === 'request' && ((options.user ?? user) !== user || (options.clause ?? clause) !== clause)) continue
      if (options.json === true) shell.io.out(jsonLines({ event, ...data }))
      else
        shell.io.out(
          event === 'change'
            ? `      ${String(data['at'])}  ${String(data['what'])}`
            : row(data).filter(Boolean).join('  '),
        )
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error
  } finally {
    forget()
  }
}

async function* events(response: Response): AsyncIterable<{ event: string; data: JsonObject }> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const match = /^event: (.*)\ndata: (.*)$/.exec(block)
      if (match !== null) yield { event: match[1] as string, data: JSON.parse(match[2] as string) as JsonObject }
    }
  }
}
