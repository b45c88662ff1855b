import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { start } from '../../examples/providers/secure-login/server.js'
import { start as startSirportly } from '../../examples/providers/sirportly/server.js'
import { AttemptLedger } from '../../src/contract/playing/ledger.ts'
import { newDirectory, notPassed, openBench, type Bench } from './bench.ts'
import { secureLoginCompany, sirportlyCompany } from './company.ts'
import { serveMock, serveProvider, type Provider } from './servers.ts'

const { accounts, provider: seed } = secureLoginCompany
/** Without an account that may be locked: every wrong PIN is one for somebody who may not. */
const precious = { enter: accounts['enter'], bypass: accounts['bypass'], onboarding: accounts['onboarding'] }
const journeys = { only: /^secure-login\.(?!pact)/, leaveOutUnsafe: true }

async function open(
  { url }: Pick<Provider, 'url'>,
  more: { accounts?: object; settings?: object; directory?: string } = {},
): Promise<Bench> {
  const { directory, ...target } = more
  const given = { api: 'secure-login', baseUrl: `${url}/jira`, settings: { blockAfter: 3, blockFor: '30m' } }
  return openBench({ ...given, accounts: precious, ...target }, directory === undefined ? {} : { directory })
}

/** That nobody was locked, nor saw so many wrong PINs that it could have been. */
async function assertSafe(provider: Provider, limit = 3): Promise<void> {
  for (const { wrong, locked } of Object.values(await provider.attempts())) {
    expect(wrong).toBeLessThan(limit)
    expect(locked).toBe(0)
  }
}

