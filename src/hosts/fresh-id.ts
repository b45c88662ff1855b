/**
 * A text that nobody else has. A page that came without TLS from another machine has no `randomUUID`, and React Native
 * no `crypto`: it has to differ there, not to be hard to guess.
 */
export function freshId(): string {
  const { crypto } = globalThis as { crypto?: Partial<Crypto> }
  if (crypto?.randomUUID !== undefined) return crypto.randomUUID()
  return [Date.now(), Math.random(), Math.random()].map((number) => number.toString(36).replace('0.', '')).join('-')
}
