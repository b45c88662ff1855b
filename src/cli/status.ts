import { relative } from 'node:path'
import { Command } from 'commander'
import { UnderstudyError } from '../core/errors.ts'
import { option, print, type Shell } from './command.ts'
import { foundServers, noServer } from './found-servers.ts'
import type { Io } from './io.ts'
import { RunningServer } from './server.ts'
import type { LeftWord } from './server-file.ts'
import { table } from './table.ts'

/** What a server is doing. */
interface ServerStatus {
  readonly url: string
  readonly pid: number
  /** What main plays; of one that does not answer, what it was started with. */
  readonly scenario: string
  readonly worlds?: number
  readonly since: string
  /** Where it was started. */
  readonly directory: string
  /** Why it does not answer. */
  readonly problem?: string
}

/** `understudy status`: the servers that commands find from here. */
export function statusCommand({ io, ...shell }: Shell): Command {
  return new Command('status')
    .description('the servers that run here: those started in this directory, or in one above it within the repository')
    .addOption(option('--json', 'prints JSON'))
    .action(async (options: { readonly json?: boolean }) => {
      const found = await foundServers(io.cwd)
      for (const { file, reason } of found.flatMap(({ distrusted }) => distrusted))
        io.err(`${file} is not used, because ${reason}.`)
      const left = found.flatMap(({ servers }) => servers)
      if (left.length === 0) throw noServer(found.flatMap(({ ended }) => ended))
      const servers = await Promise.all(left.map((word) => statusOf(io, word)))
      print({ io, ...shell }, options, { servers }, (data) =>
        table(
          ['URL', 'PID', 'SCENARIO', 'WORLDS', 'SINCE', 'WHERE', 'BUT'],
          data.servers.map(({ url, pid, scenario, worlds, since, directory, problem = '' }) => [
            url,
            String(pid),
            scenario,
            worlds === undefined ? '' : String(worlds),
            since,
            directory === io.cwd ? '' : relative(io.cwd, directory),
            problem,
          ]),
        ),
      )
    })
}

async function statusOf(io: Io, word: LeftWord): Promise<ServerStatus> {
  const { url, pid, scenario = '', since = '', cwd: directory } = word
  const told = { url, pid, scenario, since: since.replace(/\.\d+Z$/, 'Z'), directory }
  try {
    const { worlds } = await new RunningServer(word, 'as a file says', undefined, io).request('GET /worlds')
    return { ...told, scenario: worlds[0]?.scenario ?? scenario, worlds: worlds.length }
  } catch (error) {
    if (!(error instanceof UnderstudyError)) throw error
    return { ...told, problem: error.lines[0] ?? '' }
  }
}
