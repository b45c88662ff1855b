import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

const folder = new URL('results/', import.meta.url)

/** Keeps what was measured, in the place of what the same line of Node gave before. */
export function keep(results) {
  mkdirSync(folder, { recursive: true })
  const [major] = results.node.split('.')
  writeFileSync(new URL(`node-${major}.json`, folder), `${JSON.stringify(results, null, 1)}\n`)
}

/** What was measured with each Node, the oldest first; each file was written by {@link keep}. */
export function kept() {
  const all = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
  return all.toSorted((one, other) => Number.parseInt(one.node, 10) - Number.parseInt(other.node, 10))
}
