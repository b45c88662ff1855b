import { describe, expect, onTestFinished, test } from 'vitest'
import { createSecureLoginClient } from '../../src/client.ts'
import { createCollections } from '../../src/data.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { matchers } from '../../src/matchers.ts'
import { handlers } from '../../src/msw.ts'
import { listen } from '../../src/node.ts'
import { RemoteWorld } from '../../src/testing/remote-world.ts'

expect.extend(matchers)

const baseUrl = 'https://jira.example/jira'

/** Alice, who has entered one wrong PIN and then the right one. */
async function asked(): Promise<WorldOf> {
  const world = await createWorld('default', { time: () => Date.parse('2026-01-15T09:00:00Z') })
  await enter(createSecureLoginClient({ baseUrl, fetch: createFetch(world) }))
  return world
}

async function enter(app: ReturnType<typeof createSecureLoginClient>): Promise<void> {
  await app.login('alice', 'alice')
  for (const pin of ['000000', '910817']) await app.auth(pin)
}

async function remote(): Promise<RemoteWorld> {
  const server = await listen(await createWorld())
  onTestFinished(() => server.close())
  const world = new RemoteWorld(server.url, 'mine')
  const send = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...(init.headers as object), ...world.headers } })
  await enter(createSecureLoginClient({ baseUrl: `${server.url}/jira`, fetch: send }))
  return world
}

