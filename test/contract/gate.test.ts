import { expect, test } from 'vitest'
import type { Findings } from '../../src/contract/telling/findings.ts'
import { openBench } from './bench.ts'
import { serveMock } from './servers.ts'

test('a server that refuses the simplest request is asked no more', async () => {
  const { checks } = await verified('sirportly', '/wrong')
  const [first, ...others] = checks
  expect(first).toMatchObject({ id: 'sirportly.url', outcome: 'failed', failures: [{ clause: 'SP-01' }] })
  expect(others.filter(({ outcome }) => outcome !== 'not reached')).toEqual([])
  expect(others[0]?.because).toBe(
    'the server answers 404 to the simplest request (sirportly.url), so nothing more can be found out',
  )
})

test('a server that answers is asked everything, the simplest first', async () => {
  const { checks } = await verified('secure-login', '/jira')
  expect(checks[0]).toMatchObject({ id: 'secure-login.info', outcome: 'passed' })
  expect(checks.map(({ because }) => because ?? '').filter((because) => because.includes('nothing more'))).toEqual([])
})

async function verified(api: string, path: string): Promise<Findings> {
  const { url } = await serveMock()
  const facts = api === 'sirportly' ? { facts: { account: 'atech' } } : {}
  const role = api === 'sirportly' ? 'user' : 'bypass'
  const bench = await openBench({ api, baseUrl: url + path, accounts: { [role]: { username: 'dave', ...facts } } })
  return bench.verify({ journeysOnly: true, leaveOutUnsafe: true })
}
