import { describe, expect, it } from 'vitest'
import { createWorld, type Scenario, type WorldOf } from '../../src/index.ts'
import { loadFor } from '../../src/scenario/create-world.ts'
import type { RebaseReport } from '../../src/world/rebase.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

const people = {
  alice: { pin: '910817', displayName: 'Alice', emailAddress: 'alice@jira.example' },
  bob: { pin: '246810', displayName: 'Bob', emailAddress: 'bob@jira.example' },
}
const scenario = (section: object = {}, frame: object = {}): Scenario => ({
  ...frame,
  'secure-login': { users: people, ...section },
})

/** Takes over an edited scenario, as `serve --watch` does when the file was saved. */
async function edit(world: WorldOf, edited: Scenario): Promise<RebaseReport> {
  const { setup } = await loadFor(world, edited)
  return world.rebase(setup)
}

describe('an edit of the running scenario', () => {
  it('that changes nothing keeps everything', async () => {
    const world = await createWorld(scenario())
    const alice = await Phone.signIn(world, 'alice')
    await alice.auth('000000')
    world.secureLogin.set({ blockAfter: 9 })
    world.faults.add({ on: '*', delay: '1ms' })
    world.clock.freeze()
    const before = [world.snapshot(), world.requests]
    const { kept, lost } = await edit(world, scenario())
    expect([world.snapshot(), world.requests]).toEqual(before)
    expect(lost).toEqual([])
    expect(kept).toContain('secure-login/user:alice')
    expect(kept).toContain(`secure-login/session:${alice.session.slice(0, 4)}…`)
    expect(kept.join()).not.toContain(alice.session)
  })

  it('keeps the running counts and sessions of a user whose PIN was edited', async () => {
    const world = await createWorld(scenario())
    const alice = await Phone.signIn(world, 'alice')
    await alice.auth('000000')
    await alice.auth('000000')
    const report = await edit(world, scenario({ users: { ...people, alice: { ...people.alice, pin: '42' } } }))
    expect(report.lost).toEqual([])
    expect(world.secureLogin.user('alice').view()).toMatchObject({ failures: 2, details: { pin: '42' } })
    expect([await alice.auth('910817'), await alice.state()]).toEqual([401, 'blocked'])
  })

  it('takes what was edited where both changed it, and says so', async () => {
    const world = await createWorld(scenario())
    world.secureLogin.user('alice').set({ failures: 2, password: 'pw' })
    const report = await edit(world, scenario({ users: { ...people, alice: { ...people.alice, failures: 1 } } }))
    expect(report.lost).toEqual(['secure-login/user:alice: failures as edited'])
    expect(world.secureLogin.user('alice').view()).toMatchObject({ failures: 1, details: { password: 'pw' } })
  })

  it('says nothing where both changed it to the same', async () => {
    const world = await createWorld(scenario())
    world.secureLogin.user('alice').set({ failures: 2 })
    const report = await edit(world, scenario({ users: { ...people, alice: { ...people.alice, failures: 2 } } }))
    expect(report.lost).toEqual([])
  })

  it('merges the settings member by member', async () => {
    const world = await createWorld(scenario({ blockAfter: 3, blockFor: '30m' }))
    world.secureLogin.set({ blockAfter: 9, active: false })
    const report = await edit(world, scenario({ blockAfter: 5, blockFor: '10m' }))
    expect(world.secureLogin.settings).toMatchObject({ blockAfter: 5, blockFor: 600_000, active: false })
    expect(report.lost).toEqual(['secure-login/settings: blockAfter as edited'])
  })

  it('exchanges the second factor as a whole', async () => {
    const world = await createWorld(scenario())
    world.secureLogin.user('alice').set({ failures: 1 })
    const totp = { secret: 'JBSWY3DPEHPK3PXP' }
    const { pin: _pin, ...rest } = people.alice
    await edit(world, scenario({ users: { ...people, alice: { ...rest, totp } } }))
    const { details, failures } = world.secureLogin.user('alice').view()
    expect(failures).toBe(1)
    expect(details).toMatchObject({ totp })
    expect(details).not.toHaveProperty('pin')
  })

  it('adds a user, and takes one away with what he did', async () => {
    const world = await createWorld(scenario())
    const bob = await Phone.signIn(world, 'bob')
    const report = await edit(world, scenario({ users: { alice: people.alice, carol: { ...people.bob, pin: '1' } } }))
    expect(world.secureLogin.users().items.map(({ username }) => username)).toEqual(['alice', 'carol'])
    expect(report.lost).toEqual(['secure-login/user:bob: no longer in the scenario'])
    expect(await bob.state()).toBe('401')
  })

  it('leaves a session that ended ended', async () => {
    const world = await createWorld(scenario())
    const alice = await Phone.signIn(world, 'alice')
    await alice.send('DELETE', '/jira/rest/auth/1/session')
    await edit(world, scenario({ blockAfter: 5 }))
    expect(await alice.state()).toBe('401')
    expect(world.secureLogin.sessions().total).toBe(0)
  })

  it('keeps the clock and the faults unless they were edited', async () => {
    const host = new HostTime('2026-01-15T09:00:00Z')
    const world = await createWorld(scenario({}, { clock: { frozen: true } }), { time: host.time })
    world.clock.advance('1h')
    world.faults.add({ on: '*', delay: '1ms' })
    expect((await edit(world, scenario({ blockAfter: 5 }, { clock: { frozen: true } }))).lost).toEqual([])
    expect([world.clock.view().now, world.faults.list().length]).toEqual(['2026-01-15T10:00:00Z', 1])
    const faults = [{ on: 'secure-login.auth', reply: { status: 503 } }]
    const report = await edit(world, scenario({}, { clock: { at: '2030-01-01' }, faults }))
    expect(report.lost).toEqual(['clock: as edited', 'faults: as edited'])
    expect(world.clock.view()).toMatchObject({ now: '2030-01-01T00:00:00Z', frozen: false })
    expect(world.faults.list().map(({ what }) => what)).toEqual(['status 503 on secure-login.auth'])
  })

  it('keeps relative times where they were', async () => {
    const host = new HostTime('2026-01-15T09:00:00Z')
    const users = { ...people, alice: { ...people.alice, state: 'blocked', until: '+30m' } }
    const world = await createWorld(scenario({ users }), { time: host.time })
    host.pass(600_000)
    await edit(world, scenario({ users, blockAfter: 5 }))
    expect(world.secureLogin.user('alice').view().until).toBe(Date.parse('2026-01-15T09:30:00Z'))
  })

  it('works where the edit leaves a name blank that had been written down', async () => {
    const world = await createWorld(scenario())
    world.secureLogin.user('alice').set({ failures: 1 })
    const report = await edit(world, scenario({ users: { ...people, alice: { pin: '910817' } } }))
    expect(report.lost).toEqual([])
    const { failures, details } = world.secureLogin.user('alice').view()
    expect([failures, details['pin']]).toEqual([1, '910817'])
    expect(details['displayName']).not.toBe('Alice')
  })

  it('is what a later reset starts from', async () => {
    const world = await createWorld(scenario())
    await edit(world, scenario({ blockAfter: 5 }))
    world.reset()
    expect(world.secureLogin.settings.blockAfter).toBe(5)
  })

  it('moves the routes with an edited context path', async () => {
    const world = await createWorld(scenario())
    const alice = await Phone.signIn(world, 'alice')
    await edit(world, scenario({ contextPath: '' }))
    expect((await alice.send('GET', '/rest/securelogin-admin/1.0/api/user')).status).toBe(200)
    expect(await alice.state()).toBe('404')
  })
})
