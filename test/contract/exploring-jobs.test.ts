import { describe, expect, test } from 'vitest'
import { start as startSecureLogin } from '../../examples/providers/secure-login/server.js'
import { explore, type Explored, type ExploreOptions } from '../../src/contract/exploring/explore.ts'
import { openBench, type Bench } from './bench.ts'
import { crowd } from './crowd.ts'
import { secureLoginCompany } from './company.ts'
import { serveCrossing } from './crossing.ts'
import { serveProvider } from './servers.ts'

const run = (bench: Bench, more: Partial<ExploreOptions> = {}): Promise<Explored> =>
  explore(bench.loaded, { budget: bench.budget(), seed: 1, after: 0, sequences: 24, allowWait: false, jobs: 4, ...more })

test('manual', async () => {
  const { accounts, further, provider } = crowd(secureLoginCompany, 4)
  for (const hooks of [false, true])
    for (const jobs of [1, 4]) {
      const server = await serveProvider(startSecureLogin({ ...provider, blockAfter: 3 }))
      const crossing = await serveCrossing(server.url, { delayMs: 50 })
      const bench = await openBench({
        api: 'secure-login',
        baseUrl: `${crossing.url}/jira`,
        settings: { blockAfter: 3 },
        accounts,
        further,
        ...(hooks ? { states: server.states, clock: server.clock } : {}),
      })
      const explored = await run(bench, { jobs, sequences: 64 })
      const { found, ...rest } = explored
      console.log(jobs, hooks, crossing.most, JSON.stringify(rest), found.map(({ key }) => key))
    }
}, 200_000)
