import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { UnderstudyError } from '../core/errors.ts'
import type { Shell } from './command.ts'
import type { LintView } from '../world/views.ts'
import { watchLints } from '../world/watch-lints.ts'
import { World } from '../world/world.ts'
import { exitCodes } from './exit-code.ts'
import type { LintLevel } from '../core/lint.ts'
import { judgeLints, lintOption } from './lint.ts'
import { withServeOptions, type ServeOptions } from './serve-options.ts'
import { openServer } from './serve.ts'

/** `understudy run [scenario] -- command…`: a server for as long as one command runs. */
export function runCommand(shell: Shell): Command {
  return withServeOptions(new Command('run'), '0')
    .usage('[options] [scenario] -- <command> [arguments]')
    .description('plays a scenario while a command runs, and ends with its exit code')
    .argument('[scenario]', 'a shipped name or a file', 'default')
    .addHelpText(
      'after',
      '\nThe command finds the server in UNDERSTUDY_URL, and each API in its own variable: UNDERSTUDY_SECURE_LOGIN_URL.' +
        '\nWith an admin token it is in UNDERSTUDY_ADMIN_TOKEN; with HTTPS the certificate to trust is the file UNDERSTUDY_CERTIFICATE.',
    )
    .addOption(lintOption('warn'))
    .action((scenario: string, options: RunOptions) => run(shell, scenario, options))
}

type RunOptions = ServeOptions & { readonly lint: LintLevel }

async function run(shell: Shell, scenario: string, options: RunOptions): Promise<void> {
  if (shell.rest.length === 0) {
    throw new UnderstudyError(
      'ERR_USAGE',
      'Say which command to run, behind two hyphens: understudy run lockout -- npm test',
    )
  }
  const served = await openServer(shell, scenario, options)
  const { server, apis } = served
  const urls = apis.map(({ id, url }) => [`UNDERSTUDY_${id.replaceAll('-', '_').toUpperCase()}_URL`, url])
  const trust = server.certificate === undefined ? undefined : await writeCertificate(server.certificate)
  const env = {
    ...shell.io.env,
    UNDERSTUDY_URL: server.url,
    ...Object.fromEntries(urls),
    ...(server.adminToken === undefined ? {} : { UNDERSTUDY_ADMIN_TOKEN: server.adminToken }),
    ...(trust === undefined ? {} : { UNDERSTUDY_CERTIFICATE: trust, NODE_EXTRA_CA_CERTS: trust }),
  }
  try {
    const found: LintView[] = []
    // Worlds of tests may be gone when the command has ended; those of a store are kept elsewhere.
    if (options.lint !== 'off' && served.main instanceof World)
      await watchLints(served.main, (lint) => void (found.length < mostLints && found.push(lint)))
    const code = await runChild(shell, shell.rest, env)
    shell.exitWith(judgeLints(shell, options.lint, found, code))
  } finally {
    await served.close()
    if (trust !== undefined) await rm(dirname(trust), { recursive: true, force: true })
  }
}

/** As many as anybody could read; a client that polls makes more. */
const mostLints = 10_000

/** Where the command finds the certificate; Node trusts only what a file holds when it starts. */
async function writeCertificate(certificate: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'understudy-')), 'certificate.pem')
  await writeFile(path, certificate)
  return path
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
