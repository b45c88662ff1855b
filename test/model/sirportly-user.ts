import { createHmac } from 'node:crypto'

/** What a code is checked by: itself, or a secret in hexadecimal for time-based ones. */
export type Secret = { readonly fixed: string } | { readonly hex: string }

/** What is known of a user from the start. */
interface Facts {
  readonly id: number
  readonly account: string
  readonly username: string
  readonly password?: string
  readonly secret?: Secret
  readonly required?: boolean
}

/** A user of the model: variables, and what happens to them. Instants in milliseconds. */
export class ModelUser {
  readonly id: number
  readonly account: string
  readonly username: string
  readonly password: string
  apiAccess = true
  /** Whether a code is asked for; `missing` is required and not set up. */
  factor: 'none' | 'missing' | 'asked'
  secret: Secret | undefined
  private count = 0
  private locked = false
  /** Undefined: until somebody unlocks. */
  private end: number | undefined

  constructor({ id, account, username, password = 's3cret', secret, required = false }: Facts) {
    this.id = id
    this.account = account
    this.username = username
    this.password = password
    this.secret = secret
    this.factor = secret !== undefined ? 'asked' : required ? 'missing' : 'none'
  }

  isLocked(now: number): boolean {
    return this.locked && (this.end === undefined || now < this.end)
  }

  /** Of a lock that ends, or has ended, by itself. */
  get lockEnd(): number | undefined {
    return this.locked ? this.end : undefined
  }

  /** SP-X9: a lock that ran out leaves nothing. */
  failures(now: number): number {
    return this.locked && !this.isLocked(now) ? 0 : this.count
  }

  /** SP-U6 */
  fail(now: number, lockAfter: number, lockForMs: number | undefined): void {
    this.expire(now)
    this.count += 1
    if (this.count >= lockAfter) this.lock(now, this.count, lockForMs)
  }

  lock(now: number, count: number, forMs: number | undefined): void {
    this.count = count
    this.locked = true
    this.end = forMs === undefined ? undefined : now + forMs
  }

  unlock(): void {
    this.count = 0
    this.locked = false
    this.end = undefined
  }

  expire(now: number): void {
    if (this.locked && !this.isLocked(now)) this.unlock()
  }

  /** The codes that are right now: the fixed one, or those of the period and its neighbours. */
  codes(now: number): readonly string[] {
    const { secret } = this
    if (secret === undefined) return []
    if ('fixed' in secret) return [secret.fixed]
    return [-1, 0, 1].map((offset) => oneTimeCode(secret.hex, Math.floor(now / 30_000) + offset))
  }

  // What an administrator does.

  activate(): void {
    this.apiAccess = true
    if (this.factor === 'missing') this.factor = this.secret === undefined ? 'none' : 'asked'
    this.unlock()
  }

  demandSetUp(): void {
    this.apiAccess = true
    this.factor = 'missing'
    this.unlock()
  }

  shutOut(): void {
    this.apiAccess = false
  }

  dropFactor(): void {
    this.factor = 'none'
    this.unlock()
  }

  give(secret: Secret): void {
    this.secret = secret
    this.factor = 'asked'
  }

  force(now: number, lockAfter: number, forMs: number | undefined): void {
    this.apiAccess = true
    this.factor = 'asked'
    this.lock(now, lockAfter, forMs)
  }

  setFailures(failures: number): void {
    this.count = failures
  }
}

/** RFC 4226 with six digits, of a counter. */
export function oneTimeCode(hex: string, counter: number): string {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(counter))
  const digest = createHmac('sha1', Buffer.from(hex, 'hex')).update(bytes).digest()
  const start = (digest[19] as number) & 15
  return String((digest.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
