// Explores every mutant that bends what a server does, with no journey of the kit: a clock that can be moved, sequences of at
// most 12 requests. Prints which were found, by which sequence, and how long what shows them is once it is shrunk. The honest
// mock is explored by the same sequences, and nothing may be found on it. `--replies` adds the mutants of replies.
import { parseArgs } from 'node:util'
import * as registry from '../dist/apis/registry.js'
import { ExploredApi } from '../dist/contract/mutation/explored.js'
import { checkedApi } from '../dist/contract/target/checked-api.js'

const { values } = parseArgs({
  options: {
    api: { type: 'string', multiple: true },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    sequences: { type: 'string', default: '200' },
    replies: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor((numbers.length - 1) / 2)] ?? 0
const summaries = []
for (const api of await Promise.all(Object.values(registry).map(checkedApi))) {
  if (values.api !== undefined && !values.api.includes(api.id)) continue
  const explored = new ExploredApi(api, Number(values.seed), Number(values.sequences))
  const mutants = (await api.mutants()).filter(
    ({ id, isMechanical }) =>
      (values.replies || isMechanical !== true) && (values.only === undefined || id.includes(values.only)),
  )
  const results = []
  for (const mutant of mutants) {
    const began = Date.now()
    const found = await explored.explore(mutant)
    results.push({ id: mutant.id, clause: mutant.clause, ...found, ms: Date.now() - began })
    if (!values.json)
      process.stdout.write(
        `${mutant.id}  ${found.sequence === undefined ? 'NOT FOUND' : `sequence ${found.sequence}, ${found.length} steps, ${found.clause}`}\n`,
      )
  }
  const unders = [...new Map(mutants.map(({ under = {} }) => [JSON.stringify(under), under])).values()]
  const wrongly = []
  for (const under of unders) {
    const found = await explored.explore(undefined, under)
    if (found.sequence !== undefined) wrongly.push({ under, ...found })
  }
  const lengths = results.flatMap(({ length }) => length ?? [])
  summaries.push({
    api: api.id,
    mutants: results.length,
    found: lengths.length,
    median: median(lengths),
    longest: Math.max(0, ...lengths),
    rightly: results.filter(({ clause }, at) => results[at].sequence !== undefined && mutants[at].clause === clause)
      .length,
    foundOnHonest: wrongly.length,
    results,
  })
}
if (values.json) process.stdout.write(`${JSON.stringify(summaries, null, 2)}\n`)
else
  for (const { api, mutants, found, median: middle, longest, foundOnHonest } of summaries)
    process.stdout.write(
      `${api}: ${found} of ${mutants} mutants found (${((found / mutants) * 100).toFixed(1)} %), ` +
        `median ${middle}, longest ${longest} steps; on the honest mock ${foundOnHonest}\n`,
    )
process.exitCode = summaries.every(({ mutants, found, foundOnHonest }) => found >= mutants * 0.9 && foundOnHonest === 0)
  ? 0
  : 1
