import { fromIso, toIso } from '../../core/instant.ts'
import { valueIn } from '../../core/json.ts'
import type { Account } from '../../core/kit.ts'
import { chargesOf, goesAnotherWay } from './blame.ts'
import type { Budget } from './budget.ts'
import type { Exchange, Guard } from './exchange.ts'
import { createOracle, type LockState, type Oracle } from './oracle.ts'
import { playJourney } from './play-journey.ts'
import { NotReachedError, type Player } from './player.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { fillJson, type Values } from '../target/template.ts'

/** A little more than the second that a server may cut an instant to. */
const marginMs = 1500

/** A server while a journey is played on it. */
export interface CheckedServer {
  readonly subject: Player
  readonly guard: Guard | undefined
  /** The server's time, which goes on while accounts are waited for. */
  readonly now: () => number
}

/** Keeps the accounts of a target as their roles say, from journey to journey and from run to run. */
export class Readiness {
  readonly #loaded: LoadedTarget
  readonly #budget: Budget
  /** Accounts that no wrong code is counted of, as far as is known. */
  readonly #clean = new Set<string>()
  /** Accounts that have seen wrong codes, by this run. */
  readonly #counted = new Set<string>()
  #isKept: boolean
  /** Plays beside the server where counts are cleared. */
  #oracle: Oracle | undefined

  constructor(loaded: LoadedTarget, budget: Budget) {
    this.#loaded = loaded
    this.#budget = budget
    this.#isKept = loaded.api.kit.lockout?.cleared?.isKept(loaded.settings) === true
  }

