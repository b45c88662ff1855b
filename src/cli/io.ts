import type { Readable, Writable } from 'node:stream'
import type { ShellSyntax } from '../core/shell-syntax.ts'
import { hostShell } from '../hosts/host-shell.ts'
import { printer, type Shown } from './shown.ts'

/** Everything a command may touch of the process it runs in: tests pass their own. */
export interface Io {
  /** Data goes to stdout, words to stderr; both get whole lines, and only what a {@link printer} lets through. */
  readonly out: (shown: Shown) => void
  readonly err: (shown: Shown) => void
  /** How many characters a line of stdout has; left out where it is no terminal, and lines may be as long as they are. */
  readonly columns?: number
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
  /** The shell that command lines are printed for. */
  readonly shell: ShellSyntax
  readonly pid: number
  /** Asks somebody at a terminal; left out where nobody is there to answer. */
  readonly ask?: (shown: Shown, question: string) => Promise<string>
  /** What another program says and hears, where a command speaks with one: nothing else is read or written there. */
  readonly pipe: { readonly input: Readable; readonly output: Writable }
  /** Asks a process to end. */
  readonly end: (pid: number) => void
  readonly fetch: typeof fetch
  readonly now: () => number
  /** Calls back on Ctrl-C (SIGINT) or a polite request to end (SIGTERM); the result stops it. */
  readonly onSignal: (handler: (signal: 'SIGINT' | 'SIGTERM') => void) => () => void
}

/** The Io of a Node process. */
export function processIo(process: NodeJS.Process): Io {
  const { env, stdin, stdout, stderr } = process
  const wants = (isTerminal: boolean | undefined): boolean => {
    if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false
    if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true
    return isTerminal === true && env['TERM'] !== 'dumb'
  }
  // A reader that has read enough (`understudy requests | head`) is no error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  const err = printer((text) => stderr.write(`${text}\n`), wants(stderr.isTTY))
  const ask = async (shown: Shown, question: string): Promise<string> => {
    err(shown)
    const { createInterface } = await import('node:readline/promises')
    const asking = createInterface({ input: stdin, output: stderr })
    try {
      return (await asking.question(question)).trim()
    } finally {
      asking.close()
    }
  }
  return {
    out: printer((text) => stdout.write(`${text}\n`), wants(stdout.isTTY)),
    err,
    ...(stdout.isTTY && stdout.columns > 0 ? { columns: stdout.columns } : {}),
    ...(stdin.isTTY && stderr.isTTY ? { ask } : {}),
    pipe: { input: stdin, output: stdout },
    end: (pid) => void process.kill(pid, 'SIGTERM'),
    cwd: process.cwd(),
    env,
    shell: hostShell,
    pid: process.pid,
    fetch: globalThis.fetch,
    now: () => Date.now(),
    onSignal: (handler) => {
      const interrupted = (): void => handler('SIGINT')
      const terminated = (): void => handler('SIGTERM')
      process.on('SIGINT', interrupted).on('SIGTERM', terminated)
      return () => {
        process.off('SIGINT', interrupted).off('SIGTERM', terminated)
      }
    },
  }
}
