import type { Origin } from '../../core/clause.ts'
import type { Difference } from '../comparing/difference.ts'
import type { PactChange } from './change.ts'
import type { PactDocument } from './document.ts'
import type { PactState } from '../target/consumer-state.ts'
import { comparablesOf, type Comparable } from './interaction-change.ts'
import type { MockSaying } from './mock-judge.ts'
import { pairUp, type Pair } from './pairing.ts'

/** What became of an interaction from one pact to the next. */
export interface ComparedInteraction {
  readonly kind: 'added' | 'changed' | 'renamed' | 'removed'
  readonly description: string
  /** What it was called, where it is called otherwise now. */
  readonly formerly?: string
  readonly states: readonly PactState[]
  readonly request?: { readonly method: string; readonly path: string }
  readonly changes: readonly PactChange[]
  /** Left out where nothing new is asked. */
  readonly judgement?: Judgement
}

/** Whether what is newly asked is given. */
export interface Judgement {
  /**
   * `gives`: the contract gives it. `breaks`: it does not, or nobody can tell and it is other than before. `broken before`:
   * it does not, and did not give what the old one asked either. `pending`: it does not yet, as the consumer says.
   */
  readonly outcome: 'gives' | 'breaks' | 'broken before' | 'pending'
  /** The mock, or the comparison of what is written. */
  readonly by: 'mock' | 'comparison'
  /** Why the mock answers so, or why it was not asked. */
  readonly because: string
  /** What the mock's answer plays. */
  readonly clause?: string
  /** Where that comes from. */
  readonly origin?: Origin
  readonly differences: readonly Difference[]
}

/** What the later pact of two parties asks that the earlier one did not. */
export interface PactComparison {
  readonly consumer: string
  readonly provider: string
  /** Where they were read; nowhere, where there is none. */
  readonly old: readonly string[]
  readonly new: readonly string[]
  readonly interactions: readonly ComparedInteraction[]
  /** Interactions that are what they were. */
  readonly same: number
  readonly breaks: number
}

/** Says what the contract gives, or why nobody is asked. */
export type AskMock = ((interaction: Comparable) => Promise<MockSaying>) | string

/** Compares the pacts of a consumer with a provider. */
export async function comparePacts(
  old: readonly PactDocument[],
  now: readonly PactDocument[],
  ask: AskMock,
): Promise<PactComparison> {
  const pairs = pairUp(comparablesOf(old), comparablesOf(now))
  const interactions: ComparedInteraction[] = []
  for (const pair of pairs) {
    const compared = toCompared(pair)
    if (compared === undefined) continue
    const judgement = asksAnew(pair) ? await judge(pair, ask) : undefined
    interactions.push({ ...compared, ...(judgement === undefined ? {} : { judgement }) })
  }
  const [{ consumer, provider }] = [...now, ...old] as [PactDocument]
  return {
    consumer,
    provider,
    old: old.map(({ where }) => where),
    new: now.map(({ where }) => where),
    interactions,
    same: pairs.length - interactions.length,
    breaks: interactions.filter(({ judgement }) => judgement?.outcome === 'breaks').length,
  }
}

/** Undefined for one that is what it was. */
function toCompared({ old, now, changes }: Pair): Omit<ComparedInteraction, 'judgement'> | undefined {
  const one = now ?? old
  if (one === undefined) return undefined
  const { description, states, request } = one.entry
  const head = { description, states, ...(request === undefined ? {} : { request }), changes }
  if (old === undefined) return { kind: 'added', ...head }
  if (now === undefined) return { kind: 'removed', ...head }
  const formerly = old.entry.description
  if (formerly !== description) return { kind: 'renamed', formerly, ...head }
  return changes.length === 0 ? undefined : { kind: 'changed', ...head }
}

function asksAnew({ old, now, changes }: Pair): boolean {
  return now !== undefined && (old === undefined || changes.some(({ kind }) => kind === 'asked'))
}

async function judge({ old, now }: Pair, ask: AskMock): Promise<Judgement | undefined> {
  if (now === undefined) return undefined
  const isPending = now.entry.data['pending'] === true
  const outcome = isPending ? 'pending' : 'breaks'
  if (typeof ask === 'string') return { outcome, by: 'comparison', because: ask, differences: [] }
  const { isKept, ...said } = await ask(now)
  if (isKept === undefined) return { outcome, by: 'comparison', ...said }
  if (isKept) return { outcome: 'gives', by: 'mock', ...said }
  const before = old === undefined ? undefined : await ask(old)
  const wasBroken = (difference: Difference): boolean =>
    before?.differences.some(({ where }) => where === difference.where) === true
  return { outcome: said.differences.every(wasBroken) ? 'broken before' : outcome, by: 'mock', ...said }
}
