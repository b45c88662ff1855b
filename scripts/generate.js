// Writes what is derived from the sources. `--check` only says what is stale.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { parse } from 'yaml'

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

const names = (await readdir(new URL('scenarios/', root))).filter((file) => file.endsWith('.yaml')).sort()
const scenarios = {}
for (const file of names)
  scenarios[file.replace('.yaml', '')] = parse(await readFile(new URL(`scenarios/${file}`, root), 'utf8'))
await derive(
  'src/scenario/shipped.ts',
  `// Generated from scenarios/*.yaml by npm run generate.\nimport type { JsonObject } from '../core/json.ts'\n\n/** The scenarios that come with the package, by name. */\nexport const shipped: { readonly [name: string]: JsonObject } = ${JSON.stringify(scenarios, null, 2)}\n`,
)

for (const path of stale) process.stderr.write(check ? `stale: ${path} (npm run generate)\n` : `wrote ${path}\n`)
if (check && stale.length > 0) process.exitCode = 1
