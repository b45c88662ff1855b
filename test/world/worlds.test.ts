import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../src/index.ts'
import { apiPath, Phone, sessionPath } from '../support/phone.ts'
import { request } from '../support/request.ts'

const login = (world: string, username = 'alice'): ReturnType<typeof request> =>
  request('POST', sessionPath, {
    headers: ['content-type', 'application/json', 'X-Understudy-World', world],
    body: JSON.stringify({ username, password: username }),
  })

/** Every session there ever was in a world, by what its journal noted. */
function sessionsOf(world: World): string[] {
  return Object.keys(world.snapshot().records).filter((key) => key.includes('session:'))
}

describe('worlds', () => {
  it('are copies of one scenario that know nothing of each other', async () => {
    const main = await createWorld('default')
    const other = main.worlds.get('other')
    const alice = await Phone.signIn(other, 'alice')
    await alice.auth('000000')
    other.api('secure-login').set({ active: false })
    other.clock.advance('1d')
    other.faults.add({ on: '*', reply: { status: 503 } })
    expect(main.secureLogin.user('alice').view().failures).toBe(0)
    expect(main.secureLogin.settings.active).toBe(true)
    expect(main.faults.list()).toEqual([])
    expect(main.requests).toEqual([])
    expect(other.requests.map(({ world }) => world)).toEqual(['other', 'other'])
    expect(other.clock.now - main.clock.now).toBeGreaterThan(86_000_000)
    expect(await new Phone(main, alice.session).state()).toBe('401')
  })

  it('are picked by header, else by cookie, else are the one that was meant', async () => {
    const main = await createWorld('default')
    const ask = async (headers: string[], otherwise: World): Promise<string | undefined> => {
      const { headers: sent } = await main.worlds.play(request('GET', `${apiPath}/info`, { headers }), otherwise)
      const id = sent[sent.indexOf('x-understudy-request') + 1]
      return main.worlds.names().find((name) => main.worlds.get(name).requests.some((entry) => entry.id === id))
    }
    const side = main.worlds.get('side')
    expect(await ask([], main)).toBe('main')
    expect(await ask([], side)).toBe('side')
    expect(await ask(['x-understudy-world', 'a'], side)).toBe('a')
    expect(await ask(['Cookie', 'x-understudy-world=b; JSESSIONID=1'], main)).toBe('b')
    expect(await ask(['Cookie', 'x-understudy-world=b', 'X-Understudy-World', 'main'], side)).toBe('main')
  })

  it('have handles for their APIs, like the main one', async () => {
    const main = await createWorld('default')
    expect(main.worlds.get('other')).toHaveProperty('secureLogin.id', 'secure-login')
    expect(main.worlds.main).toBe(main)
    expect(main.worlds.get('other').worlds).toBe(main.worlds)
  })

  it.each(['', ' ', 'a b', 'a/b', '../x', 'ä', 'x'.repeat(65), 'a\nb', 'a;b'])(
    'have no name such as %j: such a request is refused, and no world made',
    async (name) => {
      const main = await createWorld('default')
      expect(() => main.worlds.get(name)).toThrow(expect.objectContaining({ code: 'ERR_WORLD_INVALID' }))
      const answer = await main.worlds.play(login(name), main)
      expect(answer).toMatchObject({ status: 400, headers: ['content-type', 'application/problem+json'] })
      expect(JSON.parse(String(answer.body))).toMatchObject({ status: 400, code: 'ERR_WORLD_INVALID' })
      expect(main.worlds.names()).toEqual(['main'])
      expect(main.requests).toEqual([])
    },
  )

  it('may be named like what objects inherit', async () => {
    const main = await createWorld('default')
    for (const name of ['__proto__', 'constructor', 'toString']) {
      await Phone.signIn(main.worlds.get(name), 'alice')
      expect(main.worlds.get(name).requests).toHaveLength(1)
    }
    expect(main.worlds.names()).toEqual(['main', '__proto__', 'constructor', 'toString'])
  })

  it('beyond the limit push out the one unused for longest, never main, and main is told', async () => {
    const main = await createWorld('default', { worldLimit: 2 })
    const heard: unknown[] = []
    main.listen((event) => heard.push(event.kind === 'change' ? event.what : event.kind))
    for (const name of ['a', 'b']) main.worlds.get(name)
    main.worlds.get('a')
    main.worlds.get('c')
    expect(main.worlds.names()).toEqual(['main', 'a', 'c'])
    expect(main.worlds.evicted).toBe(1)
    expect(heard).toEqual(['world b was dropped: there may be 2 beside main'])
    for (let count = 0; count < 10; count++) main.worlds.get(`n${count}`)
    expect(main.worlds.names()).toEqual(['main', 'n8', 'n9'])
    expect(main.worlds.get('main')).toBe(main)
  })

  it('that were dropped start anew; main cannot be dropped', async () => {
    const main = await createWorld('default')
    await Phone.signIn(main.worlds.get('a'), 'alice')
    expect([main.worlds.drop('a'), main.worlds.drop('a'), main.worlds.drop('main')]).toEqual([true, false, false])
    expect(main.worlds.get('a').requests).toEqual([])
  })

  it('made later start from the scenario of then', async () => {
    const main = await createWorld('default')
    const early = main.worlds.get('early')
    main.worlds.useScenario((await createWorld('lockout')).scenario)
    expect([early, main.worlds.get('late'), main].map((world) => world.scenario.name)).toEqual([
      'default',
      'lockout',
      'default',
    ])
  })
})

