import { limits } from './wire.ts'

/** What a request says about a session: its number, and, in a token, its secret (GC-14). */
export interface Token {
  readonly sid: number
  readonly secret?: string
}

/** An integer as the server reads one: decimal, with or without a sign, in 32 bits. */
export function readInteger(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined
  const value = Number(text)
  return value > limits.greatestSid || value < -limits.greatestSid - 1 ? undefined : value
}

/** A sid or a token; undefined for what is neither. */
export function readToken(text: string): Token | undefined {
  const bare = readInteger(text)
  if (bare !== undefined) return { sid: bare }
  const sid = readInteger(text.slice(0, -limits.secretLength))
  return sid === undefined ? undefined : { sid, secret: text.slice(-limits.secretLength) }
}

/** Whether a word has the form of a secret. */
export function isSecret(text: string): boolean {
  return /^[0-9A-Za-z]{15}$/.test(text)
}

/**
 * Whether a word of letters and digits may be a token, or the secret of one, wherever it stands. Words of people hardly
 * have 15 letters with digits or capitals among them.
 */
export function mayBeToken(word: string): boolean {
  if (word.length < limits.secretLength) return false
  return /\d/.test(word) || (/[a-z]/.test(word) && /[A-Z]/.test(word))
}
