// Plays every mutant and lets the journeys and the pact of its API find it. Ends with 1 where one survives, or where too few
// failures name the clause that is bent.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as registry from '../dist/apis/registry.js'
import { printer } from '../dist/cli/shown.js'
import { table } from '../dist/cli/table.js'
import { checkedApi } from '../dist/contract/checked-api.js'
import { blameRequired, isGoodEnough, summarize } from '../dist/contract/mutation-report.js'
import { blamesRightly, tryMutant } from '../dist/contract/mutation.js'
import { loadPact } from '../dist/contract/pact-file.js'
import { nearestWord } from '../dist/core/nearest.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { api: { type: 'string', multiple: true }, json: { type: 'boolean', default: false } },
})
const all = await Promise.all(
  Object.values(registry)
    .filter(({ loadKit, mutants }) => loadKit !== undefined && mutants !== undefined)
    .map(checkedApi),
)
const ids = all.map(({ id }) => id)
for (const id of values.api ?? []) {
  if (ids.includes(id)) continue
  const nearest = nearestWord(id, ids)
  process.stderr.write(
    `There is no API "${id}" with mutants; there are ${ids.join(', ')}.${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}\n`,
  )
  process.exit(2)
}

const summaries = []
const results = []
for (const api of all.filter(({ id }) => values.api?.includes(id) ?? true)) {
  const { interactions } = await loadPact(`pacts/auth-understudy-client-${api.id}.json`, root, api.id)
  const trials = []
  for (const mutant of await api.mutants()) trials.push(await tryMutant(api, mutant, { interactions }))
  results.push(...trials.map(toResult))
  summaries.push(summarize(api.id, trials))
}

function toResult(trial) {
  const { mutant, failures } = trial
  const [first] = failures
  const others = failures.filter(({ clause }) => clause !== mutant.clause).map(({ id, clause }) => `${clause} by ${id}`)
  return {
    id: mutant.id,
    clause: mutant.clause,
    title: mutant.title,
    killed: failures.length > 0,
    ...(first === undefined ? {} : { by: first.id, step: first.step, blamed: first.clause }),
    rightly: blamesRightly(trial),
    failures: failures.length,
    blamedOtherwise: others,
  }
}

const good = summaries.length > 0 && summaries.every(isGoodEnough)
if (values.json) process.stdout.write(`${JSON.stringify({ good, summaries, mutants: results }, null, 2)}\n`)
else {
  const rows = results.map(({ id, killed, by, step, blamed, rightly, failures, blamedOtherwise }) => [
    id,
    killed ? 'killed' : 'SURVIVED',
    killed ? `${by}, step ${step}` : '',
    blamed ?? '',
    killed ? (rightly ? 'right' : 'WRONG') : '',
    String(failures),
    blamedOtherwise.join(', '),
  ])
  const show = printer((text) => process.stdout.write(`${text}\n\n`), false)
  show(table(['MUTANT', '', 'FIRST BY', 'BLAMED', '', 'FAILURES', 'OTHERWISE BLAMED'], rows))
  for (const { api, mutants, killed, failures, rightly, firstRightly } of summaries) {
    const share = (part, whole) => (whole === 0 ? 'none' : `${((part / whole) * 100).toFixed(1)} %`)
    process.stdout.write(
      `${api}: ${killed} of ${mutants} mutants killed (${share(killed, mutants)}); ` +
        `${rightly} of ${failures} failures name the bent clause (${share(rightly, failures)}), ` +
        `and the first failure of ${firstRightly} mutants does (${share(firstRightly, mutants)})\n`,
    )
  }
  if (!good)
    process.stdout.write(`Every mutant has to be killed, and ${blameRequired} % of the failures blamed rightly.\n`)
}
process.exitCode = good ? 0 : 1
