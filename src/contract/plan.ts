import type { Journey } from '../core/journey.ts'
import type { Account, Lockout } from '../core/kit.ts'
import { toIso } from '../core/instant.ts'
import type { AttemptLedger } from './ledger.ts'
import { createOracle } from './oracle.ts'
import { playJourney, type Exchange, type Meaning } from './play-journey.ts'
import { NotReachedError } from './player.ts'
import type { LoadedTarget, TargetAccount } from './target.ts'

/** What a run is going to do: each journey with its requests, or why it is left out. */
export interface PlannedJourney {
  readonly journey: Journey
  readonly accounts: ReadonlyMap<string, Account>
  /** As rehearsed on the mock; empty where the journey is left out. */
  readonly exchanges: readonly Exchange[]
  /** How many wrong codes each account may see, by username. */
  readonly attempts: ReadonlyMap<string, number>
  /** Why the journey cannot be played. */
  readonly leftOut?: string
  /** Why it must not be. */
  readonly unsafe?: string
}

/** How often an account of a target may still be sent a wrong code. */
export class Budget {
  readonly #loaded: LoadedTarget
  readonly #ledger: AttemptLedger
  readonly #now: () => number

  constructor(loaded: LoadedTarget, ledger: AttemptLedger, now: () => number) {
    this.#loaded = loaded
    this.#ledger = ledger
    this.#now = now
  }

  /** One less than would lock it, less what it has seen lately; without end for one that may be locked. */
  left(username: string): number {
    const { api, settings } = this.#loaded
    const { lockout } = api.kit
    if (lockout === undefined || this.#account(username)?.mayBeLocked === true) return Infinity
    return Number(settings[lockout.after]) - 1 - this.#ledger.count(this.#key(username), this.#window, this.#now())
  }

  /** Why there is nothing left, in words. */
  spent(username: string): string {
    const free = toIso(this.#ledger.freeAt(this.#key(username), this.#window, this.#now()))
    return `${username} may not be locked, and may be sent ${Math.max(0, this.left(username))} more wrong codes until ${free}`
  }

  note(username: string, count: number): void {
    this.#ledger.note(this.#key(username), count, this.#now())
  }

  get #window(): number {
    const { api, settings } = this.#loaded
    const ms = Number(settings[api.kit.lockout?.for ?? ''])
    // A lock without an end: what an account has seen is never forgotten.
    return Number.isFinite(ms) ? ms : Infinity
  }

  #key(username: string): string {
    return `${this.#loaded.target.baseUrl} ${username}`
  }

  #account(username: string): TargetAccount | undefined {
    return Object.values(this.#loaded.target.accounts).find((account) => account.username === username)
  }
}

/** Rehearses journeys on the mock, and says which can be played on the target and what each does to its accounts. */
export async function planJourneys(
  loaded: LoadedTarget,
  journeys: readonly Journey[],
  budget: Budget,
): Promise<PlannedJourney[]> {
  const planned: PlannedJourney[] = []
  const promised = new Map<string, number>()
  for (const journey of journeys) {
    const plan = await rehearse(loaded, journey)
    const over = [...plan.attempts].find(
      ([username, count]) => (promised.get(username) ?? 0) + count > budget.left(username),
    )
    if (plan.leftOut === undefined && over !== undefined) {
      const [username, count] = over
      planned.push({ ...plan, unsafe: `${count} wrong codes for ${username}: ${budget.spent(username)}` })
      continue
    }
    for (const [username, count] of plan.attempts) promised.set(username, (promised.get(username) ?? 0) + count)
    planned.push(plan)
  }
  return planned
}

async function rehearse(loaded: LoadedTarget, journey: Journey): Promise<PlannedJourney> {
  const nothing = { journey, accounts: new Map(), exchanges: [], attempts: new Map() }
  let accounts: Map<string, Account>
  try {
    accounts = castOf(loaded, journey)
  } catch (error) {
    if (!(error instanceof NotReachedError)) throw error
    return { ...nothing, leftOut: error.message }
  }
  const { api, settings, target } = loaded
  const oracle = await createOracle(api, target.settings, [...accounts.values()], Date.now())
  const result = await playJourney(journey, {
    oracle: oracle.player,
    meaning: oracle.meaning,
    accounts,
    kit: api.kit,
    settings,
  })
  const attempts = new Map<string, number>()
  for (const { meaning } of result.exchanges) {
    if (!isAttempt(meaning, api.kit.lockout)) continue
    const username = meaning.user ?? ''
    attempts.set(username, (attempts.get(username) ?? 0) + 1)
  }
  return { journey, accounts, exchanges: result.exchanges, attempts }
}

/** Whether a server may count an answer like this against the user, whatever the contract assumes. */
export function isAttempt({ operation, clause, user }: Meaning, lockout: Lockout | undefined): boolean {
  if (lockout === undefined || user === undefined || operation === undefined) return false
  return lockout.operations.includes(operation) && !lockout.harmless.includes(clause)
}

/** Who of the target's accounts plays whom. */
function castOf({ target }: LoadedTarget, journey: Journey): Map<string, Account> {
  const cast = new Map<string, Account>()
  for (const [actor, role] of Object.entries(journey.cast)) {
    const account = target.accounts[role] ?? standIn(target.accounts, role)
    if (account === undefined) throw new NotReachedError(`the target has no account of role ${role}`)
    const { username, password, pin, totp, facts } = account
    cast.set(actor, {
      role,
      username,
      facts,
      ...(password === undefined ? {} : { password }),
      ...(pin === undefined ? {} : { pin }),
      ...(totp === undefined ? {} : { totp }),
    })
  }
  return cast
}

/** An ordinary account that may be locked will do as one to be locked, and the other way round. */
function standIn(accounts: LoadedTarget['target']['accounts'], role: string): TargetAccount | undefined {
  if (role === 'disposable') return accounts['enter']?.mayBeLocked === true ? accounts['enter'] : undefined
  return role === 'enter' ? accounts['disposable'] : undefined
}
