import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterEach, describe, expect, test } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { handlers } from '../../src/msw.ts'

const msw = process.env['UNDERSTUDY_TEST_MSW'] ?? '2'
const origin = 'https://jira.example'
const base = `${origin}/jira/rest`
const api = `${base}/securelogin-admin/1.0/api`
const servers = new Set<ReturnType<typeof setupServer>>()

async function start(options?: Parameters<typeof handlers>[1]): Promise<{
  world: WorldOf
  server: ReturnType<typeof setupServer>
}> {
  const world = await createWorld()
  const server = setupServer(...handlers(world, options))
  // The second name is MSW 3's.
  const strict = { onUnhandledRequest: 'error', onUnhandledFrame: 'error' } as const
  server.listen(strict)
  servers.add(server)
  return { world, server }
}

function login(
  username: string,
  init: { headers?: Record<string, string>; credentials?: RequestCredentials } = {},
): Promise<Response> {
  const body = JSON.stringify({ username, password: username })
  return fetch(`${base}/auth/1/session`, {
    method: 'POST',
    body,
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  })
}

async function stateOf(init?: RequestInit): Promise<unknown> {
  const response = await fetch(`${api}/user`, init)
  return response.status === 200 ? (await response.json()).state : response.status
}

describe('handlers', () => {
  afterEach(() => {
    for (const server of servers) server.close()
    servers.clear()
  })

  test('are one for each API', async () => {
    const { world } = await start()
    expect(handlers(world)).toHaveLength(world.apis.length)
  })

  test('keep the session cookie as a browser would', async () => {
    await start()
    await login('alice')
    expect(await stateOf()).toBe('enter')
    expect(await stateOf({ credentials: 'include' })).toBe('enter')
  })

  // MSW 3 in Node intercepts below fetch, and every request it shows has credentials "same-origin".
  test.skipIf(msw === '3')('send no cookie where credentials are omitted (MSW 3 in Node does not tell)', async () => {
    await start()
    await login('alice')
    expect(await stateOf({ credentials: 'omit' })).toBe(401)
  })

  test('leave a request that brings its own cookie alone', async () => {
    await start()
    await login('alice')
    const none = 'JSESSIONID=0123456789ABCDEF0123456789ABCDEF'
    expect(await stateOf({ headers: { cookie: none } })).toBe(401)
    expect(await stateOf()).toBe('enter')
  })

  test('keep the cookies of worlds apart', async () => {
    await start()
    const inWorld = { headers: { 'x-understudy-world': 'test-1' } }
    await login('dave', inWorld)
    expect(await stateOf()).toBe(401)
    expect(await stateOf(inWorld)).toBe('bypass')
  })

  test('keep no cookies when told so', async () => {
    await start({ cookies: false })
    await login('alice')
    expect(await stateOf()).toBe(401)
  })

  test('do not let one test see the session of another', async () => {
    const first = await start()
    await login('alice')
    first.server.close()
    servers.delete(first.server)
    await start()
    expect(await stateOf()).toBe(401)
  })

  test('lose to a handler that is put in front', async () => {
    const { server } = await start()
    server.use(http.post('*/auth', () => new HttpResponse(null, { status: 418 })))
    await login('alice')
    const auth = (): Promise<Response> =>
      fetch(`${api}/auth`, { method: 'POST', body: '910817', headers: { 'content-type': 'text/plain' } })
    expect((await auth()).status).toBe(418)
    server.resetHandlers()
    expect((await auth()).status).toBe(200)
  })

  test('leave requests to others alone', async () => {
    const { server } = await start()
    server.use(http.get(`${base}/api/2/issue/A-1`, () => HttpResponse.json({ key: 'A-1' })))
    expect(await (await fetch(`${base}/api/2/issue/A-1`)).json()).toEqual({ key: 'A-1' })
    await expect(fetch(`${origin}/rest/other`)).rejects.toThrow(/Cannot bypass a request|fetch failed/)
  })

  test('answer only the origin they are told', async () => {
    await start({ origin })
    expect((await fetch(`${api}/info`)).status).toBe(200)
    await expect(fetch('https://elsewhere.example/jira/rest/securelogin-admin/1.0/api/info')).rejects.toThrow(
      /Cannot bypass a request|fetch failed/,
    )
  })

  test('count fifty wrong PINs at once as blockAfter', async () => {
    const { world } = await start()
    await login('alice')
    const wrong = (): Promise<Response> =>
      fetch(`${api}/auth`, { method: 'POST', body: '000000', headers: { 'content-type': 'text/plain' } })
    const answers = await Promise.all(Array.from({ length: 50 }, wrong))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 401))
    expect(world.requests.filter(({ clause }) => clause === 'SL-11' || clause === 'SL-14')).toHaveLength(3)
    expect(world.secureLogin.user('alice').view()).toMatchObject({ state: 'blocked', failures: 3 })
  })

  test('wait as long as a fault says, and stop waiting when the request is given up', async () => {
    const { world } = await start()
    world.faults.add({ on: 'secure-login.info', delay: '1h' })
    await expect(fetch(`${api}/info`, { signal: AbortSignal.timeout(50) })).rejects.toThrow(/abort|timeout/i)
  })
})
