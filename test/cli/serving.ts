import { spawn, type ChildProcess } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { until } from './terminal.ts'

const bin = new URL('../../bin/understudy.js', import.meta.url).pathname

/** A process that serves, and how it ended. */
export interface Serving {
  readonly child: ChildProcess
  readonly url: string
  readonly port: string
  readonly ended: Promise<unknown>
}

/** A process of its own that serves. */
export async function serve(cwd: string, ...argv: readonly string[]): Promise<Serving> {
  const child = spawn(process.execPath, [bin, 'serve', ...argv, '--port', '0', '--json'], { cwd })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)))
  await until(() => out.includes('\n'))
  const { url } = JSON.parse(out)
  return { child, url, port: new URL(url).port, ended }
}
