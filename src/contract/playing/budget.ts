import { toIso } from '../../core/instant.ts'
import type { Lockout } from '../../core/kit.ts'
import type { Exchange, Guard, Meaning } from './exchange.ts'
import type { AttemptLedger, Lock } from './ledger.ts'
import { NotReachedError } from './player.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { everyAccount } from '../target/target.ts'

/** For locks without an end: so long after the last wrong code a right one has surely cleared the count. */
const dayMs = 86_400_000

/** A server that locks after the first wrong code is not thought of. */
const fewest = 2

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

  /**
   * Any code may turn out to be wrong, the right one too: the account may have another by now. Each is written down
   * before it is sent; only then is it looked at whether that was one too many, as another run may be counting too.
   */
  before(meaning: Meaning, count: number): boolean {
    const user = this.#counted(meaning)
    if (user === undefined) return isAttempt(meaning, this.#loaded.api.kit.lockout)
    this.#ledger.note(this.#key(user), count, this.#now())
    if (this.#seen(user).counting < this.#limit) return true
    this.#ledger.takeBack(this.#key(user), count)
    throw new NotReachedError(this.#spent(user))
  }

  /** A code that was taken was no attempt; a right one that was looked at has cleared the count. */
  answered(meaning: Meaning): void {
    const user = this.#counted(meaning)
    const { lockout } = this.#loaded.api.kit
    if (user === undefined || !isTaken(meaning, lockout)) return
    this.#ledger.takeBack(this.#key(user), 1)
    if (lockout?.clearing.includes(meaning.clause) === true) this.#ledger.clear(this.#key(user))
  }

  /** Forgets what an account has seen: somebody has cleared its count on the server. */
  forget(username: string): void {
    this.#ledger.forget(this.#key(username))
  }

  /** Notes that a check has left an account locked. */
  noteLock(username: string, until: number | undefined, by: string): void {
    this.#ledger.lock(this.#key(username), until, by)
  }

  noteUnlock(username: string): void {
    this.#ledger.unlock(this.#key(username))
  }

  lockOf(username: string): Lock | undefined {
    return this.#ledger.lockOf(this.#key(username))
  }

  /**
   * Asks, one check after the other, whether its requests may be sent: gives back why not, or counts them. No check may
   * leave an account in want of a right code that there is no attempt left for.
   */
  forecast(): (exchanges: readonly Pick<Exchange, 'meaning'>[]) => string | undefined {
    let counts = new Map<string, { counting: number; open: number }>()
    return (exchanges) => {
      const after = new Map([...counts].map(([user, count]) => [user, { ...count }]))
      for (const { meaning } of exchanges) {
        const user = this.#counted(meaning)
        if (user === undefined) continue
        const count = after.get(user) ?? { ...this.#seen(user) }
        after.set(user, count)
        if (count.counting + 1 >= this.#limit) return this.#spent(user)
        const { lockout } = this.#loaded.api.kit
        if (lockout?.clearing.includes(meaning.clause) === true) count.open = 0
        if (isTaken(meaning, lockout)) continue
        count.counting++
        count.open++
      }
      const stuck = [...after].find(([, { open }]) => open > 0 && open + 1 >= this.#limit)
      if (stuck !== undefined)
        return `it would leave ${stuck[0]}, who may not be locked (mayBeLocked: false), one wrong code away from a lock`
      counts = after
      return undefined
    }
  }

  /** Whether requests try no code of anybody who may not be locked, wrong or right in the wrong way. */
  isHarmless(exchanges: readonly Pick<Exchange, 'meaning'>[]): boolean {
    const { lockout } = this.#loaded.api.kit
    return exchanges.every(({ meaning }) => this.#counted(meaning) === undefined || !isAttempt(meaning, lockout))
  }

  /** Why there is nothing left, in words. */
  #spent(username: string): string {
    const { counting } = this.#seen(username)
    const free = this.#ledger.freeAt(this.#key(username), this.#window, this.#now())
    const until = free === undefined ? `--forget ${username} forgets them` : `the first is forgotten at ${toIso(free)}`
    const seen = counting === 0 ? '' : `, and has seen ${counting} lately (${until})`
    const { api, target } = this.#loaded
    const after = api.kit.lockout?.after ?? ''
    const isKnown = target.settings[after] !== undefined
    const locks = isKnown
      ? `${this.#limit} wrong codes do`
      : `${fewest} wrong codes might do (settings: ${after} is not said)`
    return `${username} may not be locked (mayBeLocked: false), which ${locks}${seen}`
  }

  #seen(username: string): { readonly counting: number; readonly open: number } {
    return this.#ledger.seen(this.#key(username), this.#window, this.#now())
  }

  /** How many wrong codes lock; where the target does not say, no server has less. */
  get #limit(): number {
    const { api, target } = this.#loaded
    return Number(target.settings[api.kit.lockout?.after ?? ''] ?? fewest)
  }

  get #window(): number {
    const { api, settings } = this.#loaded
    const ms = settings[api.kit.lockout?.for ?? '']
    return typeof ms === 'number' ? ms : dayMs
  }

  #key(username: string): string {
    const { origin, pathname } = new URL(this.#loaded.target.baseUrl)
    return `${origin}${pathname} ${username}`
  }

  /** Whose code a request tries, if that is an account that may not be locked. Others were made by provider states. */
  #counted({ user, operation }: Meaning): string | undefined {
    const { api, target } = this.#loaded
    if (user === undefined || operation === undefined || api.kit.lockout?.operations.includes(operation) !== true)
      return undefined
    const accounts = everyAccount(target).filter(([, { username }]) => username === user)
    const isSafe = accounts.every(([role, { mayBeLocked }]) => {
      const { isLocked, hasNoCode } = api.kit.roles[role] ?? {}
      return mayBeLocked || isLocked === true || hasNoCode === true
    })
    return isSafe ? undefined : user
  }
}

/** How many wrong codes requests try, by username. */
export function attemptsOf(exchanges: readonly Exchange[], lockout: Lockout | undefined): Map<string, number> {
  const attempts = new Map<string, number>()
  for (const { meaning } of exchanges) {
    const { user = '' } = meaning
    if (isAttempt(meaning, lockout)) attempts.set(user, (attempts.get(user) ?? 0) + 1)
  }
  return attempts
}

/** Whether a server may count an answer like this against the user, whatever the contract assumes. */
function isAttempt({ operation, clause, user }: Meaning, lockout: Lockout | undefined): boolean {
  if (lockout === undefined || user === undefined || operation === undefined) return false
  return lockout.operations.includes(operation) && !lockout.harmless.includes(clause)
}

/** Whether an answer like this, once it was given, shows that the code was not counted. */
function isTaken(meaning: Meaning, lockout: Lockout | undefined): boolean {
  return !isAttempt(meaning, lockout) || lockout?.passing?.includes(meaning.clause) === true
}
