import { describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import type { WorldEvent } from '../../src/world/events.ts'
import { collectGarbage } from '../support/garbage.ts'
import { apiPath, Phone } from '../support/phone.ts'
import { request } from '../support/request.ts'

describe('what callers can make more of', () => {
  it('are sessions: beyond the limit the oldest goes, which is counted and told', async () => {
    const world = await createWorld('default', { sessionLimit: 3 })
    const told: string[] = []
    world.listen((event: WorldEvent) => event.kind === 'change' && told.push(event.what))
    const phones = []
    for (let count = 0; count < 5; count++) phones.push(await Phone.signIn(world, 'alice'))
    expect(world.secureLogin.sessions().total).toBe(3)
    expect(await Promise.all(phones.map((phone) => phone.state()))).toEqual(['401', '401', 'enter', 'enter', 'enter'])
    expect(world.sessionCap).toEqual({ evicted: 2, limit: 3 })
    expect(told).toEqual([
      expect.stringMatching(/^secure-login\/session:....… was dropped: there may be 3 of a kind; 1/),
    ])
  })

  it('are sessions of each API for itself, with what belongs to them', async () => {
    const world = await createWorld('default', { sessionLimit: 2 })
    const login = (): unknown =>
      world.play(
        request('POST', '/rest/auth/login', {
          query: 'sid=0',
          headers: ['content-type', 'application/json'],
          body: JSON.stringify({ login: 'node', password: 'node' }),
        }),
      )
    await Phone.signIn(world, 'alice')
    for (let count = 0; count < 4; count++) await login()
    expect([world.secureLogin.sessions().total, world.genticsCms.sessions().total]).toEqual([1, 2])
    const kinds = Object.keys(world.snapshot().records).map((key) => key.split(':')[0])
    expect(kinds.filter((kind) => kind === 'gentics-cms/secret')).toHaveLength(2)
  })

  it('leaves nothing behind of sessions that were ended', async () => {
    const world = await createWorld('default')
    const before = Object.keys(world.snapshot().records)
    for (let count = 0; count < 20; count++) {
      const alice = await Phone.signIn(world, 'alice')
      await alice.send('DELETE', '/jira/rest/auth/1/session')
    }
    const after = Object.keys(world.snapshot().records).filter((key) => !key.startsWith('secure-login/user:'))
    expect(after.sort()).toEqual(before.sort())
  })

  it('are snapshots: beyond a hundred the first goes, which is told', async () => {
    const world = await createWorld('default')
    const told: string[] = []
    world.listen((event: WorldEvent) => event.kind === 'change' && told.push(event.what))
    for (let count = 0; count <= 100; count++) world.worlds.saveSnapshot(`s${count}`, world.snapshot())
    expect(world.worlds.snapshots.size).toBe(100)
    expect([...world.worlds.snapshots.keys()][0]).toBe('s1')
    expect(told).toEqual(['snapshot s0 was dropped: there may be 100, of 64 MiB'])
    expect(world.worlds.snapshotsEvicted).toBe(1)
  })

  it('are faults: beyond a thousand none is taken', async () => {
    const world = await createWorld('default')
    for (let count = 0; count < 1000; count++) world.faults.add({ on: '*', delay: '1s' })
    expect(() => world.faults.add({ on: '*', delay: '1s' })).toThrow('There are 1000 faults in force already')
    expect(world.faults.list()).toHaveLength(1000)
  })

  it('are bytes in the journal: of a long body it keeps what it would show', async () => {
    const world = await createWorld('default')
    const upload = (): unknown =>
      world.play(
        request('POST', `${apiPath}/auth`, {
          headers: ['content-type', 'application/json'],
          body: Buffer.alloc(500_000, '9'),
        }),
      )
    await upload()
    collectGarbage()
    const before = process.memoryUsage().arrayBuffers
    for (let count = 0; count < 50; count++) await upload()
    collectGarbage()
    expect((process.memoryUsage().arrayBuffers - before) / 50).toBeLessThan(20_000)
    expect(world.requests).toHaveLength(51)
    expect(world.request(world.requests.at(-1)?.id ?? '').request.body).toBe('***')
  })

  it('are journals of many worlds: those of worlds unused for longest go first, and that is told', async () => {
    const main = await createWorld('default', { journalLimit: 10 })
    for (let count = 0; count < 200; count++) {
      const world = main.worlds.get(`w${count}`)
      for (let asked = 0; asked < 10; asked++) await world.play(request('GET', `${apiPath}/info`))
    }
    const kept = main.worlds.all().filter(({ load }) => load.requests > 0)
    expect(kept).toHaveLength(20)
    expect(kept.map(({ name }) => name)).toContain('w199')
    const first = main.worlds.get('w0')
    expect([first.requests, first.journal]).toEqual([[], { total: 10, evicted: 10, limit: 10 }])
    await first.play(request('GET', `${apiPath}/info`))
    expect(first.requests).toHaveLength(1)
    expect(first.request(first.requests[0]?.id ?? '').status).toBe(200)
  })

  it('are sessions in many worlds: worlds unused for longest go first, and that is told', async () => {
    const main = await createWorld('default', { sessionLimit: 10 })
    const told: string[] = []
    main.listen((event: WorldEvent) => event.kind === 'change' && told.push(event.what))
    for (let count = 0; count < 20; count++) {
      const world = main.worlds.get(`w${count}`)
      for (let signedIn = 0; signedIn < 10; signedIn++) await Phone.signIn(world, 'alice')
    }
    // Looked at after every thousandth request.
    for (let count = 0; count < 1000; count++) await main.play(request('GET', `${apiPath}/info`))
    expect(main.worlds.names()).toEqual(['main', 'w16', 'w17', 'w18', 'w19'])
    expect(main.worlds.evicted).toBe(16)
    expect(told[0]).toMatch(/^world w\d+ was dropped: all worlds may hold 40 sessions and the like$/)
  })
})
