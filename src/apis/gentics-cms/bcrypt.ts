import type { Context } from '../../core/step.ts'
import { limits } from './wire.ts'
import type { Settings } from './settings.ts'

// bcrypt has its own Base64. The last of 22 characters holds two bits of the 128; others would not come back in the hash.
const saltAlphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const lastOfSalt = '.Oeu'

/** The bcrypt hash of a password, with a salt of its own (GC-21, GC-O16). */
export function hashPassword(password: string, { random, answer }: Context<Settings>): string {
  const cost = String(limits.hashCost)
  const salt = `$2a$${cost}$${random.text(21, saltAlphabet)}${random.text(1, lastOfSalt)}`
  return String(answer({ kind: 'bcrypt-hash', password, salt }))
}

/** Whether a password has a hash, and why not. `isDear`: that was not found out, as it would take too long (GC-X13). */
export function matchHash(
  password: string,
  hash: string,
  { answer }: Context<Settings>,
): { readonly matches: boolean; readonly because: string; readonly isDear: boolean } {
  const cost = /^\$2[abxy]?\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(hash)?.[1]
  if (cost === undefined) return { matches: false, because: 'the hash is none of bcrypt', isDear: false }
  if (Number(cost) > limits.dearestCost) {
    return { matches: false, because: `the hash has cost ${cost}, which would take too long`, isDear: true }
  }
  const matches = answer({ kind: 'bcrypt-match', password, hash }) === true
  const because = matches ? 'the password was hashed so' : 'the password is not the one that was hashed'
  return { matches, because, isDear: false }
}
