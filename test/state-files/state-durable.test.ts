import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodeHost } from '../../src/hosts/node-host.ts'
import { StateFile } from '../../src/state-files/file.ts'
import { readState } from '../../src/state-files/reading.ts'
import type { Json } from '../../src/core/json.ts'
import { createWorldOn, type WorldOf } from '../../src/scenario/create-world.ts'
import type { World } from '../../src/world/world.ts'
import { callControl } from '../support/control-client.ts'
import { apiPath, sessionPath } from '../support/phone.ts'
import { request } from '../support/request.ts'
import '../support/seed.ts'
import { TroubledDisk } from './troubled-disk.ts'

/** So small that worlds and sessions have to go all the time. */
const limits = { worldLimit: 2, sessionLimit: 3 }
const names = ['main', 'a', 'b', 'c']

/** A server with a disk that fails when it is told to. */
interface Server {
  readonly path: string
  readonly world: WorldOf
  readonly disk: TroubledDisk
  readonly clock: { now: number }
  /** Events of all worlds. */
  readonly heard: string[]
  /** The latest session of each world, as a cookie. */
  readonly cookies: Map<string, string>
}

const call =
  (method: string, path: string, body?: Json) =>
  async ({ world }: Server, name: string): Promise<number> =>
    (await callControl(world, method, path, body, ['x-understudy-world', name])).status

function send(server: Server, name: string, method: string, path: string, type: string, body: string): Promise<number> {
  const { world, cookies } = server
  const headers = ['content-type', type, 'x-understudy-world', name, 'cookie', cookies.get(name) ?? '']
  return Promise.resolve(world.worlds.play(request(method, path, { headers, body }), world)).then((answer) => {
    const { session } = path === sessionPath && answer.status === 200 ? JSON.parse(String(answer.body)) : {}
    if (session !== undefined) cookies.set(name, `JSESSIONID=${session.value}`)
    return answer.status
  })
}

const requests =
  (method: string, path: string, type = 'text/plain', body = '') =>
  (server: Server, name: string): Promise<number> =>
    send(server, name, method, path, type, body)

const login = requests('POST', sessionPath, 'application/json', '{"username":"alice","password":"alice"}')

const asks = {
  login,
  /** Whoever signs in with a cookie takes the place of the session before; without one there are more and more. */
  another: (server: Server, name: string): Promise<number> => {
    server.cookies.delete(name)
    return login(server, name)
  },
  wrong: requests('POST', `${apiPath}/auth`, 'text/plain', '000000'),
  right: requests('POST', `${apiPath}/auth`, 'text/plain', '910817'),
  logout: requests('DELETE', sessionPath),
  look: requests('GET', `${apiPath}/user`),
  nowhere: requests('GET', '/nowhere'),
  users: call('GET', '/users'),
  block: call('PUT', '/users/secure-login/alice', { state: 'blocked', for: '30m' }),
  invite: call('PUT', '/users/secure-login/alice', { state: 'onboarding' }),
  setting: call('PATCH', '/apis/secure-login', { blockAfter: 5 }),
  advance: call('POST', '/clock/advance', { by: '7m' }),
  freeze: call('POST', '/clock/freeze', {}),
  fault: call('POST', '/faults', { on: '*', reply: { status: 599 }, times: 2 }),
  heal: call('DELETE', '/faults'),
  reset: call('POST', '/reset', {}),
  other: call('POST', '/scenario', { scenario: 'lockout' }),
  first: call('POST', '/scenario', { scenario: 'default' }),
  save: call('POST', '/snapshots', { name: 'mine' }),
  restore: call('POST', '/snapshots/mine/restore', {}),
  forget: call('DELETE', '/snapshots/mine'),
  arrange: call('POST', '/pact/states', { state: 'a blocked user', params: {} }),
  drop: call('DELETE', '/worlds/a'),
}

/** What is asked, and when the disk is full: never, always, or from so many calls on. */
interface Ask {
  readonly what: keyof typeof asks
  readonly world: string
  readonly full: 'never' | 'always' | number
}

const asked: fc.Arbitrary<Ask> = fc.record({
  what: fc.constantFrom(...(Object.keys(asks) as (keyof typeof asks)[])),
  world: fc.constantFrom('main', 'main', ...names),
  full: fc.oneof(
    { arbitrary: fc.constant('never' as const), weight: 4 },
    fc.constant('always' as const),
    fc.integer({ min: 1, max: 4 }),
  ),
})

/** Those of a round come at once. */
const rounds = fc.array(fc.array(asked, { minLength: 1, maxLength: 3 }), { maxLength: 40, size: 'max' })

