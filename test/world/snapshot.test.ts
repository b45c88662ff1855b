import { describe, expect, it } from 'vitest'
import { createWorld, type Scenario, type Snapshot, type WorldOf } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone } from '../support/phone.ts'
import { request } from '../support/request.ts'

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

/** A world in which much has happened. */
async function busyWorld(host: HostTime, options: { salt?: string } = {}): Promise<{ world: WorldOf; alice: Phone }> {
  const world = await createWorld(
    { extends: 'default', seed: 7, clock: { skew: '2m' } },
    { time: host.time, ...options },
  )
  const alice = await Phone.signIn(world, 'alice')
  await alice.auth('000000')
  await alice.auth('000001')
  const gone = await Phone.signIn(world, 'bob')
  await gone.send('DELETE', '/jira/rest/auth/1/session')
  world.secureLogin.set({ blockFor: '45m', whileBlocked: 'extend' })
  world.secureLogin.user('dave').set({ totp: { secret: 'JBSWY3DPEHPK3PXP' } })
  world.faults.add({ on: 'secure-login.info', reply: { status: 503 }, times: 2, for: '1h', delay: '5ms' })
  await world.play(request('GET', `${apiPath}/info`))
  world.clock.scale(2)
  host.pass(1500)
  return { world, alice }
}

/** All that people can see of a world. */
function visible(world: WorldOf): unknown {
  return [
    world.clock.view(),
    world.faults.list(),
    world.secureLogin.settings,
    world.secureLogin.users(),
    world.secureLogin.sessions(),
    world.scenario.description,
    world.scenario.seed,
  ]
}

describe('a snapshot', () => {
  it('goes through JSON unchanged', async () => {
    const { world } = await busyWorld(new HostTime('2026-01-15T09:00:00Z'))
    const snapshot = world.snapshot()
    expect(copy(snapshot)).toEqual(snapshot)
    expect(snapshot).toMatchObject({
      kind: 'auth-understudy/snapshot',
      version: 1,
      takenAt: '2026-01-15T09:02:03Z',
      clock: { frozen: false, scale: 2, skewMs: 120_000 },
    })
  })

  it('brings everything back, and takes back what came after', async () => {
    const { world, alice } = await busyWorld(new HostTime('2026-01-15T09:00:00Z'))
    const before = [copy(visible(world)), world.snapshot()]
    await alice.auth('000002')
    await Phone.signIn(world, 'carol')
    world.clock.advance('9h')
    world.faults.clear()
    world.secureLogin.set({ active: false })
    expect(await alice.state()).not.toBe('enter')
    world.restore(copy(before[1]))
    expect([copy(visible(world)), world.snapshot()]).toEqual(before)
    expect(await alice.state()).toBe('enter')
  })

  it('makes a second world the same, on another host at another time', async () => {
    const { world, alice } = await busyWorld(new HostTime('2026-01-15T09:00:00Z'))
    const later = new HostTime('2031-07-07T07:07:07Z')
    const second = await createWorld('onboarding', { time: later.time })
    second.restore(copy(world.snapshot()))
    expect(visible(second)).toEqual(visible(world))
    expect(await new Phone(second, alice.session).auth('000002')).toBe(401)
    expect(second.secureLogin.user('alice').view()).toMatchObject({ state: 'blocked', failures: 3 })
    expect(world.secureLogin.user('alice').view()).toMatchObject({ state: 'enter', failures: 2 })
    later.pass(1000)
    expect(second.clock.view().world).toBe('2026-01-15T09:00:05Z')
  })

  it('holds only what changed: a crowd of a million that nobody met is as small as none', async () => {
    const world = await createWorld({ 'secure-login': { crowd: 1_000_000 } })
    await Phone.signIn(world, 'crowd-999999')
    const keys = Object.keys(world.snapshot().records)
    expect(keys.filter((key) => key.startsWith('secure-login/user:'))).toEqual(['secure-login/user:crowd-999999'])
    expect(JSON.stringify(world.snapshot()).length).toBeLessThan(2000)
  })

  it('does without what was deleted', async () => {
    const world = await createWorld('default')
    const alice = await Phone.signIn(world, 'alice')
    await alice.send('DELETE', '/jira/rest/auth/1/session')
    const snapshot = copy(world.snapshot())
    // What the scenario never had leaves nothing behind.
    expect(Object.keys(snapshot.records)).not.toContain(`secure-login/session:${alice.session}`)
    const second = await createWorld('default')
    second.restore(snapshot)
    expect(second.secureLogin.sessions().total).toBe(0)
    expect(await new Phone(second, alice.session).state()).toBe('401')
  })

  it('keeps relative times where they were, and a reset afterwards starts them anew', async () => {
    const host = new HostTime('2026-01-15T09:00:00Z')
    const world = await createWorld('default', { time: host.time })
    const until = world.secureLogin.user('carol').view().until
    const snapshot = copy(world.snapshot())
    host.pass(600_000)
    world.restore(snapshot)
    expect(world.secureLogin.user('carol').view().until).toBe(until)
    world.reset()
    expect(world.secureLogin.user('carol').view().until).toBe((until as number) + 600_000)
  })

  it('is not touched by what happens after it was taken', async () => {
    const { world, alice } = await busyWorld(new HostTime('2026-01-15T09:00:00Z'))
    const snapshot = world.snapshot()
    const text = JSON.stringify(snapshot)
    await alice.auth('000002')
    world.restore(snapshot)
    await alice.auth('000002')
    expect(JSON.stringify(snapshot)).toBe(text)
  })

  it('lets two worlds of the same salt give no session twice', async () => {
    const { world } = await busyWorld(new HostTime('2026-01-15T09:00:00Z'), { salt: 'fixed' })
    const second = await createWorld('default', { salt: 'fixed' })
    second.restore(copy(world.snapshot()))
    const before = second.secureLogin.sessions().total
    const bob = await Phone.signIn(second, 'bob')
    expect(second.secureLogin.sessions().total).toBe(before + 1)
    expect(world.snapshot().records).not.toHaveProperty([`secure-login/session:${bob.session}`])
  })

  it('of an older version gets defaults for the settings that did not exist then', async () => {
    const world = await createWorld('default')
    world.secureLogin.set({ active: false })
    const old = copy(world.snapshot()) as { records: { [key: string]: unknown } }
    old.records['secure-login/settings'] = { active: false, blockAfter: 7 }
    world.restore(old)
    expect(world.secureLogin.settings).toMatchObject({
      active: false,
      blockAfter: 7,
      contextPath: '/jira',
      blockFor: 1_800_000,
    })
    expect(await (await Phone.signIn(world, 'alice')).state()).toBe('410')
  })

  it('gives its users names in a world that had nobody to make up', async () => {
    const named = await createWorld('default')
    const world = await createWorld({ 'secure-login': { users: { alice: {} } } })
    named.restore(copy(world.snapshot()))
    await named.ready()
    expect(named.secureLogin.users()).toEqual(world.secureLogin.users())
  })
})

