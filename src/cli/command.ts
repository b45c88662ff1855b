import { Command, InvalidArgumentError, Option } from 'commander'
import type { Io } from './io.ts'
import { jsonLines, type Shown } from './shown.ts'
import { findServer, type RunningServer } from './server.ts'

/** What every command is built with: the process's Io, what stood behind `--`, and how to leave an exit code. */
export interface Shell {
  readonly io: Io
  readonly rest: readonly string[]
  readonly exitWith: (code: number) => void
}

/** Options of every live command. */
export interface LiveOptions {
  readonly url?: string
  readonly world?: string
  readonly newWorld?: boolean
  readonly json?: boolean
}

/** An option that can also be given as `UNDERSTUDY_…`. */
export function option(flags: string, about: string): Option {
  const made = new Option(flags, about)
  return made.env(
    `UNDERSTUDY_${made.long
      ?.replace(/^--(no-)?/, '')
      .replaceAll('-', '_')
      .toUpperCase()}`,
  )
}

/** An option that may be given several times; in the environment, its values are separated by commas. */
export function repeatable(flags: string, about: string): Option {
  return option(flags, about).argParser(list)
}

function list(text: string, before: readonly string[] | undefined): readonly string[] {
  const items = text.split(',').map((item) => item.trim())
  if (items.includes('')) throw new InvalidArgumentError('One of its values is empty.')
  return [...(before ?? []), ...items]
}

/** Where commands that send codes remember them. */
export function ledgerOption(): Option {
  return option(
    '--ledger <file>',
    'where it is remembered which wrong codes accounts were sent (default: .understudy/attempts.jsonl)',
  )
}

/** A command that acts on a running server. */
export function liveCommand(name: string, about: string): Command {
  return serverCommand(name, about).addOption(option('--json', 'prints JSON'))
}

/** A command that is about a running server and one of its worlds. */
export function serverCommand(name: string, about: string): Command {
  return new Command(name)
    .description(about)
    .addOption(option('--url <url>', 'the server; found by itself if it was started in this directory'))
    .addOption(option('--world <name>', 'the world to look at or change; main if left out'))
    .addOption(option('--new-world', 'makes that world, if nobody has it'))
}

/** A command that only groups others. */
export function group(name: string, about: string, commands: readonly Command[]): Command {
  const made = new Command(name).description(about)
  for (const command of commands) made.addCommand(command)
  return made
}

/** Finds the server and prints what comes back: as JSON, or in words. */
export async function show<Data extends object>(
  shell: Shell,
  options: LiveOptions,
  ask: (server: RunningServer) => Promise<Data>,
  words: (data: Data) => Shown,
): Promise<void> {
  const data = await ask(await findServer(shell.io, options))
  print(shell, options, data, words)
}

/** Prints data on stdout: as JSON, or in words. */
export function print<Data extends object>(
  shell: Shell,
  options: LiveOptions,
  data: Data,
  words: (data: Data) => Shown,
): void {
  shell.io.out(options.json === true ? jsonLines(data, 2) : words(data))
}