async function start(folder: string): Promise<{ server: Server; state: StateFile }> {
  const path = join(folder, 'state')
  const clock = { now: Date.UTC(2026, 0, 15, 9) }
  const time = (): number => clock.now
  const disk = new TroubledDisk()
  const state = await StateFile.open({ path, shown: 'state', pid: 1, time, tell: () => undefined, disk })
  const world = await createWorldOn({ ...nodeHost('.', time), keeper: state }, 'default', limits)
  state.begin(world.worlds, world.scenario)
  const heard: string[] = []
  world.worlds.watch((each) => each.listen(({ kind }) => heard.push(`${each.name}: ${kind}`)))
  return { server: { path, world, disk, clock, heard, cookies: new Map() }, state }
}

/** Which was used last is nothing that is kept. */
function byName(worlds: readonly World[]): World[] {
  return worlds.toSorted((one, other) => one.name.localeCompare(other.name))
}

/** All that survives. */
function memoryOf({ worlds }: WorldOf): object {
  return {
    worlds: Object.fromEntries(byName(worlds.all()).map((each) => [each.name, each.snapshot()])),
    snapshots: Object.fromEntries(worlds.snapshots),
    scenario: worlds.scenario.source,
  }
}

/** All of it, and what only this server knows. */
function everythingOf({ world, heard }: Server): string {
  const { worlds } = world
  const journals = byName(worlds.all()).map((each) => [each.journal.total, each.changes.length, each.sessionCap])
  return JSON.stringify([memoryOf(world), journals, worlds.evicted, heard])
}

/** What a server that starts now would read. */
async function restarted({ path, clock }: Server): Promise<object> {
  const time = (): number => clock.now
  const { state, notes } = readState({ path, shown: 'state', time })
  if (state === undefined || notes.length > 0) throw new Error(`nothing to start with: ${notes.join()}`)
  const world = await createWorldOn(nodeHost('.', time), 'default', limits)
  const { worlds } = world
  if (state.scenario !== undefined) worlds.useScenario(worlds.readScenario(state.scenario.source, state.scenario.name))
  for (const [name, snapshot] of state.snapshots) worlds.saveSnapshot(name, snapshot)
  for (const [name, snapshot] of state.worlds) worlds.get(name).restore(snapshot)
  return memoryOf(world)
}

test('memory is what a restart would read, whatever is asked and whenever the disk is full', async () => {
  const seen = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(rounds, async (sequence) => {
      const folder = mkdtempSync(join(tmpdir(), 'understudy-state-'))
      const { server, state } = await start(folder)
      try {
        for (const round of sequence) {
          server.clock.now += 1000
          const before = everythingOf(server)
          const [{ full }] = round as [Ask]
          server.disk.fill(full)
          // Some wait while others are under way.
          const statuses = await Promise.all(round.map(({ what, world }) => asks[what](server, world)))
          server.disk.fill('never')
          for (const status of statuses) seen.set(status, (seen.get(status) ?? 0) + 1)
          const isRefused = full === 'always' && statuses.every((status) => status === 503)
          expect(!isRefused || everythingOf(server) === before, 'what was refused has left no trace').toBe(true)
          expect(memoryOf(server.world)).toEqual(await restarted(server))
        }
      } finally {
        server.disk.fill('never')
        state.close()
        rmSync(folder, { recursive: true, force: true })
      }
    }),
    { numRuns: Number(process.env['UNDERSTUDY_TEST_KILLS'] ?? 10) },
  )
  process.stderr.write(`answers by status: ${JSON.stringify(Object.fromEntries(seen))}\n`)
  expect(seen.get(503)).toBeGreaterThan(50)
  expect(seen.get(200)).toBeGreaterThan(50)
  expect(seen.get(500)).toBeUndefined()
})

test('while the disk is full, what changes nothing is answered', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-state-'))
  const { server, state } = await start(folder)
  await asks.login(server, 'main')
  server.disk.fill('always')
  const reads = [asks.users, asks.nowhere, asks.look, call('GET', '/health'), call('GET', '/state')]
  expect(await Promise.all(reads.map((read) => read(server, 'main')))).toEqual([200, 404, 200, 200, 200])
  for (const what of ['login', 'wrong', 'block', 'advance', 'fault', 'reset', 'save', 'other'] as const)
    expect([what, await asks[what](server, 'main')]).toEqual([what, 503])
  server.disk.fill('never')
  // The three wrong PINs that block are counted from here.
  expect([await asks.wrong(server, 'main'), await asks.wrong(server, 'main')]).toEqual([401, 401])
  expect(server.world.secureLogin.user('alice').view().state).toBe('enter')
  await asks.wrong(server, 'main')
  expect(server.world.secureLogin.user('alice').view().state).toBe('blocked')
  state.close()
  rmSync(folder, { recursive: true, force: true })
})