describe('an account that may not be locked', () => {
  it('stops a run before the first request that would try too many wrong PINs', async () => {
    const mock = await serveMock()
    const bench = await open(mock)
    await expect(bench.verify()).rejects.toMatchObject({
      code: 'ERR_UNSAFE',
      message: expect.stringMatching(
        /^Nothing was sent: 2 of \d+ checks could lock an account\.\n {2}secure-login\.zeros: qa-enter may not be locked \(mayBeLocked: false\), which 3 wrong codes do\n {2}secure-login\.passwords: /,
      ),
    })
    expect(mock.world.requests).toEqual([])
  })

  it('is not locked by runs that leave out what could, however often', async () => {
    const provider = await serveProvider(start(seed))
    const bench = await open(provider)
    const first = await bench.verify({ leaveOutUnsafe: true })
    expect(notPassed(first).filter((line) => line.includes('failed'))).toEqual([])
    expect(first.checks.find(({ id }) => id === 'secure-login.retry')).toMatchObject({ outcome: 'passed' })
    for (let run = 0; run < 3; run++) await bench.verify(journeys)
    expect((await provider.attempts())['qa-enter']).toEqual({ wrong: 1, locked: 0 })
    const later = await bench.plan({ only: /retry/ })
    expect(later[0]?.unsafe).toMatch(
      /^qa-enter may not be locked .* and has seen 1 lately \(the first is forgotten at 20/,
    )
  })

  it('is not locked by a run that is interrupted, wherever that is, and begun again', async () => {
    const provider = await serveProvider(start(seed))
    const directory = newDirectory()
    for (const after of ['again', 'retry', 'flow', 'zeros', 'passwords']) {
      const bench = await open(provider, { directory })
      const interrupt = new AbortController()
      const onStart = ({ id }: { readonly id: string }): void => {
        // In the middle of it: between two of its requests.
        if (id === `secure-login.${after}`) setTimeout(() => interrupt.abort(), 12)
      }
      await bench.verify({ ...journeys, signal: interrupt.signal, onStart })
      await assertSafe(provider)
    }
  })

  it('is not locked where its PIN has become another, and the kit says so', async () => {
    const provider = await serveProvider(
      start({ users: [{ username: 'qa-enter', password: 'Open sesame 1', pin: '1' }] }),
    )
    const bench = await open(provider, { accounts: { enter: accounts['enter'] } })
    const { checks } = await bench.verify(journeys)
    expect(checks.find(({ id }) => id === 'secure-login.flow')).toMatchObject({
      outcome: 'failed',
      failures: [{ clause: 'SL-10', differences: [{ expected: '200', received: '401' }] }],
    })
    const notReached = checks.find(({ id }) => id === 'secure-login.retry')
    expect(notReached).toMatchObject({ outcome: 'not reached', because: expect.stringContaining('--forget qa-enter') })
    for (let run = 0; run < 2; run++) await bench.verify(journeys)
    await assertSafe(provider)
    expect((await provider.attempts())['qa-enter']?.wrong).toBe(2)
  })

  it('is not locked by two runs at once', async () => {
    const provider = await serveProvider(start(seed))
    const directory = newDirectory()
    const benches = [await open(provider, { directory }), await open(provider, { directory })]
    await Promise.all(benches.map((bench) => bench.verify(journeys)))
    await assertSafe(provider)
  })

  it('is sent no wrong PIN where the target does not say how many lock', async () => {
    const provider = await serveProvider(start({ ...seed, blockAfter: 2 }))
    const bench = await open(provider, { settings: {} })
    const [retry] = await bench.plan({ only: /\.retry/ })
    expect(retry?.unsafe).toBe(
      'qa-enter may not be locked (mayBeLocked: false), which 2 wrong codes might do (settings: blockAfter is not said)',
    )
    await bench.verify(journeys)
    await assertSafe(provider, 1)
  })

  it('is sent no wrong PIN by a diagnosis that does not know how many lock', async () => {
    const provider = await serveProvider(start({ ...seed, blockAfter: 2 }))
    await (await open(provider, { settings: {} })).diagnose()
    await assertSafe(provider, 1)
  })

  it('has each code written down before it is sent', async () => {
    const mock = await serveMock({
      extends: 'default',
      'secure-login': { users: { 'qa-enter': { pin: '778812', password: 'Open sesame 1' } } },
    })
    const bench = await open(mock)
    const ledger = new AttemptLedger(join(bench.directory, '.understudy', 'attempts.jsonl'))
    const noted: number[] = []
    mock.world.listen((event) => {
      if (event.kind !== 'request' || mock.world.describe(event).operation !== 'auth') return
      if (mock.world.describe(event).user === 'qa-enter')
        noted.push(ledger.seen(`${mock.url}/jira qa-enter`, 30 * 60_000, Date.now()).counting)
    })
    await bench.verify({ ...journeys, only: /\.(flow|retry)$/ })
    // The right code of `flow`; of `retry`, one that clears, a wrong one, and the right one while that counts.
    expect(noted).toEqual([1, 1, 1, 2])
  })
})

describe('an account that may be locked', () => {
  it('is remembered as locked from run to run, until its time is over', async () => {
    const provider = await serveProvider(start(seed))
    const bench = await open(provider, { accounts })
    const first = await bench.verify({ only: /\.(retry|lockout|sessions)$/ })
    expect(notPassed(first)).toEqual([
      expect.stringMatching(
        /^secure-login\.sessions: not reached, qa-lock is locked until .*, since secure-login\.lockout: it would take 30m/,
      ),
    ])
    // What locks nobody is played again at once, by another account; what locks has to wait.
    const second = await bench.verify({ only: /\.(retry|lockout)$/ })
    expect(second.checks.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['secure-login.retry', 'passed'],
      ['secure-login.lockout', 'not reached'],
    ])
    expect((await provider.attempts())['qa-lock']?.locked).toBe(1)
  })

  it('is left as it was found where nothing has locked it', async () => {
    const mock = await serveMock({
      extends: 'default',
      'secure-login': { users: { 'qa-lock': { pin: '012345', password: 'Open sesame 2', failures: 2 } } },
    })
    const bench = await open(mock, { accounts: { disposable: accounts['disposable'] } })
    expect(notPassed(await bench.verify({ only: /\.zeros$/ }))).toEqual([])
    expect(mock.world.api('secure-login').user('qa-lock').view()).toMatchObject({ state: 'enter', failures: 0 })
  })

  it('is not used where its code is refused, so that nothing is blamed on the server', async () => {
    const provider = await serveProvider(
      start({ users: [{ username: 'qa-lock', password: 'Open sesame 2', pin: '1' }] }),
    )
    const bench = await open(provider, { accounts: { disposable: accounts['disposable'] } })
    const { checks } = await bench.verify({ only: /\.lockout$/ })
    expect(checks[0]).toMatchObject({
      outcome: 'not reached',
      because: 'qa-lock was refused with its code: it has another by now, or is locked',
    })
  })
})

it("what is said of Sirportly's codes is kept there, too", async () => {
  const provider = await serveProvider(startSirportly(sirportlyCompany.provider))
  const { disposable: _, ...others } = sirportlyCompany.accounts
  const bench = await openBench({
    api: 'sirportly',
    baseUrl: provider.url,
    settings: { lockAfter: 3 },
    accounts: others,
  })
  await expect(bench.verify()).rejects.toMatchObject({ code: 'ERR_UNSAFE' })
  expect(await provider.attempts()).toEqual({})
  for (let run = 0; run < 3; run++) await bench.verify({ leaveOutUnsafe: true })
  expect((await provider.attempts())['atech/qa-code']).toEqual({ wrong: 1, locked: 0 })
})
