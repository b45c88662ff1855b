import type { Json } from '../../core/json.ts'
import { compareBodies } from './body-change.ts'
import { compareFact, compareFacts, type PactChange, type MessageKind } from './change.ts'
import type { PactDocument, PactEntry } from './document.ts'
import { normalInteraction, type NormalInteraction, type NormalMessage } from './normal-interaction.ts'

/** An interaction of a pact, in the form in which it is compared. */
export interface Comparable {
  readonly document: PactDocument
  readonly entry: PactEntry
  readonly normal: NormalInteraction
}

/** The interactions of several pacts of the same two, in that form. */
export function comparablesOf(documents: readonly PactDocument[]): readonly Comparable[] {
  return documents.flatMap((document) =>
    document.interactions.map((entry) => ({ document, entry, normal: normalInteraction(document, entry) })),
  )
}

/** In what an interaction differs from an earlier one: its states, its request, its response, and what else it has. */
export function changesOf(old: Comparable, now: Comparable): readonly PactChange[] {
  const [before, after] = [old.normal, now.normal]
  return [
    ...compareFact('request', 'states', { value: statesOf(old) }, { value: statesOf(now) }),
    ...compareMessages('request', before.request, after.request),
    ...compareMessages('response', before.response, after.response),
    ...compareFacts('request', '', before.rest, after.rest),
  ]
}

function statesOf({ entry }: Comparable): Json {
  return entry.states.map(({ name, params }) => (Object.keys(params).length === 0 ? name : { name, params }))
}

function compareMessages(side: MessageKind, old: NormalMessage, now: NormalMessage): PactChange[] {
  return [...compareFacts(side, `${side} `, old.facts, now.facts), ...compareBodies(side, old, now)]
}
