import type { Command } from 'commander'
import { group, liveCommand, show, type LiveOptions, type Shell } from './command.ts'
import { table } from './table.ts'
import { stateText } from './users-table.ts'

/** `understudy session list`. */
export function sessionCommand(shell: Shell): Command {
  return group('session', 'sessions', [
    liveCommand('list', 'the sessions, oldest first; their ids are shortened').action((options: LiveOptions) =>
      show(
        shell,
        options,
        (server) => server.request('GET /sessions'),
        ({ sessions }) => {
          if (sessions.length === 0) return 'no sessions'
          const rows = sessions.map((session) => {
            const { api, id, username, state, until = '', openedAt } = session
            return [api, id, username, stateText(state), String(openedAt), until]
          })
          return table(['API', 'ID', 'USER', 'STATE', 'OPENED AT', 'UNTIL'], rows, shell.io.columns)
        },
      ),
    ),
  ])
}
