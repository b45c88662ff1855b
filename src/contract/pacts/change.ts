import { sameJson } from '../../core/json.ts'
import { implies } from './implication.ts'
import type { Fact, PactFacts } from './normal-interaction.ts'

/** One thing in which an interaction is not what it was. */
export interface PactChange {
  /**
   * `asked`: who kept the old one may not keep this. `eased`: who kept the old one keeps this. `noted`: what is sent and
   * what has to come back is the same.
   */
  readonly kind: 'asked' | 'eased' | 'noted'
  /** `request header cookie`, `response body.blocked.until`, `states`. */
  readonly where: string
  /** Left out where there was nothing. */
  readonly old?: Fact
  readonly new?: Fact
}

/** Whose message it is. */
export type MessageKind = 'request' | 'response'

/** In what facts differ from earlier ones; `prefix` stands before where they are. */
export function compareFacts(side: MessageKind, prefix: string, old: PactFacts, now: PactFacts): PactChange[] {
  const places = new Set([...old.keys(), ...now.keys()])
  return [...places].flatMap((where) => compareFact(side, prefix + where, old.get(where), now.get(where)))
}

/** In what one fact differs from what it was; undefined where there is none. */
export function compareFact(side: MessageKind, where: string, old: Fact | undefined, now: Fact | undefined): PactChange[] {
  if (old === undefined && now === undefined) return []
  const told = { where, ...(old === undefined ? {} : { old }), ...(now === undefined ? {} : { new: now }) }
  if (old === undefined || now === undefined) return [{ kind: kindOfOne(side, where, now !== undefined), ...told }]
  if (!sameJson(old.generator, now.generator)) return [{ kind: 'asked', ...told }]
  // What is put in its place is not compared.
  const given = now.generator === undefined ? now : { ...now, value: old.value }
  const isSame = sameJson(old.value, given.value)
  if (side === 'request' && where.startsWith('request rule ')) return isSame ? [] : [{ kind: 'noted', ...told }]
  const [there, back] = [implies(old, given), implies(given, old)]
  if (there && back) return []
  // A request is sent as it is in the example, whatever else the consumer may send.
  if (side === 'request') return [{ kind: isSame ? 'noted' : 'asked', ...told }]
  return [{ kind: there ? 'eased' : 'asked', ...told }]
}

/** What is only there before, or only now. */
function kindOfOne(side: MessageKind, where: string, isNew: boolean): PactChange['kind'] {
  if (side === 'request') return where.startsWith('request rule ') ? 'noted' : 'asked'
  return isNew ? 'asked' : 'eased'
}
