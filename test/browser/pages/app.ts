import { setupWorker } from 'msw/browser'
import { createCollections, type Collections } from '../../../src/data.ts'
import { createWorld, type WorldOf } from '../../../src/index.browser.ts'
import { handlers } from '../../../src/msw.ts'

// An app under development, reduced to what its mocks are: `/?scenario=lockout&keep=name`.
const query = new URLSearchParams(location.search)
const keep = query.get('keep')
const world = await createWorld(query.get('scenario') ?? 'default')
const worker = setupWorker(...handlers(world, keep === null ? {} : { keep: keep === '' ? true : keep }))
const data = await createCollections(world)
await worker.start({ quiet: true, onUnhandledRequest: 'bypass' })

const api = '/jira/rest/securelogin-admin/1.0/api'

/** What the tests do in the page. */
export interface App {
  readonly world: WorldOf
  readonly data: Collections
  login(username: string): Promise<number>
  enter(pin: string): Promise<number>
  /** What /user says, or the status. */
  state(): Promise<unknown>
  /** Has another world take over, as each story of a Storybook does. */
  another(scenario: string): Promise<void>
}

declare global {
  interface Window {
    app?: App
  }
}

window.app = {
  world,
  data,
  login: async (username) => {
    const body = JSON.stringify({ username, password: username })
    const headers = { 'content-type': 'application/json' }
    return (await fetch('/jira/rest/auth/1/session', { method: 'POST', headers, body })).status
  },
  enter: async (pin) => {
    const headers = { 'content-type': 'text/plain' }
    return (await fetch(`${api}/auth`, { method: 'POST', headers, body: pin })).status
  },
  state: async () => {
    const response = await fetch(`${api}/user`)
    return response.ok ? (await response.json()).state : response.status
  },
  another: async (scenario) => {
    worker.resetHandlers(...handlers(await createWorld(scenario)))
  },
}
