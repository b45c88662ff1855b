import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath } from '../support/phone.ts'
import { request } from '../support/request.ts'

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const httpDate = /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/

async function worldAt(at: string): Promise<{ world: WorldOf; host: HostTime }> {
  const host = new HostTime('2026-01-15T09:00:00Z')
  return {
    world: await createWorld({ clock: { at }, 'secure-login': { users: { alice: {} } } }, { time: host.time }),
    host,
  }
}

/** Every instant that is told of a world, in views, answers and snapshots. */
async function told(world: WorldOf): Promise<{ iso: string[]; date: string | undefined }> {
  const { body, headers } = await world.play(request('GET', `${apiPath}/info`))
  const { now, world: shown } = world.clock.view()
  const until = world.faults.list().flatMap((fault) => fault.until ?? [])
  const { server_time: inBody } = JSON.parse(String(body)) as { server_time: string }
  const latest = world.requests.at(-1)?.at ?? ''
  return {
    iso: [now, shown, inBody, world.snapshot().takenAt, latest, ...until],
    date: headers[headers.indexOf('date') + 1],
  }
}

describe('a clock at the end of the years it can tell', () => {
  it('stands there, says so, and can be moved back', async () => {
    const { world, host } = await worldAt('9999-12-31T23:59:50Z')
    expect(world.clock.view().note).toBeUndefined()
    world.clock.scale(1_000_000)
    host.pass(60_000)
    expect(world.clock.view()).toMatchObject({
      now: '9999-12-31T23:59:59Z',
      note: expect.stringMatching(/^it stands at the end of the years 0 to 9999/),
    })
    world.clock.freeze()
    world.clock.scale(1)
    expect(world.clock.advance('-1d')).toMatchObject({ now: '9999-12-30T23:59:59Z', frozen: true })
    world.clock.resume()
    host.pass(1000)
    expect(world.clock.view().now).toBe('9999-12-31T00:00:00Z')
    expect(world.clock.view().note).toBeUndefined()
  })

  it('stands where the server has no later time, and goes on when the skew is taken off', async () => {
    const { world, host } = await worldAt('9999-12-31T22:00:00Z')
    world.clock.skew('1h')
    world.clock.scale(1_000_000)
    host.pass(60_000)
    expect(world.clock.view()).toMatchObject({ now: '9999-12-31T23:59:59Z', world: '9999-12-31T22:59:59Z' })
    expect(() => world.clock.skew('1h1s')).toThrow('years 0 to 9999')
    expect(world.clock.skew('0s').note).toBeUndefined()
  })

  it('stands at its beginning while the host is set back', async () => {
    const { world, host } = await worldAt('0000-01-01T00:00:10Z')
    host.pass(-60_000)
    expect(world.clock.view()).toMatchObject({ now: '0000-01-01T00:00:00Z', note: expect.any(String) })
    expect(world.clock.advance('1d').now).toBe('0000-01-02T00:00:00Z')
  })

  it('lets what ends later end with the years', async () => {
    const { world } = await worldAt('9999-12-31T23:00:00Z')
    expect(world.faults.add({ on: '*', delay: '1s', for: '5h' }).until).toBe('9999-12-31T23:59:59Z')
    const view = world.secureLogin.user('alice').set({ state: 'blocked', for: '3000000d' })
    expect(view.state).toBe('blocked')
    const restored = await createWorld('default')
    restored.restore(JSON.parse(JSON.stringify(world.snapshot())))
    expect(restored.secureLogin.user('alice').view().state).toBe('blocked')
  })

  it.each([
    ['an instant that its offset takes out of them', { at: '9999-12-31T23:59:59-01:00' }],
    ['a skew that takes the server out of them', { at: '9999-12-31T00:00:00Z', skew: '2d' }],
    ['a skew before them', { at: '0000-01-01T00:00:00Z', skew: '-1s' }],
    ['a skew that no time allows', { skew: '3652500d' }],
  ])('is refused where a scenario has %s', async (_, clock) => {
    await expect(createWorld({ clock })).rejects.toMatchObject({ code: 'ERR_SCENARIO_INVALID' })
  })

  it('is refused as a start so far off that nothing could be told', async () => {
    const { world } = await worldAt('2026-01-15T09:00:00Z')
    const before = world.clock.view()
    for (const startedAt of [1e15, -1e15]) {
      expect(() => world.restore({ ...world.snapshot(), startedAt })).toThrow('startedAt')
    }
    expect(() => world.arrange("the server's clock", { at: '+3000000d' })).toThrow('years 0 to 9999')
    expect(world.clock.view()).toEqual(before)
  })
})

function attempt(action: () => void): unknown {
  try {
    action()
    return undefined
  } catch (error) {
    return error
  }
}

const ends = fc.constantFrom(
  '0000-01-01T00:00:00Z',
  '0000-01-01T00:00:07Z',
  '9999-12-31T23:59:50Z',
  '9999-12-31T23:59:59Z',
)
const spelt = fc.constantFrom('1s', '-1s', '10d', '-10d', '9000y', '3652058d', '-3652058d', '3652425d', '0s')
const move = fc.oneof(
  fc.tuple(fc.constantFrom('advance' as const, 'skew' as const), spelt),
  fc.tuple(fc.constant('set' as const), fc.oneof(ends, spelt, fc.constantFrom('2026-01-15T09:00:00Z'))),
  fc.tuple(fc.constant('scale' as const), fc.constantFrom(0, 1, 60, 1_000_000)),
  fc.constantFrom(['freeze'] as const, ['resume'] as const, ['restore'] as const, ['fault'] as const),
)

describe('whatever is done to a clock', () => {
  it('tells instants of four digits, in snapshots that can be restored, and can be set', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(ends, fc.constant('+0s')),
        fc.array(fc.tuple(fc.constantFrom(0, 1000, -5000, 1e7, 1e10), move), { maxLength: 12 }),
        async (start, moves) => {
          const { world, host } = await worldAt(start)
          for (const [pause, [kind, by]] of moves) {
            host.pass(pause)
            const refused = attempt(() => {
              if (kind === 'restore') world.restore(JSON.parse(JSON.stringify(world.snapshot())))
              else if (kind === 'fault') world.faults.add({ on: 'sirportly.*', delay: '1s', for: '10d' })
              else world.clock[kind](by as never)
            })
            // Only a move that leads out of the years may be refused.
            expect(refused === undefined || ['advance', 'skew', 'set'].includes(kind)).toBe(true)
            const { iso: instants, date } = await told(world)
            for (const instant of instants) expect(instant).toMatch(iso)
            expect(date).toMatch(httpDate)
          }
          const shown = world.clock.view()
          const snapshot = JSON.parse(JSON.stringify(world.snapshot())) as unknown
          world.reset()
          world.restore(snapshot)
          expect(world.clock.view()).toEqual(shown)
          world.clock.skew('0s')
          expect(world.clock.set('2026-01-15T09:00:00Z').now).toBe('2026-01-15T09:00:00Z')
        },
      ),
      { numRuns: 200 },
    )
  })
})
