import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { posix, type ShellSyntax } from '../../src/core/shell-syntax.ts'
import { printer, type Shown } from '../../src/cli/shown.ts'
import { main } from '../../src/cli/program.ts'

/** What a command did: its exit code, and what it wrote. */
export interface Result {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** What a command has written so far. */
export interface Lines {
  readonly out: string[]
  readonly err: string[]
  /** All of it, as a terminal with colours gets it. */
  readonly painted: string[]
}

/** A terminal in an empty directory of its own, or in one that is named, in which command lines are run without a process. */
export class Terminal {
  readonly cwd: string
  /** How wide it is; as wide as need be if left out. */
  columns: number | undefined
  /** What somebody who sits at it says when asked. */
  answer: string | undefined
  readonly #handlers = new Set<(signal: 'SIGINT' | 'SIGTERM') => void>()

  readonly #env: { readonly [name: string]: string | undefined }
  readonly #shell: ShellSyntax

  /** With these variables, in the process's environment; whoever pastes what is printed has this shell. */
  constructor(
    env: { readonly [name: string]: string } = {},
    shell: ShellSyntax = posix,
    cwd: string = mkdtempSync(join(tmpdir(), 'understudy-')),
  ) {
    this.cwd = cwd
    this.#shell = shell
    this.#env = { ...process.env, ...env }
    onTestFinished(async () => {
      this.signal('SIGTERM')
      rmSync(this.cwd, { recursive: true, force: true })
    })
  }

  /** Runs a command line to its end. Where a run of checks is, which only a slow machine is told, is not among its words. */
  async run(...argv: readonly string[]): Promise<Result> {
    const { done, lines } = this.begin(...argv)
    const code = await done
    const err = lines.err.filter((line) => !/^\d+\/\d+ [\w.-]+$/.test(line))
    return { code, out: lines.out.join('\n'), err: err.join('\n') }
  }

  /** Begins a command line that goes on until it is interrupted. */
  begin(...argv: readonly string[]): { done: Promise<number>; lines: Lines } {
    const lines: Lines = { out: [], err: [], painted: [] }
    const paint = printer((text) => lines.painted.push(text), true)
    const printTo = (stream: string[]): Io['out'] => {
      const print = printer((text) => stream.push(text), false)
      return (shown) => {
        print(shown)
        paint(shown)
      }
    }
    const io: Io = {
      out: printTo(lines.out),
      err: printTo(lines.err),
      ...(this.columns === undefined ? {} : { columns: this.columns }),
      cwd: this.cwd,
      env: this.#env,
      shell: this.#shell,
      pid: process.pid,
      pipe: { input: Readable.from([]), output: new PassThrough() },
      end: (pid) => void process.kill(pid, 'SIGTERM'),
      ...(this.answer === undefined
        ? {}
        : { ask: async (shown: Shown) => (printTo(lines.err)(shown), this.answer ?? '') }),
      fetch: globalThis.fetch,
      now: () => Date.now(),
      onSignal: (handler) => {
        this.#handlers.add(handler)
        return () => this.#handlers.delete(handler)
      },
    }
    return { done: main(argv, io), lines }
  }

  /** Presses Ctrl-C (SIGINT), or asks politely to end (SIGTERM). */
  signal(signal: 'SIGINT' | 'SIGTERM'): void {
    for (const handler of this.#handlers) handler(signal)
  }

  /** Begins `serve`, and waits until it listens. */
  async serve(...argv: readonly string[]): Promise<{ url: string; done: Promise<number>; lines: Lines }> {
    const { done, lines } = this.begin('serve', '--port', '0', '--json', ...argv)
    const ended = done.then((code) => {
      throw new Error(`serve ended with ${code}: ${lines.err.join('\n')}`)
    })
    await Promise.race([until(() => lines.out.length > 0), ended])
    ended.catch(() => undefined)
    return { url: String(JSON.parse(lines.out[0] ?? '{}').url), done, lines }
  }
}

/** Waits until something is so, for a minute at the most. */
export async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`not so after a minute: ${isSo.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
