import { describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../src/index.ts'
import type { WorldOf } from '../../src/scenario/create-world.ts'
import { callControl, type ControlAnswer } from '../support/control-client.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

const start = '2026-01-15T09:00:00Z'

async function worldAt(scenario: string): Promise<{ world: WorldOf; host: HostTime }> {
  const host = new HostTime(start)
  return { world: await createWorld(scenario, { time: host.time }), host }
}

/** All that a world is to those who look at it, but for the notes of what was changed. */
async function looks(world: World): Promise<unknown> {
  const paths = ['/state', '/users', '/sessions', '/faults', '/clock', '/requests', '/snapshots', '/apis']
  const bodies = await Promise.all(paths.map(async (path) => (await callControl(world, 'GET', path)).body))
  const { records: _records, ...snapshot } = world.snapshot()
  const records = new Map([...world.records.keys('')].sort().map((key) => [key, world.records.get(key)]))
  return [snapshot, records, world.records.get('clock'), bodies, world.worlds.scenario.name]
}

const undo = (world: World, change?: string): Promise<ControlAnswer> =>
  callControl(world, 'POST', '/undo', change === undefined ? {} : { change })

describe('POST /undo', () => {
  it.each<readonly [method: string, path: string, body?: object]>([
    ['POST', '/reset'],
    ['POST', '/scenario', { scenario: 'lockout' }],
    ['POST', '/snapshots/old/restore'],
    ['DELETE', '/snapshots/old'],
    ['POST', '/snapshots', { name: 'old' }],
    ['PUT', '/users/secure-login/bob', { state: 'blocked', for: '10m' }],
    ['PUT', '/users/secure-login/alice', { state: 'expired' }],
    ['PATCH', '/apis/secure-login', { active: false, blockAfter: 5 }],
    ['POST', '/faults', { on: '*', reply: { status: 503 } }],
    ['DELETE', '/faults'],
    ['DELETE', '/faults/f1'],
    ['POST', '/clock/advance', { by: '31m' }],
    ['POST', '/clock/set', { at: '2030-01-01T00:00:00Z' }],
    ['POST', '/clock/freeze'],
    ['POST', '/clock/scale', { scale: 60 }],
    ['POST', '/clock/skew', { by: '5m' }],
    ['POST', '/clock/next'],
    ['POST', '/pact/states', { state: 'a session of the CMS' }],
    ['POST', '/pact/states', { action: 'teardown' }],
  ])('takes back %s %s %j, and the world is as if it had not been', async (method, path, body) => {
    const { world, host } = await worldAt('faults')
    await callControl(world, 'POST', '/snapshots', { name: 'old' })
    const alice = await Phone.signIn(world, 'alice')
    await alice.auth('000000')
    const before = await looks(world)
    const made = await callControl(world, String(method), String(path), body)
    expect([made.status, made.headers['x-understudy-change']]).toEqual([200, 'c2'])
    expect(await looks(world)).not.toEqual(before)

    const { changes, limit } = (await callControl(world, 'GET', '/undo')).body as {
      changes: readonly { id: string; what: string }[]
      limit: number
    }
    expect([changes.map(({ id }) => id), limit]).toEqual([['c1', 'c2'], 50])
    const undone = await undo(world)
    expect(undone).toMatchObject({ status: 200, body: { id: 'c2', what: changes[1]?.what } })
    expect(undone.headers['x-understudy-change']).toBeUndefined()
    expect(await looks(world)).toEqual(before)
    expect(world.changes.at(-1)?.what).toBe(`taken back: ${changes[1]?.what}`)
    expect(world.changes.at(-1)?.at).toBe(new Date(host.now).toISOString().replace('.000', ''))
    expect(await alice.state()).not.toBe('401')
  })

  it('goes back change by change, to the beginning', async () => {
    const { world } = await worldAt('default')
    const before = await looks(world)
    await callControl(world, 'PUT', '/users/secure-login/bob', { state: 'blocked' })
    await callControl(world, 'POST', '/reset')
    await callControl(world, 'POST', '/scenario', { scenario: 'lockout' })
    await callControl(world, 'PUT', '/users/secure-login/zoe', { state: 'blocked' })
    for (const id of ['c4', 'c3', 'c2', 'c1']) expect((await undo(world)).body['id']).toBe(id)
    expect(await looks(world)).toEqual(before)
    expect(await undo(world)).toMatchObject({
      status: 404,
      body: { code: 'ERR_CHANGE_UNKNOWN', detail: 'World main has no change that can be taken back.' },
    })
  })

  it('leaves what others have done since: sessions, requests, other settings, other faults', async () => {
    const { world } = await worldAt('default')
    await (await Phone.signIn(world, 'alice')).auth('000000')
    await callControl(world, 'POST', '/faults', { on: 'sirportly.*', delay: '1ms' })
    await callControl(world, 'POST', '/faults', { on: 'secure-login.user', delay: '1ms' })
    await callControl(world, 'PATCH', '/apis/secure-login', { blockAfter: 5 })
    await callControl(world, 'POST', '/reset')
    const later = await Phone.signIn(world, 'dave')
    expect(await undo(world)).toMatchObject({ status: 200, body: { id: 'c4', requests: 2 } })
    expect(await later.state()).not.toBe('401')
    expect(world.requests.map(({ user, operation }) => [user, operation])).toEqual([
      ['alice', 'login'],
      ['alice', 'auth'],
      ['dave', 'login'],
      ['dave', 'user'],
    ])
    await callControl(world, 'PATCH', '/apis/secure-login', { active: false })
    expect((await undo(world, 'c3')).status).toBe(200)
    expect(world.secureLogin.settings).toMatchObject({ active: false, blockAfter: 3 })
    expect((await undo(world, 'c1')).status).toBe(200)
    expect(world.faults.list().map(({ id, seen }) => [id, seen])).toEqual([['f2', 1]])
  })

  it('brings a journal back with its notes in their places', async () => {
    const { world } = await worldAt('default')
    const alice = await Phone.signIn(world, 'alice')
    await callControl(world, 'PUT', '/users/secure-login/alice', { failures: 1 })
    await alice.state()
    await callControl(world, 'POST', '/reset')
    await alice.state()
    await undo(world)
    expect(world.changes.map(({ what, after }) => [what.slice(0, 20), after])).toEqual([
      ['Secure Login: alice ', 1],
      ['the scenario default', 2],
      ['taken back: the scen', 3],
    ])
    expect(world.journal.total).toBe(3)
  })

  it.each([
    ['a request of a client', 'request r2 (POST /jira/rest/securelogin-admin/1.0/api/auth, 401)'],
    ['somebody else', 'c2 (Secure Login: alice was set to enter, 2 of 3 failures)'],
    ['a program', '"Secure Login: alice was set to enter, 2 of 3 failures"'],
  ])('is refused where %s has moved the same user since', async (who, by) => {
    const { world } = await worldAt('default')
    const alice = await Phone.signIn(world, 'alice')
    await callControl(world, 'PUT', '/users/secure-login/alice', { failures: 1 })
    if (who === 'a request of a client') await alice.auth('000000')
    else if (who === 'a program') world.secureLogin.user('alice').set({ failures: 2 })
    else await callControl(world, 'PUT', '/users/secure-login/alice', { failures: 2 })
    const before = await looks(world)
    const refused = await undo(world, 'c1')
    expect(refused).toMatchObject({
      status: 409,
      body: {
        title: 'Changed since',
        code: 'ERR_UNDO_REFUSED',
        detail: `c1 (Secure Login: alice was set to enter, 1 of 3 failures) cannot be taken back: ${by} has changed secure-login/user:alice since. Nothing was changed.`,
      },
    })
    expect(await looks(world)).toEqual(before)
  })

  it.each<readonly [what: string, after: (world: World) => Promise<unknown>, why: RegExp]>([
    [
      'the clock',
      (world) => callControl(world, 'POST', '/clock/advance', { by: '1m' }),
      /c3 .*has changed clock since/,
    ],
    [
      'the scenario',
      (world) => callControl(world, 'POST', '/scenario', { scenario: 'lockout' }),
      /c3 .*changed the world/,
    ],
    ['a user', (world) => callControl(world, 'PUT', '/users/secure-login/bob', { failures: 1 }), /c3 .*user:bob since/],
  ])('of a reset is refused where %s was changed since', async (_, after, why) => {
    const { world, host } = await worldAt('default')
    await callControl(world, 'PUT', '/users/secure-login/bob', { failures: 2 })
    host.pass(1000)
    await callControl(world, 'POST', '/reset')
    await after(world)
    const before = await looks(world)
    const { status, body } = await undo(world, 'c2')
    expect([status, String(body['detail'])]).toEqual([409, expect.stringMatching(why)])
    expect(await looks(world)).toEqual(before)
  })
})

describe('GET /undo', () => {
  it('tells the latest fifty of this world, and what was refused or only looked at is none of them', async () => {
    const { world } = await worldAt('default')
    for (let failures = 0; failures < 30; failures++) {
      await callControl(world, 'PUT', '/users/secure-login/bob', { failures: failures % 3 })
      await callControl(world, 'POST', '/clock/advance', { by: '1s' })
    }
    await callControl(world, 'PUT', '/users/secure-login/bob', { state: 'nonsense' })
    await callControl(world, 'GET', '/users')
    await callControl(world, 'POST', '/share', {})
    const { changes } = (await callControl(world, 'GET', '/undo')).body as { changes: readonly { id: string }[] }
    expect([changes.length, changes[0]?.id, changes.at(-1)?.id]).toEqual([50, 'c11', 'c60'])
    const other = world.worlds.get('other')
    expect((await callControl(other, 'GET', '/undo')).body['changes']).toEqual([])
    expect(await undo(world, 'c1')).toMatchObject({ status: 404, body: { code: 'ERR_CHANGE_UNKNOWN' } })
  })

  it('keeps no more requests than there is room for, but always those of the latest', async () => {
    const { world } = await worldAt('default')
    const body = 'x'.repeat(4096)
    for (let round = 0; round < 6; round++) {
      const alice = await Phone.signIn(world, 'alice')
      for (let count = 0; count < 999; count++) await alice.auth(body)
      await callControl(world, 'POST', '/reset')
    }
    const { changes } = (await callControl(world, 'GET', '/undo')).body as { changes: readonly { requests: number }[] }
    expect(changes.map(({ requests }) => requests)).toEqual([1000, 1000, 1000])
    expect(world.load.requests).toBe(3000)
    world.dropJournal()
    expect(world.undo.list()).toEqual([])
  })

  it('has nothing of requests that came while a scenario was read', async () => {
    const { world } = await worldAt('default')
    const played = callControl(world, 'POST', '/scenario', { scenario: 'lockout' })
    const alice = await Phone.signIn(world, 'alice')
    await played
    await undo(world)
    expect(await alice.state()).not.toBe('401')
    expect(world.requests.map(({ operation }) => operation)).toEqual(['login', 'user'])
  })
})
