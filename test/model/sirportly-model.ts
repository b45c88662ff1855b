import type { ModelUser } from './sirportly-user.ts'

/** What somebody asks, from where. */
export interface ModelRequest {
  readonly application: boolean
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly code?: string | undefined
  readonly account?: string | undefined
  readonly address: string
}

/** An answer: its status, and its body, or the accounts of the users in it. */
export interface ModelAnswer {
  readonly status: number
  readonly told: string
}

/** What an administrator sets (SP-U2, SP-U6, SP-U10). */
interface ModelSettings {
  lockAfter: number
  lockForMs: number | undefined
  always200: boolean
  disabled: readonly string[]
}

/**
 * Sirportly's rules told a second time: straight from the contract's clauses and their defaults, in variables and ifs,
 * and from nothing in `src`. Whole seconds only.
 */
export class SirportlyModel implements ModelSettings {
  now: number
  lockAfter = 5
  lockForMs: number | undefined
  always200 = false
  disabled: readonly string[] = []
  readonly users: readonly ModelUser[]
  /** How permitted addresses begin; accounts without an entry may be used from anywhere. */
  private readonly networks: { readonly [account: string]: string }

  constructor(now: number, users: readonly ModelUser[], networks: { readonly [account: string]: string }) {
    this.now = now
    this.users = users
    this.networks = networks
  }

  pass(ms: number): void {
    this.now += ms
  }

  administer(settings: Partial<ModelSettings>): void {
    Object.assign(this, settings)
  }

  ask(request: ModelRequest): ModelAnswer {
    const { status, told } = this.decide(request)
    // SP-U2; what is invalid stays 422.
    return { status: this.always200 && status !== 422 ? 200 : status, told }
  }

  /** The order of the checks is SP-U9. */
  private decide({ application, username, password, code, account, address }: ModelRequest): ModelAnswer {
    if (!application) return { status: 403, told: 'InvalidApplication' } // SP-U3
    const missing = [username ? '' : 'username', password ? '' : 'password'].filter(Boolean)
    if (missing.length > 0) return { status: 422, told: missing.join(' ') } // SP-U4, SP-X5
    if (account) {
      if (!['one', 'two', 'three'].includes(account) || this.disabled.includes(account)) {
        // SP-14, SP-U10
        return { status: 404, told: `{"error":"AccountNotFound","message":"No account found matching '${account}'"}` }
      }
      if (!this.permits(account, address)) return this.refuseAddress(address) // SP-13
    }
    const named = this.users.filter((user) => user.username === username && !this.disabled.includes(user.account))
    const matching = named.filter((user) => user.password === password && (!account || user.account === account))
    if (matching.length === 0) {
      // SP-09, SP-U8
      const echo = { status: 'InvalidCredentials', username, password, account: account || null }
      return { status: 200, told: JSON.stringify(echo) }
    }
    return account ? this.one(matching[0] as ModelUser, code) : this.all(matching, code, address)
  }

  private one(user: ModelUser, code: string | undefined): ModelAnswer {
    const refusal = this.refuse(user, code)
    if (refusal === 'InvalidTwoFactorCode' && code) user.fail(this.now, this.lockAfter, this.lockForMs)
    if (refusal !== undefined) return { status: 200, told: `{"status":"${refusal}"}` }
    if (user.factor === 'asked') user.unlock() // SP-X9
    return { status: 200, told: `one ${user.account}` }
  }

  private all(matching: readonly ModelUser[], code: string | undefined, address: string): ModelAnswer {
    const byId = [...matching].sort((left, right) => left.id - right.id)
    const reachable = byId.filter((user) => this.permits(user.account, address))
    const refusals = new Map(reachable.map((user) => [user, this.refuse(user, code)]))
    const admitted = reachable.filter((user) => refusals.get(user) === undefined)
    const proven = admitted.filter((user) => user.factor === 'asked')
    for (const user of reachable) {
      // SP-X3
      const counts = refusals.get(user) === 'InvalidTwoFactorCode' && code && proven.length === 0
      if (counts) user.fail(this.now, this.lockAfter, this.lockForMs)
    }
    for (const user of proven) user.unlock() // SP-X9
    // SP-05, SP-U7
    if (admitted.length > 0) return { status: 200, told: `all ${admitted.map((user) => user.account).join(' ')}` }
    for (const user of byId) {
      if (!reachable.includes(user)) return this.refuseAddress(address) // SP-X2
      const refusal = refusals.get(user)
      if (refusal !== 'APIAccessDisabled') return { status: 200, told: `{"status":"${refusal}"}` }
    }
    return { status: 200, told: 'all ' } // SP-X1
  }

  /** Why a user whose password is right is not let in; what is counted is left to the caller. */
  private refuse(user: ModelUser, code: string | undefined): string | undefined {
    if (!user.apiAccess) return 'APIAccessDisabled' // SP-08
    if (user.factor === 'missing') return 'TwoFactorRequired' // SP-10
    if (user.factor === 'none') return undefined // SP-X10
    if (user.isLocked(this.now)) return 'TwoFactorLocked' // SP-12, SP-X8
    return code && user.codes(this.now).includes(code) ? undefined : 'InvalidTwoFactorCode' // SP-11, SP-U5
  }

  private permits(account: string, address: string): boolean {
    const network = this.networks[account]
    return network === undefined || address.startsWith(network)
  }

  private refuseAddress(ip: string): ModelAnswer {
    return { status: 403, told: JSON.stringify({ error: 'NotPermittedFromIPAddress', ip }) }
  }
}
