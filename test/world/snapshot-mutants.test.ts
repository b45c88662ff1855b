import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, UnderstudyError, type WorldOf } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone, sessionPath } from '../support/phone.ts'
import { request } from '../support/request.ts'
import { mutated, mutations } from '../support/snapshot-mutation.ts'

async function seed(): Promise<{ world: WorldOf; sessions: string[]; text: string }> {
  const host = new HostTime('2026-01-15T09:00:00Z')
  const world = await createWorld(
    { extends: 'second-factor', faults: [{ on: 'secure-login.info', omit: 'active', nth: 2 }] },
    { time: host.time, salt: 'mutants' },
  )
  const tara = await Phone.signIn(world, 'tara')
  await tara.auth(await world.secureLogin.user('tara').code())
  const alice = await Phone.signIn(world, 'alice')
  for (const pin of ['1', '2', '3']) await alice.auth(pin)
  world.secureLogin.user('theo').set({ failures: 1 })
  world.secureLogin.set({ withoutSession: 'defaultUser', trustProxy: true })
  return { world, sessions: [tara.session, alice.session], text: JSON.stringify(world.snapshot()) }
}

/** One request of every kind, and one look at everything that can be seen. */
async function useAll(world: WorldOf, sessions: readonly string[]): Promise<number[]> {
  const statuses: number[] = []
  const json = ['content-type', 'application/json']
  for (const headers of [[], ...sessions.map((id) => ['cookie', `JSESSIONID=${id}`])]) {
    const asks = [
      request('GET', `${apiPath}/info`, { headers }),
      request('GET', `${apiPath}/user`, { headers }),
      request('POST', `${apiPath}/auth`, { headers: [...headers, 'content-type', 'text/plain'], body: '910817' }),
      request('POST', sessionPath, { headers: [...headers, ...json], body: '{"username":"theo","password":"theo"}' }),
      request('GET', sessionPath, { headers }),
      request('GET', sessionPath, { headers: ['authorization', `Basic ${btoa('alice:alice')}`] }),
      request('GET', '/rest/securelogin-admin/1.0/api/nothing', { headers }),
    ]
    for (const ask of asks) statuses.push((await world.play(ask)).status)
  }
  for (const username of ['tara', 'alice']) {
    const phone = await Phone.signIn(world, username).catch(() => undefined)
    statuses.push((await phone?.auth('287082')) ?? 401)
  }
  await world.ready()
  world.clock.view()
  world.secureLogin.users()
  world.secureLogin.sessions()
  world.faults.list()
  world.requests.forEach(({ id }) => [world.request(id), world.why(id)])
  world.clock.advance(1)
  world.checkSnapshot(JSON.parse(JSON.stringify(world.snapshot())))
  return statuses
}

/** Whether it was restored; if not, that it was refused as no snapshot and the world is what it was. */
function tryRestore(world: WorldOf, snapshot: unknown): boolean {
  const before = JSON.stringify(world.snapshot())
  try {
    world.restore(snapshot)
    return true
  } catch (error) {
    if (!(error instanceof UnderstudyError) || error.code !== 'ERR_SNAPSHOT_INVALID') throw error
    if (JSON.stringify(world.snapshot()) !== before) throw new Error('the world changed', { cause: error })
    return false
  }
}

describe('a snapshot that somebody has changed', () => {
  it('is refused as a whole, or restored into a world that answers every request', async () => {
    const { world, sessions, text } = await seed()
    let restored = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const accepted = tryRestore(world, mutated(text, changes))
        if (accepted) restored++
        else refused++
        const statuses = accepted ? await useAll(world, sessions) : []
        expect(statuses.filter((status) => status >= 500)).toEqual([])
        world.restore(JSON.parse(text))
        world.reset()
        world.restore(JSON.parse(text))
      }),
      { numRuns: 1000 },
    )
    // Both have to be common, or nothing was tested.
    expect(Math.min(restored, refused)).toBeGreaterThan(100)
  })

  it('is refused, whatever JSON it is', async () => {
    const { world } = await seed()
    fc.assert(
      fc.property(fc.jsonValue(), (garbage) => {
        expect(tryRestore(world, garbage)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })
})
