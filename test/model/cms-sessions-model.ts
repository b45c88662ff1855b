/** A user of the CMS, as far as sessions depend on one. */
interface Person {
  password: string
  inGroups: boolean
  seesMaintenance: boolean
}

/** A session. It has the secret of a browser's cookie, told by a number. */
interface Session {
  user: string
  secret: number
  /** In whole seconds. */
  lastSeen: number
  over: boolean
}

/** What a login is answered with. */
export interface LoginAnswer {
  readonly status: number
  readonly code: string
  readonly sid?: number
  /** Whether the answer sets the cookie. */
  readonly cookie: boolean
}

/**
 * The CMS's rules for sessions in both dialects, told a second time: straight from the contract's clauses, the facts of
 * the open-source server and the defaults for what they leave open, in variables and ifs, and from nothing in `src`. Secrets are numbers here: 1 is the first that was given out.
 */
export class CmsSessionsModel {
  /** Milliseconds. */
  now: number
  frozen = false
  observed = false
  maintenance = false
  sessionForSeconds = 3600

  readonly people: { readonly [login: string]: Person } = {
    node: { password: 'node', inGroups: true, seesMaintenance: false },
    ada: { password: 'ada', inGroups: true, seesMaintenance: true },
  }
  /** By sid; GC-14 says that they are positive integers. */
  readonly sessions = new Map<number, Session>()
  /** GC-20: a logout of all sessions ends the secret. */
  readonly endedSecrets = new Set<number>()
  secretsGiven = 0
  sidsGiven = 0

  constructor(now: number) {
    this.now = now
  }

  get second(): number {
    return Math.floor(this.now / 1000)
  }

  isAlive(sid: number): boolean {
    const session = this.sessions.get(sid)
    if (session === undefined || session.over || this.endedSecrets.has(session.secret)) return false
    // GC-23: idle longer than the age; GC-X4: exactly as long is not longer.
    return this.second - session.lastSeen <= this.sessionForSeconds
  }

  /** Whether sid and secret together tell a live session (GC-16). */
  opens(sid: number, secret: number | undefined): boolean {
    return this.isAlive(sid) && this.sessions.get(sid)?.secret === secret
  }

  /** GC-01, GC-19. */
  validate(sid: number, secret: number | undefined): { code: string; user?: string } {
    if (!this.opens(sid, secret)) return { code: 'INVALIDDATA' }
    return { code: 'OK', user: this.sessions.get(sid)?.user ?? '' }
  }

  /** GC-03, GC-17, GC-18; the order is GC-X14. Observed: GC-O6, GC-O8, GC-O9. */
  login(login: string, password: string, sid: string, cookie: number | undefined): LoginAnswer {
    const status = this.observed ? 200 : 201 // GC-09, GC-O1
    const person = this.people[login]
    if (person === undefined || password === '' || person.password !== password || !person.inGroups) {
      return { status, code: 'NOTFOUND', cookie: false }
    }
    if (this.maintenance && !person.seesMaintenance) return { status, code: 'MAINTENANCEMODE', cookie: false }
    if (this.observed) {
      const opened = { user: login, secret: ++this.secretsGiven, lastSeen: this.second, over: false }
      this.sessions.set(++this.sidsGiven, opened)
      return { status, code: 'OK', sid: this.sidsGiven, cookie: true }
    }
    // GC-X7
    if (!/^-?\d{0,9}$/.test(sid)) return { status, code: 'FAILURE', cookie: false }
    // GC-X5
    const isKnown = cookie !== undefined && cookie > 0 && !this.endedSecrets.has(cookie)
    const secret = isKnown ? cookie : ++this.secretsGiven
    let session = Number(sid)
    if (!isKnown || !this.opens(session, secret)) session = ++this.sidsGiven
    // GC-X8: a session that goes on is now of whom logged in.
    this.sessions.set(session, { user: login, secret, lastSeen: this.second, over: false })
    return { status, code: 'OK', sid: session, cookie: !isKnown } // GC-X6
  }

  /** GC-05, GC-20. */
  logout(sid: number, secret: number | undefined, all: boolean): { status: number; code: string; cookie: boolean } {
    const status = this.observed ? 200 : 201
    const session = this.sessions.get(sid)
    if (session === undefined) return { status, code: 'FAILURE', cookie: false }
    if (!this.opens(sid, secret)) return { status, code: 'INVALIDDATA', cookie: false }
    if (all) this.endedSecrets.add(session.secret)
    else session.over = true
    return { status, code: 'OK', cookie: all }
  }

  /** GC-S1, GC-S2. GC-X3: it keeps the session from ageing. */
  me(sid: number, secret: number | undefined): { status: number; user?: string } {
    const session = this.sessions.get(sid)
    if (session === undefined || !this.opens(sid, secret)) return { status: 401 }
    session.lastSeen = this.second
    return { status: 200, user: session.user }
  }

  /** GC-24, GC-18, GC-O14: by a session, as nobody else names anybody here. */
  sso(sid: number, secret: number | undefined): { text: string; cookie: boolean } {
    const session = this.sessions.get(sid)
    if (session === undefined || !this.opens(sid, secret)) return { text: 'NOTFOUND', cookie: false }
    if (this.maintenance && this.people[session.user]?.seesMaintenance !== true) {
      // The page has no word for it (GC-02).
      return { text: this.observed ? 'MAINTENANCEMODE' : 'FAILURE', cookie: false }
    }
    return { text: String(sid), cookie: this.observed }
  }

  /** What an administrator sets. */
  administer(
    settings: Partial<Pick<CmsSessionsModel, 'frozen' | 'observed' | 'maintenance' | 'sessionForSeconds'>>,
  ): void {
    Object.assign(this, settings)
  }

  /** An administrator ends every session of a user. */
  expire(login: string): void {
    for (const session of this.sessions.values()) {
      if (session.user === login) session.over = true
    }
  }

  /** Somebody moves the clock. */
  move(ms: number): void {
    this.now += ms
  }

  /** Real time goes by. */
  pass(ms: number): void {
    if (!this.frozen) this.now += ms
  }
}
