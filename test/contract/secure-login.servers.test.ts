import { describe, expect, test } from 'vitest'
import { start } from '../../examples/providers/secure-login/server.js'
import { openBench, notPassed, type Bench } from './bench.ts'
import { secureLoginCompany } from './company.ts'
import { serveProvider } from './servers.ts'
import type { Findings } from '../../src/contract/telling/findings.ts'

const { accounts, provider } = secureLoginCompany
type Options = NonNullable<Parameters<typeof start>[0]>

/** A bench for the independent server. */
async function bench(
  options: Options,
  target: object = {},
  has: 'nothing' | 'clock' | 'states' = 'clock',
): Promise<Bench> {
  const { url, states, clock } = await serveProvider(start({ ...provider, ...options }))
  const means = has === 'nothing' ? {} : has === 'clock' ? { clock } : { states, clock }
  return openBench({
    api: 'secure-login',
    baseUrl: `${url}/jira`,
    settings: { blockAfter: 3 },
    accounts,
    ...means,
    ...target,
  })
}

function outcomes({ clauses }: Findings, wanted: string): string[] {
  return clauses.filter(({ outcome }) => outcome === wanted).map(({ clause }) => clause.id)
}

describe('a server that takes the codes of an app once', () => {
  const secret = 'JBSWY3DPEHPK3PXP'
  const withApps = {
    ...accounts,
    enter: { username: 'qa-enter', password: 'Open sesame 1', totp: { secret: 'jbsw y3dp ehpk 3pxp' } },
  }
  const users = [
    { username: 'qa-enter', password: 'Open sesame 1', totp: { secret } },
    ...(provider['users'] ?? []).slice(1),
  ] as NonNullable<Options['users']>

  test('is recognised, and asked with a code of its own each time', async () => {
    const findings = await (
      await bench({ users, codeReuse: 'refused' }, { accounts: withApps })
    ).verify({ journeysOnly: true })
    expect(outcomes(findings, 'broken')).toEqual([])
    expect(findings.warnings.join()).toContain('codeReuse: refused')
    expect(findings.documented.checked).toBe(15)
  })

  test('cannot be asked twice in half a minute where nobody may wait', async () => {
    const findings = await (
      await bench({ users, codeReuse: 'refused' }, { accounts: withApps }, 'nothing')
    ).verify({ journeysOnly: true })
    expect(outcomes(findings, 'broken')).toEqual([])
    expect(notPassed(findings).join('\n')).toMatch(/not reached, it would take \d+s/)
  })

  test('differs where it is said to take them twice', async () => {
    const target = { accounts: withApps, settings: { blockAfter: 3, codeReuse: 'allowed' } }
    const findings = await (
      await bench({ users, codeReuse: 'refused' }, target)
    ).verify({ journeysOnly: true, only: /same-code/ })
    expect(outcomes(findings, 'differs')).toEqual(['SL-U19'])
  })
})

describe('a product that is not Jira', () => {
  test.each(['confluence', 'none'])(
    'is asked for nothing that only Jira has, where the target says %s',
    async (product) => {
      const findings = await (
        await bench({ product: 'confluence' }, { host: { product } })
      ).verify({ journeysOnly: true })
      expect(outcomes(findings, 'broken')).toEqual([])
      expect(outcomes(findings, 'differs')).toEqual([])
      for (const clause of ['SL-H1', 'SL-H2', 'SL-H3', 'SL-H4', 'SL-H7', 'SL-H8'])
        expect(outcomes(findings, 'not reached')).toContain(clause)
      // With Basic credentials every request logs in anew, so that no session is ever seen to end.
      expect(findings.documented.checked).toBe(14)
    },
  )

  test('cannot be said to an API that runs by itself, nor in two ways', async () => {
    const host = { product: 'confluence' }
    await expect(openBench({ api: 'sirportly', baseUrl: 'http://127.0.0.1:1', host })).rejects.toThrow(
      /host: Sirportly runs in no host product/,
    )
    const settings = { product: 'jira' }
    await expect(openBench({ api: 'secure-login', baseUrl: 'http://127.0.0.1:1', host, settings })).rejects.toThrow(
      /settings\.product: It is jira here and confluence in host/,
    )
    await expect(
      openBench({ api: 'secure-login', baseUrl: 'http://127.0.0.1:1', host: { product: 'confluense' } }),
    ).rejects.toThrow(/Did you mean "?confluence/)
  })
})

describe('what is left to be recognised', () => {
  test('may be said so, in words', async () => {
    const settings = { blockAfter: 3, revision: 'auto' }
    const findings = await (await bench({ revision: 'legacy' }, { settings })).verify({ journeysOnly: true })
    expect(outcomes(findings, 'broken')).toEqual([])
    expect(findings.warnings.join()).toContain('revision: legacy')
  })

  test('is not, where the target says it: then the server is judged by that', async () => {
    const settings = { blockAfter: 3, revision: 'current' }
    const findings = await (await bench({ revision: 'legacy' }, { settings })).verify({ journeysOnly: true })
    expect(outcomes(findings, 'broken')).toEqual(['SL-12'])
  })
})

test('one journey after the other locks, and waits for the end of it in real time', { timeout: 200_000 }, async () => {
  const settings = { blockAfter: 3, blockFor: '8s' }
  const slow = await bench({ blockFor: 8000 }, { settings }, 'nothing')
  const only = /\.(lockout|digits|sessions|burst|expiry|authenticated|clears)$/
  const findings = await slow.verify({ journeysOnly: true, allowWait: true, only })
  expect(notPassed(findings)).toEqual([])
  expect(findings.counts.passed).toBe(7)
})

describe('a diagnosis finds', () => {
  test.each([
    [{ xsrfCheck: 'on' }, { xsrfCheck: 'on' }],
    [{ staleCookie: 'anonymous' }, { staleCookie: 'anonymous' }],
    [{ restBeforePin: 'refused' }, { restBeforePin: 'refused' }],
    [{ quirk: 'keeps-count' }, { failuresAfterPin: 'kept' }],
    [{ quirk: 'keeps-count-of-block' }, { failuresAfterBlock: 'kept' }],
    [{ quirk: 'checks-unneeded' }, { unneededPin: 'checked' }],
  ] as const)('of a server with %j the setting %j', async (options, setting) => {
    const diagnosis = await (await bench(options, { settings: {} }, 'states')).diagnose()
    expect(diagnosis.differing).toMatchObject(setting)
  })
})
