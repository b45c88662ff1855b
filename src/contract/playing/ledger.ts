import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { UnderstudyError } from '../../core/errors.ts'
import { objectIn } from '../../core/json.ts'
import { codeOf, messageOf } from '../../core/thrown.ts'

/**
 * Remembers, from run to run, when an account of a target was sent what may have counted as a wrong code, and whether it
 * was left locked. A line is added for each attempt before it is made, and nothing is ever rewritten: neither a run that
 * is cut off nor another one at the same time can lose what was noted.
 */
export class AttemptLedger {
  readonly #file: string
  readonly #attempts = new Map<string, readonly Attempt[]>()
  readonly #locks = new Map<string, Lock>()
  #read = 0

  constructor(file: string) {
    this.#file = file
  }

  /**
   * How many attempts of an account may still count at `now`: those of the last `windowMs`, and those that no right code
   * has cleared since, however old they are. The latter are `open`.
   */
  seen(account: string, windowMs: number, now: number): { readonly counting: number; readonly open: number } {
    const counting = this.#counting(account, windowMs, now)
    return { counting: counting.length, open: counting.filter(({ isCleared }) => !isCleared).length }
  }

  /** When the first attempt will have stopped counting; undefined where only a right code ends that. */
  freeAt(account: string, windowMs: number, now: number): number | undefined {
    const cleared = this.#counting(account, windowMs, now).filter(({ isCleared }) => isCleared)
    return cleared.length === 0 ? undefined : Math.min(...cleared.map(({ at }) => at)) + windowMs
  }

  note(account: string, count: number, now: number): void {
    this.#append(Array.from({ length: count }, () => ({ account, at: now })))
  }

  /** The latest attempts were none. */
  takeBack(account: string, count: number): void {
    this.#append(Array.from({ length: count }, () => ({ account, is: 'none' })))
  }

  /** A right code has cleared the account's count on the server. */
  clear(account: string): void {
    this.#append([{ account, is: 'cleared' }])
  }

  /** An account is locked until then, or for good, by what a check did. */
  lock(account: string, until: number | undefined, by: string): void {
    this.#append([{ account, is: 'locked', until, by }])
  }

  unlock(account: string): void {
    if (this.lockOf(account) !== undefined) this.#append([{ account, is: 'unlocked' }])
  }

  lockOf(account: string): Lock | undefined {
    this.#readOn()
    return this.#locks.get(account)
  }

  forget(account: string): void {
    this.#append([{ account, is: 'forgotten' }])
  }

  #counting(account: string, windowMs: number, now: number): readonly Attempt[] {
    this.#readOn()
    const attempts = this.#attempts.get(account) ?? []
    return attempts.filter(({ at, isCleared }) => !isCleared || at > now - windowMs)
  }

  #append(lines: readonly object[]): void {
    mkdirSync(dirname(this.#file), { recursive: true })
    appendFileSync(this.#file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }

  /** Reads what was added since, by whatever run. */
  #readOn(): void {
    let added = textFrom(this.#file, this.#read)
    if (added === undefined) {
      // Somebody has deleted it, which is how all is forgotten.
      this.#attempts.clear()
      this.#locks.clear()
      this.#read = 0
      added = textFrom(this.#file, 0) ?? ''
    }
    const whole = added.slice(0, added.lastIndexOf('\n') + 1)
    for (const line of whole.split('\n').slice(0, -1)) this.#take(line)
    this.#read += Buffer.byteLength(whole)
  }

  /** A line that cannot be read is not passed over: then nobody knows what the accounts have seen. */
  #take(line: string): void {
    const { account, at, is, until, by } = objectIn(line)
    const earlier = this.#attempts.get(String(account)) ?? []
    const later = after(earlier, at, is)
    if (typeof account !== 'string' || later === undefined) throw unreadable(this.#file, `it has the line ${line}`)
    this.#attempts.set(account, later)
    if (is === 'locked')
      this.#locks.set(account, { until: typeof until === 'number' ? until : undefined, by: String(by) })
    if (is === 'unlocked' || is === 'forgotten') this.#locks.delete(account)
  }
}

/** That an account is locked, until when by the server's clock, and by which check. */
export interface Lock {
  /** Undefined where nothing but somebody's hand ends it. */
  readonly until: number | undefined
  readonly by: string
}

interface Attempt {
  readonly at: number
  /** A right code was taken since. */
  readonly isCleared: boolean
}

function after(earlier: readonly Attempt[], at: unknown, is: unknown): readonly Attempt[] | undefined {
  if (typeof at === 'number') return [...earlier, { at, isCleared: false }]
  if (is === 'none') return earlier.slice(0, -1)
  if (is === 'cleared') return earlier.map((attempt) => ({ ...attempt, isCleared: true }))
  if (is === 'forgotten') return []
  return is === 'locked' || is === 'unlocked' ? earlier : undefined
}

/** The rest of a file; undefined if there is none that long. */
function textFrom(file: string, start: number): string | undefined {
  let opened: number
  try {
    opened = openSync(file, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw unreadable(file, messageOf(error))
  }
  try {
    const length = fstatSync(opened).size - start
    if (length < 0) return undefined
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(opened, bytes, 0, length, start)).toString()
  } catch (error) {
    throw unreadable(file, messageOf(error))
  } finally {
    closeSync(opened)
  }
}

function unreadable(file: string, why: string): UnderstudyError {
  return new UnderstudyError(
    'ERR_UNSAFE',
    `${file}, which remembers the wrong codes that accounts were sent, cannot be read: ${why}. Delete it if no account was sent any lately.`,
  )
}