describe('a session id', () => {
  const deed = fc.constantFrom('sign in', 'sign in', 'sign in', 'reset', 'drop', 'restore', 'restart')
  const deeds = fc.array(fc.tuple(fc.constantFrom('main', 'a', 'b', 'c'), deed), { maxLength: 40 })

  it('is never given twice: not by another world, nor after resets, drops, evictions and snapshots', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, fc.constantFrom(undefined, 'fixed'), async (sequence, salt) => {
        const main = await createWorld('default', { worldLimit: 2, ...(salt === undefined ? {} : { salt }) })
        const given: string[] = []
        let snapshot = main.snapshot()
        for (const [name, what] of sequence) {
          const world = main.worlds.get(name)
          if (what === 'sign in') given.push((await Phone.signIn(world, 'alice')).session)
          if (what === 'reset') world.reset()
          if (what === 'drop') main.worlds.drop(name)
          if (what === 'restart') await world.startScenario(world.scenario)
          if (what === 'restore') {
            world.restore(snapshot)
            snapshot = world.snapshot()
          }
        }
        expect(new Set(given).size).toBe(given.length)
      }),
      { numRuns: 150 },
    )
  })

  it('is repeatable where the salt is fixed, and unlike all others where it is not', async () => {
    const ids = async (options: object): Promise<string[]> => {
      const main = await createWorld('default', options)
      for (const name of ['main', 'a']) await main.worlds.play(login(name), main)
      return [main, main.worlds.get('a')].flatMap(sessionsOf)
    }
    const fixed = await ids({ salt: 'fixed' })
    expect(fixed).toHaveLength(2)
    expect(await ids({ salt: 'fixed' })).toEqual(fixed)
    expect(new Set([...fixed, ...(await ids({ salt: 'other' })), ...(await ids({})), ...(await ids({}))]).size).toBe(8)
  })

  it('of another world is unknown, so that a cookie leaked from a test does no harm', async () => {
    const main = await createWorld('default')
    const alice = await Phone.signIn(main.worlds.get('first'), 'alice')
    expect(await alice.state()).toBe('enter')
    expect(await new Phone(main.worlds.get('second'), alice.session).state()).toBe('401')
    main.worlds.get('first').reset()
    expect(await alice.state()).toBe('401')
  })
})
