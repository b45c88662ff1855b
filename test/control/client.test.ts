import { describe, expect, it } from 'vitest'
import { ControlError, createControlClient, type ControlClientOptions } from '../../src/control.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

const nine = { time: new HostTime('2026-01-15T09:00:00Z').time }

type Client = ReturnType<typeof createControlClient>

function clientOf(world: WorldOf, options: Partial<ControlClientOptions> = {}): Client {
  return createControlClient({ url: 'http://mock.example', fetch: createFetch(world), ...options })
}

/** A client whose server answers this, whatever it is asked. */
function clientThatGets(body: string, status: number): Client {
  const fetch = async (): Promise<Response> => new Response(body, { status })
  return createControlClient({ url: 'http://mock.example', fetch })
}

async function failure(asked: Promise<unknown>): Promise<ControlError> {
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof ControlError) return error
  throw new Error('it did not fail as it should', { cause: error })
}

describe('a control client', () => {
  it('asks with what a route takes, and gives back what it answers', async () => {
    const world = await createWorld('default', nine)
    const client = clientOf(world)
    const { users, total } = await client.request('GET /users', {
      query: { api: 'secure-login', limit: 1, search: undefined },
    })
    expect([users.map(({ username }) => username), total]).toEqual([['alice'], 4])
    const params = { api: 'secure-login', username: 'alice' }
    const set = await client.request('PUT /users/{api}/{username}', { params, body: { failures: 2 } })
    expect(set.failures).toBe(world.secureLogin.user('alice').view().failures)
    expect((await client.request('POST /clock/advance', { body: { by: '31m' } })).now).toBe('2026-01-15T09:31:00Z')
    expect((await client.request('POST /reset')).scenario).toBe('default')
  })

  it('takes names with any characters', async () => {
    const name = 'ann/ä ?#%'
    const client = clientOf(await createWorld({ 'secure-login': { users: { [name]: {} } } }, nine))
    expect((await client.request('GET /users/{username}', { params: { username: name } })).username).toBe(name)
  })

  it('means the world that it is told, and says who it is', async () => {
    const world = await createWorld('default', nine)
    expect((await clientOf(world, { world: 'side' }).request('GET /state')).world).toBe('side')
    const sent: (HeadersInit | undefined)[] = []
    const fetch = async (_: string, { headers }: RequestInit): Promise<Response> => {
      sent.push(headers)
      return new Response('{}')
    }
    await createControlClient({ url: 'http://mock.example/', adminToken: 's3cret', fetch }).request('GET /health')
    expect(sent).toEqual([{ authorization: 'Bearer s3cret' }])
  })

  it('throws what the server says is wrong', async () => {
    const client = clientOf(await createWorld('default', nine))
    const unknown = await failure(client.request('GET /requests/{id}/why', { params: { id: 'r7' } }))
    expect(unknown).toMatchObject({
      code: 'ERR_REQUEST_UNKNOWN',
      status: 404,
      title: 'Not found',
      message: 'World main has no request "r7".',
    })
    const invalid = await failure(client.request('POST /faults', { body: { on: 'secure-login.atuh', delay: '1s' } }))
    expect(invalid).toMatchObject({
      code: 'ERR_CHANGE_INVALID',
      status: 422,
      issues: [{ path: ['on'], nearest: 'secure-login.auth' }],
    })
  })

  it.each([
    ['{"users":7}', 500],
    ['<html>', 404],
    ['<html>', 200],
    ['', 204],
  ])('says of a server that answers %j with %i that it is none of ours', async (body, status) => {
    const client = clientThatGets(status === 204 ? '' : body, status === 204 ? 200 : status)
    const error = await failure(client.request('GET /clock'))
    expect(error).toMatchObject({ code: 'ERR_SERVER_UNREACHABLE', title: undefined })
    expect(error.message).toMatch(/^http:\/\/mock\.example is no understudy server of this version: it answered \d+/)
  })

  it('says of a problem without a code that the server does not know such a call', async () => {
    const problem = JSON.stringify({ title: 'Method not allowed', status: 405, detail: 'No.' })
    expect(await failure(clientThatGets(problem, 405).request('GET /clock'))).toMatchObject({
      code: 'ERR_NOT_SUPPORTED',
      status: 405,
      title: 'Method not allowed',
      message: 'No.',
    })
  })

  it('says which server it did not reach, and why', async () => {
    expect(await failure(createControlClient({ url: 'http://127.0.0.1:1' }).request('GET /clock'))).toMatchObject({
      code: 'ERR_SERVER_UNREACHABLE',
      status: 0,
      message: expect.stringMatching(/^No server answers at http:\/\/127\.0\.0\.1:1: .+\.$/),
    })
  })

  it('tells what happens as it happens, until it is told to stop', async () => {
    const world = await createWorld('default', nine)
    const stop = new AbortController()
    const events = await clientOf(world).events(stop.signal)
    await Phone.signIn(world, 'alice')
    world.clock.advance('1m')
    const told: unknown[] = []
    for await (const { event, data } of events) {
      told.push(event === 'request' ? data.user : data.what)
      if (told.length === 2) break
    }
    expect(told).toEqual(['alice', 'the clock was advanced by 1m'])
  })
})

describe('a mistake in a call', () => {
  it('does not compile', async () => {
    const client = clientOf(await createWorld('default', nine))
    const wrong = [
      // @ts-expect-error There is no such route.
      (): Promise<unknown> => client.request('GET /user'),
      // @ts-expect-error The stream is no answer.
      (): Promise<unknown> => client.request('GET /events'),
      // @ts-expect-error Its path has a placeholder.
      (): Promise<unknown> => client.request('GET /requests/{id}'),
      // @ts-expect-error The placeholder is called otherwise.
      (): Promise<unknown> => client.request('GET /requests/{id}', { params: { name: 'r1' } }),
      // @ts-expect-error There is no such parameter.
      (): Promise<unknown> => client.request('GET /users', { query: { find: 'a' } }),
      // @ts-expect-error The body lacks something.
      (): Promise<unknown> => client.request('POST /clock/advance', { body: {} }),
      // @ts-expect-error It takes no body.
      (): Promise<unknown> => client.request('GET /clock', { body: {} }),
      // @ts-expect-error The answer has no such member.
      async (): Promise<unknown> => (await client.request('GET /snapshots')).snapshots[0]?.takenOn,
    ]
    expect(wrong).toHaveLength(8)
  })
})
