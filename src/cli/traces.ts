import { resolve } from 'node:path'
import type { Command } from 'commander'
import { traceVariable, usualTraces } from '../hosts/trace-file.ts'
import { clearTraces, readTraces, type Traces } from '../contract/coverage/trace-files.ts'
import type { AnyApi } from '../core/api.ts'
import { UnderstudyError } from '../core/errors.ts'
import type { TraceLine } from '../world/trace.ts'
import { apisNamed, apisOption, type NamedApis } from './apis.ts'
import { option, type Shell } from './command.ts'
import { runChild } from './run.ts'

/** Options of every command that reads traces. */
export interface TraceReaderOptions {
  readonly trace: string
  readonly api?: readonly string[]
  readonly json?: boolean
}

/** What a command has to go on: the traces, and how the command behind `--` ended, if there was one. */
export interface Read extends Traces {
  readonly dir: string
  /** The APIs that are wanted. */
  readonly apis: readonly AnyApi[]
  readonly commandCode: number
}

/** Adds the options that say which traces are read. */
export function withTraceOptions(command: Command): Command {
  return command
    .usage('[options] [-- <command> [arguments]]')
    .addOption(option('--trace <directory>', 'where the traces are').default(usualTraces))
    .addOption(apisOption('only these APIs, by id or by the file that exports them; those that were asked if left out'))
    .addOption(option('--json', 'prints JSON'))
    .addHelpText(
      'after',
      `\nA command behind two hyphens is run first, with ${traceVariable} set and traces from before removed.`,
    )
}

/**
 * Runs the command behind `--`, if there is one, and reads the traces. Throws ERR_USAGE where there are none: nothing was
 * checked, which must not pass for a success.
 */
export async function readTracesOf(shell: Shell, options: TraceReaderOptions): Promise<Read> {
  const { io, rest } = shell
  const { trace } = options
  const named = await apisNamed(io, options.api)
  const dir = resolve(io.cwd, trace)
  const [command] = rest
  let commandCode = 0
  if (command !== undefined) {
    await clearTraces(dir)
    commandCode = await runChild(shell, rest, { ...io.env, [traceVariable]: dir }, 'to stderr')
  }
  const traces = await readTraces(dir)
  for (const damage of traces.damages) io.err(`left out: ${damage}`)
  if (traces.lines.length > 0) return { ...traces, dir, commandCode, apis: wanted(options, named, traces.lines) }
  const how = command === undefined ? `Set ${traceVariable}=${trace} while the tests run` : `${command} met no mock`
  throw new UnderstudyError(
    'ERR_USAGE',
    `There are no traces in ${trace}, so nothing was checked. ${how}; docs/coverage.md tells how worlds are traced.`,
  )
}

/** The APIs that are wanted: those that are named, or those that were asked. */
function wanted({ api }: TraceReaderOptions, { meant }: NamedApis, lines: readonly TraceLine[]): readonly AnyApi[] {
  if (api !== undefined) return meant
  const asked = new Set(lines.filter(({ operation }) => operation !== undefined).map((line) => line.api))
  return meant.filter(({ id }) => asked.has(id))
}
