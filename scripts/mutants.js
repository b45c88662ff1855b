// Plays every mutant and lets the journeys and the pact of its API find it: those by hand to the end of each check, those
// of replies until one fails. Ends with 1 where one by hand survives, or where too few failures name the clause that is bent.
// Blame is judged by hand only: by the mutants that were written, and by test/contract/blamed.json.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as registry from '../dist/apis/registry.js'
import { printer } from '../dist/cli/shown.js'
import { table } from '../dist/cli/table.js'
import { checkedApi } from '../dist/contract/target/checked-api.js'
import { blameRequired, isGoodEnough, summarize, survivors } from '../dist/contract/mutation/mutation-report.js'
import { blamesRightly, tryMutant } from '../dist/contract/mutation/mutation.js'
import { ownInteractions } from '../dist/contract/comparing/own-pact.js'
import { nearestWord } from '../dist/core/nearest.js'

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

const blamed = JSON.parse(readFileSync(new URL('../test/contract/blamed.json', import.meta.url), 'utf8'))
const summaries = []
const results = []
const replies = []
for (const api of all.filter(({ id }) => values.api?.includes(id) ?? true)) {
  const interactions = await ownInteractions(api.id)
  const trials = []
  const ofReplies = []
  const said = new Map(
    Object.entries(blamed[api.id] ?? {}).flatMap(([clause, words]) =>
      words.map((word) => [`${api.id}.${word}`, clause]),
    ),
  )
  for (const mutant of await api.mutants()) {
    const clause = mutant.isMechanical ? said.get(mutant.id) : mutant.clause
    const trial = await tryMutant(api, mutant, { interactions, untilKilled: clause === undefined })
    if (mutant.isMechanical) ofReplies.push(trial)
    if (clause !== undefined) trials.push({ ...trial, mutant: { ...mutant, clause } })
  }
  results.push(...trials.map(toResult))
  summaries.push(summarize(api.id, trials))
  replies.push({ api: api.id, ...survivors(ofReplies) })
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
if (values.json) process.stdout.write(`${JSON.stringify({ good, summaries, mutants: results, replies }, null, 2)}\n`)
else {
  const rows = results.map(({ id, killed, by, step, blamed: named, rightly, failures, blamedOtherwise }) => [
    id,
    killed ? 'killed' : 'SURVIVED',
    killed ? `${by}, step ${step}` : '',
    named ?? '',
    killed ? (rightly ? 'right' : 'WRONG') : '',
    String(failures),
    blamedOtherwise.join(', '),
  ])
  const show = printer((text) => process.stdout.write(`${text}\n\n`), false)
  const share = (part, whole) => (whole === 0 ? 'none' : `${((part / whole) * 100).toFixed(1)} %`)
  show(table(['MUTANT', '', 'FIRST BY', 'BLAMED', '', 'FAILURES', 'OTHERWISE BLAMED'], rows))
  for (const { clauses } of replies) {
    const lines = clauses.map(({ clause, mutants, survived }) => [
      clause,
      `${mutants - survived.length} of ${mutants}`,
      survived.join(' '),
    ])
    show(table(['CLAUSE', 'KILLED', 'SURVIVED'], lines))
  }
  for (const { api, mutants, killed, failures, rightly, firstRightly } of summaries) {
    process.stdout.write(
      `${api}: ${killed} of ${mutants} mutants killed (${share(killed, mutants)}) whose clause was said by hand; ` +
        `${rightly} of ${failures} failures name it (${share(rightly, failures)}), ` +
        `and the first failure of ${firstRightly} mutants does (${share(firstRightly, mutants)})\n`,
    )
  }
  for (const { api, mutants, killed } of replies) {
    process.stdout.write(`${api}: ${killed} of ${mutants} mutants of replies killed (${share(killed, mutants)})\n`)
  }
  if (!good)
    process.stdout.write(`Every mutant has to be killed, and ${blameRequired} % of the failures blamed rightly.\n`)
}
process.exitCode = good ? 0 : 1
