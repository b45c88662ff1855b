import { spawn } from 'node:child_process'
import { UnderstudyError } from '../core/errors.ts'

/** Runs a command of a target file in a shell; gives back what it prints, without the line's end. */
export function runCommand(command: string, input: string, env: { readonly [name: string]: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString().trim())
      else
        reject(new UnderstudyError('ERR_TARGET_UNREACHABLE', `A command of the target ended with exit code ${code}.`))
    })
    // A command that does not read its input may have ended already.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}
