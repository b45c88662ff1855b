import fc from 'fast-check'

/** One change of a snapshot, as somebody might make it by hand or by mistake. */
export interface Mutation {
  /** Which place, counted through the whole tree and around. */
  readonly at: number
  readonly how: 'nudge' | 'replace' | 'remove' | 'rename' | 'add' | 'twin'
  /** Values of the kind that was there before, which may well fit. */
  readonly count: number
  readonly word: string
  /** A value that hardly fits. */
  readonly odd: unknown
  readonly name: string
}

const counts = fc.oneof(fc.integer({ min: -3, max: 1e13 }), fc.constantFrom(0, 1, 2, 3, 9e15, -6.3e13, 2.54e14))
const words = fc.constantFrom(
  'alice',
  'tara',
  'nobody',
  '',
  '910817',
  'enter',
  'bypass',
  'onboarding',
  'extend',
  'session',
  'legacy',
  '127.0.0.1',
  '*',
  'secure-login.auth',
  '/confluence',
  'JBSWY3DPEHPK3PXP',
  'malformed',
  '2026-01-15',
)
const oddities = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', 'blocked', '30m', 0, -1, 2 ** 53, 1e300, 0.5, [], {}),
  fc.jsonValue({ maxDepth: 2 }),
)
const names = fc.constantFrom(
  'secure-login/user:alice',
  'secure-login/session:X',
  'secure-login/settings',
  'faults',
  'clock',
  'totp',
  'pin',
  '__proto__',
  'x',
)

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record<Mutation>({
    at: fc.nat(),
    how: fc.constantFrom('nudge', 'nudge', 'nudge', 'nudge', 'replace', 'remove', 'rename', 'add', 'twin'),
    count: counts,
    word: words,
    odd: oddities,
    name: names,
  }),
  { minLength: 1, maxLength: 3 },
)

type Holder = { [name: string]: unknown }

/** Every place in a tree, as the holder and the name in it. */
function places(tree: unknown): [holder: Holder, name: string][] {
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([name, inner]): [Holder, string][] => [[tree as Holder, name], ...places(inner)])
}

function nudged(value: unknown, { count, word }: Mutation): unknown {
  if (typeof value === 'number' || value === null) return count
  if (typeof value === 'string') return word
  if (typeof value === 'boolean') return !value
  return Array.isArray(value) ? [] : value
}

/** The tree in JSON, changed. */
export function mutated(json: string, changes: readonly Mutation[]): unknown {
  const tree: unknown = JSON.parse(json)
  for (const change of changes) {
    const all = places(tree)
    const [holder, key] = all[change.at % all.length] ?? [{}, '']
    const inner = holder[key]
    const put = (name: string, value: unknown): void => {
      Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true })
    }
    if (change.how === 'remove' || change.how === 'rename') delete holder[key]
    if (change.how === 'rename' || change.how === 'twin') put(change.name, inner)
    if (change.how === 'add') put(change.name, change.odd)
    if (change.how === 'replace') put(key, change.odd)
    if (change.how === 'nudge') put(key, nudged(inner, change))
  }
  // What JSON cannot hold does not arrive.
  return JSON.parse(JSON.stringify(tree))
}
