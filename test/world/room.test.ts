import { describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../src/index.ts'
import type { WorldEvent } from '../../src/world/events.ts'
import { room, weigh } from '../../src/world/room.ts'
import { callControl } from '../support/control-client.ts'
import { apiPath } from '../support/phone.ts'
import { request } from '../support/request.ts'

const mib = 1_048_576
const noRoom = expect.objectContaining({ code: 'ERR_NO_ROOM' })

function listenTo(world: World): string[] {
  const told: string[] = []
  world.listen((event: WorldEvent) => event.kind === 'change' && told.push(event.what))
  return told
}

describe('bytes that callers can fill', () => {
  it('are weighed by the letters of texts and the number of values', () => {
    expect(weigh('x'.repeat(1000))).toBe(1024)
    expect(weigh({ ab: [1, true, null] })).toBe(56 + 18 + 56 + 3 * 8)
  })

  it('are the journal of a world: the oldest go, which is counted', async () => {
    const world = await createWorld('default')
    const headers = ['x-long', 'x'.repeat(100_000)]
    for (let count = 0; count < 200; count++) await world.play(request('GET', `${apiPath}/info`, { headers }))
    const { total, evicted } = world.journal
    expect(total).toBe(200)
    expect(world.load.requestBytes).toBeLessThanOrEqual(room.journal)
    expect([total - evicted, world.requests.length]).toEqual([167, 167])
    expect(world.requests.at(-1)?.id).toBe('r200')
    expect(() => world.request('r33')).toThrow('33 of 200 were dropped')
  })

  it('are the journals of all worlds: those of worlds unused for longest go first', async () => {
    const main = await createWorld('default')
    const headers = ['x-long', 'x'.repeat(100_000)]
    for (let number = 0; number < 10; number++) {
      const world = main.worlds.get(`w${number}`)
      for (let count = 0; count < 100; count++) await world.play(request('GET', `${apiPath}/info`, { headers }))
    }
    const kept = main.worlds.all().filter(({ load }) => load.requests > 0)
    expect(kept.map(({ name }) => name)).toEqual(['w4', 'w5', 'w6', 'w7', 'w8', 'w9'])
  })

  it('are scenarios of worlds: worlds unused for longest go first, which is counted and told', async () => {
    const main = await createWorld('default')
    const told = listenTo(main)
    const scenario = { description: 'x'.repeat(mib - 1000) }
    for (let number = 0; number < 100; number++) {
      const answer = await callControl(main, 'POST', '/scenario', { scenario }, ['x-understudy-world', `w${number}`])
      expect(answer.status).toBe(200)
    }
    const weight = main.worlds.all().reduce((sum, { load }) => sum + load.bytes, 0)
    expect(weight).toBeLessThanOrEqual(room.worlds)
    expect(main.worlds.names()).toContain('w99')
    expect(main.worlds.names()).not.toContain('w0')
    expect(main.worlds.evicted).toBe(told.length)
    expect(told[0]).toBe('world w0 was dropped: all worlds may hold 256 MiB')
  })

  it('are faults of a world: more is refused, and changes nothing', async () => {
    const world = await createWorld('default')
    const fault = { on: '*', reply: { status: 503, body: 'x'.repeat(400_000) } } as const
    world.faults.add(fault)
    world.faults.add(fault)
    expect(() => world.faults.add(fault)).toThrow('The faults of a world may take 1 MiB, and this would be more')
    expect(world.faults.list()).toHaveLength(2)
    const answer = await callControl(world, 'POST', '/faults', fault)
    expect(answer).toMatchObject({ status: 507, body: { code: 'ERR_NO_ROOM', title: 'No room' } })
    await expect(createWorld({ faults: [fault, fault, fault] })).rejects.toThrow('faults: ')
    const snapshot = world.snapshot()
    const [stored] = snapshot.records['faults'] as object[]
    const large = { ...snapshot, records: { ...snapshot.records, faults: [stored, stored, stored] } }
    expect(() => world.restore(large)).toThrow('records.faults')
  })

  it('are the schedule of a world: more is refused, and changes nothing', async () => {
    const world = await createWorld('default')
    const event = { at: '+1h', fault: { on: '*', reply: { status: 503, body: 'x'.repeat(400_000) } } } as const
    world.schedule.add(event)
    world.schedule.add(event)
    expect(() => world.schedule.add(event)).toThrow('The schedule of a world may take 1 MiB, and this would be more')
    expect(world.schedule.list()).toHaveLength(2)
    expect(await callControl(world, 'POST', '/schedule', event)).toMatchObject({ status: 507 })
    await expect(createWorld({ schedule: [event, event, event] })).rejects.toThrow('schedule: ')
    const snapshot = world.snapshot()
    const [stored] = snapshot.records['schedule'] as object[]
    const large = { ...snapshot, records: { ...snapshot.records, schedule: [stored, stored, stored] } }
    expect(() => world.restore(large)).toThrow('records.schedule')
  })

  it('are large records of a world: more is refused, and changes nothing', async () => {
    const names = Array.from({ length: 80 }, (_, number) => `u${number}`)
    const users = Object.fromEntries(names.map((name) => [name, {}]))
    const world = await createWorld({ 'secure-login': { users } })
    const password = 'x'.repeat(mib)
    const change = (name: string): unknown => world.secureLogin.user(name).set({ password })
    for (const name of names.slice(0, 64)) change(name)
    const before = world.snapshot()
    expect(() => change('u70')).toThrow(noRoom)
    expect(world.snapshot().records).toEqual(before.records)
    // What takes no more is taken, and what takes less makes room.
    change('u0')
    world.secureLogin.user('u0').set({ password: 'short' })
    change('u70')
    world.reset()
    expect(world.load.bytes).toBe(0)
  })

  it('are none of a crowd that was touched: its records are small', async () => {
    const world = await createWorld({ 'secure-login': { crowd: 1000 } })
    for (let number = 1; number <= 1000; number++) world.secureLogin.user(`crowd-${number}`).set({ failures: 1 })
    expect(world.load.bytes).toBe(0)
  })

  it('are named snapshots: the first go, which is counted and told; one that is too large is refused', async () => {
    const world = await createWorld('default')
    const told = listenTo(world)
    const snapshot = (megabytes: number): ReturnType<World['snapshot']> => ({
      ...world.snapshot(),
      scenario: { description: 'x'.repeat(megabytes * mib) },
    })
    for (const name of ['a', 'b', 'c']) world.worlds.saveSnapshot(name, snapshot(30))
    expect([...world.worlds.snapshots.keys()]).toEqual(['b', 'c'])
    expect(() => world.worlds.saveSnapshot('d', snapshot(65))).toThrow(noRoom)
    expect([...world.worlds.snapshots.keys()]).toEqual(['b', 'c'])
    expect(told).toEqual(['snapshot a was dropped: there may be 100, of 64 MiB'])
    const state = await callControl(world, 'GET', '/state')
    expect(state.body).toMatchObject({ snapshots: { count: 2, evicted: 1 } })
  })

  it('are what is told of a change: a long note is cut', async () => {
    const world = await createWorld('default')
    const told = listenTo(world)
    world.secureLogin.set({ defaultUser: 'x'.repeat(100_000) })
    expect(told[0]).toHaveLength(2000)
  })
})
