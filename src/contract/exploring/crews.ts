import { assignAccounts } from '../playing/assign-accounts.ts'
import { attemptsOf } from '../playing/budget.ts'
import { NotReachedError } from '../playing/player.ts'
import { canArrange, type Readiness } from '../playing/readiness.ts'
import type { LoadedTarget } from '../target/loaded-target.ts'
import { everyAccount } from '../target/target.ts'
import { takesCodesOnce } from '../../core/second-factor.ts'
import type { Sequence } from './explorer.ts'

/** Accounts that are taken for a sequence, until they leave. */
export interface Crew {
  /** The target, with the set of accounts that they are of. */
  readonly loaded: LoadedTarget
  readonly usernames: readonly string[]
  readonly leave: () => void
}

/**
 * Who plays which sequence beside others: nobody plays two at once. An account of any set will do, as long as all who play in a
 * sequence are of the same set.
 */
export class Crews {
  readonly #sets: readonly LoadedTarget[]
  readonly #readiness: Readiness
  readonly #busy = new Set<string>()
  readonly #usernames: ReadonlySet<string>

  constructor(loaded: LoadedTarget, readiness: Readiness) {
    const { target } = loaded
    this.#sets = [target.accounts, ...target.further].map((accounts) => ({
      ...loaded,
      target: { ...target, accounts },
    }))
    this.#readiness = readiness
    this.#usernames = new Set(everyAccount(target).map(([, { username }]) => username))
  }

  /** Takes the accounts that a sequence needs, of those that are not locked if there are any; undefined while they play. */
  engage(sequence: Sequence): Crew | undefined {
    const able = this.#sets.flatMap((loaded, at) => this.#neededBy(sequence, loaded, at === 0) ?? [])
    const unlocked = able.filter(({ taken }) => !taken.some((each) => this.#readiness.isLocked(each, Date.now())))
    const free = (unlocked.length > 0 ? unlocked : able).find(
      ({ taken }) => !taken.some((each) => this.#busy.has(each)),
    )
    if (free === undefined) return undefined
    const { loaded, taken } = free
    for (const each of taken) this.#busy.add(each)
    return {
      loaded,
      usernames: taken.filter((each) => this.#usernames.has(each)),
      leave: () => taken.forEach((each) => this.#busy.delete(each)),
    }
  }

  /** Undefined where a set has not everybody. */
  #neededBy({ journey, exchanges }: Sequence, loaded: LoadedTarget, isFirst: boolean): Needed | undefined {
    const { kit } = loaded.api
    const triesCodes = attemptsOf(exchanges, kit.lockout).size > 0
    const usernames = usernamesIn(loaded, journey, triesCodes)
    if (!isFirst && (usernames === undefined || usernames.size < Object.keys(journey.cast).length)) return undefined
    const needed = new Set(usernames)
    // In the place of who is locked already somebody else plays, where that is safe.
    if (triesCodes && [...needed].some((username) => this.#readiness.isLocked(username, Date.now())))
      for (const username of usernamesIn(loaded, journey, false) ?? []) needed.add(username)
    // Who asks without saying who he is may be somebody to the server.
    for (const { meaning } of exchanges)
      if (meaning.user !== undefined && !this.#usernames.has(meaning.user)) needed.add(`stranger ${meaning.user}`)
    // What is arranged for a role beside its user is there once.
    if (canArrange(loaded))
      for (const role of Object.values(journey.cast))
        if (kit.roles[role]?.also !== undefined) needed.add(`role ${role}`)
    return { loaded, taken: [...needed] }
  }
}

/** What a sequence takes of a set. */
interface Needed extends Pick<Crew, 'loaded'> {
  readonly taken: readonly string[]
}

/** Whether a sequence changes what is the whole server's: its states, or its clock. */
export function isWholeServers(loaded: LoadedTarget, { journey }: Sequence): boolean {
  const { target, settings } = loaded
  if (journey.steps.some((step) => step.do === 'arrange')) return true
  if (target.clock.url === undefined) return false
  // It is moved as well until somebody is unlocked, and until there is another code.
  const mayMove = !canArrange(loaded) || takesCodesOnce(settings)
  return mayMove || journey.steps.some((step) => step.do === 'wait')
}

function usernamesIn(
  loaded: LoadedTarget,
  journey: Sequence['journey'],
  triesCodes: boolean,
): ReadonlySet<string> | undefined {
  try {
    return new Set([...assignAccounts(loaded, journey, triesCodes).values()].map(({ username }) => username))
  } catch (error) {
    if (error instanceof NotReachedError) return undefined
    throw error
  }
}
