/** Everything a command may touch of the process it runs in: tests pass their own. */
export interface Io {
  /** Data goes to stdout, words to stderr; both get whole lines. */
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly cwd: string
  readonly env: { readonly [name: string]: string | undefined }
  /** Whether stderr and stdout are terminals that want colours. */
  readonly color: { readonly out: boolean; readonly err: boolean }
  readonly pid: number
  readonly fetch: typeof fetch
  readonly now: () => number
  /** Calls back on Ctrl-C (SIGINT) or a polite request to end (SIGTERM); the result stops it. */
  readonly onSignal: (handler: (signal: 'SIGINT' | 'SIGTERM') => void) => () => void
}

/** The Io of a Node process. */
export function processIo(process: NodeJS.Process): Io {
  const { env, stdout, stderr } = process
  const wants = (isTerminal: boolean | undefined): boolean => {
    if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false
    if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true
    return isTerminal === true && env['TERM'] !== 'dumb'
  }
  // A reader that has read enough (`understudy requests | head`) is no error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  return {
    out: (text) => stdout.write(`${text}\n`),
    err: (text) => stderr.write(`${text}\n`),
    cwd: process.cwd(),
    env,
    color: { out: wants(stdout.isTTY), err: wants(stderr.isTTY) },
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
