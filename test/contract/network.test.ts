import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { notPassed, openBench, type Bench } from './bench.ts'
import { secureLoginCompany } from './company.ts'
import { serveGateway, type Deed, type Passed } from './gateway.ts'
import { serveMock } from './servers.ts'
import type { Findings } from '../../src/contract/telling/findings.ts'

const { accounts } = secureLoginCompany
const everyNinth =
  (deed: Deed) =>
  (count: number): Deed =>
    count % 9 === 0 ? deed : 'pass'

/** A mock behind a gateway, as a target, and how long was slept. */
async function open(
  deed: Parameters<typeof serveGateway>[1],
  more: object = {},
): Promise<{
  bench: Bench
  slept: number[]
  told: string[]
  verify: (only: RegExp) => Promise<Findings>
  mock: Awaited<ReturnType<typeof serveMock>>
  seen: Awaited<ReturnType<typeof serveGateway>>['seen']
}> {
  const mock = await serveMock()
  const { url, seen } = await serveGateway(mock.url, deed)
  const bench = await openBench({
    api: 'secure-login',
    baseUrl: `${url}/jira`,
    accounts,
    states: mock.states,
    clock: mock.clock,
    ...more,
  })
  const slept: number[] = []
  const told: string[] = []
  const sleep = async (ms: number): Promise<void> => void slept.push(ms)
  return {
    bench,
    slept,
    told,
    mock,
    seen,
    verify: (only) => bench.verify({ only, sleep, onWait: (what) => told.push(what) }),
  }
}

/** What is not kept, and nothing that was not reached for want of something else. */
function accused({ checks }: Findings): string[] {
  return checks.filter(({ outcome }) => outcome === 'failed').map(({ id, failures }) => `${id}: ${failures[0]?.clause}`)
}

describe('a right server behind a gateway that', () => {
  it.each<[what: string, deed: Deed]>([
    ['resets every ninth connection', 'reset'],
    ['loses every ninth answer', 'swallow'],
    ['answers 502 every ninth time', { status: 502 }],
    ['answers 503 every ninth time', { status: 503, body: '<h1>Service Unavailable</h1>' }],
    ['answers 504 every ninth time', { status: 504 }],
    ['answers 429 with Retry-After every ninth time', { status: 429, headers: { 'retry-after': '1' } }],
  ])('%s is accused of nothing', async (_, deed) => {
    const { verify } = await open(everyNinth(deed))
    const findings = await verify(/./)
    expect(accused(findings)).toEqual([])
    expect(findings.brokenOff).toBeUndefined()
    const lost = findings.checks.filter(({ unavailable }) => unavailable)
    expect(
      lost.every(
        ({ outcome, because }) => outcome === 'not reached' && /the server was unavailable: /.test(because ?? ''),
      ),
    ).toBe(true)
    // Codes are not sent again, whatever was said; nearly everything else is reached.
    expect(findings.counts.passed).toBeGreaterThan(75)
  })

  it.each<[what: string, change: (passed: Passed) => Passed]>([
    ['compresses with gzip', coded('gzip', gzipSync)],
    ['compresses with brotli', coded('br', brotliCompressSync)],
    ['compresses with deflate', coded('deflate', deflateSync)],
    ['compresses with bare deflate', coded('Deflate', deflateRawSync)],
    ['compresses twice', (passed) => coded('gzip, br', (body) => brotliCompressSync(gzipSync(body)))(passed)],
    ['puts a byte order mark before JSON', ofJson((body) => Buffer.concat([Buffer.from('\ufeff'), body]))],
    ['adds cookies before and after, with more attributes', withCookies],
    ['closes each connection', (passed) => ({ ...passed, headers: { ...passed.headers, connection: 'close' } })],
  ])('%s passes', async (_, change) => {
    const { verify } = await open(() => change)
    expect(notPassed(await verify(/\.(info|flow|login|methods|onboarding|bypass|retry)$/))).toEqual([])
  })
})

function coded(coding: string, code: (body: Buffer) => Buffer) {
  return ({ body, headers, status }: Passed): Passed =>
    body.length === 0
      ? { body, headers, status }
      : { status, body: code(body), headers: { ...headers, 'content-encoding': coding } }
}

