import { setTimeout } from 'node:timers/promises'
import { Command } from 'commander'
import { UnderstudyError } from '../core/errors.ts'
import { chooseServer, serverAt } from './choose-server.ts'
import type { Shell } from './command.ts'
import { foundServers, nearestServers } from './found-servers.ts'
import { RunningServer } from './server.ts'
import { hasEnded } from './server-file.ts'

/** How long a server may take to finish what it has begun. */
const patienceMs = 10_000

/** `understudy stop`: ends a server that was started here. */
export function stopCommand({ io }: Shell): Command {
  return new Command('stop')
    .description('stops a server that was started here, as Ctrl-C does')
    .argument('[port]', 'of the server, such as 4010; may be left out where only one runs')
    .action(async (port: string | undefined) => {
      const nearest = await nearestServers(io.cwd)
      const all = (await foundServers(io.cwd)).flatMap(({ servers }) => servers)
      const word = port === undefined ? await chooseServer(io, nearest, 'say which port') : serverAt(all, port)
      const { url, pid } = word
      // Its number may be another process's by now: whoever answers is who is asked to end.
      await new RunningServer(word, 'as a file says', undefined, io).request('GET /version')
      io.end(pid)
      const deadline = io.now() + patienceMs
      while (!hasEnded(pid)) {
        if (io.now() > deadline) {
          const message = `The server at ${url} (process ${pid}) was asked to stop and still runs after ${patienceMs / 1000}s.`
          throw new UnderstudyError('ERR_EXPECTATION', message)
        }
        await setTimeout(20)
      }
      io.err(`stopped ${url}`)
    })
}
