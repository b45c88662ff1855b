import { createWorld } from 'auth-understudy'
import { handlers } from 'auth-understudy/msw'
import 'auth-understudy/panel'
import { setupWorker } from 'msw/browser'

/** Has the page's requests answered in the page, by the scenario that its URL names (`?scenario=lockout`). */
export async function startMocks(): Promise<void> {
  const world = await createWorld(new URLSearchParams(location.search).get('scenario') ?? 'default')
  // A clock that is moved is, to the page, a device that slept: the app asks for the time when it is looked at again.
  world.clock.watch(() => window.dispatchEvent(new Event('focus')))
  // `keep`: signing in survives a reload, as it does with a real server, and other tabs of the app see it too.
  const worker = setupWorker(...handlers(world, { keep: true }))
  await worker.start({ onUnhandledRequest: 'bypass' })
}