function ofJson(change: (body: Buffer) => Buffer) {
  return (passed: Passed): Passed =>
    String(passed.headers['content-type']).includes('json') ? { ...passed, body: change(passed.body) } : passed
}

function withCookies({ headers, ...passed }: Passed): Passed {
  const own = [headers['set-cookie'] ?? []].flat().map((line) => `${line}; samesite=Lax; SECURE; Priority=High`)
  const lines = [
    'lb=B1|abc; Path=/; Expires=Tue, 02 Jan 2029 17:41:44 GMT',
    ...own,
    'atlassian.xsrf.token=x; Path=/jira',
  ]
  return { ...passed, headers: { ...headers, 'set-cookie': lines } }
}

describe('what is sent again', () => {
  it('is what changes nothing, with waits that grow and are not all alike', async () => {
    const { verify, slept, seen } = await open((count) => (count === 2 || count === 3 ? 'reset' : 'pass'))
    expect(notPassed(await verify(/\.info$/))).toEqual([])
    expect(seen.map(({ line }) => line.split('/').at(-1))).toEqual(['', 'info', 'info', 'info'])
    expect(slept).toHaveLength(2)
    const [first = 0, second = 0] = slept
    expect([first >= 125 && first <= 250, second >= 250 && second <= 500]).toEqual([true, true])
  })

  it('is as often as the target says', async () => {
    const { verify, seen } = await open((_, { url }) => (url?.endsWith('/info') ? { status: 503 } : 'pass'), {
      retries: 0,
    })
    const { checks } = await verify(/\.info$/)
    expect(checks[0]).toMatchObject({
      outcome: 'not reached',
      unavailable: true,
      because: expect.stringMatching(
        /^step 1, GET .*\/info: the server was unavailable: http:.* answered 503 Service Unavailable\.$/,
      ),
    })
    expect(seen.filter(({ line }) => line.endsWith('/info'))).toHaveLength(1)
  })

  it('is no code, unless the account can be arranged anew, and then a check from its start', async () => {
    let codes = 0
    const busy: Parameters<typeof open>[0] = (_, { url }) =>
      url?.endsWith('/auth') && codes++ === 0 ? { status: 429, headers: { 'retry-after': '0' } } : 'pass'
    const fixed = await open(busy, { states: {}, accounts: { enter: { username: 'alice', pin: '910817' } } })
    const { checks } = await fixed.verify(/\.flow$/)
    expect(checks[0]).toMatchObject({ outcome: 'not reached', unavailable: true })
    expect(fixed.seen.filter(({ line }) => line.endsWith('/auth'))).toHaveLength(1)
    codes = 0
    const arranged = await open(busy, { settings: { blockAfter: 5 } })
    expect(notPassed(await arranged.verify(/\.flow$/))).toEqual([])
    expect(codes).toBe(2)
  })

  it('is a check from its start, where a request of it was lost that could not be sent again alone', async () => {
    let lost = 0
    const { verify, seen } = await open((_, { method }) => (method === 'DELETE' && lost++ === 0 ? 'swallow' : 'pass'))
    expect(notPassed(await verify(/\.login$/))).toEqual([])
    expect(seen.filter(({ line }) => line.startsWith('DELETE'))).toHaveLength(2)
  })
})

describe('Retry-After', () => {
  const busy =
    (value: string, status = 503) =>
    (count: number): Deed =>
      count === 2 ? { status, headers: { 'retry-after': value, date: 'Thu, 15 Jan 2026 09:00:00 GMT' } } : 'pass'

  it.each([
    ['in seconds', '7'],
    ['as a date by the clock of the server', 'Thu, 15 Jan 2026 09:00:07 GMT'],
  ])('%s is kept, and told', async (_, value) => {
    const { verify, slept, told } = await open(busy(value, 429))
    expect(notPassed(await verify(/\.info$/))).toEqual([])
    const longest = Math.max(...slept)
    expect(longest > 6000 && longest <= 7000).toBe(true)
    expect(told).toEqual([expect.stringMatching(/^waiting 7s: http:.* answered 429 Too Many Requests$/)])
  })

  it('is not kept where it is longer than anybody waits, which is told', async () => {
    const { verify, slept } = await open(busy('3600'))
    const { checks } = await verify(/\.info$/)
    expect(checks[0]?.because).toMatch(
      /answered 503 Service Unavailable, and wants to be asked again in 1h; no more than 2m are waited\.$/,
    )
    expect(slept).toEqual([])
  })

  it('means nothing where it is neither', async () => {
    const { verify, slept } = await open(busy('soon'))
    expect(notPassed(await verify(/\.info$/))).toEqual([])
    expect(slept).toHaveLength(1)
  })
})

