import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, type World, type WorldOf } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone } from '../support/phone.ts'
import { request } from '../support/request.ts'

const noDuration: string = 'soon'

async function worldAt(iso: string): Promise<{ world: WorldOf; host: HostTime }> {
  const host = new HostTime(iso)
  return { world: await createWorld('default', { time: host.time }), host }
}

/** The time that the server tells, in the body of /info and in the Date header. */
async function toldTime(world: World): Promise<[string, string | undefined]> {
  const { body, headers } = await world.play(request('GET', `${apiPath}/info`))
  return [(JSON.parse(String(body)) as { server_time: string }).server_time, headers[headers.indexOf('date') + 1]]
}

describe("a world's clock", () => {
  it('keeps pace with the host until it is moved', async () => {
    const { world, host } = await worldAt('2026-01-15T09:00:00Z')
    host.pass(61_999)
    expect(world.clock.view()).toEqual({
      now: '2026-01-15T09:01:01Z',
      world: '2026-01-15T09:01:01Z',
      frozen: false,
      scale: 1,
      skew: '0s',
    })
    expect(world.clock.now).toBe(host.now)
  })

  it('tells one time everywhere: in /info, in the Date header and in the journal', async () => {
    const { world } = await worldAt('2026-01-15T09:00:00.999Z')
    world.clock.skew('5m')
    world.clock.advance('1s')
    expect(await toldTime(world)).toEqual(['2026-01-15T09:05:01Z', 'Thu, 15 Jan 2026 09:05:01 GMT'])
    expect(world.requests[0]?.at).toBe('2026-01-15T09:05:01Z')
    expect(world.snapshot().takenAt).toBe('2026-01-15T09:05:01Z')
    world.clock.set('1999-12-31T23:59:59Z')
    world.clock.skew(0)
    expect(await toldTime(world)).toEqual(['1999-12-31T23:59:59Z', 'Fri, 31 Dec 1999 23:59:59 GMT'])
  })

  it('is advanced by spelling or milliseconds, forth and back', async () => {
    const { world } = await worldAt('2026-01-15T09:00:00Z')
    expect(world.clock.advance('1h30m').now).toBe('2026-01-15T10:30:00Z')
    expect(world.clock.advance(-5000).now).toBe('2026-01-15T10:29:55Z')
    expect(world.clock.advance('-1d').now).toBe('2026-01-14T10:29:55Z')
  })

  it('is set by instant, by milliseconds, or relative to what it shows', async () => {
    const { world } = await worldAt('2026-01-15T09:00:00Z')
    expect(world.clock.set('2027-02-03T04:05:06+01:00').now).toBe('2027-02-03T03:05:06Z')
    expect(world.clock.set('+5m').now).toBe('2027-02-03T03:10:06Z')
    expect(world.clock.set(0).now).toBe('1970-01-01T00:00:00Z')
  })

  it('stands, runs on, and runs faster, without a jump', async () => {
    const { world, host } = await worldAt('2026-01-15T09:00:00Z')
    world.clock.freeze()
    host.pass(3_600_000)
    expect(world.clock.view().now).toBe('2026-01-15T09:00:00Z')
    expect(world.clock.resume().now).toBe('2026-01-15T09:00:00Z')
    host.pass(1000)
    expect(world.clock.scale(60).now).toBe('2026-01-15T09:00:01Z')
    host.pass(1000)
    expect(world.clock.view().now).toBe('2026-01-15T09:01:01Z')
  })

  it('is skewed for the server alone: blocks and stamps go by the server, codes by everybody else', async () => {
    const { world } = await worldAt('2026-01-15T09:00:00Z')
    world.secureLogin.user('alice').set({ state: 'blocked', for: '30m' })
    world.clock.skew('30m')
    expect(world.secureLogin.user('alice').view().state).toBe('enter')
    expect(world.clock.view()).toMatchObject({
      now: '2026-01-15T09:30:00Z',
      world: '2026-01-15T09:00:00Z',
      skew: '30m',
    })
    world.clock.skew('-1m')
    expect(world.secureLogin.user('alice').view().state).toBe('blocked')
  })

  it('ends sessions that nobody used for longer than sessionFor', async () => {
    const { world } = await worldAt('2026-01-15T09:00:00Z')
    const alice = await Phone.signIn(world, 'alice')
    world.clock.advance('4h59m59s')
    expect(await alice.state()).toBe('enter')
    world.clock.advance('5h')
    expect(await alice.state()).toBe('401')
    expect(world.requests.at(-1)?.clause).toBe('SL-02')
  })

  it.each<[string, (world: World) => unknown]>([
    ['advance by no duration', ({ clock }) => clock.advance(noDuration)],
    ['advance by NaN', ({ clock }) => clock.advance(Number.NaN)],
    ['advance for ever', ({ clock }) => clock.advance(Infinity)],
    ['advance by a part of a millisecond', ({ clock }) => clock.advance(0.5)],
    ['advance past the year 9999', ({ clock }) => clock.advance('3000000d')],
    ['advance past what can be counted', ({ clock }) => clock.advance(1e300)],
    ['advance by too long a duration', ({ clock }) => clock.advance('9000000d')],
    ['advance back before the year 0', ({ clock }) => clock.advance('-2100000d')],
    ['set to no instant', ({ clock }) => clock.set('2026-02-30')],
    ['set to NaN', ({ clock }) => clock.set(Number.NaN)],
    ['set to infinity', ({ clock }) => clock.set(-Infinity)],
    ['set to a part of a millisecond', ({ clock }) => clock.set(1.5)],
    ['set to a far year', ({ clock }) => clock.set(1e15)],
    ['set to nothing', ({ clock }) => clock.set(undefined as unknown as string)],
    ['scale below 0', ({ clock }) => clock.scale(-1)],
    ['scale by NaN', ({ clock }) => clock.scale(Number.NaN)],
    ['scale by a million and one', ({ clock }) => clock.scale(1_000_001)],
    ['skew by no duration', ({ clock }) => clock.skew(noDuration)],
    ['skew past the year 9999', ({ clock }) => clock.skew('3000000d')],
  ])('refuses to %s, and stays as it was', async (_, move) => {
    const { world } = await worldAt('2026-01-15T09:00:00Z')
    const heard: unknown[] = []
    world.listen((event) => heard.push(event))
    const before = world.snapshot()
    expect(() => move(world)).toThrow(expect.objectContaining({ code: 'ERR_CHANGE_INVALID' }))
    expect([world.snapshot(), heard]).toEqual([before, []])
  })

  it('can be put into a snapshot, and taken out of it, wherever it was moved', async () => {
    const { world, host } = await worldAt('2026-01-15T09:00:00Z')
    const moves = fc.array(
      fc.oneof(
        fc.integer({ min: -1e13, max: 1e13 }).map((by) => ['advance', by] as const),
        fc.integer({ min: -6e13, max: 2.5e14 }).map((to) => ['set', to] as const),
        fc.double({ min: 0, max: 100, noNaN: true }).map((scale) => ['scale', scale] as const),
        fc.integer({ min: -1e7, max: 1e7 }).map((by) => ['skew', by] as const),
        fc.constantFrom(['freeze', 0] as const, ['resume', 0] as const),
      ),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(moves, fc.nat(100_000), (sequence, pause) => {
        for (const [kind, value] of sequence) {
          host.pass(pause)
          try {
            world.clock[kind](value)
          } catch {
            // Past the years that can be told; tested above.
          }
        }
        const shown = world.clock.view()
        const snapshot: unknown = JSON.parse(JSON.stringify(world.snapshot()))
        world.reset()
        world.restore(snapshot)
        expect(world.clock.view()).toEqual(shown)
      }),
    )
  })
})
