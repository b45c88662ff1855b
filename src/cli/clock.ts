import type { Command } from 'commander'
import type { JsonObject } from '../core/json.ts'
import { group, liveCommand, show, type LiveOptions, type Shell } from './command.ts'

/** `understudy clock …`: the one clock that codes, blocks and sessions go by. */
export function clockCommand(shell: Shell): Command {
  const move = (name: string, about: string, argument: string, body: (value: string) => JsonObject): Command =>
    liveCommand(name, about)
      .argument(argument)
      // A negative duration looks like an option.
      .allowUnknownOption()
      .action((value: string, options: LiveOptions) => act(shell, options, 'POST', `/clock/${name}`, body(value)))
  const plain = (name: string, about: string): Command =>
    liveCommand(name, about).action((options: LiveOptions) => act(shell, options, 'POST', `/clock/${name}`))
  return group('clock', 'the clock of the world', [
    liveCommand('show', 'what the clock shows').action((options: LiveOptions) => act(shell, options, 'GET', '/clock')),
    move('advance', 'moves the clock on, such as 31m', '<duration>', (by) => ({ by })),
    move('set', 'sets the clock, to 2026-01-15T09:00:00Z or relative to now', '<instant>', (at) => ({ at })),
    plain('next', 'moves the clock to the next end of a block, a lock, a session or a fault'),
    plain('freeze', 'stops the clock'),
    plain('resume', 'lets the clock run again'),
    move('skew', "makes the mocked server's clock wrong by so much; 0s for none", '<duration>', (by) => ({ by })),
    move('scale', 'lets time run so many times as fast', '<factor>', (factor) => ({ scale: Number(factor) })),
  ])
}

function act(shell: Shell, options: LiveOptions, method: string, path: string, body?: JsonObject): Promise<void> {
  return show(shell, options, (server) => server.call(method, path, body), words)
}

function words({ now, frozen, scale, skew, note }: JsonObject): string {
  const notes = [
    frozen === true ? 'stands' : 'runs',
    scale === 1 ? '' : `${String(scale)} times as fast`,
    skew === '0s' ? '' : `the server is off by ${String(skew)}`,
    note === undefined ? '' : String(note),
  ]
  return `${String(now)} (${notes.filter((part) => part !== '').join(', ')})`
}
