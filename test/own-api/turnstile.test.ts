import { readFileSync } from 'node:fs'
import { setupServer } from 'msw/node'
import { afterEach, describe, expect, test } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type Scenario, type WorldOf } from '../../src/index.ts'
import { handlers } from '../../src/msw.ts'
import { fetchHost } from '../hosts/fetch.ts'
import type { Received, Stand } from '../hosts/host.ts'
import { listenerHost } from '../hosts/listener.ts'
import { mswServerHost } from '../hosts/msw-server.ts'
import { stepHost } from '../hosts/step.ts'
import { turnstile } from './turnstile.ts'

const apis = { turnstile }

const scenario: Scenario<typeof apis> = {
  clock: { at: '2026-01-15T09:00:00Z', frozen: true },
  turnstile: { users: { b7: { code: '4711', failures: 1 } } },
}

function createTestWorld(more: Scenario<typeof apis> = {}): Promise<WorldOf<typeof apis>> {
  return createWorld({ ...scenario, ...more }, { apis })
}

const stands = new Set<Stand>()
afterEach(async () => {
  for (const stand of stands) await stand.close()
  stands.clear()
})

const enter = (stand: Stand, badge: string, code: string): Promise<Received> =>
  stand.send({ method: 'POST', path: `/turnstile/enter?badge=${badge}&code=${code}` })

describe.each([stepHost, fetchHost, mswServerHost, listenerHost])('an API that was defined, on $name', (host) => {
  async function open(): Promise<{ world: WorldOf<typeof apis>; stand: Stand }> {
    const world = await createTestWorld()
    const stand = await host.open(world)
    stands.add(stand)
    return { world, stand }
  }

  test('counts, locks, and opens again by the clock', async () => {
    const { world, stand } = await open()
    const told = async (code: string): Promise<[number, string]> => {
      const { status, body } = await enter(stand, 'b7', code)
      return [status, body]
    }
    expect(await told('0000')).toEqual([403, '{"left":1}'])
    expect(await told('0000')).toEqual([403, '{"left":0}'])
    expect(await told('4711')).toEqual([423, ''])
    world.clock.advance('1m')
    expect(await told('4711')).toEqual([204, ''])
    expect(world.turnstile.user('b7').view()).toMatchObject({ state: 'open', failures: 0 })
    expect((await enter(stand, 'b8', '1')).body).toBe('{"left":0}')
  })

  test('says which clause it plays, and no to wrong methods and unknown paths', async () => {
    const { stand } = await open()
    const clause = ({ headers }: Received): string | undefined =>
      headers.find(([name]) => name === 'x-understudy-clause')?.[1]
    expect(clause(await enter(stand, 'b7', '4711'))).toBe('TS-01')
    const wrong = await stand.send({ method: 'GET', path: '/turnstile/enter' })
    expect([wrong.status, clause(wrong)]).toEqual([405, 'TS-U0'])
    const unknown = await stand.send({ method: 'GET', path: '/turnstile/leave' })
    expect([unknown.status, clause(unknown)]).toEqual([404, 'TS-U0'])
  })
})

