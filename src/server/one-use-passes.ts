import { createHash } from 'node:crypto'
import type { Passes } from '../control/passes.ts'

const lifetimeMs = 3_600_000
/** More than anybody hands out by hand; the oldest go first. */
const most = 100

/** Passes of one listener, kept in memory and as hashes: who reads that memory cannot use them. */
export class OneUsePasses implements Passes {
  readonly #now: () => number
  /** When each ends, by its hash. */
  readonly #passes = new Map<string, number>()
  readonly #tokens = new Set<string>()

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  make(): string {
    const pass = randomText()
    this.#passes.set(hash(pass), this.#now() + lifetimeMs)
    dropOldest(this.#passes)
    return pass
  }

  exchange(pass: string): string | undefined {
    const key = hash(pass)
    const end = this.#passes.get(key)
    this.#passes.delete(key)
    if (end === undefined || end < this.#now()) return undefined
    const token = randomText()
    this.#tokens.add(hash(token))
    dropOldest(this.#tokens)
    return token
  }

  /** Whether it was given for a pass. */
  knows(token: string): boolean {
    return this.#tokens.has(hash(token))
  }
}

function dropOldest(all: Map<string, unknown> | Set<string>): void {
  for (const key of all.keys()) {
    if (all.size <= most) return
    all.delete(key)
  }
}

function randomText(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url')
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
