import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, UnderstudyError, type WorldOf } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { request } from '../support/request.ts'
import { mutated, mutations } from '../support/snapshot-mutation.ts'

const secret = 'SharedByTwo0001'

/** A world with open sessions, on a clock that stands. */
function open(): Promise<WorldOf> {
  const time = new HostTime('2026-01-15T09:00:00Z')
  return createWorld(
    { extends: 'cms-sessions', 'gentics-cms': { trustProxy: true } },
    { time: time.time, journalLimit: 5 },
  )
}

const names = ['login', 'ssologin', 'loginwithrsa', 'hashpassword', 'matchpassword', 'globalprefix']
const suffixes = fc.constantFrom('', '', '', '.json', '.json.json', '/', '.xml')
const wildSids = fc.oneof(
  fc.constantFrom(
    '1',
    '2',
    `1${secret}`,
    `2${secret}.json`,
    '0',
    '-1',
    '+1',
    '01',
    '2147483648',
    '1e3',
    '%',
    '%00',
    '%31',
  ),
  fc.string({ unit: 'binary-ascii' }).map((text) => encodeURIComponent(text) || '%20'),
  fc.string({ unit: 'grapheme' }).map((text) => encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/g, '')) || '%20'),
)
const paths = fc.oneof(
  fc.tuple(fc.constantFrom(...names), suffixes).map(([name, suffix]) => `/rest/auth/${name}${suffix}`),
  fc.tuple(fc.constantFrom('validate', 'logout'), wildSids).map(([name, sid]) => `/rest/auth/${name}/${sid}`),
  suffixes.map((suffix) => `/rest/user/me${suffix}`),
)
const queries = fc.oneof(
  wildSids.map((sid) => `sid=${sid}`),
  fc
    .tuple(wildSids, fc.constantFrom('true', 'TRUE', '1', '%', ''))
    .map(([sid, all]) => `sid=${sid}&allSessions=${all}`),
  fc.constantFrom('', '&&=', 'sid', 'sid=1&sid=2', '%=%', '?'),
)
const members = fc.record(
  {
    login: fc.oneof(fc.constantFrom('node', 'ada', '__proto__', 'constructor', ''), fc.jsonValue({ maxDepth: 1 })),
    username: fc.oneof(fc.constant('node'), fc.jsonValue({ maxDepth: 1 })),
    password: fc.oneof(fc.constantFrom('node', 'ada', ''), fc.jsonValue({ maxDepth: 1 })),
    salt: fc.oneof(fc.constant('x'), fc.jsonValue({ maxDepth: 1 })),
    expirationTimestamp: fc.oneof(fc.integer(), fc.constantFrom(4e9, 9e15, 1e300, -1), fc.jsonValue({ maxDepth: 1 })),
    rsaSignature: fc.oneof(fc.constantFrom('', 'x', 'AAAA'), fc.jsonValue({ maxDepth: 1 })),
    hash: fc.constantFrom('', 'x', '$2a$04$short', `$2a$31$${'a'.repeat(53)}`, `$2a$00$${'a'.repeat(53)}`),
    userId: fc.oneof(fc.integer(), fc.jsonValue({ maxDepth: 1 })),
  },
  { requiredKeys: [] },
)
const bodies = fc.oneof(
  members.map((body) => JSON.stringify(body)),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.constantFrom('{', '[]', 'null', '', '{"login":"node","password":"node"}', '{"__proto__":{"login":"node"}}'),
  fc.uint8Array({ maxLength: 40 }),
)
const headers = fc
  .tuple(
    fc.constantFrom('application/json', 'application/json', 'application/json', 'text/plain', 'x'),
    fc.constantFrom(`GCN_SESSION_SECRET=${secret}`, 'GCN_SESSION_SECRET=', 'GCN_SESSION_SECRET', '=;', 'a=b'),
    fc.constantFrom('Bearer token-of-node', 'Bearer', 'Bearer  ', 'bearer __proto__', 'x'),
    fc.constantFrom('10.0.0.1', '::1', 'x', '', ',,'),
  )
  .map(([type, cookie, authorization, forwarded]) => [
    'content-type',
    type,
    'cookie',
    cookie,
    'authorization',
    authorization,
    'x-forwarded-for',
    forwarded,
  ])
