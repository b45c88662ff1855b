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
  readonly columns?: number | undefined
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
  /** The shell that command lines are printed for. */
  readonly shell: ShellSyntax
  readonly pid: number
  /** Asks somebody at a terminal; left out where nobody is there to answer. */
  readonly ask?: ((shown: Shown, question: string) => Promise<string>) | undefined
  /** What another program says and hears, where a command speaks with one: nothing else is read or written there. */
  readonly pipe: { readonly input: Readable; readonly output: Writable }
  /** Asks a process to end. */
  readonly end: (pid: number) => void
  readonly fetch: typeof fetch
  readonly now: () => number
  /** Calls back on Ctrl-C (SIGINT) or a polite request to end (SIGTERM); the result stops it. */
  readonly onSignal: (handler: (signal: 'SIGINT' | 'SIGTERM') => void) => () => void
}

/** The Io of a Node process. Its streams are opened when they are used, as a server uses but one of them. */
export function processIo(process: NodeJS.Process): Io {
  const { env } = process
  const wants = (isTerminal: boolean | undefined): boolean => {
    if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false
    if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true
    return isTerminal === true && env['TERM'] !== 'dumb'
  }
  let opened: NodeJS.WriteStream | undefined
  // A reader that has read enough (`understudy requests | head`) is no error.
  const stdout = (): NodeJS.WriteStream =>
    (opened ??= process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    }))
  let [out, err]: (Io['out'] | undefined)[] = []
  const tell: Io['err'] = (shown) => {
    const { stderr } = process
    err ??= printer((text) => stderr.write(`${text}\n`), wants(stderr.isTTY))
    err(shown)
  }
  const ask = async (shown: Shown, question: string): Promise<string> => {
    tell(shown)
    const { createInterface } = await import('node:readline/promises')
    const asking = createInterface({ input: process.stdin, output: process.stderr })
    try {
      return (await asking.question(question)).trim()
    } finally {
      asking.close()
    }
  }
  return {
    out: (shown) => {
      out ??= printer((text) => stdout().write(`${text}\n`), wants(stdout().isTTY))
      out(shown)
    },
    err: tell,
    get columns() {
      const { isTTY, columns } = stdout()
      return isTTY && columns > 0 ? columns : undefined
    },
    get ask() {
      return process.stdin.isTTY && process.stderr.isTTY ? ask : undefined
    },
    get pipe() {
      return { input: process.stdin, output: stdout() }
    },
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
