import type { ControlEvent } from './request-routes.ts'

/** Reads server-sent events of the control API as they come, until the stream ends. */
export async function* readEvents(body: ReadableStream<Uint8Array> | null): AsyncGenerator<ControlEvent> {
  if (body === null) return
  // Not every browser lets a stream be gone through by itself.
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = readEvent(block)
        if (event !== undefined) yield event
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** Undefined for a comment, and for what only a server of another version tells. */
function readEvent(block: string): ControlEvent | undefined {
  const [, event, data = ''] = /^event: (\w+)\ndata: (.*)$/s.exec(block) ?? []
  if (event !== 'request' && event !== 'change') return undefined
  return { event, data: JSON.parse(data) }
}
