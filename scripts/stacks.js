// Uses the package as it is published in projects of others' tools: `npm run stacks [name…]`. Each folder of stacks/
// is a project of its own, with the tools and versions that its package.json names; it is copied, installed, and run.
// `--keep` leaves what was installed; `--elsewhere` runs also what needs more than npm has. Of each package.json, `stack` says
// what ran, which files a user writes, whose versions are told, what a run that went well prints, and further versions.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const place = join(tmpdir(), 'understudy-stacks')
const patienceMs = 900_000
const args = process.argv.slice(2)
const keep = args.includes('--keep')
const stacks = readdirSync(join(root, 'stacks')).filter((name) =>
  existsSync(join(root, 'stacks', name, 'package.json')),
)
const named = args.filter((arg) => !arg.startsWith('--'))
const unknown = named.filter((name) => !stacks.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`there is no stack ${unknown.join(', ')}; there are ${stacks.join(', ')}\n`)
  process.exit(2)
}

mkdirSync(place, { recursive: true })
const packed = run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', place], root)
if (packed.status !== 0) {
  process.stderr.write(packed.output)
  process.exit(2)
}
const tarball = join(place, packed.stdout.trim())

const rows = (named.length === 0 ? stacks : named).flatMap((name) => use(name))
process.stdout.write(`${table(rows)}\n`)
if (rows.some(({ wrong }) => wrong)) process.exitCode = 1

/** Installs and runs a stack in each of its variants; a row of the table for each. */
function use(name) {
  const { stack } = JSON.parse(readFileSync(join(root, 'stacks', name, 'package.json'), 'utf8'))
  const lines = stack.user.reduce((sum, file) => sum + linesOf(join(root, 'stacks', name, file)), 0)
  if (stack.elsewhere !== undefined && !args.includes('--elsewhere'))
    return [{ name, versions: '', ran: `not run here: ${stack.elsewhere}`, seconds: '', lines }]
  return (stack.variants ?? [{}]).map((variant) => {
    const folder = join(place, name)
    rmSync(folder, { recursive: true, force: true })
    cpSync(join(root, 'stacks', name), folder, { recursive: true })
    process.stderr.write(`${name} ${spell(variant)} … `)
    const startedAt = Date.now()
    const { wrong, output } = installAndTest(folder, variant, stack.says)
    const seconds = Math.round((Date.now() - startedAt) / 1000)
    process.stderr.write(wrong === undefined ? `${seconds} s\n` : `${wrong}\n${output}\n`)
    const versions = stack.shows.flatMap((tool) => versionOf(folder, tool)).join(', ')
    if (!keep) rmSync(folder, { recursive: true, force: true })
    return { name, versions, ran: wrong ?? stack.ran, seconds, lines, wrong: wrong !== undefined }
  })
}

function installAndTest(folder, variant, says) {
  const tools = Object.entries(variant).map(([tool, version]) => `${tool}@${version}`)
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel', 'error']
  const installed = run('npm', ['install', '--save-dev', '--save-exact', ...quiet, tarball, ...tools], folder)
  if (installed.status !== 0) return { wrong: 'could not be installed', output: installed.output }
  const tested = run('npm', ['test', '--silent'], folder)
  if (tested.status !== 0) return { wrong: `failed with ${tested.status}`, output: tested.output }
  return tested.output.includes(says) ? tested : { wrong: `did not say "${says}"`, output: tested.output }
}

function run(command, parameters, cwd) {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    CI: 'true',
    NEXT_TELEMETRY_DISABLED: '1',
    STORYBOOK_DISABLE_TELEMETRY: '1',
  }
  // What belongs to this repository's own npm is none of the project's.
  for (const key of Object.keys(env)) if (key.startsWith('npm_')) delete env[key]
  env.PATH = env.PATH.split(delimiter)
    .filter((part) => !part.includes('node_modules'))
    .join(delimiter)
  const { status, stdout, stderr, error } = spawnSync(command, parameters, {
    cwd,
    encoding: 'utf8',
    env,
    timeout: patienceMs,
  })
  return { status, stdout, output: error === undefined ? stdout + stderr : error.message }
}

/** A tool and its version; nothing for one that only another variant has. */
function versionOf(folder, tool) {
  const manifest = join(folder, 'node_modules', tool, 'package.json')
  return existsSync(manifest) ? [`${tool} ${JSON.parse(readFileSync(manifest, 'utf8')).version}`] : []
}

/** Lines that say something. */
function linesOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '').length
}

function spell(variant) {
  return Object.entries(variant)
    .map(([tool, version]) => `${tool} ${version}`)
    .join(', ')
}

function table(all) {
  const head =
    '| stack | versions | what ran | seconds from `npm install` to a blocked user | lines |\n| --- | --- | --- | --- | --- |'
  return [
    head,
    ...all.map(
      ({ name, versions, ran, seconds, lines }) => `| ${name} | ${versions} | ${ran} | ${seconds} | ${lines} |`,
    ),
  ].join('\n')
}
