import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Command } from 'commander'
import { UnderstudyError } from '../core/errors.ts'
import type { Shell } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { open, withServeOptions, type ServeOptions } from './serve.ts'

/** `understudy run [scenario] -- command…`: a server for as long as one command runs. */
export function runCommand(shell: Shell): Command {
  return withServeOptions(new Command('run'), '0')
    .usage('[options] [scenario] -- <command> [arguments]')
    .description('plays a scenario while a command runs, and ends with its exit code')
    .argument('[scenario]', 'a shipped name or a file', 'default')
    .addHelpText(
      'after',
      '\nThe command finds the server in UNDERSTUDY_URL, and each API in its own variable: UNDERSTUDY_SECURE_LOGIN_URL.',
    )
    .action((scenario: string, options: ServeOptions) => run(shell, scenario, options))
}

async function run(shell: Shell, scenario: string, options: ServeOptions): Promise<void> {
  if (shell.rest.length === 0) {
    throw new UnderstudyError(
      'ERR_USAGE',
      'Say which command to run, behind two hyphens: understudy run lockout -- npm test',
    )
  }
  const { server, apis } = await open(shell, scenario, options)
  const urls = apis.map(({ id, url }) => [`UNDERSTUDY_${id.replaceAll('-', '_').toUpperCase()}_URL`, url])
  const env = { ...shell.io.env, UNDERSTUDY_URL: server.url, ...Object.fromEntries(urls) }
  try {
    shell.exitWith(await runChild(shell, shell.rest, env))
  } finally {
    await server.close()
  }
}

/**
 * Runs a command to its end, in the terminal of this one; resolves to its exit code. What it prints goes where that of
 * this command does, or aside, where this command has data of its own.
 */
export function runChild(
  shell: Shell,
  [command = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  stdout: 'inherit' | 'to stderr' = 'inherit',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: shell.io.cwd,
      env,
      stdio: ['inherit', stdout === 'inherit' ? 'inherit' : 2, 'inherit'],
      shell: process.platform === 'win32',
    })
    // A terminal signals the child as well; a supervisor only us.
    const forget = shell.io.onSignal((signal) => child.kill(signal))
    child.on('error', (error: NodeJS.ErrnoException) => {
      forget()
      const why = error.code === 'ENOENT' ? 'there is no such command' : error.message
      reject(new UnderstudyError('ERR_USAGE', `${command} could not be started: ${why}.`))
    })
    child.on('exit', (code, signal) => {
      forget()
      resolve(signal === null ? (code ?? exitCodes.failed) : 128 + constants.signals[signal])
    })
  })
}
