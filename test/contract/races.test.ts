import { describe, expect, it, test } from 'vitest'
import { start as startGenticsCms } from '../../examples/providers/gentics-cms/server.js'
import { start as startSecureLogin } from '../../examples/providers/secure-login/server.js'
import { start as startSirportly } from '../../examples/providers/sirportly/server.js'
import type { Findings } from '../../src/contract/telling/findings.ts'
import { openBench } from './bench.ts'
import { genticsCmsCompany, secureLoginCompany, sirportlyCompany } from './company.ts'
import { serveRacy, type Racing } from './racy-server.ts'
import { serveProvider } from './servers.ts'

const told = ({ checks }: Findings): string[] =>
  checks.map(({ id, outcome, because, failures }) =>
    [id, outcome, because, ...failures.map(({ clause }) => clause)].filter((part) => part !== undefined).join(' '),
  )

const servers = [
  ['secure-login', secureLoginCompany, startSecureLogin, '/jira', { blockAfter: 3 }],
  ['sirportly', sirportlyCompany, startSirportly, '', {}],
  ['gentics-cms', genticsCmsCompany, startGenticsCms, '', {}],
] as const

test.each(servers)(
  'an independent server of %s loses nothing',
  async (api, { accounts, provider }, start, path, settings) => {
    const { url, states, clock } = await serveProvider(start(provider))
    const bench = await openBench({ api, baseUrl: url + path, settings, accounts, states, clock })
    const findings = await bench.verify({ races: 2 })
    expect(told(findings).filter((line) => !line.endsWith(' passed'))).toEqual([])
    expect(findings.checks.length).toBeGreaterThan(5)
  },
)
