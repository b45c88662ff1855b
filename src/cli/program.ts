import { Command, CommanderError, type Option } from 'commander'
import { UnderstudyError } from '../core/errors.ts'
import { nearestWord } from '../core/nearest.ts'
import { version } from '../core/version.ts'
import type { Shell } from './command.ts'
import { exitCodeOf, exitCodes } from './exit-code.ts'
import { explain } from './explain.ts'
import type { Io } from './io.ts'
import { serveCommand } from './serve.ts'
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
  // A server that is started for each test run should not load what it does not need.
  const others = own.length === 0 || own[0] === 'serve' ? [] : (await import('./commands.ts')).commands
  const program = createProgram(shell, others)
  withConfig(program, shell)
  try {
    await program.parseAsync(own, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    const [first = '', ...more] = explain(error)
    const meant = more.length === 0 ? commandMeant(own, error, program.commands) : ''
    io.err([[paint('red', 'error:'), ` ${first}${meant}`], ...more])
    return exitCodeOf(error)
  }
}

/** The whole command line, as commander knows it: also what help and docs are generated from. */
export function createProgram(shell: Shell, commands: readonly ((shell: Shell) => Command)[]): Command {
  const { io } = shell
  const program = new Command('understudy')
    .description('A mock server for the authentication APIs of Secure Login, Sirportly and Gentics CMS.')
    .version(version, '-V, --version')
    .addHelpText(
      'after',
      '\nEvery option can also be given in the environment: --port as UNDERSTUDY_PORT, and so on.' +
        '\nExit codes: 0 ok, 1 a check failed, 2 usage or invalid input, 3 server unreachable, 4 refused as unsafe, 5 a hook of the target failed, 130 interrupted.',
    )
  program.addCommand(serveCommand(shell), { isDefault: true })
  for (const create of commands) program.addCommand(create(shell))
  for (const command of [program, ...program.commands, ...program.commands.flatMap((child) => child.commands)]) {
    command
      .exitOverride()
      .configureHelp({ helpWidth: 110, optionDescription: describeOption })
      .showHelpAfterError('(--help tells more)')
      .configureOutput({
        writeOut: (text) => io.out(text.trimEnd().split('\n')),
        writeErr: (text) => io.err(text.trimEnd().split('\n')),
      })
  }
  return program
}

/** A misspelt command is taken for a scenario, as serve may be left out; says so. */
function commandMeant([first = '']: readonly string[], error: unknown, commands: readonly Command[]): string {
  if (!(error instanceof UnderstudyError) || error.code !== 'ERR_SCENARIO_UNKNOWN') return ''
  const meant = nearestWord(
    first,
    commands.map((command) => command.name()),
  )
  return meant === undefined || meant === first ? '' : ` Or was the command "${meant}" meant?`
}

/** Without the variable of each option: the rule is told once, at the end of the general help. */
function describeOption({ description, defaultValue }: Option): string {
  return defaultValue === undefined || defaultValue === false ? description : `${description} (${String(defaultValue)})`
}
