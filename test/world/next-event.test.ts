import { describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

const nine = (): { time: () => number } => ({ time: new HostTime('2026-01-15T09:00:00Z').time })

describe('the next event', () => {
  it('is what ends first: a block, a session, a fault', async () => {
    const world = await createWorld('default', nine())
    await Phone.signIn(world, 'alice')
    world.faults.add({ on: '*', delay: '1ms', for: '10m' })
    const seen: unknown[] = []
    for (let event = world.clock.next(); event !== undefined; event = world.clock.next()) {
      seen.push([event.in, event.what])
      world.clock.advanceToNext()
      expect(world.clock.view().now).toBe(event.at)
    }
    expect(seen).toEqual([
      ['10m', 'the fault ends: a delay of 1ms on *'],
      ['20m', 'carol is no longer blocked'],
      ['4h30m', expect.stringMatching(/^session \w{4}… of alice expires$/)],
    ])
    expect(world.secureLogin.user('carol').view()).toMatchObject({ state: 'enter', failures: 0 })
  })

  it('is told by the server clock, which faults do not go by', async () => {
    const world = await createWorld({ clock: { skew: '5m' } }, nine())
    world.faults.add({ on: '*', delay: '1ms', for: '10m' })
    expect(world.clock.next()).toMatchObject({ at: '2026-01-15T09:15:00Z', in: '10m' })
  })

  it('finds a block deep in a crowd', async () => {
    const world = await createWorld({ 'secure-login': { crowd: 50_000 } }, nine())
    expect(world.clock.next()).toBeUndefined()
    world.secureLogin.user('crowd-49999').set({ state: 'blocked', for: '7m' })
    expect(world.clock.next()).toMatchObject({ in: '7m', what: 'crowd-49999 is no longer blocked' })
  })

  it('is nothing where nothing ends, and the clock stays where it is', async () => {
    const world = await createWorld('onboarding', nine())
    const before = world.clock.view()
    expect(world.clock.next()).toBeUndefined()
    expect(() => world.clock.advanceToNext()).toThrow(/^Nothing ends by itself/)
    expect(world.clock.view()).toEqual(before)
  })
})
