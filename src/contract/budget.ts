import { toIso } from '../core/instant.ts'
import type { Lockout } from '../core/kit.ts'
import type { AttemptLedger } from './ledger.ts'
import type { Guard, Meaning } from './exchange.ts'
import { NotReachedError } from './player.ts'
import type { LoadedTarget } from './target.ts'

/**
 * How often the accounts of a target may still be sent a code that counts as wrong. It is asked and told before each
 * request, and remembers from run to run: a run that is interrupted has never sent more than is written down.
 */
export class Budget implements Guard {
  readonly #loaded: LoadedTarget
  readonly #ledger: AttemptLedger
  readonly #now: () => number

  constructor(loaded: LoadedTarget, ledger: AttemptLedger, now: () => number) {
    this.#loaded = loaded
    this.#ledger = ledger
    this.#now = now
  }

  /** One less than would lock the account, less what it has seen lately; without end for one that may be locked. */
  left(username: string): number {
    const { api, settings } = this.#loaded
    const { lockout } = api.kit
    if (lockout === undefined || this.#mayBeLocked(username)) return Infinity
    return Number(settings[lockout.after]) - 1 - this.#ledger.count(this.#key(username), this.#window, this.#now())
  }

  /** Why there is nothing left, in words. */
  spent(username: string): string {
    const left = Math.max(0, this.left(username))
    const free = this.#ledger.freeAt(this.#key(username), this.#window, this.#now())
    const until = Number.isFinite(free)
      ? `until ${toIso(free)}`
      : 'until its count is cleared and forgotten here (--forget)'
    return `${username} may not be locked (mayBeLocked: false), and may be sent ${left} more wrong codes ${until}`
  }

  /**
   * Any code may turn out to be wrong, the right one too: the account may have another by now. Each is written down
   * before it is sent.
   */
  before(meaning: Meaning, count: number): void {
    const { lockout } = this.#loaded.api.kit
    const { user, operation } = meaning
    if (user === undefined || operation === undefined || lockout?.operations.includes(operation) !== true) return
    if (this.left(user) < count) throw new NotReachedError(this.spent(user))
    this.#ledger.note(this.#key(user), count, this.#now())
  }

  /** A right code that was taken for right was no attempt. */
  answered(meaning: Meaning): void {
    const { lockout } = this.#loaded.api.kit
    const { user, operation } = meaning
    if (user === undefined || operation === undefined || lockout?.operations.includes(operation) !== true) return
    if (!isAttempt(meaning, lockout)) this.#ledger.takeBack(this.#key(user))
  }

  /** Forgets what an account has seen: somebody has cleared its count on the server. */
  forget(username: string): void {
    this.#ledger.forget(this.#key(username))
  }

  get #window(): number {
    const { api, settings } = this.#loaded
    const ms = settings[api.kit.lockout?.for ?? '']
    // A lock without an end: what an account has seen is never forgotten by itself.
    return typeof ms === 'number' ? ms : Infinity
  }

  #key(username: string): string {
    return `${this.#loaded.target.baseUrl} ${username}`
  }

  /** Who is no account of the target was made by a provider state; who is locked already cannot be locked. */
  #mayBeLocked(username: string): boolean {
    const { api, target } = this.#loaded
    const accounts = Object.entries(target.accounts).filter(([, account]) => account.username === username)
    return accounts.every(([role, { mayBeLocked }]) => mayBeLocked || api.kit.roles[role]?.isLocked === true)
  }
}

/** Whether a server may count an answer like this against the user, whatever the contract assumes. */
export function isAttempt({ operation, clause, user }: Meaning, lockout: Lockout | undefined): boolean {
  if (lockout === undefined || user === undefined || operation === undefined) return false
  return lockout.operations.includes(operation) && !lockout.harmless.includes(clause)
}
