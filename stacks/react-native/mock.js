import { createWorld } from 'auth-understudy'
import { createFetch } from 'auth-understudy/fetch'

export async function mock() {
  const world = await createWorld()
  globalThis.fetch = createFetch(world)
  return world
}
