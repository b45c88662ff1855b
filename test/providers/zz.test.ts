import { test } from 'vitest'
import { faults } from '../../examples/providers/sirportly/faults.js'
import { quirks } from '../../examples/providers/sirportly/quirks.js'
import { start } from '../../examples/providers/sirportly/server.js'
import { openBench } from '../contract/bench.ts'
import { sirportlyCompany } from '../contract/company.ts'
import { serveProvider } from '../contract/servers.ts'
const { accounts, provider } = sirportlyCompany
test('x', { timeout: 900000 }, async () => {
  const set = process.env['SETUP'] ?? 'accounts'
  const check = async (options: any) => {
    const server = await serveProvider(start({ ...provider, lockFor: 1_800_000, ...options }))
    const { url: baseUrl, states, clock } = server
    const target = { api: 'sirportly', baseUrl, accounts, settings: { lockFor: '30m' }, ...(set === 'clock' ? { clock } : set === 'states' ? { states, clock } : {}) }
    return (await openBench(target)).verify({})
  }
  const tell = async (name: string, o: any) => {
    const f = await check(o)
    const of = (w: string) => f.clauses.filter((c) => c.outcome === w).map((c) => c.clause.id).join(' ')
    console.log(name, '| broken:', of('broken'), '| differs:', of('differs'), '|', JSON.stringify(f.counts), f.documented.checked + '/' + f.documented.total, f.hint ?? '')
    return f
  }
  const only = process.env['ONLY']
  const f = await tell('good', {})
  console.log(f.checks.filter(c => c.outcome === 'not reached').map(c => c.id + ': ' + c.because).join('\n'))
  console.log('NOT REACHED', f.clauses.filter((c) => c.outcome === 'not reached').map(c => c.clause.id + ' ' + c.because).join('\n'))
  for (const quirk of Object.keys(quirks)) if (!only || only === quirk) await tell('quirk ' + quirk, { quirk })
  for (const fault of Object.keys(faults)) if (!only || only === fault) await tell('fault ' + fault, { fault })
})
