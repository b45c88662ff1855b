import type { World } from '../../world/world.ts'

/** Shared by everything that a page loads of this package, however it was bundled. */
const place = Symbol.for('auth-understudy/mocking')
const eventName = 'auth-understudy:mocking'

type Place = { [place]?: World }

/** Says in a page that a world answers its requests; elsewhere nothing. */
export function announce(world: World): void {
  if (typeof document === 'undefined') return
  ;(globalThis as Place)[place] = world
  document.dispatchEvent(new CustomEvent(eventName))
}

/** Calls back with the world that answers the page's requests, now or as soon as there is one; the result stops it. */
export function whenMocking(listener: (world: World) => void): () => void {
  const tell = (): void => {
    const world = (globalThis as Place)[place]
    if (world !== undefined) listener(world)
  }
  tell()
  document.addEventListener(eventName, tell)
  return () => document.removeEventListener(eventName, tell)
}