describe('what is no snapshot', () => {
  const change =
    (more: object): ((snapshot: Snapshot) => unknown) =>
    (snapshot) => ({ ...snapshot, ...more })
  const records =
    (more: object): ((snapshot: Snapshot) => unknown) =>
    (snapshot) => ({
      ...snapshot,
      records: { ...snapshot.records, ...more },
    })
  const user = (more: object) => (snapshot: Snapshot) => {
    const alice = snapshot.records['secure-login/user:alice'] as object
    return records({ 'secure-login/user:alice': { ...alice, ...more } })(snapshot)
  }

  it.each<[string, (snapshot: Snapshot) => unknown, string]>([
    ['nothing', () => undefined, 'kind: is missing'],
    ['null', () => null, 'kind: is missing'],
    ['a text', () => 'snapshot', '"snapshot" is not a map'],
    ['a list', () => [], '[] is not a map'],
    ['a scenario', () => ({ description: 'x' }), '"description" is not known here'],
    ['one of another kind', change({ kind: 'other/snapshot' }), 'kind: "other/snapshot" is not one of'],
    ['one of a later version', change({ version: 2 }), 'version: 2 is not a number from 1 to 1.'],
    ['one with more than it has', change({ more: 1 }), '"more" is not known here'],
    ['one without records', change({ records: undefined }), 'records: is missing'],
    ['one with a clock past all years', change({ clock: { at: 1e15, frozen: true, scale: 1, skewMs: 0 } }), 'clock.at'],
    [
      'one with a clock that is too fast',
      change({ clock: { at: 0, frozen: true, scale: 1e9, skewMs: 0 } }),
      'clock.scale',
    ],
    ['one with a broken scenario', change({ scenario: { sead: 1 } }), 'Did you mean "seed"?'],
    ['one with no scenario', change({ scenario: 5 }), 'A scenario is a map'],
    ['a record of no API', records({ 'other/user:alice': {} }), 'belongs to no API of this world'],
    ['a record without an API', records({ 'user:alice': {} }), 'belongs to no API of this world'],
    ['a record of no kind', records({ 'secure-login/usr:alice': {} }), '"usr" is not a kind of record'],
    [
      'a user that is cut off',
      records({ 'secure-login/user:alice': { username: 'alice' } }),
      'alice.password: is missing',
    ],
    ['a user with a wrong count', user({ failures: -1 }), 'failures: -1 is not a number of at least 0.'],
    ['a user with a wrong state', user({ state: 'blocked' }), '"blocked" is not one of enter, bypass, onboarding'],
    ['a user with a secret that is none', user({ totp: { secret: '!!!' } }), 'totp.secret: The value is not'],
    ['settings that are gone', records({ 'secure-login/settings': null }), 'secure-login/settings: null is not a map'],
    ['settings out of bounds', records({ 'secure-login/settings': { blockAfter: 0 } }), 'blockAfter: 0 is not'],
    [
      'settings with a written duration',
      records({ 'secure-login/settings': { blockFor: '30m' } }),
      'blockFor: "30m" is not',
    ],
    ['faults that are gone', records({ faults: null }), 'faults: null is not a list'],
    ['a fault without an id', records({ faults: [{ on: '*', seen: 0, struck: 0 }] }), 'id: is missing'],
    [
      'a fault with an id of its own making',
      records({ faults: [{ id: 'x', on: '*', seen: 0, struck: 0 }] }),
      'id: "x" is not',
    ],
  ])('(%s) is refused, and the world stays what it was', async (_, spoil, complaint) => {
    const host = new HostTime('2026-01-15T09:00:00Z')
    const { world } = await busyWorld(host)
    const before = [world.snapshot(), copy(visible(world))]
    const heard: unknown[] = []
    world.listen((event) => heard.push(event))
    const spoilt = spoil(copy(world.snapshot()))
    for (const use of [() => world.restore(spoilt), () => world.checkSnapshot(spoilt)]) {
      expect(use).toThrow(
        expect.objectContaining({ code: 'ERR_SNAPSHOT_INVALID', message: expect.stringContaining(complaint) }),
      )
    }
    expect([world.snapshot(), copy(visible(world))]).toEqual(before)
    expect(heard).toEqual([])
  })

  it('is told apart from what is one without restoring it', async () => {
    const world = await createWorld({ description: 'here' } satisfies Scenario)
    const other = await createWorld({ description: 'there' })
    world.checkSnapshot(copy(other.snapshot()))
    expect(world.scenario.description).toBe('here')
  })
})
