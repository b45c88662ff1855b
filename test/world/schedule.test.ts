import { describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import type { WorldOf } from '../../src/scenario/create-world.ts'
import { callControl } from '../support/control-client.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

const start = '2026-01-15T09:00:00Z'

describe('what is scheduled', () => {
  it('has happened at its time when the next request is answered, without anybody doing it', async () => {
    const host = new HostTime(start)
    const world = await createWorld('default', { time: host.time })
    const alice = await Phone.signIn(world, 'alice')
    world.schedule.add({ at: '+10s', user: 'alice', set: { state: 'blocked', for: '2m' } })
    world.schedule.add({ at: '2026-01-15T09:05:00Z', api: 'secure-login', set: { active: false } })
    expect(world.schedule.list()).toEqual([
      { id: 's1', at: '2026-01-15T09:00:10Z', in: '10s', what: 'alice: blocked, for 2m' },
      { id: 's2', at: '2026-01-15T09:05:00Z', in: '5m', what: 'secure-login: active false' },
    ])
    expect(world.clock.next()).toMatchObject({ at: '2026-01-15T09:00:10Z', what: 'alice: blocked, for 2m' })
    host.pass(9_999)
    expect(await alice.state()).toBe('enter')
    host.pass(60_001)
    expect(await alice.state()).toBe('blocked')
    expect(world.secureLogin.user('alice').view().until).toBe(Date.parse('2026-01-15T09:02:10Z'))
    expect(world.changes.at(-1)).toMatchObject({ at: '2026-01-15T09:00:10Z', after: 2 })
    host.pass(300_000)
    expect(await alice.state()).toBe('410')
    expect(world.schedule.list()).toEqual([])
  })

  it.each([
    ['a user is looked at', (world: WorldOf) => world.secureLogin.user('alice').view().state],
    ['users are', (world) => world.secureLogin.users().items.find(({ username }) => username === 'alice')?.state],
    ['a snapshot is taken', (world) => Object(world.snapshot().records['secure-login/user:alice'])['state']],
    ['a record is', (world) => Object(world.records.get('secure-login/user:alice'))['state']],
    ['the control API is asked', async (world) => (await callControl(world, 'GET', '/users/alice')).body['state']],
  ] satisfies [string, (world: WorldOf) => unknown][])('has happened when %s', async (_, look) => {
    const host = new HostTime(start)
    const world = await at(host)
    world.schedule.add({ at: '+10s', user: 'secure-login/alice', set: { state: 'bypass' } })
    host.pass(10_000)
    expect(await look(world)).toBe('bypass')
  })

  it('happens in order when the clock is moved past it, and not while it stands', async () => {
    const host = new HostTime(start)
    const world = await at(host)
    world.clock.freeze()
    await callControl(world, 'POST', '/schedule', { at: '+20s', user: 'alice', set: { state: 'enter', failures: 1 } })
    await callControl(world, 'POST', '/schedule', { at: '+10s', user: 'alice', set: { failures: 2 } })
    await callControl(world, 'POST', '/schedule', { at: '+30s', fault: { on: '*', reply: { status: 503 }, for: '1m' } })
    await callControl(world, 'POST', '/schedule', { at: '+1h', end: 'sessions' })
    host.pass(3_600_000)
    expect(world.secureLogin.user('alice').view().failures).toBe(0)
    expect((await callControl(world, 'POST', '/clock/next')).body['now']).toBe('2026-01-15T09:00:10Z')
    expect(world.secureLogin.user('alice').view().failures).toBe(2)
    world.clock.advance('30s')
    expect(world.changes.slice(-4).map(({ at: told, what }) => `${told} ${what}`)).toEqual([
      '2026-01-15T09:00:10Z the clock was advanced until alice: failures 2',
      '2026-01-15T09:00:20Z Secure Login: alice was set to enter, 1 of 3 failures',
      '2026-01-15T09:00:30Z fault f1: status 503 on *',
      '2026-01-15T09:00:40Z the clock was advanced by 30s',
    ])
    expect(world.faults.list()).toMatchObject([{ until: '2026-01-15T09:01:30Z' }])
    world.faults.clear()
    const [alice, carol] = [await Phone.signIn(world, 'alice'), await Phone.signIn(world, 'carol')]
    world.clock.advance('1h')
    expect([await alice.state(), await carol.state()]).toEqual(['401', '401'])
  })

  it('is kept in snapshots, and begins again with the scenario', async () => {
    const host = new HostTime(start)
    const world = await createWorld(
      { extends: 'default', schedule: [{ at: '+10s', user: 'alice', set: { state: 'bypass' } }] },
      { time: host.time },
    )
    world.schedule.add({ at: '+1m', end: 'sessions', user: 'alice' })
    const snapshot = world.snapshot()
    host.pass(10_000)
    expect(world.schedule.list().map(({ id }) => id)).toEqual(['s2'])
    world.restore(snapshot)
    expect(world.schedule.list().map(({ id, in: left }) => [id, left])).toEqual([
      ['s1', '10s'],
      ['s2', '1m'],
    ])
    host.pass(10_000)
    expect(world.secureLogin.user('alice').view().state).toBe('bypass')
    world.reset()
    expect(world.schedule.list().map(({ what }) => what)).toEqual(['alice: bypass'])
    expect(world.secureLogin.user('alice').view().state).toBe('enter')
  })

  it('comes back with what is taken back: when it was added, removed or passed by', async () => {
    const host = new HostTime(start)
    const world = await at(host)
    const undo = async (): Promise<unknown> => (await callControl(world, 'POST', '/undo', {})).body['what']
    const ids = (): string[] => world.schedule.list().map(({ id }) => id)
    await callControl(world, 'POST', '/schedule', { at: '+10s', user: 'alice', set: { state: 'bypass' } })
    await callControl(world, 'DELETE', '/schedule/s1')
    await undo()
    expect(ids()).toEqual(['s1'])
    await callControl(world, 'POST', '/clock/advance', { by: '1m' })
    expect([ids(), world.secureLogin.user('alice').view().state]).toEqual([[], 'bypass'])
    expect(await undo()).toBe('Secure Login: alice was set to bypass, 0 of 3 failures; the clock was advanced by 1m')
    expect([ids(), world.secureLogin.user('alice').view().state]).toEqual([['s1'], 'enter'])
    host.pass(10_000)
    expect(await callControl(world, 'POST', '/undo', {})).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/: its time has changed schedule since/) },
    })
    await undo()
    expect(world.secureLogin.user('alice').view().state).toBe('bypass')
  })

  it('that cannot be done any more is told, and does no harm', async () => {
    const host = new HostTime(start)
    const world = await at(host)
    world.schedule.add({ at: '+10s', user: 'alice', set: { state: 'bypass' } })
    world.schedule.add({ at: '+20s', user: 'dave', set: { state: 'enter' } })
    world.records.put('secure-login/user:alice', undefined)
    host.pass(30_000)
    expect(world.secureLogin.user('dave').view().state).toBe('enter')
    expect(world.changes.map(({ what }) => what)).toContain(
      's1 of the schedule (alice: bypass) could not be done: There is no user alice any more.',
    )
  })

  it.each([
    [{ at: '+10s', user: 'alcie', set: { state: 'blocked' } }, /user: No API has a user "alcie".*"alice"/],
    [{ at: '+10s', user: 'alice', set: { state: 'blokced' } }, /set.state: "blokced" is not one of .*"blocked"/],
    [{ at: '+10s', user: 'alice', set: { pin: '123456' } }, /set.pin: is a secret/],
    [{ at: '+10s', user: 'alice', set: {} }, /set: It sets nothing/],
    [{ at: '+10s', user: 'alice', set: 'blocked' }, /set/],
    [{ at: '+10s', api: 'secure-logn', set: { active: false } }, /api: There is no API "secure-logn".*"secure-login"/],
    [{ at: '+10s', set: { active: false } }, /set: Whose\?/],
    [{ at: '+10s', api: 'secure-login' }, /does one thing/],
    [{ at: '+10s', api: 'secure-login', end: 'sessions' }, /api: is whose settings/],
    [{ at: '+10s', end: 'session' }, /end: .*sessions/],
    [{ at: '+10s', fault: { on: 'secure-login.aut', delay: '1s' } }, /fault.on: .*"secure-login.auth"/],
    [{ at: '+10s', fault: { on: '*', delay: '1s' }, user: 'alice' }, /user: stands within the fault/],
    [{ at: 'soon', end: 'sessions' }, /at: /],
    [{ at: '2020-01-01T00:00:00Z', end: 'sessions' }, /at: 2020-01-01T00:00:00Z has passed/],
    [{ end: 'sessions' }, /at: is missing/],
  ])('is refused where it is wrong, and nothing is changed: %j', async (event, why) => {
    const world = await at(new HostTime(start))
    const before = world.snapshot()
    const { status, body } = await callControl(world, 'POST', '/schedule', event)
    expect([status, String(body['detail'])]).toEqual([422, expect.stringMatching(why)])
    expect(world.snapshot()).toEqual(before)
    if (JSON.stringify(event).includes('2020-')) return
    await expect(createWorld({ extends: 'default', schedule: [event] } as object)).rejects.toMatchObject({
      code: 'ERR_SCENARIO_INVALID',
      message: expect.stringMatching(/schedule\[0\]/),
    })
  })

  it('has no secrets, in a snapshot of somebody else neither', async () => {
    const world = await at(new HostTime(start))
    world.schedule.add({ at: '+10s', user: 'alice', set: { state: 'bypass' } })
    const { records, ...snapshot } = world.snapshot()
    const events = records['schedule'] as readonly object[]
    const evil = (more: object): object => ({
      ...snapshot,
      records: { ...records, schedule: [{ ...events[0], ...more }] },
    })
    expect(() => world.restore(evil({ set: { pin: '1' } }))).toThrow(/records.schedule.*set.pin: is a secret/)
    expect(() => world.restore(evil({ at: 1e18 }))).toThrow(/records.schedule\[0\].at/)
    for (const more of [
      { set: 'x' },
      { set: null },
      { set: [] },
      { user: 'nobody' },
      { api: 'x' },
      { at: -62_167_219_200_000 },
    ]) {
      world.restore(evil(more))
      world.clock.skew('-5m')
      world.clock.advance('1m')
      expect(world.schedule.list()).toEqual([])
    }
  })

  it('is a hundred events at most', async () => {
    const world = await at(new HostTime(start))
    for (let count = 0; count < 100; count++) world.schedule.add({ at: '+1h', end: 'sessions' })
    expect(() => world.schedule.add({ at: '+1h', end: 'sessions' })).toThrow(/There are 100 events to come already/)
    expect(() => world.schedule.remove('s101')).toThrow(/There is no event "s101" to come.*Did you mean "s10"/)
  })
})

function at(host: HostTime): Promise<WorldOf> {
  return createWorld('default', { time: host.time })
}
