import type { Command } from 'commander'
import { group, liveCommand, show, type LiveOptions, type Shell } from './command.ts'
import { table } from './table.ts'

/** `understudy world …`: the worlds beside each other. */
export function worldCommand(shell: Shell): Command {
  return group('world', 'isolated copies of the scenario, one beside the other', [
    liveCommand('list', 'the worlds there are').action((options: LiveOptions) =>
      show(
        shell,
        options,
        (server) => server.request('GET /worlds'),
        ({ worlds }) =>
          table(
            ['WORLD', 'SCENARIO', 'NOW', 'REQUESTS'],
            worlds.map(({ name, scenario, now, requests }) => [name, scenario, now, String(requests)]),
          ),
      ),
    ),
    liveCommand('drop', 'forgets a world; when next asked for it starts anew')
      .argument('<name>')
      .action((name: string, options: LiveOptions) =>
        show(
          shell,
          options,
          (server) => server.request('DELETE /worlds/{name}', { params: { name } }),
          ({ dropped }) => `world ${dropped} is forgotten`,
        ),
      ),
  ])
}
