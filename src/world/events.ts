import type { Entry } from './journal.ts'

/** What happens in a world: a request was answered, or somebody changed something from outside. */
export type WorldEvent =
  | { readonly kind: 'request'; readonly entry: Entry }
  | { readonly kind: 'change'; readonly world: string; readonly at: number; readonly what: string }
