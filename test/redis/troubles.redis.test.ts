import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createCertificate } from '../../src/server/certificate.ts'
import { readTrouble } from '../../src/store/redis/trouble.ts'
import { Terminal, until } from '../cli/terminal.ts'
import { missing, RedisServer } from './redis-server.ts'

const info = '/jira/rest/securelogin-admin/1.0/api/info'

let redis: RedisServer
let cluster: RedisServer
beforeAll(async () => {
  if (missing !== undefined) return
  redis = await RedisServer.start()
  cluster = await RedisServer.start({ more: ['--cluster-enabled', 'yes'] })
  await redis.command('ACL', 'SETUSER', 'known', 'on', '>pa55', '~*', '+@all')
  await redis.command('ACL', 'SETUSER', 'reader', 'on', '>pa55', '~*', '+@read', '+info', '+time')
  await redis.command('ACL', 'SETUSER', 'discreet', 'on', '>pa55', '~*', '+@all', '-info')
})
afterAll(async () => {
  await redis?.stop()
  await cluster?.stop()
})

function as(user: string): string {
  return redis.url.replace('//', `//${user}@`)
}

describe.skipIf(missing !== undefined)('a store that no retry mends', () => {
  test.each<readonly [what: string, url: () => string, why: string]>([
    ['takes another password', () => as('known:wr0ng'), 'it does not know this user and password (WRONGPASS)'],
    ['knows no such user', () => as('nobody:wr0ng'), 'it does not know this user and password (WRONGPASS)'],
    ['lets its user only read', () => as('reader:pa55'), 'its user may not do what is needed (NOPERM)'],
    ['has no such database', () => `${redis.url}/99`, 'it has no database of that number'],
    ['is a cluster', () => cluster.url, 'it is a Redis Cluster, in which one script cannot write several keys'],
    ['is a cluster, with a database', () => `${cluster.url}/1`, 'it is a Redis Cluster'],
  ])('%s: ends with 2, says so once and plainly, and shows no password', async (_what, url, why) => {
    const { code, out, err } = await new Terminal().run('serve', '--port', '0', '--store', url())
    expect(err).toContain(` cannot be used: ${why}`)
    expect(err).toMatch(/^error: [^\n]*[^.]\.$/)
    expect(err).not.toMatch(/Try again|HELLO|script:|\.\.|pa55|wr0ng/)
    expect([code, out]).toEqual([2, ''])
  })

  test('is one with a password, where none is given', async () => {
    const closed = await RedisServer.start()
    onTestFinished(() => closed.stop())
    await closed.command('CONFIG', 'SET', 'requirepass', 'pa55')
    const { code, err } = await new Terminal().run('serve', '--port', '0', '--store', closed.url)
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('it wants a password (NOAUTH). Nothing was changed. Give it'),
    ])
  })

  test('is one that speaks TLS, or none, where the other is said', async () => {
    const { cert, key } = createCertificate(['127.0.0.1'], Date.now())
    const secure = createTlsServer({ cert, key }, (socket) => void socket.on('error', () => undefined))
    await new Promise<void>((resolve) => {
      secure.listen(0, '127.0.0.1', resolve)
    })
    onTestFinished(() => void secure.close())
    const url = `redis://127.0.0.1:${(secure.address() as AddressInfo).port}`
    const plain = await new Terminal().run('serve', '--port', '0', '--store', url)
    expect([plain.code, plain.err]).toEqual([
      2,
      expect.stringContaining('it speaks TLS. Say rediss:// instead of redis://.'),
    ])
    const tls = await new Terminal().run('serve', '--port', '0', '--store', redis.url.replace('redis', 'rediss'))
    expect([tls.code, tls.err]).toEqual([
      2,
      expect.stringContaining('it speaks no TLS. Say redis:// instead of rediss://.'),
    ])
  })

  test('is what is no Redis', async () => {
    const web = createHttpServer((_, response) => response.end('hello'))
    await new Promise<void>((resolve) => {
      web.listen(0, '127.0.0.1', resolve)
    })
    onTestFinished(() => void web.close())
    const url = `redis://127.0.0.1:${(web.address() as AddressInfo).port}`
    const { code, err } = await new Terminal().run('serve', '--port', '0', '--store', url)
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('what answers there is no Redis. Nothing was changed. Correct'),
    ])
  })

  test('is one that locks its servers out: each call is answered 503 at once, and it is told once', async () => {
    const { url, lines } = await new Terminal().serve('default', '--store', `${as('known:pa55')}?prefix=locked`)
    await redis.command('ACL', 'SETUSER', 'known', '-@all')
    const answers = [await fetch(url + info), await fetch(`${url}/__understudy/clock`)]
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, null])
      expect(await answer.json()).toMatchObject({
        code: 'ERR_STORE_REFUSED',
        detail: expect.stringContaining('(NOPERM)'),
      })
    }
    await until(() => lines.err.some((line) => line.includes('(NOPERM)')))
    await redis.command('ACL', 'SETUSER', 'known', '+@all')
    await until(() => lines.err.some((line) => line.includes('can be used again')))
    expect((await fetch(url + info)).status).toBe(200)
    expect(lines.err).toHaveLength(2)
  })

  test('is not one that only does not tell how it keeps its keys', async () => {
    const { lines } = await new Terminal().serve('default', '--store', `${as('discreet:pa55')}?prefix=discreet`)
    expect(lines.err[0]).toContain('does not tell whether it throws keys away when its memory is full')
  })
})

test.each([
  ['OOM command not allowed when used memory > "maxmemory".', 'refusing', 'its memory is full (maxmemory)'],
  ['MISCONF Redis is configured to save RDB snapshots, but', 'refusing', 'it cannot save its data'],
  ['LOADING Redis is loading the dataset in memory', 'passing', 'it is still loading its data'],
  ['MOVED 1234 10.0.0.7:6379', 'lasting', 'it is a Redis Cluster'],
  ['CROSSSLOT Keys in request', 'lasting', 'it is a Redis Cluster'],
  [
    'WRONGTYPE Operation against a key holding the wrong kind of value script: 1f, on @user_script:3.',
    'lasting',
    'a key of its prefix',
  ],
  ['self-signed certificate in certificate chain', 'lasting', 'its certificate is not trusted'],
] as const)('%s is %s trouble', (message, kind, why) => {
  const trouble = readTrouble(new Error(message))
  expect([trouble.kind, trouble.why]).toEqual([kind, expect.stringContaining(why)])
})
