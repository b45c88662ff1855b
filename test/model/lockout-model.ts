/** What an administrator sets (SL-U13, SL-U2, SL-U7). */
export interface LockoutSettings {
  active: boolean
  legacy: boolean
  blockAfter: number
  blockForMs: number
  perSession: boolean
  extend: boolean
}

/**
 * Secure Login's rules for one user, told a second time: straight from the contract's clauses (docs of the API and the
 * defaults for what they leave open), in variables and ifs, and from nothing in `src`. Whole seconds only.
 */
export class LockoutModel implements LockoutSettings {
  readonly pin = '910817'
  now: number
  frozen = false

  active = true
  legacy = false
  blockAfter = 3
  blockForMs = 1_800_000
  perSession = false
  extend = false

  // The user.
  state: 'enter' | 'bypass' | 'onboarding' = 'enter'
  failures = 0
  blockedUntil: number | undefined

  readonly sessions: { alive: boolean; gone: boolean; authenticated: boolean; failures: number }[] = []

  constructor(now: number) {
    this.now = now
  }

  get isBlocked(): boolean {
    // SL-U15: at `until` itself the user is no longer blocked.
    return this.blockedUntil !== undefined && this.now < this.blockedUntil
  }

  /** The user's own count, as an administrator sees it. */
  get count(): number {
    // SL-U6: after a block ran out it is 0.
    return this.blockedUntil !== undefined && !this.isBlocked ? 0 : this.failures
  }

  /** The sessions that are there, alive or expired, as an administrator sees them. */
  listSessions(): string[] {
    return this.sessions
      .filter((session) => !session.gone)
      .map(({ alive, authenticated, failures }) => {
        const own = this.state === 'onboarding' ? 'onboarding' : this.isBlocked ? 'blocked' : this.state
        const state = own === 'enter' && authenticated ? 'authenticated' : own
        return `${alive ? state : 'expired'}, ${failures} failures`
      })
  }

  /** What `/user` answers a session. */
  user(index: number): { status: number; body: string } {
    const session = this.sessions[index]
    if (session === undefined || !session.alive) return { status: 401, body: '' } // SL-02, SL-U1
    if (!this.active) return { status: this.legacy ? 406 : 410, body: '{}' } // SL-08, SL-U11
    if (this.state === 'onboarding') return { status: 200, body: '{"state":"onboarding"}' } // SL-06
    if (this.isBlocked) {
      // SL-07
      const until = new Date(this.blockedUntil ?? 0).toISOString().replace('.000Z', 'Z')
      return { status: 200, body: `{"state":"blocked","blocked":{"reason":"brute_force","until":"${until}"}}` }
    }
    if (this.state === 'bypass') return { status: 200, body: '{"state":"bypass"}' }
    if (session.authenticated) return { status: 200, body: '{"state":"bypass"}' } // SL-U3
    return { status: 200, body: '{"state":"enter"}' }
  }

  /** What `/auth` answers a session; the order of the checks is SL-U12. */
  auth(index: number, body: string, contentType: string): number {
    const session = this.sessions[index]
    if (session === undefined || !session.alive) return 401
    if (!this.active) return this.legacy ? 406 : 410 // SL-13
    if (this.state === 'onboarding') return this.legacy ? 410 : 406 // SL-12
    if (this.isBlocked) {
      // SL-U2
      if (this.extend) this.blockedUntil = this.now + this.blockForMs
      return 401
    }
    if (contentType.split(';')[0]?.trim().toLowerCase() !== 'text/plain') return 415 // SL-U8
    if (this.state === 'bypass' || session.authenticated) return 200 // SL-U4
    this.forgetBlock()
    if (body === this.pin) {
      // SL-10, SL-U5
      session.authenticated = true
      session.failures = 0
      this.failures = 0
      return 200
    }
    // SL-11, SL-14, SL-U7; what is not digits only counts as well (SL-U9).
    if (this.perSession) {
      session.failures += 1
      if (session.failures >= this.blockAfter) {
        session.failures = 0
        this.blockedUntil = this.now + this.blockForMs
      }
    } else {
      this.failures += 1
      if (this.failures >= this.blockAfter) this.blockedUntil = this.now + this.blockForMs
    }
    return 401
  }

  signIn(): void {
    this.sessions.push({ alive: true, gone: false, authenticated: false, failures: 0 })
  }

  signOut(index: number): void {
    const session = this.sessions[index]
    if (session?.alive !== true) return
    session.alive = false
    session.gone = true
  }

  /** Real time goes by. */
  pass(ms: number): void {
    if (!this.frozen) this.now += ms
  }

  setClock(at: number): void {
    this.now = at
  }

  setFrozen(frozen: boolean): void {
    this.frozen = frozen
  }

  // What an administrator does, to the plug-in and to the user.

  administer(settings: Partial<LockoutSettings>): void {
    Object.assign(this, settings)
  }

  enter(): void {
    this.state = 'enter'
    this.failures = 0
    this.blockedUntil = undefined
    for (const session of this.sessions) session.authenticated = false
  }

  exempt(state: 'bypass' | 'onboarding'): void {
    this.state = state
    this.failures = 0
    this.blockedUntil = undefined
  }

  block(ms: number): void {
    this.state = 'enter'
    this.failures = this.blockAfter
    this.blockedUntil = this.now + ms
  }

  unblock(): void {
    this.failures = 0
    this.blockedUntil = undefined
  }

  expire(): void {
    this.forgetBlock()
    for (const session of this.sessions) session.alive = false
  }

  /** Whether the administrator may set the count to this, having done so. */
  setFailures(failures: number): boolean {
    if (this.isBlocked || failures >= this.blockAfter) return false
    this.forgetBlock()
    this.failures = failures
    return true
  }

  private forgetBlock(): void {
    if (this.blockedUntil === undefined || this.isBlocked) return
    this.blockedUntil = undefined
    this.failures = 0
  }
}
