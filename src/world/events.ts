import type { Entry } from './entry.ts'

/** What happens in a world: a request was answered, or somebody changed something from outside. */
export type WorldEvent =
  | { readonly kind: 'request'; readonly entry: Entry }
  | { readonly kind: 'change'; readonly world: string; readonly at: number; readonly what: string }

export type EventHandler = (event: WorldEvent) => void

/** Tells everybody who listens. */
export class Events {
  readonly #listeners = new Set<EventHandler>()

  emit(event: WorldEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  listen(listener: EventHandler): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
