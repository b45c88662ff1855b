import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isJsonObject } from '../core/json.ts'

/**
 * Remembers, from run to run, when an account of a target was sent what may have counted as a wrong code. An attempt is
 * written down before it is made, so that a run that is interrupted has not made more than are known.
 */
export class AttemptLedger {
  readonly #file: string
  readonly #attempts: Map<string, number[]>

  constructor(file: string) {
    this.#file = file
    this.#attempts = read(file)
  }

  /** How many attempts an account has seen within `windowMs` before `now`. */
  count(account: string, windowMs: number, now: number): number {
    return (this.#attempts.get(account) ?? []).filter((at) => at > now - windowMs).length
  }

  /** When the oldest attempt within the window will have left it. */
  freeAt(account: string, windowMs: number, now: number): number {
    const within = (this.#attempts.get(account) ?? []).filter((at) => at > now - windowMs)
    return within.length === 0 ? now : Math.min(...within) + windowMs
  }

  note(account: string, count: number, now: number): void {
    const earlier = this.#attempts.get(account) ?? []
    this.#attempts.set(account, [...earlier, ...Array.from({ length: count }, () => now)])
    mkdirSync(dirname(this.#file), { recursive: true })
    const draft = `${this.#file}.${process.pid}`
    writeFileSync(draft, `${JSON.stringify(Object.fromEntries(this.#attempts), null, 2)}\n`)
    renameSync(draft, this.#file)
  }
}

function read(file: string): Map<string, number[]> {
  try {
    const data: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (!isJsonObject(data)) return new Map()
    return new Map(
      Object.entries(data).map(([account, at]) => [
        account,
        Array.isArray(at) ? at.filter((each) => typeof each === 'number') : [],
      ]),
    )
  } catch {
    return new Map()
  }
}
