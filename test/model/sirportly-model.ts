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

/** What an administrator sets (SP-U2, SP-U6, SP-U10), and what the page leaves open. */
interface ModelSettings {
  lockAfter: number
  lockForMs: number | undefined
  statuses: 'byKind' | 'byOutcome' | 'always200'
  accountFirst: boolean
  missing: 'invalid' | 'counted' | 'required'
  lockIsTold: boolean
  emptyIfNobody: boolean
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
  statuses: ModelSettings['statuses'] = 'byKind'
  accountFirst = false
  missing: ModelSettings['missing'] = 'invalid'
  lockIsTold = false
  emptyIfNobody = false
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
    if (status === 422 || this.statuses === 'byKind') return { status, told }
    if (this.statuses === 'always200') return { status: 200, told } // SP-U2
    const isIn = told.startsWith('one ') || told.startsWith('all ')
    return { status: status === 200 && !isIn ? 403 : status, told } // SP-U1
  }

  /** The order of the checks is SP-U9. */
  private decide({ application, username, password, code, account, address }: ModelRequest): ModelAnswer {
    if (!application) return { status: 403, told: 'InvalidApplication' } // SP-U3
    const missing = [username ? '' : 'username', password ? '' : 'password'].filter(Boolean)
    if (missing.length > 0) return { status: 422, told: missing.join(' ') } // SP-U4, SP-X5
    const echo = { status: 'InvalidCredentials', username, password, account: account || null }
    const wrong = { status: 200, told: JSON.stringify(echo) } // SP-09, SP-U8, SP-X15
    const own = this.users.filter((user) => user.username === username && user.password === password)
    if (!account) {
      const open = own.filter((user) => !this.disabled.includes(user.account))
      return open.length === 0 ? wrong : this.all(open, code, address)
    }
    if (!this.accountFirst && own.length === 0) return wrong // SP-16
    if (!['one', 'two', 'three'].includes(account) || this.disabled.includes(account)) {
      // SP-14, SP-U10
      return { status: 404, told: `{"error":"AccountNotFound","message":"No account found matching '${account}'"}` }
    }
    const here = own.find((user) => user.account === account)
    if (!this.accountFirst && !here) return wrong
    if (!this.permits(account, address)) return this.refuseAddress(address) // SP-13
    return here ? this.one(here, code) : wrong
  }

  private one(user: ModelUser, code: string | undefined): ModelAnswer {
    const refusal = this.refuse(user, code)
    if (refusal === undefined) {
      if (user.factor === 'asked') user.unlock() // SP-X9
      return { status: 200, told: `one ${user.account}` }
    }
    return this.tell(user, refusal, code)
  }

  /** Counts what is to be counted, and says what is told. */
  private tell(user: ModelUser, refusal: string, code: string | undefined): ModelAnswer {
    let word = refusal
    if (refusal === 'InvalidTwoFactorCode') {
      const wasLocked = user.isLocked(this.now)
      if (code || this.missing === 'counted') user.fail(this.now, this.lockAfter, this.lockForMs)
      if (code && this.lockIsTold && !wasLocked && user.isLocked(this.now)) word = 'TwoFactorLocked' // SP-X7
      if (!code && this.missing === 'required') word = 'TwoFactorRequired' // SP-U5
    }
    return { status: 200, told: `{"status":"${word}"}` }
  }

  private all(matching: readonly ModelUser[], code: string | undefined, address: string): ModelAnswer {
    const byId = [...matching].sort((left, right) => left.id - right.id)
    const reachable = byId.filter((user) => this.permits(user.account, address))
    const refusals = new Map(reachable.map((user) => [user, this.refuse(user, code)]))
    const admitted = reachable.filter((user) => refusals.get(user) === undefined)
    const proven = admitted.filter((user) => user.factor === 'asked')
    const told = new Map<ModelUser, ModelAnswer>()
    for (const user of reachable) {
      const refusal = refusals.get(user)
      // SP-X3
      if (refusal !== undefined && proven.length === 0) told.set(user, this.tell(user, refusal, code))
    }
    for (const user of proven) user.unlock() // SP-X9
    // SP-05, SP-U7
    if (admitted.length > 0) return { status: 200, told: `all ${admitted.map((user) => user.account).join(' ')}` }
    const first = byId.find((user) => refusals.get(user) !== 'APIAccessDisabled')
    if (first === undefined || this.emptyIfNobody) return { status: 200, told: 'all ' } // SP-X1, SP-U7
    return told.get(first) ?? this.refuseAddress(address) // SP-X2
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
