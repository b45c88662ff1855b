import { toIso } from '../core/instant.ts'
import type { Account } from '../core/kit.ts'
import { NotReachedError, type Player } from './player.ts'
import type { LoadedTarget } from './target.ts'
import { fillJson, type Values } from './template.ts'

/** A little more than the second that a server may cut an instant to. */
const marginMs = 1500

/** Keeps the accounts of a target as their roles say, from journey to journey. */
export class Readiness {
  readonly #loaded: LoadedTarget
  readonly #locks = new Map<string, { readonly until: number | undefined; readonly by: string }>()

  constructor(loaded: LoadedTarget) {
    this.#loaded = loaded
  }

  /** Arranges an account anew where that can be done; otherwise waits for the end of what a journey has left it in. */
  async prepare(account: Account, player: Player, now: number): Promise<void> {
    if (await this.#arranged(account, player)) return
    const lock = this.#locks.get(account.username)
    if (lock === undefined || (lock.until !== undefined && lock.until + marginMs <= now)) return
    const { username } = account
    if (lock.until === undefined)
      throw new NotReachedError(`${username} is locked since ${lock.by}, and nothing ends that`)
    try {
      await player.wait(lock.until + marginMs - now)
      this.#locks.delete(username)
    } catch (error) {
      if (!(error instanceof NotReachedError)) throw error
      throw new NotReachedError(`${username} is locked until ${toIso(lock.until)}, since ${lock.by}: ${error.message}`)
    }
  }

  /** Notes that a journey has left an account locked. */
  note(username: string, until: number | undefined, by: string): void {
    this.#locks.set(username, { until, by })
  }

  async #arranged(account: Account, player: Player): Promise<boolean> {
    const role = this.#loaded.api.kit.roles[account.role]
    if (role === undefined || !canArrange(this.#loaded)) return false
    try {
      for (const { name, params } of [role.state, ...(role.also ?? [])]) {
        await player.arrange(name, fillJson(withoutCode(params, account), valuesOf(account)))
      }
      this.#locks.delete(account.username)
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

function valuesOf({ username, password = username, pin = '', facts = {} }: Account): Values {
  const told = Object.entries(facts).map(([name, fact]) => [name, String(fact)] as const)
  return new Map([...told, ['username', username], ['password', password], ['pin', pin]])
}
