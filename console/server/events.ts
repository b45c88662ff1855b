import type { RequestView } from './types.ts'
import type { Server } from './server.ts'

/** What the stream of a world tells. */
export interface EventHandlers {
  /** The stream is open; what happened before it was is not told. */
  readonly opened: () => void
  /** The stream broke off; it will be opened again. */
  readonly lost: () => void
  readonly request: (view: RequestView) => void
  readonly change: (change: { readonly at: string; readonly what: string }) => void
}

const retryMs = 1500

/**
 * Follows the events of a world until the result is called. By fetch, not EventSource, because only fetch can name the
 * world in a header: a cookie would move the app under test, which may share this host, to another world as well.
 */
export function follow(server: Server, handlers: EventHandlers): () => void {
  const stop = new AbortController()
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        const events = await server.events(stop.signal)
        handlers.opened()
        for await (const { event, data } of events) {
          if (event === 'request') handlers.request(data)
          else handlers.change(data)
        }
      } catch {
        // Told below, unless somebody stopped it.
      }
      if (stop.signal.aborted) return
      handlers.lost()
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }
  void run()
  return () => stop.abort()
}
