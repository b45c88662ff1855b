import { effect } from '@preact/signals'
import { connection, refresh, server } from './live.ts'
import { act, dismissOffers, offer, toast } from './messages.ts'
import { worldName } from './place.ts'

/** Says what a call has changed, in `words` if they are given, and offers to take it back where the server can. */
export async function tellChanged(id: string | undefined, words: string | undefined): Promise<void> {
  const world = worldName.peek()
  const made = id === undefined ? undefined : await find(id)
  if (world !== worldName.peek()) return
  if (id === undefined || made === undefined) {
    if (words !== undefined) toast('good', words)
    return
  }
  const { what, requests } = made
  const gone = `${requests} ${requests === 1 ? 'request went' : 'requests went'} with it`
  offer(words ?? sentence(what), requests === 0 ? undefined : gone, () => void takeBack(id))
}

async function find(id: string): Promise<{ readonly what: string; readonly requests: number } | undefined> {
  // The change itself was made: that it cannot be taken back is no reason to say that it failed.
  const told = await server.request('GET /undo').catch(() => undefined)
  return told?.changes.find((change) => change.id === id)
}

/** Takes back a change, or the latest. */
export async function takeBack(id?: string): Promise<void> {
  dismissOffers()
  await act(async () => {
    const { what } = await server.request('POST /undo', { body: id === undefined ? {} : { change: id } })
    toast('good', 'Taken back', sentence(what))
  })
  void refresh()
}

function sentence(what: string): string {
  return what.charAt(0).toUpperCase() + what.slice(1)
}

/** An id means nothing in another world, or to a server that was started again. */
export function watchOffers(): void {
  effect(() => {
    void worldName.value
    void connection.value
    dismissOffers()
  })
}
