// Writes what is derived from the sources. `--check` only says what is stale, and ends with 1.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { llms } from './llms.js'

const check = process.argv.includes('--check')
const root = new URL('../', import.meta.url)
const stale = []

async function derive(path, text) {
  const url = new URL(path, root)
  const present = await readFile(url, 'utf8').catch(() => '')
  if (present === text) return
  stale.push(path)
  if (!check) await writeFile(url, text)
}

async function generate() {
  const names = (await readdir(new URL('scenarios/', root))).filter((file) => file.endsWith('.yaml')).sort()
  const scenarios = {}
  for (const file of names) {
    const name = `scenarios/${file}`
    try {
      scenarios[file.replace('.yaml', '')] = parse(await readFile(new URL(name, root), 'utf8'))
    } catch (error) {
      // The rest of the message is a picture of the place.
      throw new Error(`${name}: ${error.message.split('\n')[0].replace(/:$/, '')}`, { cause: error })
    }
  }
  await derive(
    'src/scenario/shipped.ts',
    [
      '// Generated from scenarios/*.yaml by npm run generate.',
      "import type { JsonObject } from '../core/json.ts'",
      '',
      '/** Their names. */',
      `export type ShippedName = ${Object.keys(scenarios)
        .map((name) => `'${name}'`)
        .join(' | ')}`,
      '',
      '/** The scenarios that come with the package, by name. */',
      `export const shipped: { readonly [name: string]: JsonObject } = ${JSON.stringify(scenarios, null, 2)}`,
      '',
    ].join('\n'),
  )

  // The rest is derived from the build.
  const { scenarioSchema } = await import('../dist/scenario/schema.js')
  const { cliReference, controlReference, scenarioReference, apiReference, apis } = await import('./reference.js')
  const { mutantReference } = await import('./mutant-reference.js')
  const { configReference, configSource } = await import('./config-reference.js')
  const { lintReference } = await import('./lint-reference.js')
  const { journeyReference, journeySchema, targetSchema, targetReference } = await import('./target-reference.js')
  await derive('scenarios/scenario.schema.json', `${JSON.stringify(scenarioSchema(apis), null, 2)}\n`)
  await derive('targets/target.schema.json', `${JSON.stringify(targetSchema(), null, 2)}\n`)
  await derive('targets/journey.schema.json', `${JSON.stringify(journeySchema(), null, 2)}\n`)
  await derive('docs/reference/journeys.md', journeyReference())
  await derive('docs/reference/cli.md', cliReference())
  await derive('src/cli/config-keys.ts', configSource())
  await derive('docs/reference/config.md', configReference())
  await derive('docs/reference/control-api.md', await controlReference())
  await derive('docs/reference/scenarios.md', scenarioReference(scenarios))
  await derive('docs/reference/targets.md', targetReference())
  await derive('docs/reference/mutants.md', await mutantReference())
  await derive('llms.txt', llms(await readFile(new URL('docs/README.md', root), 'utf8')))
  // One that is only played has no pact and no transcripts yet, of which its page is made.
  for (const api of apis.filter(({ loadKit }) => loadKit !== undefined))
    await derive(`docs/reference/${api.id}.md`, await apiReference(api))
  await derive('docs/reference/lints.md', await lintReference())
}

try {
  await generate()
} catch (error) {
  const remedy = error.code === 'ERR_MODULE_NOT_FOUND' ? ' (npm run build)' : ''
  process.stderr.write(`generate: ${error.message}${remedy}\n`)
  process.exit(2)
}
for (const path of stale) process.stderr.write(check ? `stale: ${path} (npm run generate)\n` : `wrote ${path}\n`)
if (check && stale.length > 0) process.exitCode = 1