  /**
   * Arranges an account anew where that can be done. Otherwise waits for the end of what a journey has left it in, and
   * clears its count, if wrong codes are going to be counted. Gives back the account as it is: one that was locked
   * beforehand is so until when the server says.
   */
  async prepare(account: Account, triesCodes: boolean, on: CheckedServer): Promise<Account> {
    if (await this.#arranged(account, on.subject)) return account
    if (this.#loaded.api.kit.roles[account.role]?.isLocked === true) return this.#lockedAsTold(account, on)
    await this.#unlocked(account.username, on)
    if (triesCodes && this.#isKept && this.#counted.has(account.username))
      throw new NotReachedError(
        `the right code does not clear the count of ${account.username} there, and it has seen wrong ones`,
      )
    if (triesCodes && !this.#canClear && this.#counted.has(account.username))
      throw new NotReachedError(
        `${account.username} may have seen wrong codes, and nothing says how a right one is sent, or arranges it anew (states:)`,
      )
    if (triesCodes) this.#counted.add(account.username)
    if (triesCodes && this.#canClear && !this.#clean.has(account.username) && this.#hasCount(account))
      await this.#clear(account, on)
    return account
  }

  /** Whether an account is locked for longer than a moment, as far as earlier runs have noted. */
  isLocked(username: string, now: number): boolean {
    const lock = this.#budget.lockOf(username)
    return !canArrange(this.#loaded) && lock !== undefined && (lock.until ?? Infinity) + marginMs > now
  }

  /** What a server counts that does otherwise than expected is not known; nor whether it ever forgets it. */
  doubt(accounts: Iterable<Account>, exchanges: readonly Exchange[]): void {
    const { kit } = this.#loaded.api
    for (const { username } of accounts) this.#clean.delete(username)
    const against = exchanges.flatMap((exchange) => chargesOf(kit, exchange).map(({ clause }) => clause))
    if (against.some((clause) => clause === kit.lockout?.cleared?.clause)) this.#isKept = true
  }

  /** Whether requests may be sent to the accounts that they are for. */
  isSafe(exchanges: readonly Exchange[]): boolean {
    return this.#budget.forecast()(exchanges) === undefined
  }

  /** Leaves accounts as their roles say, where that can be done; otherwise remembers that they are locked. */
  async leave(standings: ReadonlyMap<Account, LockState>, by: string, on: CheckedServer): Promise<void> {
    for (const [account, { lock, failures }] of standings) {
      if (lock === undefined && failures === 0) continue
      this.#clean.delete(account.username)
      if (lock !== undefined) this.#budget.noteLock(account.username, lock.until, by)
      if (!(await this.#arranged(account, on.subject)) && lock === undefined && this.#canClear)
        await this.#clear(account, on)
    }
  }

  async #lockedAsTold(account: Account, { subject, now }: CheckedServer): Promise<Account> {
    const { until } = this.#loaded.api.kit.lockout ?? {}
    if (until === undefined) return account
    const { cookies, headers } = await subject.open(account)
    const line = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const cookie = line === '' ? [] : ['cookie', line]
    const { body } = await subject.send({
      method: 'GET',
      path: until.path,
      headers: [...headers, ...cookie],
      body: undefined,
    })
    const told = valueIn(body, until.member)
    const at = typeof told === 'string' ? fromIso(told) : undefined
    if (at === undefined || at <= now())
      throw new NotReachedError(
        `${account.username}, of role ${account.role}, is not locked now, by what the server says`,
      )
    return { ...account, facts: { ...account.facts, until: toIso(at) } }
  }

  async #unlocked(username: string, { subject, now }: CheckedServer): Promise<void> {
    const lock = this.#budget.lockOf(username)
    if (lock === undefined || (lock.until !== undefined && lock.until + marginMs <= now())) return
    if (lock.until === undefined)
      throw new NotReachedError(
        `${username} is locked since ${lock.by}, and nothing ends that; once somebody has, --forget ${username}`,
      )
    try {
      await subject.wait(lock.until + marginMs - now())
      this.#budget.noteUnlock(username)
    } catch (error) {
      if (!(error instanceof NotReachedError)) throw error
      throw new NotReachedError(`${username} is locked until ${toIso(lock.until)}, since ${lock.by}: ${error.message}`)
    }
  }

  /** Who needs no code, or is locked anyway, has none that a right code would clear. */
  #hasCount({ role }: Account): boolean {
    const { lockout, roles } = this.#loaded.api.kit
    return roles[role]?.state.name === roles[lockout?.role ?? '']?.state.name
  }

  /** Sends the right code, which clears the count of wrong ones. */
  async #clear(account: Account, { subject, guard, now }: CheckedServer): Promise<void> {
    const { api, target, settings } = this.#loaded
    const steps = api.kit.lockout?.clear ?? []
    // Two at once have one each.
    const idle = this.#oracle
    this.#oracle = undefined
    const oracle = await (idle?.begin([account], now()) ?? createOracle(api, target.settings, [account], now()))
    const { player, meaning } = oracle
    const { outcome, because, exchanges } = await playJourney(
      { id: 'clear', title: 'the right code clears the count', cast: { user: account.role }, steps },
      {
        oracle: player,
        meaning,
        subject,
        accounts: new Map([['user', account]]),
        kit: api.kit,
        settings,
        ...(guard === undefined ? {} : { guard }),
      },
    )
    this.#oracle = oracle
    if (outcome === 'not reached') throw new NotReachedError(because ?? '')
    if (outcome === 'failed' && exchanges.some((exchange) => goesAnotherWay(this.#loaded.api.kit, exchange)))
      throw new NotReachedError(`${account.username} was refused with its code: it has another by now, or is locked`)
    this.#clean.add(account.username)
  }

  /** What the params of its states may name. */
  #valuesOf({ username, password = username, pin = '', facts = {} }: Account): Values {
    const { api, settings } = this.#loaded
    const told = Object.entries(facts).map(([name, fact]) => [name, String(fact)] as const)
    const given = Object.entries(api.kit.values?.(settings) ?? {})
    return new Map([...given, ...told, ['username', username], ['password', password], ['pin', pin]])
  }

  /** Whether anything says how an account sends its right code. */
  get #canClear(): boolean {
    return (this.#loaded.api.kit.lockout?.clear ?? []).length > 0
  }

  async #arranged(account: Account, player: Player): Promise<boolean> {
    const role = this.#loaded.api.kit.roles[account.role]
    if (role === undefined || !canArrange(this.#loaded)) return false
    try {
      for (const { name, params } of [role.state, ...(role.also ?? [])]) {
        await player.arrange(name, fillJson(withoutCode(params, account), this.#valuesOf(account)))
      }
      this.#budget.noteUnlock(account.username)
      return true
    } catch (error) {
      if (error instanceof NotReachedError) return false
      throw error
    }
  }
}

/** Whether a target has a way to arrange provider states. */
export function canArrange({ target: { states } }: LoadedTarget): boolean {
  return states.url !== undefined || states.command !== undefined || states.module !== undefined
}

/** A code that changes is not set by anybody. */
function withoutCode(params: { readonly [name: string]: unknown }, { pin }: Account): Record<string, never> {
  const kept = Object.entries(params).filter(([, value]) => pin !== undefined || value !== '{pin}')
  return Object.fromEntries(kept) as Record<string, never>
}
