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
        const { body } = await server.open('GET', '/events', undefined, stop.signal)
        handlers.opened()
        if (body !== null) await read(body, handlers)
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

async function read(body: ReadableStream<Uint8Array>, handlers: EventHandlers): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) deliver(block, handlers)
  }
}

function deliver(block: string, handlers: EventHandlers): void {
  const match = /^event: (\w+)\ndata: (.*)$/s.exec(block)
  if (match === null) return
  const data: unknown = JSON.parse(match[2] as string)
  if (match[1] === 'request') handlers.request(data as RequestView)
  else if (match[1] === 'change') handlers.change(data as { at: string; what: string })
}
