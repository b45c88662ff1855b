import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createSecureLoginClient } from '../../src/client.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld } from '../../src/index.ts'

/** Where it holds a text that it was given. */
const held = '_bodyText'

/** A Request as React Native's: its body cannot be had as bytes, and its signal knows no more than whether it was aborted. */
class PhoneRequest {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly credentials = 'same-origin'
  readonly signal: { readonly aborted: boolean }
  readonly [held]: string

  constructor(url: string, init: { method?: string; headers?: HeadersInit; body?: string; signal?: AbortSignal } = {}) {
    this.url = url
    this.method = init.method ?? 'GET'
    this.headers = new Headers(init.headers)
    this.signal = { aborted: init.signal?.aborted ?? false }
    this[held] = init.body ?? ''
  }

  async text(): Promise<string> {
    return this[held]
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    throw new Error('FileReader.readAsArrayBuffer is not implemented')
  }
}

// Run for real by `npm run stacks react-native`: bundled by Metro, in Hermes.
describe('createFetch in React Native', () => {
  beforeEach(() => {
    vi.stubGlobal('Request', PhoneRequest)
    vi.stubGlobal('navigator', { product: 'ReactNative' })
    // Expo has one, which is its dev server's.
    vi.stubGlobal('location', new URL('http://192.168.1.20:8081/'))
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('sends cookies to the server of another origin', async () => {
    const fetch = createFetch(await createWorld())
    const body = JSON.stringify({ username: 'alice', password: 'alice' })
    const headers = { 'content-type': 'application/json' }
    const session = 'https://jira.example/jira/rest/auth/1/session'
    expect((await fetch(session, { method: 'POST', headers, body })).status).toBe(200)
    expect((await fetch(session)).status).toBe(200)
  })

  test('reads bodies', async () => {
    const world = await createWorld()
    const app = createSecureLoginClient({ baseUrl: 'https://jira.example/jira', fetch: createFetch(world) })
    await app.login('alice', 'alice')
    for (const pin of ['000000', '111111', '222222']) expect(await app.auth(pin)).toBe('failed')
    expect((await app.user()).state).toBe('blocked')
  })

  test('gives up what was aborted', async () => {
    const signal = AbortSignal.abort()
    const asked = createFetch(await createWorld())('https://jira.example/jira/rest/api/2/myself', { signal })
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  })
})
