import { spawn } from 'node:child_process'
import { formatDuration } from '../../core/duration.ts'
import { HookFailedError } from './player.ts'

/** What a command of a target file is run with. */
export interface CommandOptions {
  readonly timeout: number
  /** The user it is asked for, who is in UNDERSTUDY_USERNAME. */
  readonly username?: string
  /** What it may read. */
  readonly input?: string
}

/**
 * Runs a command of a target file in a shell; gives back what it prints, without the line's end. Throws
 * {@link HookFailedError} where it fails or takes too long.
 */
export function runShellCommand(
  command: string,
  { timeout, username = '', input = '' }: CommandOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new HookFailedError(`a command of the target ${why}`))
    const env = { ...process.env, UNDERSTUDY_USERNAME: username }
    const child = spawn(command, { shell: true, env, stdio: ['pipe', 'pipe', 'inherit'], timeout })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => fail(`could not be started: ${error.message}`))
    child.on('close', () => resolve(Buffer.concat(chunks).toString().trim()))
    // Not when it closes: what a shell has started may go on after the shell was ended.
    child.on('exit', (code) => {
      if (code === null) fail(`took longer than ${formatDuration(timeout)}`)
      else if (code !== 0) fail(`ended with exit code ${code}`)
    })
    // A command that does not read its input may have ended already.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}
