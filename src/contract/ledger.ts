import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UnderstudyError } from '../core/errors.ts'
import { isJsonObject } from '../core/json.ts'

/**
 * Remembers, from run to run, when an account of a target was sent what may have counted as a wrong code. An attempt is
 * written down before it is made.
 */
export class AttemptLedger {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** How many attempts an account has seen within `windowMs` before `now`. */
  count(account: string, windowMs: number, now: number): number {
    return this.#within(account, windowMs, now).length
  }

  /** When the oldest attempt within the window will have left it. */
  freeAt(account: string, windowMs: number, now: number): number {
    const within = this.#within(account, windowMs, now)
    return within.length === 0 ? now : Math.min(...within) + windowMs
  }

  note(account: string, count: number, now: number): void {
    this.#change(account, (earlier) => [...earlier, ...Array.from({ length: count }, () => now)])
  }

  /** The latest attempt was none. */
  takeBack(account: string): void {
    this.#change(account, (earlier) => earlier.slice(0, -1))
  }

  forget(account: string): void {
    this.#change(account, () => [])
  }

  #within(account: string, windowMs: number, now: number): readonly number[] {
    return (this.#read().get(account) ?? []).filter((at) => at > now - windowMs)
  }

  /** Read each time: another run may be going on in the same directory. */
  #change(account: string, change: (earlier: readonly number[]) => readonly number[]): void {
    const attempts = this.#read()
    attempts.set(account, change(attempts.get(account) ?? []))
    mkdirSync(dirname(this.#file), { recursive: true })
    const draft = `${this.#file}.${process.pid}`
    writeFileSync(draft, `${JSON.stringify(Object.fromEntries(attempts), null, 2)}\n`)
    renameSync(draft, this.#file)
  }

  /** A file that cannot be read is not taken for an empty one: then nobody knows what the accounts have seen. */
  #read(): Map<string, readonly number[]> {
    let text: string
    try {
      text = readFileSync(this.#file, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
      throw unreadable(this.#file, (error as Error).message)
    }
    let data: unknown
    try {
      data = JSON.parse(text)
    } catch (error) {
      throw unreadable(this.#file, (error as Error).message)
    }
    const entries = isJsonObject(data) ? Object.entries(data) : undefined
    if (entries?.every(([, at]) => Array.isArray(at) && at.every((each) => typeof each === 'number')) !== true)
      throw unreadable(this.#file, 'it is no list of instants by account')
    return new Map(entries as [string, readonly number[]][])
  }
}

function unreadable(file: string, why: string): UnderstudyError {
  return new UnderstudyError(
    'ERR_UNSAFE',
    `${file}, which remembers the wrong codes that accounts were sent, cannot be read: ${why}. Delete it if no account was sent any lately.`,
  )
}