const methods = fc.constantFrom('GET', 'POST', 'POST', 'HEAD', 'PUT', 'DELETE')
const wild = fc.record({ method: methods, path: paths, query: queries, headers, body: bodies })

describe('a request of any shape to the CMS', () => {
  it('is answered by something below 500, can be explained, and does no harm to the world', async () => {
    const world = await open()
    const codes = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(wild, async ({ method, path, ...parts }) => {
        const { status } = await world.play(request(method, path, parts))
        expect(status >= 200 && status < 500).toBe(true)
        codes.set(status, (codes.get(status) ?? 0) + 1)
        const { id } = world.requests.at(-1) ?? { id: '' }
        expect([world.request(id).status, world.why(id).status]).toEqual([status, status])
        world.genticsCms.sessions()
        world.checkSnapshot(JSON.parse(JSON.stringify(world.snapshot())))
      }),
      { numRuns: 3000 },
    )
    // Some got through, and some were stopped at each door.
    for (const status of [200, 201, 400, 401, 404, 405, 415]) expect(codes.get(status) ?? 0).toBeGreaterThan(20)
  })

  it('changes nothing where it is refused as malformed', async () => {
    const world = await open()
    const before = world.snapshot()
    let refused = 0
    await fc.assert(
      fc.asyncProperty(wild, async ({ method, path, ...parts }) => {
        const { status } = await world.play(request(method, path, parts))
        const isRefused = [400, 404, 405, 415].includes(status)
        if (isRefused) refused++
        else world.restore(before)
        expect(world.snapshot()).toEqual(before)
      }),
      { numRuns: 1500 },
    )
    expect(refused).toBeGreaterThan(300)
  })
})

/** One request of every kind, and one look at everything that can be seen. */
async function useAll(world: WorldOf): Promise<number[]> {
  const json = ['content-type', 'application/json', 'cookie', `GCN_SESSION_SECRET=${secret}`]
  const post = (path: string, body: object, query = ''): ReturnType<typeof request> =>
    request('POST', `/rest/auth/${path}`, { query, headers: json, body: JSON.stringify(body) })
  const asks = [
    request('GET', `/rest/auth/validate/1${secret}`),
    request('GET', '/rest/auth/ssologin', { query: 'sid=1', headers: json }),
    request('GET', '/rest/auth/ssologin', { headers: ['authorization', 'Bearer token-of-node'] }),
    request('GET', '/rest/user/me', { query: 'sid=2', headers: json }),
    post('login', { login: 'node', password: 'node' }, 'sid=1'),
    post('login', { login: 'ada', password: 'ada' }),
    post('loginwithrsa', { username: 'node', salt: '', expirationTimestamp: 1, rsaSignature: '' }),
    post('matchpassword', { password: 'x', hash: 'x' }, 'sid=1'),
    post('logout/2', {}, 'allSessions=true'),
    request('GET', '/rest/auth/globalprefix'),
  ]
  const statuses: number[] = []
  for (const ask of asks) statuses.push((await world.play(ask)).status)
  await world.ready()
  world.genticsCms.users()
  world.genticsCms.sessions()
  world.requests.forEach(({ id }) => [world.request(id), world.why(id)])
  world.checkSnapshot(JSON.parse(JSON.stringify(world.snapshot())))
  return statuses
}

describe('a snapshot of the CMS that somebody has changed', () => {
  it('is refused as a whole, or restored into a world that answers every request', async () => {
    const world = await open()
    await useAll(world)
    world.genticsCms.user('node').set({ state: 'no-groups' })
    world.genticsCms.set({
      messages: [{ type: 'INFO', message: 'x', sender: 'ada' }],
      sso: { tokens: { t: 'node' }, failing: false },
    })
    const text = JSON.stringify(world.snapshot())
    const counts = { restored: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        try {
          world.restore(mutated(text, changes))
          counts.restored++
        } catch (error) {
          if (!(error instanceof UnderstudyError) || error.code !== 'ERR_SNAPSHOT_INVALID') throw error
          counts.refused++
          return
        }
        const statuses = await useAll(world)
        expect(statuses.filter((status) => status >= 500)).toEqual([])
      }),
      { numRuns: 1000 },
    )
    expect(Math.min(counts.restored, counts.refused)).toBeGreaterThan(100)
  })
})
