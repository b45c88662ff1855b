// The map of docs/architecture.md, held: a folder imports only what stands left of it, and packages only where they belong.
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folders from left to right; those on one level do not import each other, and `.` is what stands in no folder. */
const orders = {
  src: 'core, model, apis define, world, store, scenario, control, hosts, server, state-files data panel testing, contract, cli, .',
  'src/store': '., redis',
  'src/contract':
    'target comparing, journeys playing, planning, telling, diagnosing, exploring, shadowing recording coverage mutation pacts documents history, .',
  console: 'style, server, parts, model, views, .',
}
/** Which packages a folder may import, beside what a longer name here says. */
const packages = {
  'src/core': [],
  'src/model': [],
  'src/apis': [],
  'src/define': [],
  'src/world': ['bcryptjs', 'otpauth'],
  'src/store': [],
  'src/store/redis': ['node:', '@redis/client'],
  'src/scenario': ['yaml', '@faker-js/faker'],
  'src/scenario/files.ts': ['node:'],
  'src/control': [],
  'src/hosts': ['node:', 'msw'],
  'src/server': ['node:', 'httpxy', 'msw', 'vite'],
  'src/state-files': ['node:'],
  'src/data': ['@msw/data'],
  'src/panel': [],
  'src/testing': ['vitest', '@playwright/test', 'msw/node'],
  'src/contract': ['node:', 'undici', 'tinyglobby', '@pact-foundation/', 'fast-check'],
  'src/cli': ['node:', 'commander'],
  'src/cli/mcp-server.ts': ['node:', '@modelcontextprotocol/sdk/'],
  console: ['preact', 'preact/hooks', '@preact/signals'],
  'console/vite.config.ts': ['node:', 'vite'],
}
const forConsole = /^src\/(core|world|scenario|control)\//

/** What is wrong with one import, in a sentence; undefined where nothing is. `to` is a file, or the name of a package. */
export function breach(from, to) {
  if (!/\.tsx?$|\.css$/.test(to)) {
    const [place, allowed] = longest(packages, from) ?? ['', undefined]
    const isAllowed =
      allowed === undefined || allowed.some((name) => to === name || (/[:/]$/.test(name) && to.startsWith(name)))
    return isAllowed ? undefined : `${place} may not import ${to}: ${allowed.join(', ') || 'it needs no package'}.`
  }
  if (from.startsWith('console/') && to.startsWith('src/') && !forConsole.test(to))
    return `the console takes from src only what ${forConsole.source} matches.`
  const own = /^src\/apis\/[^/]+\//.exec(from)?.[0]
  if (own !== undefined && to.startsWith('src/apis/') && !to.startsWith(own))
    return 'an API imports core, model and itself.'
  for (const [under, order] of Object.entries(orders)) {
    const [one, other] = [from, to].map((file) => folderIn(file, under))
    if (one === undefined || other === undefined || one === other) continue
    const levels = order.split(', ').map((level) => level.split(' '))
    const [at, below] = [one, other].map((folder) => levels.findIndex((level) => level.includes(folder)))
    if (at < 0 || below < 0) return `${under}/${at < 0 ? one : other} has no place in scripts/layers.js.`
    if (below >= at) return `${one} imports only what stands left of it: ${order.replaceAll(', ', ' ← ')}.`
  }
  return undefined
}

/** Imports of a source text, as they are written. Lines of doc comments are none. */
export function importsOf(text) {
  const code = text.replaceAll(/^\s*(\*|\/\/|\/\*\*).*$/gm, '')
  return [...code.matchAll(/(?:\bfrom |\bimport\(|^import )'([\w@.][\w@./:-]*)'/gm)].map(([, name]) => name)
}

function folderIn(file, under) {
  if (!file.startsWith(`${under}/`)) return undefined
  const parts = file.slice(under.length + 1).split('/')
  return parts.length === 1 ? '.' : parts[0]
}

function longest(table, file) {
  const fits = Object.entries(table).filter(([place]) => file === place || file.startsWith(`${place}/`))
  return fits.sort(([one], [other]) => other.length - one.length)[0]
}

function check(root) {
  const files = ['src', 'console'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => posix.join(folder, name.replaceAll('\\', '/'))),
  )
  const told = files.flatMap((from) =>
    importsOf(readFileSync(join(root, from), 'utf8')).flatMap((name) => {
      const why = breach(from, name.startsWith('.') ? posix.join(posix.dirname(from), name) : name)
      return why === undefined ? [] : [`${from} imports ${name}: ${why}`]
    }),
  )
  process.stdout.write(`${told.length === 0 ? `${files.length} files keep to the map` : told.join('\n')}\n`)
  return told.length === 0 && files.length > 0
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = check(fileURLToPath(new URL('..', import.meta.url))) ? 0 : 1
