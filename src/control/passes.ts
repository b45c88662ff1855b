/** What lets others in who have no token: each pass once. */
export interface Passes {
  /** Makes a pass; it is worth nothing after an hour. */
  make(): string
  /** Forgets a pass, and gives a token for it; undefined for what is none, or none any more. */
  exchange(pass: string): string | undefined
}