describe('an API that was defined', () => {
  test('takes at most 40 lines, which are those that the page shows', () => {
    const code = readFileSync(new URL('turnstile.ts', import.meta.url), 'utf8')
    const shown = code.replace("'../../src/api.ts'", "'auth-understudy/api'")
    expect(readFileSync(new URL('../../docs/own-api.md', import.meta.url), 'utf8')).toContain(
      `\`\`\`ts\n${shown}\`\`\``,
    )
    expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  })

  test('has users whose states are forced, and refuses what contradicts itself, as the others do', async () => {
    const world = await createTestWorld()
    const badge = world.turnstile.user('b7')
    expect(badge.set({ locked: true })).toMatchObject({ state: 'locked', failures: 3, limit: 3 })
    expect(badge.set({ state: 'locked', for: '5m' }).until).toBe(Date.parse('2026-01-15T09:05:00Z'))
    expect(badge.set({ locked: true, until: '+10m' }).until).toBe(Date.parse('2026-01-15T09:10:00Z'))
    world.clock.advance('11m')
    expect(badge.set({ failures: 1 })).toMatchObject({ state: 'open', failures: 1 })
    world.turnstile.set({ lockAfter: 5 })
    expect(badge.set({ unblock: true, failures: 4 })).toMatchObject({ state: 'open', failures: 4, limit: 5 })
    expect(badge.set({ code: '1815' }).details).toEqual({ code: '1815' })
    const { lockAfter, lockFor, path }: { lockAfter: number; lockFor: number | null; path: string } =
      world.turnstile.settings
    expect([lockAfter, lockFor, path]).toEqual([5, 60_000, '/turnstile'])
    expect(() => badge.set({ failures: 9 })).toThrow(
      '9 is not below the limit (lockAfter: 5); say state locked instead.',
    )
    expect(() => badge.set({ state: 'open', locked: true })).toThrow('locked: true contradicts state open.')
    expect(() => badge.set({ state: 'lokced' } as object)).toThrow('Did you mean "locked"?')
    expect(() => badge.set({ for: '5m' })).toThrow('they go with state locked')
    expect(() => world.turnstile.user('b8')).toThrow('Turnstile has no user "b8"; it has b7. Did you mean "b7"?')
  })

  test('has a section in scenarios, read like any other', async () => {
    const refusal = (section: object): Promise<string> =>
      createWorld({ turnstile: section } as object, { apis }).then(
        () => 'none',
        (error: Error) => error.message,
      )
    expect(await refusal({ usres: {} })).toContain('Did you mean "users"?')
    expect(await refusal({ users: { b7: {} } })).toContain('turnstile.users.b7.code: is missing: the right code')
    expect(await refusal({ users: { b7: { code: '1', until: '+5m' } } })).toContain('`until` goes with state locked')
    expect(await refusal({ users: { b7: { code: '1', failures: 3 } } })).toContain('3 is not below the limit')
    const locked: Scenario<typeof apis> = {
      turnstile: { lockFor: null, users: { b7: { code: '1', state: 'locked' } } },
    }
    const view = (await createTestWorld(locked)).turnstile.user('b7').view()
    expect([view.state, view.until]).toEqual(['locked', undefined])
  })

  test('tells why, is faulted, saved and masked', async () => {
    const world = await createTestWorld({ faults: [{ on: 'turnstile.enter', reply: { status: 503 }, times: 1 }] })
    const stand = await stepHost.open(world)
    expect((await enter(stand, 'b7', '4711')).status).toBe(503)
    expect((await enter(stand, 'b7', '0000')).status).toBe(403)
    const why = world.why('r2')
    expect(why).toMatchObject({ api: 'turnstile', user: 'b7', rule: { id: 'TS-02', origin: 'documented' } })
    expect(JSON.stringify(why)).toContain('1 tries are left')
    const saved = world.snapshot()
    world.turnstile.user('b7').set({ locked: true })
    world.restore(saved)
    expect(world.turnstile.user('b7').view()).toMatchObject({ state: 'open', failures: 2 })
    await enter(stand, 'b7', '4711')
    expect(JSON.stringify([world.requests, world.why('r3')])).not.toContain('4711')
    await expect(createWorld(world.snapshot(), { apis })).resolves.toMatchObject({})
  })

  test('has provider states for each state, which make up whom nobody has written down', async () => {
    const world = await createTestWorld()
    expect(world.arrange('a user of turnstile who is locked', { username: 'b7', for: '5m' })).toEqual({
      username: 'b7',
      code: '4711',
    })
    expect(world.turnstile.user('b7').view()).toMatchObject({ state: 'locked', failures: 3 })
    const { username, code } = world.arrange('a user of turnstile who is open', { failures: 2 })
    expect([username, code]).toEqual(['user-1', expect.stringMatching(/^\d{8}$/)])
    expect(world.turnstile.user('user-1').view()).toMatchObject({ state: 'open', failures: 2 })
    expect(world.arrange('a user of turnstile who is open', { username: 'b9', code: '1' })).toMatchObject({ code: '1' })
    world.arrange("the server's clock", { at: '2030-01-01T00:00:00Z' })
    expect(world.clock.now).toBe(Date.parse('2030-01-01T00:00:00Z'))
    expect(() => world.arrange('a user of turnstile who is lokced')).toThrow(
      'Did you mean "a user of turnstile who is locked"?',
    )
  })

  test('tells the console and the command line what can be set', async () => {
    const ask = createFetch(await createTestWorld())
    const control = async (path: string): Promise<unknown> => (await ask(`http://any/__understudy${path}`)).json()
    expect(await control('/apis')).toMatchObject({
      apis: [
        {
          id: 'turnstile',
          title: 'Turnstile',
          fields: {
            states: ['open', 'locked'],
            settings: { path: {}, lockAfter: { default: 3 }, lockFor: { default: '1m' } },
            user: { code: { secret: true }, locked: {}, failures: {}, for: {}, until: {}, unblock: {} },
            operations: [{ id: 'turnstile.enter', summary: 'lets a badge through', method: 'POST', path: '/enter' }],
          },
        },
      ],
    })
    expect(await control('/users?api=turnstile')).toMatchObject({
      users: [{ api: 'turnstile', username: 'b7', state: 'open', failures: 1, limit: 3 }],
    })
  })

  test('plays beside the others: a person may be in it and in them', async () => {
    const all = { ...registry, turnstile }
    const world = await createWorld(
      { people: { ada: { turnstile: { code: '1815' }, 'secure-login': { state: 'bypass' } } } },
      { apis: all },
    )
    expect(world.turnstile.user('ada').view()).toMatchObject({ state: 'open', details: { code: '1815' } })
    expect(world.secureLogin.user('ada').view().state).toBe('bypass')
  })

  test('leaves an app its own paths, and follows a path that is set', async () => {
    const world = await createTestWorld({ turnstile: { path: '/hall/v2', users: { b7: { code: '4711' } } } })
    const server = setupServer(...handlers(world, { origin: 'http://hall.example' }))
    server.listen({ onUnhandledRequest: 'error' })
    const moved = await fetch('http://hall.example/hall/v2/enter?badge=b7&code=4711', { method: 'POST' })
    server.close()
    expect(moved.status).toBe(204)
    const { claims, ownPaths } = turnstile
    const paths = [
      '/turnstile',
      '/turnstile/leave',
      '/app/turnstile/enter',
      '/hall/v2/enter',
      '/turnstiles/x',
      '/centre',
    ]
    expect(paths.map((path) => claims.test(path))).toEqual([true, true, true, true, false, false])
    expect(ownPaths?.test('/hall/v2/enter')).toBe(false)
  })

  test('says how it is tried out, for any name', () => {
    const settings = { path: '/turnstile', lockAfter: 3, lockFor: null }
    const user = { username: 'b\ud8007', state: 'open', details: {} }
    expect(turnstile.tryOut('http://h/turnstile', user, settings)).toEqual([
      '-s',
      '-X',
      'POST',
      'http://h/turnstile/enter',
    ])
  })
})
