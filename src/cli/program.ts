import { Command, CommanderError, type Option } from 'commander'
import { didYouMean, UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import { version } from '../core/version.ts'
import { shipped } from '../scenario/shipped.ts'
import type { Shell } from './command.ts'
import { exitCodeOf, exitCodes } from './exit-code.ts'
import { explain } from './explain.ts'
import type { Io } from './io.ts'
import { readPlainServe } from './plain-serve.ts'
import { serve, serveCommand } from './serve.ts'
import { paint } from './shown.ts'
import { withConfig } from './with-config.ts'

/** Runs a command line; resolves to the exit code. Nothing here ends the process. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  // What stands behind `--` is another command's line.
  const dashes = argv.indexOf('--')
  const own = dashes < 0 ? argv : argv.slice(0, dashes)
  let exitCode: number = exitCodes.ok
  const exitWith = (code: number): void => {
    exitCode = code
  }
  const shell: Shell = { io, rest: dashes < 0 ? [] : argv.slice(dashes + 1), exitWith }
  try {
    const plain = readPlainServe(own, io)
    if (plain === undefined) await runProgram(own, shell)
    else await serve(shell, plain.scenario, plain.options)
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    const [first = '', ...more] = explain(error)
    io.err([[paint('red', 'error:'), ` ${first}`], ...more])
    return exitCodeOf(error)
  }
}

async function runProgram(argv: readonly string[], shell: Shell): Promise<void> {
  // A server should not load what it does not need.
  const others = argv.length === 0 || argv[0] === 'serve' ? [] : (await import('./commands.ts')).commands
  const program = createProgram(shell, others)
  withConfig(program, shell)
  refuseUnknown(argv, program.commands)
  await program.parseAsync(argv, { from: 'user' })
}

/** The whole command line, as commander knows it: also what help and docs are generated from. */
export function createProgram(shell: Shell, commands: readonly ((shell: Shell) => Command)[]): Command {
  const { io } = shell
  const program = new Command('understudy')
    .description('A mock server for the authentication APIs of Secure Login, Sirportly and Gentics CMS.')
    .version(version, '-V, --version')
    .addHelpText(
      'after',
      '\nWithout a command it serves: `understudy` plays the scenario `default`, `understudy lockout` is `understudy serve lockout`.' +
        '\nEvery option can also be given in the environment: --port as UNDERSTUDY_PORT, and so on.' +
        '\nExit codes: 0 ok, 1 a check failed, 2 usage or invalid input, 3 server unreachable, 4 refused as unsafe, 5 a hook of the target failed, 130 interrupted.',
    )
  program.addCommand(serveCommand(shell), { isDefault: true })
  for (const create of commands) program.addCommand(create(shell))
  for (const command of [program, ...program.commands, ...program.commands.flatMap((child) => child.commands)]) {
    command
      .exitOverride()
      .configureHelp({ helpWidth: helpWidth(io.columns), minWidthToWrap: 20, optionDescription: describeOption })
      .showHelpAfterError('(--help tells more)')
      .configureOutput({
        writeOut: (text) =>
          io.out(
            text
              .trimEnd()
              .split('\n')
              .flatMap((line) => wrapped(line, io.columns)),
          ),
        writeErr: (text) => io.err(text.trimEnd().split('\n')),
      })
  }
  return program
}

/**
 * Throws ERR_USAGE for a word that is no command, and that `serve`, which may be left out, cannot mean: neither a shipped
 * scenario nor a path. What stands behind it would be told as too much for `serve`.
 */
function refuseUnknown([first = '']: readonly string[], commands: readonly Command[]): void {
  const names = commands.map((command) => command.name())
  const isMeant = [...names, 'help', ...Object.keys(shipped)].includes(first)
  if (isMeant || first === '' || first.startsWith('-') || /[./\\]/.test(first)) return
  const meant = didYouMean(nearestWord(first, [...names, ...Object.keys(shipped)]))
  const how = 'A scenario is played by its name or its path, such as ./my.yaml; --help tells the commands.'
  throw new UnderstudyError('ERR_USAGE', `There is no command "${first}".${meant} ${how}`)
}

/** As wide as the terminal, up to what is easily read. */
function helpWidth(columns = 110): number {
  return Math.min(110, Math.max(40, columns))
}

/** A line as several that fit, broken between words; what stands behind it is indented as it is. */
function wrapped(line: string, columns: number = Number.POSITIVE_INFINITY): readonly string[] {
  if (line.length <= columns) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const lines = ['']
  for (const word of line.trim().split(' ')) {
    const last = lines.at(-1) as string
    if (last === '') lines[lines.length - 1] = indent + word
    else if (last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(indent + word)
  }
  return lines
}

/** Without the variable of each option: the rule is told once, at the end of the general help. */
function describeOption({ description, defaultValue }: Option): string {
  return defaultValue === undefined || defaultValue === false ? description : `${description} (${String(defaultValue)})`
}
