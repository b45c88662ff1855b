import { writeFileSync, appendFileSync } from 'node:fs'
import { test } from 'vitest'
import { faults, hostFaults } from '../../examples/providers/secure-login/faults.js'
import { quirks, readings } from '../../examples/providers/secure-login/quirks.js'
import { start } from '../../examples/providers/secure-login/server.js'
import { openBench } from '../contract/bench.ts'
import { secureLoginCompany } from '../contract/company.ts'
import { serveProvider } from '../contract/servers.ts'
const { accounts, provider } = secureLoginCompany
const setUps = (process.env['SETUPS'] ?? 'accounts,clock,states').split(',')
const only = process.env['ONLY'] === undefined ? undefined : new RegExp(process.env['ONLY'])
const out = process.env['OUT'] ?? '/tmp/sl/explore.txt'
writeFileSync(out, '')
const cases = [
  ['good', {}],
  ...[...Object.keys(quirks), ...Object.keys(readings)].map((quirk) => [`q ${quirk}`, { quirk }]),
  ...[...Object.keys(faults), ...Object.keys(hostFaults)].map((fault) => [`f ${fault}`, { fault }]),
] as [string, object][]
for (const setUp of setUps)
  for (const [name, options] of cases.filter(([name]) => only === undefined || only.test(name)))
    test(`${setUp} ${name}`, { timeout: 60000 }, async () => {
      const began = Date.now()
      const server = await serveProvider(start({ ...provider, ...options } as never))
      const { states, clock } = server
      const target = {
        api: 'secure-login',
        baseUrl: `${server.url}/jira`,
        accounts,
        ...(setUp === 'accounts' ? {} : { clock }),
        ...(setUp === 'states' ? { states } : {}),
        settings: { blockAfter: 3 },
      }
      const f = await (await openBench(target)).verify(setUp === 'states' ? {} : { pacts: [] })
      const of = (w: string) =>
        f.clauses.filter(({ outcome }) => outcome === w).map(({ clause, because }) => `${clause.id} (${because})`)
      appendFileSync(
        out,
        `${setUp} ${name}: ${JSON.stringify(f.counts)} doc ${f.documented.checked}/${f.documented.total} ${Date.now() - began}ms\n   broken ${of('broken').join('; ')}\n   differs ${of('differs').join('; ')}\n${f.hint ? '   hint ' + f.hint + '\n' : ''}${f.warnings.length ? '   warn ' + f.warnings.join(' | ') + '\n' : ''}`,
      )
      if (process.env['VERBOSE'])
        appendFileSync(
          out,
          f.checks
            .filter((c) => c.outcome !== 'passed')
            .map(
              (c) =>
                `      ${c.id}: ${c.outcome} ${c.because ?? ''} ${JSON.stringify(c.failures.map((x) => [x.step, x.clause, x.differences]))}\n`,
            )
            .join(''),
        )
    })
