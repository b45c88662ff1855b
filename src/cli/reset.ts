import type { Command } from 'commander'
import { liveCommand, show, type LiveOptions, type Shell } from './command.ts'

/** `understudy reset`: the scenario from its start. */
export function resetCommand(shell: Shell): Command {
  return liveCommand('reset', 'starts the scenario again: records, clock, faults and journal').action(
    (options: LiveOptions) =>
      show(
        shell,
        options,
        (server) => server.request('POST /reset'),
        ({ scenario }) => `scenario ${scenario} started again`,
      ),
  )
}