describe('a server that is not to be had', () => {
  it('at one operation leaves what needs it not reached, and nothing else', async () => {
    const { verify } = await open((_, { url }) => (url?.endsWith('/user') ? { status: 503 } : 'pass'))
    const { checks, brokenOff, counts } = await verify(/\.(info|flow|named|bypass|login)$/)
    expect(brokenOff).toBeUndefined()
    expect(counts.failed).toBe(0)
    expect(checks.filter(({ unavailable }) => unavailable).length).toBeGreaterThan(1)
    expect(checks.find(({ id }) => id === 'secure-login.info')?.outcome).toBe('passed')
  })

  it('any more ends the run', async () => {
    const { verify } = await open((count) => (count > 12 ? { status: 502 } : 'pass'))
    const { brokenOff, counts } = await verify(/\.(info|flow|named|bypass|login)$/)
    expect(brokenOff).toMatch(/^http:.* answered 502 Bad Gateway, 3 times in a row\.$/)
    expect(counts.failed).toBe(0)
  })

  it('at all ends the run at the first check', async () => {
    const { verify, seen } = await open(() => ({ status: 503 }))
    const { brokenOff, checks } = await verify(/\.(info|flow|named)$/)
    expect(brokenOff).toMatch(/ answered 503 Service Unavailable, 3 times in a row\.$/)
    expect(checks.every(({ outcome }) => outcome === 'not reached')).toBe(true)
    expect(seen.length).toBeLessThan(10)
  })

  it('where its gateway has no way to the root goes on all the same', async () => {
    const { verify } = await open((count, { url }) => (url === '/jira/' || count === 5 ? { status: 503 } : 'pass'))
    expect(notPassed(await verify(/\.(info|bypass|login)$/))).toEqual([])
  })

  it('is one that answers 500 with its own words, which is an answer', async () => {
    const { verify, seen } = await open((_, { url }) => (url?.endsWith('/info') ? { status: 500 } : 'pass'))
    expect(accused(await verify(/\.info$/))).toEqual(['secure-login.info: SL-03'])
    expect(seen.filter(({ line }) => line.endsWith('/info'))).toHaveLength(1)
  })
})

describe('requests', () => {
  it('keep the pace of the target, and are not sent at once then', async () => {
    const { verify, slept } = await open(() => 'pass', { pace: '200ms' })
    const { checks } = await verify(/\.(info|burst)$/)
    expect(slept.length).toBeGreaterThan(0)
    expect(slept.every((ms) => ms > 0)).toBe(true)
    expect(checks.find(({ id }) => id === 'secure-login.burst')?.because).toMatch(
      /at once, which the target's pace forbids/,
    )
  })

  it('say who asks, unless the target does', async () => {
    const first = await open(() => 'pass')
    await first.verify(/\.info$/)
    expect(first.seen.at(-1)?.headers['user-agent']).toMatch(/^auth-understudy\/\d/)
    const second = await open(() => 'pass', { headers: { 'User-Agent': 'qa/1' } })
    await second.verify(/\.info$/)
    expect(second.seen.at(-1)?.headers['user-agent']).toBe('qa/1')
  })

  it('without a body say so where a body might be', async () => {
    const { verify, seen } = await open(() => 'pass')
    await verify(/sl-09|auth/i)
    const posts = seen.filter(({ line }) => line.startsWith('POST'))
    expect(posts.length).toBeGreaterThan(0)
    expect(posts.filter(({ headers }) => headers['content-length'] === undefined)).toEqual([])
    expect(seen.filter(({ headers }) => headers['transfer-encoding'] !== undefined)).toEqual([])
  })
})