const message = (assert: () => unknown): string => {
  try {
    assert()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('It passed.')
}

const refused = (act: () => Promise<unknown>): Promise<Error> =>
  act().then(
    () => Promise.reject(new Error('It passed.')),
    (error: Error) => error,
  )

describe('toHaveAsked', () => {
  test('counts what fits', async () => {
    const world = await asked()
    expect(world).toHaveAsked('secure-login.auth')
    expect(world).toHaveAsked('secure-login.auth', { times: 2 })
    expect(world).toHaveAsked('secure-login.auth', { times: 1, outcome: 'refused', user: 'alice', status: 401 })
    expect(world).toHaveAsked('secure-login.*', { times: 3, since: '2026-01-15T09:00:00Z' })
    expect(world).toHaveAsked('*', { times: 1, since: 'r2', clause: 'SL-10' })
    expect(world).toHaveAsked('sirportly.authenticate', { times: 0 })
    expect(world).not.toHaveAsked('secure-login.auth', { while: 'blocked' })
    expect(world).toHaveAsked('secure-login.auth', { while: 'enter', times: 2 })
    expect(world).not.toHaveAsked('secure-login.auth', { times: 3 })
    expect(world).not.toHaveAsked('gentics-cms.*')
  })

  test('tells what was asked, where it fails', async () => {
    const world = await asked()
    expect(message(() => expect(world).toHaveAsked('secure-login.auth', { times: 1 }))).toBe(
      [
        'Expected secure-login.auth to be asked once; it was 2 times (r2, r3).',
        '',
        'The world was asked 3 times:',
        '  r1  secure-login.login by alice → 200  SL-H1: alice has signed in',
        '  r2  secure-login.auth by alice → 401 refused  SL-11: the PIN is wrong; this was failure 1 of 3',
        '  r3  secure-login.auth by alice → 200  SL-10: the PIN is right; the session is authenticated',
      ].join('\n'),
    )
    expect(message(() => expect(world).not.toHaveAsked('secure-login.auth', { outcome: 'refused' }))).toContain(
      'Expected secure-login.auth (outcome refused) not to be asked at least once; it was once (r2).',
    )
    world.reset()
    expect(message(() => expect(world).toHaveAsked('secure-login.user'))).toContain('The world was asked nothing.')
  })

  test('shows no secret', async () => {
    const world = await createWorld()
    await createFetch(world)(`${baseUrl}/rest/securelogin-admin/1.0/api/auth?pin=910817`, { method: 'POST' })
    expect(message(() => expect(world).toHaveAsked('secure-login.user'))).not.toContain('910817')
  })

  test.each([
    ['secure-login.aut', {}, '"secure-login.aut" is no operation', 'secure-login.auth'],
    ['auth', {}, '"auth" is no operation', ''],
    [undefined, {}, 'nothing is no operation', ''],
    ['secure-login.auth', { outcome: 'refusd' }, '"refusd" is not one of accepted, refused', 'refused'],
    ['secure-login.auth', { while: 'bloked' }, '"bloked" is no state of a user', 'blocked'],
    ['sirportly.authenticate', { while: 'blocked' }, '"blocked" is no state of a user', 'locked'],
    ['secure-login.auth', { user: 'alcie' }, 'No API has a user "alcie"', 'alice'],
    ['secure-login.auth', { clause: 'SL-1O' }, '"SL-1O" is no clause', 'SL-1'],
    ['secure-login.auth', { since: 'r99' }, '"r99" is neither', ''],
    ['secure-login.auth', { tims: 1 }, 'tims', ''],
    ['secure-login.auth', { times: -1 }, 'times takes', ''],
  ])('refuses %j %j, with `not` as well', async (operation, options, words, nearest) => {
    const world = await asked()
    const assertions = [
      () => expect(world).toHaveAsked(operation as never, options as never),
      () => expect(world).not.toHaveAsked(operation as never, options as never),
    ]
    for (const said of assertions.map(message)) {
      expect(said).toContain(words)
      expect(said).toContain(nearest)
    }
  })

  test('does not tell of what the journal has dropped', async () => {
    const world = await createWorld('default', { journalLimit: 2 })
    await enter(createSecureLoginClient({ baseUrl, fetch: createFetch(world) }))
    expect(world).toHaveAsked('secure-login.auth')
    expect(message(() => expect(world).not.toHaveAsked('secure-login.login'))).toContain('dropped 1 of 3')
    expect(world).not.toHaveAsked('secure-login.login', { since: 'r2' })
  })

  test('asks a world elsewhere as well', async () => {
    const world = await remote()
    await expect(world).toHaveAsked('secure-login.auth', { times: 1, status: 401 })
    await expect(world).not.toHaveAsked('secure-login.auth', { while: 'blocked' })
    await expect(world).toHaveAskedInOrder(['secure-login.login', ['secure-login.auth', { outcome: 'accepted' }]])
    const failing = await refused(() => expect(world).toHaveAsked('secure-login.auth', { times: 1 }))
    expect(failing.message).toMatch(/it was 2 times[^]*asked 3 times:[^]*SL-11/)
    const misspelt = await refused(() => expect(world).not.toHaveAsked('secure-login.aut' as never))
    expect(misspelt.message).toContain('Did you mean "secure-login.auth"?')
  })
})

describe('toHaveAskedInOrder', () => {
  test('takes what comes one after the other, whatever comes between', async () => {
    const world = await asked()
    expect(world).toHaveAskedInOrder(['secure-login.login', ['secure-login.auth', { outcome: 'accepted' }]])
    expect(world).toHaveAskedInOrder(['secure-login.auth', 'secure-login.auth'])
    expect(world).not.toHaveAskedInOrder(['secure-login.auth', 'secure-login.login'])
    expect(message(() => expect(world).toHaveAskedInOrder(['secure-login.auth', 'secure-login.login']))).toContain(
      'secure-login.login was not asked after r2.',
    )
    expect(message(() => expect(world).not.toHaveAskedInOrder(['secure-login.aut' as never]))).toContain('no operation')
    expect(message(() => expect(world).toHaveAskedInOrder([]))).toContain('at least one')
  })
})

describe('next', () => {
  test('is the next that fits, whether it has come or is yet to come', async () => {
    const world = await asked()
    expect(await world.next('secure-login.auth')).toMatchObject({ id: 'r2', request: { headers: expect.any(Array) } })
    expect(await world.next('*')).toMatchObject({ id: 'r3', status: 200 })
    const next = world.next('secure-login.auth', { outcome: 'refused' })
    const send = createFetch(world)
    await send(`${baseUrl}/rest/securelogin-admin/1.0/api/info`)
    await send(`${baseUrl}/rest/securelogin-admin/1.0/api/auth`, { method: 'POST' })
    expect(await next).toMatchObject({ id: 'r5', status: 401 })
    world.reset()
    const afterReset = world.next('*')
    await send(`${baseUrl}/rest/securelogin-admin/1.0/api/info`)
    expect(await afterReset).toMatchObject({ operation: 'info' })
  })

  test('waits by the machine’s time, also where the world’s stands still', async () => {
    const world = await createWorld('lockout')
    expect(world.clock.view()).toMatchObject({ frozen: true })
    await createFetch(world)(`${baseUrl}/rest/securelogin-admin/1.0/api/info`)
    const error = await refused(() => world.next('secure-login.auth', { timeout: '20ms' }))
    expect(error).toMatchObject({ code: 'ERR_NOT_ASKED' })
    expect(error.message).toMatch(
      /^secure-login.auth was not asked within 20ms[^]*asked once:[^]*r1  secure-login.info/,
    )
    await expect(world.next('secure-login.auth', { timeout: 'soon' })).rejects.toThrow('"soon"')
    await expect(world.next('secure-login.aut' as never)).rejects.toThrow('Did you mean "secure-login.auth"?')
  })

  test('of a world elsewhere as well', async () => {
    const world = await remote()
    const next = world.next('secure-login.info', { timeout: '10s' })
    await fetch(`${world.url}/jira/rest/securelogin-admin/1.0/api/info`, { headers: world.headers })
    expect(await next).toMatchObject({ operation: 'info', status: 200 })
    await fetch(`${world.url}/jira/rest/securelogin-admin/1.0/api/info?again`, { headers: world.headers })
    expect(await world.next('secure-login.info')).toMatchObject({ path: expect.stringContaining('again') })
    const error = await refused(() => world.next('secure-login.user', { timeout: 10 }))
    expect(error.message).toMatch(/not asked within 10ms[^]*SL-10/)
  })
})

describe('a forgotten await', () => {
  const promise = createWorld() as never
  test.each<[string, () => unknown]>([
    ['createFetch(world)', () => createFetch(promise)],
    ['handlers(world)', () => handlers(promise)],
    ['createCollections(world)', () => createCollections(promise)],
    ['expect(world).toHaveAsked', () => expect(promise).toHaveAsked('*' as never)],
    ['expect(world).not.toHaveAsked', () => expect(promise).not.toHaveAsked('*' as never)],
  ])('is told by %s', async (taker, act) => {
    const error = await refused(async () => act())
    expect(error.message).toContain('was given a promise: createWorld returns one. Say `await createWorld(…)`.')
    expect(error.message).toContain(taker.replace('.not', ''))
  })
})

// Never called: the compiler is the test.
export function typed(world: WorldOf, there: RemoteWorld): void {
  // @ts-expect-error
  expect(world).toHaveAsked('secure-login.aut')
  // @ts-expect-error
  expect(world).toHaveAsked('secure-login.auth', { while: 'bloked' })
  // @ts-expect-error
  expect(world).toHaveAskedInOrder(['secure-login.aut'])
  // @ts-expect-error
  expect(Promise.resolve(world)).toHaveAsked('secure-login.auth')
  // @ts-expect-error
  void world.next('secure-login.aut')
  // @ts-expect-error
  void world.asked('secure-login.auth', { outcome: 'refusd' })
  const later: Promise<void> = expect(there).toHaveAsked('secure-login.auth')
  void later
}
