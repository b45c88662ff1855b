import { describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

describe('a reset', () => {
  it('starts the scenario again: users, sessions, settings, clock, faults and journal', async () => {
    const host = new HostTime('2026-01-15T09:00:00Z')
    const world = await createWorld('faults', { time: host.time })
    const fresh = [world.snapshot(), world.secureLogin.users(), world.journal, world.clock.view()]
    const alice = await Phone.signIn(world, 'alice')
    await alice.auth('000000')
    world.secureLogin.user('bob').set({ state: 'bypass' })
    world.secureLogin.set({ active: false, contextPath: '/x' })
    world.faults.clear('f1')
    world.faults.add({ on: '*', reply: { status: 503 } })
    world.clock.advance('1d')
    world.clock.freeze()
    world.reset()
    expect([world.snapshot(), world.secureLogin.users(), world.journal, world.clock.view()]).toEqual(fresh)
    expect(await alice.state()).toBe('401')
  })

  it('counts relative times from now', async () => {
    const host = new HostTime('2026-01-15T09:00:00Z')
    const world = await createWorld('default', { time: host.time })
    host.pass(7_200_000)
    expect(world.secureLogin.user('carol').view().state).toBe('enter')
    world.reset()
    expect(world.secureLogin.user('carol').view()).toMatchObject({ state: 'blocked', until: host.now + 1_800_000 })
  })

  it('starts the last scenario that was started, not the first', async () => {
    const world = await createWorld('default')
    const other = await createWorld('lockout')
    await world.startScenario(other.scenario)
    world.secureLogin.user('tim').set({ failures: 0 })
    world.reset()
    expect(world.secureLogin.user('tim').view().failures).toBe(2)
  })

  it('leaves listeners in place, and other worlds as they are', async () => {
    const world = await createWorld('default')
    const other = world.worlds.get('other')
    other.api('secure-login').set({ active: false })
    const heard: string[] = []
    world.listen((event) => heard.push(event.kind))
    world.reset()
    world.clock.freeze()
    expect(heard).toEqual(['change', 'change'])
    expect(other.api('secure-login').settings).toMatchObject({ active: false })
  })
})
