import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '../../src/adapters/node.ts'
import * as registry from '../../src/apis/registry.ts'
import { loadTarget } from '../../src/contract/target.ts'
import { verify } from '../../src/contract/verify.ts'
import type { Findings } from '../../src/contract/findings.ts'
import { createWorld } from '../../src/index.ts'

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
  const folder = mkdtempSync(join(tmpdir(), 'understudy-'))
  const server = await listen(await createWorld(), { port: 0 })
  onTestFinished(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })
  const facts = api === 'sirportly' ? ', facts: { account: atech }' : ''
  const role = api === 'sirportly' ? 'user' : 'bypass'
  const target = `api: ${api}\nbaseUrl: ${server.url}${path}\naccounts: { ${role}: { username: dave${facts} } }\n`
  writeFileSync(join(folder, 'target.yaml'), target)
  const loaded = await loadTarget('target.yaml', folder, {}, Object.values(registry))
  return verify(loaded, {
    repertoire: { interactions: [], journeys: loaded.api.kit.journeys },
    ledgerFile: join(folder, 'ledger.json'),
    allowWait: false,
    leaveOutUnsafe: true,
  })
}
