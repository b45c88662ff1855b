import type { Command } from 'commander'
import type { ClockView } from '../world/world-clock.ts'
import { group, liveCommand, show, type LiveOptions, type Shell } from './command.ts'
import type { RunningServer } from './server.ts'

type Ask = (server: RunningServer) => Promise<ClockView>

/** `understudy clock …`: the one clock that codes, blocks and sessions go by. */
export function clockCommand(shell: Shell): Command {
  const act = (options: LiveOptions, ask: Ask): Promise<void> => show(shell, options, ask, words)
  const plain = (name: string, about: string, ask: Ask): Command =>
    liveCommand(name, about).action((options: LiveOptions) => act(options, ask))
  const move = (name: string, about: string, argument: string, ask: (value: string) => Ask): Command =>
    liveCommand(name, about)
      .argument(argument)
      // A negative duration looks like an option.
      .allowUnknownOption()
      .action((value: string, options: LiveOptions) => act(options, ask(value)))
  return group('clock', 'the clock of the world', [
    plain('show', 'what the clock shows', (server) => server.request('GET /clock')),
    move(
      'advance',
      'moves the clock on, such as 31m',
      '<duration>',
      (by) => (server) => server.request('POST /clock/advance', { body: { by } }),
    ),
    move(
      'set',
      'sets the clock, to 2026-01-15T09:00:00Z or relative to now',
      '<instant>',
      (at) => (server) => server.request('POST /clock/set', { body: { at } }),
    ),
    plain('next', 'moves the clock to the next end of a block, a lock, a session or a fault', (server) =>
      server.request('POST /clock/next'),
    ),
    plain('freeze', 'stops the clock', (server) => server.request('POST /clock/freeze')),
    plain('resume', 'lets the clock run again', (server) => server.request('POST /clock/resume')),
    move(
      'skew',
      "makes the mocked server's clock wrong by so much; 0s for none",
      '<duration>',
      (by) => (server) => server.request('POST /clock/skew', { body: { by } }),
    ),
    move(
      'scale',
      'lets time run so many times as fast',
      '<factor>',
      (factor) => (server) => server.request('POST /clock/scale', { body: { scale: Number(factor) } }),
    ),
  ])
}

function words({ now, frozen, scale, skew, note = '' }: ClockView): string {
  const notes = [
    frozen ? 'stands' : 'runs',
    scale === 1 ? '' : `${scale} times as fast`,
    skew === '0s' ? '' : `the server is off by ${skew}`,
    note,
  ]
  return `${now} (${notes.filter((part) => part !== '').join(', ')})`
}
