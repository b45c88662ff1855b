import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { SharedWorlds } from '../../src/store/shared-worlds.ts'
import { callControl } from '../support/control-client.ts'
import { missing, RedisServer } from './redis-server.ts'
import { freshPrefix, share } from './shared.ts'
import { Visitor } from './visitor.ts'

let redis: RedisServer
beforeAll(async () => {
  if (missing === undefined) redis = await RedisServer.start()
})
afterAll(() => redis?.stop())

interface Server {
  readonly worlds: SharedWorlds
  /** What it said it lost. */
  readonly losses: string[]
}

async function servers(prefix: string, url = redis.url): Promise<readonly [Server, Server]> {
  const open = async (): Promise<Server> => {
    const losses: string[] = []
    const { worlds, engine } = await share('default', {
      url,
      prefix,
      patienceMs: 10_000,
      onLoss: (what) => losses.push(what),
    })
    onTestFinished(() => engine.close())
    return { worlds, losses }
  }
  return [await open(), await open()]
}

/** Blocks alice, saves a snapshot, and asks in a second world: as many kinds of keys as there are. */
async function fill(one: SharedWorlds, other: SharedWorlds): Promise<Visitor> {
  const alice = new Visitor()
  await alice.login(one, 'alice')
  for (const server of [one, other, one]) await alice.auth(server, '000000')
  await callControl(one, 'POST', '/snapshots', { name: 'blocked' })
  await new Visitor(['x-understudy-world', 'side']).login(other, 'alice')
  return alice
}

async function changes(server: SharedWorlds): Promise<string[]> {
  const { body } = await callControl(server, 'GET', '/changes')
  return (body['changes'] as { what: string }[]).map(({ what }) => what)
}

/** Keys that have to be there: what a commit was called is forgotten after a minute anyway. */
async function keysOf(prefix: string): Promise<string[]> {
  const keys = (await redis.command('KEYS', `${prefix}*`)) as string[]
  return keys.filter((key) => !key.includes(':made:')).toSorted()
}

describe.skipIf(missing !== undefined)('a store that loses keys', () => {
  test('is noticed whichever of its keys it is, by both servers, and begins anew as a whole', async () => {
    const prefix = freshPrefix()
    const [one, other] = await servers(prefix)
    await fill(one.worlds, other.worlds)
    const kinds = (await keysOf(prefix)).map((key) => key.split(':').slice(3).join(':'))
    expect(kinds.length).toBeGreaterThan(12)
    for (const kind of kinds) {
      const alice = await fill(one.worlds, other.worlds)
      expect(await alice.state(one.worlds)).toBe('blocked')
      const epoch = String(await redis.command('HGET', prefix, 'epoch'))
      const key = kind === '' ? prefix : `${prefix}:${epoch}:${kind}`
      expect(await redis.command('DEL', key)).toBe(1)
      one.losses.length = 0
      other.losses.length = 0
      // A world is looked at when it is asked for, or listed.
      if (kind.startsWith('world:side')) await callControl(one.worlds, 'GET', '/worlds')
      expect([kind, await alice.state(one.worlds)]).toEqual([kind, '401'])
      expect([kind, await alice.state(other.worlds)]).toEqual([kind, '401'])
      const lost = kind === '' ? 'everything' : `its key ${key}`
      const sentence = `The store ${redis.url} has lost ${lost}. All its worlds begin anew.`
      for (const { losses } of [one, other]) expect(losses).toEqual([expect.stringContaining(sentence)])
      expect(await changes(other.worlds)).toEqual([`the store has lost ${lost}`])
      // Nothing of before is left to fill the memory, but where nothing tells any more what there was.
      const left = (await keysOf(prefix)).filter((remains) => remains.includes(epoch))
      expect([kind, left.length > 0]).toEqual([kind, kind === ''])
      if (left.length > 0) await redis.command('DEL', ...left)
    }
  })

  test('and is then begun by servers of another kind answers 503 at those it was of, which say why', async () => {
    const prefix = freshPrefix()
    const [one] = await servers(prefix)
    const alice = new Visitor()
    await alice.login(one.worlds, 'alice')
    await redis.command('FLUSHALL')
    const { worlds, engine } = await share('default', {
      url: redis.url,
      prefix,
      mutants: ['gentics-cms.GC-03.renamed-user.login'],
    })
    onTestFinished(() => engine.close())
    await new Visitor().login(worlds, 'alice')
    const { status, body } = await callControl(one.worlds, 'GET', '/clock')
    expect([status, body['code']]).toEqual([503, 'ERR_STORE_REFUSED'])
    expect(body['detail']).toContain(
      'there --mutant gentics-cms.GC-03.renamed-user.login, here no mutant. Start this one',
    )
    expect((await alice.login(one.worlds, 'alice')).status).toBe(503)
    expect(one.losses).toEqual([expect.stringContaining('has lost what it held')])
  })

  test('never has alice enter who is blocked, while it evicts at random, without a word', async () => {
    const small = await RedisServer.start()
    onTestFinished(() => small.stop())
    const [one, other] = await servers(freshPrefix(), small.url)
    await fill(one.worlds, other.worlds)
    await small.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-random')
    const { used } = await memory(small)
    await small.command('CONFIG', 'SET', 'maxmemory', String(used + 150_000))
    let wrong = 0
    // What was lost while it was filled again is nobody's block.
    let isFilled = true
    // The word may come before anybody looks: since she was last seen blocked.
    let said = one.losses.length
    for (let round = 0; round < 150; round++) {
      const { body } = await callControl(one.worlds, 'GET', '/users/secure-login/alice')
      if (body['state'] !== 'blocked') {
        if (isFilled && one.losses.length === said) wrong++
        const before = one.losses.length
        const ended = await fill(one.worlds, other.worlds).then(
          () => true,
          () => false,
        )
        said = one.losses.length
        // Her wrong PINs may be gone with the rest between two of them, which fails no request.
        isFilled = ended && said === before
      }
      await new Visitor().login(other.worlds, 'bob')
    }
    expect(wrong).toBe(0)
    expect(one.losses.length).toBeGreaterThan(0)
  })

  test('is noticed when it comes back with less than it had', async () => {
    const durable = await RedisServer.start({ durable: true })
    onTestFinished(() => durable.stop())
    const [one, other] = await servers(freshPrefix(), durable.url)
    const alice = new Visitor()
    await alice.login(one.worlds, 'alice')
    await durable.command('CONFIG', 'SET', 'appendonly', 'no')
    await alice.auth(other.worlds, '000000')
    expect((await callControl(one.worlds, 'GET', '/users/secure-login/alice')).body).toMatchObject({ failures: 1 })
    await durable.kill()
    await durable.begin()
    for (const { worlds } of [one, other]) {
      expect((await callControl(worlds, 'GET', '/users/secure-login/alice')).body).toMatchObject({ failures: 0 })
    }
    for (const { losses } of [one, other]) {
      expect(losses).toEqual([
        expect.stringContaining('has lost its latest changes. It goes on from what it had before.'),
      ])
    }
    expect(await alice.state(one.worlds)).toBe('enter')
  })
})

async function memory(server: RedisServer): Promise<{ used: number }> {
  const info = String(await server.command('INFO', 'memory'))
  return { used: Number(/used_memory:(\d+)/.exec(info)?.[1]) }
}
