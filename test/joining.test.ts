import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../', import.meta.url))
const read = (name: string): string => readFileSync(join(root, name), 'utf8')
const manifest = JSON.parse(read('package.json'))

interface Workflow {
  readonly on: object
  readonly permissions: { readonly [what: string]: string }
  readonly jobs: {
    readonly [name: string]: {
      readonly strategy?: { readonly matrix: { readonly [name: string]: readonly string[] } }
      readonly permissions?: { readonly [what: string]: string }
      readonly steps: readonly { readonly uses?: string; readonly run?: string }[]
    }
  }
}

const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`)
const workflow = (name: string): Workflow => parse(read(name))
const runsOf = (name: string): string[] =>
  Object.values(workflow(name).jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))

/** The scripts of package.json that a text runs. */
function scriptsIn(text: string): string[] {
  const run = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map((match) => match[1] as string)
  const short = [...text.matchAll(/\bnpm (test|start)\b/g)].map((match) => match[1] as string)
  return [...run, ...short]
}

const pages = [
  'CONTRIBUTING.md',
  'README.md',
  'SECURITY.md',
  'CHANGELOG.md',
  '.github/pull_request_template.md',
  '.ci/run',
]
const docs = readdirSync(join(root, 'docs'))
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`)

describe('what is said of joining', () => {
  test.each([...pages, ...docs, ...workflows])('%s names only scripts that there are', (name) => {
    expect(scriptsIn(read(name)).filter((script) => !(script in manifest.scripts))).toEqual([])
  })

  test('CONTRIBUTING tells when to run each script', () => {
    const told = new Set(scriptsIn(read('CONTRIBUTING.md')))
    const byItself = (name: string): boolean => name.startsWith('check:') || name.startsWith('pre')
    const untold = Object.keys(manifest.scripts).filter((name) => !told.has(name) && !byItself(name))
    // The soak is a part of test:all.
    expect(untold).toEqual(['test:soak'])
    expect(scriptsIn('npm run no-such-script, npm test')).toEqual(['no-such-script', 'test'])
  })

  test.each(pages.slice(0, 5))('%s names only files and pages that there are', (name) => {
    const text = read(name)
    const linked = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map((match) => match[1] as string)
    const quoted = [...text.matchAll(/`((?:\.?[\w-]+\/)+[\w.-]*|\.[\w-]+|[A-Z]+\.md)`/g)].map(
      (match) => match[1] as string,
    )
    const made = ['dist', '.state', 'auth-understudy/']
    const missing = [...linked, ...quoted].filter(
      (path) => !made.some((each) => path.startsWith(each)) && !existsSync(join(root, path)),
    )
    expect(missing).toEqual([])
  })
})

describe('workflows', () => {
  test.each(workflows)('%s can be read, gives no more rights than it needs, and runs something', (name) => {
    const { on, permissions, jobs } = workflow(name)
    expect(on).toBeTypeOf('object')
    expect(permissions).toEqual({ contents: 'read' })
    expect(Object.keys(jobs).length).toBeGreaterThan(0)
    for (const { steps } of Object.values(jobs)) {
      for (const step of steps) expect(step.uses ?? step.run).toEqual(expect.stringMatching(/./))
    }
    expect(runsOf(name)).toContain('npm ci')
    const files = runsOf(name).flatMap((run) => run.match(/(?:\.ci|test)\/[\w/-]+/g) ?? [])
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  test('ci tries three systems and each line of Node, and what .ci/run does', () => {
    const { everything, behaviours } = workflow('.github/workflows/ci.yml').jobs
    expect(behaviours?.strategy?.matrix).toEqual({
      os: ['ubuntu-latest', 'macos-latest', 'windows-latest'],
      node: ['20', '22', '24'],
    })
    expect(everything?.strategy?.matrix['node']).toEqual(['20', '22', '24'])
    expect(runsOf('.github/workflows/ci.yml')).toContain('.ci/run')
  })

  test('a release says where it was built, and only after everything has passed', () => {
    const name = '.github/workflows/release.yml'
    const runs = runsOf(name)
    expect(runs.at(-1)).toBe('npm publish --provenance --access public')
    expect(runs.indexOf('.ci/run')).toBeGreaterThan(runs.indexOf('npm ci'))
    expect(workflow(name).jobs['publish']?.permissions).toEqual({ contents: 'read', 'id-token': 'write' })
    expect(workflow(name).on).toEqual({ push: { tags: ['v*.*.*'] } })
  })

  test('.nvmrc is the first line of Node that engines takes', () => {
    expect(manifest.engines.node).toMatch(new RegExp(`^>=${read('.nvmrc').trim()}\\.`))
  })

  const forms = readdirSync(join(root, '.github/ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml')
  test.each(forms)('the form %s can be read, and asks something', (name) => {
    const form = parse(read(`.github/ISSUE_TEMPLATE/${name}`))
    expect(form).toMatchObject({
      name: expect.any(String),
      description: expect.any(String),
      labels: [expect.any(String)],
    })
    const words = form.body.map(({ id, attributes }: { id?: string; attributes: { label?: string; value?: string } }) =>
      id === undefined ? attributes.value : attributes.label,
    )
    expect(words).toEqual(words.map(() => expect.any(String)))
    expect(words.length).toBeGreaterThan(1)
  })

  test('the forms are not all that may be said', () => {
    expect(parse(read('.github/ISSUE_TEMPLATE/config.yml'))).toEqual({ blank_issues_enabled: true })
  })
})

describe('a release', () => {
  function inCopy(
    change: (read: (name: string) => string, write: (name: string, text: string) => void) => void,
  ): string {
    const copy = mkdtempSync(join(tmpdir(), 'understudy-release-'))
    onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
    mkdirSync(join(copy, 'src/core'), { recursive: true })
    for (const name of [
      'package.json',
      'CHANGELOG.md',
      'scripts/owner.js',
      'scripts/release.js',
      'src/core/version.ts',
    ]) {
      cpSync(join(root, name), join(copy, name))
    }
    change(
      (name) => readFileSync(join(copy, name), 'utf8'),
      (name, text) => writeFileSync(join(copy, name), text),
    )
    return copy
  }
  const run = (cwd: string, ...args: string[]): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })

  test('is refused in words until the owner is filled in, in one place', () => {
    const copy = inCopy((_, write) =>
      write('package.json', JSON.stringify({ ...manifest, author: 'owner-to-fill-in.invalid', bugs: undefined })),
    )
    expect(manifest.scripts.prepublishOnly).toBe('node scripts/owner.js --check')
    const refused = run(copy, 'scripts/owner.js', '--check')
    expect(refused.status).toBe(1)
    expect(refused.stderr).toMatch(/^package\.json does not say who publishes it: author.*bugs.*npm run owner -- .*\n$/)
    expect(run(copy, 'scripts/owner.js', 'not a URL', 'Ada')).toMatchObject({ status: 2 })
    expect(run(copy, 'scripts/owner.js', 'https://example.org/ada/mock.git', 'Ada <ada@example.org>').status).toBe(0)
    expect(run(copy, 'scripts/owner.js', '--check')).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'))).toEqual({
      ...JSON.parse(JSON.stringify(manifest)),
      author: 'Ada <ada@example.org>',
      repository: { type: 'git', url: 'git+https://example.org/ada/mock.git' },
      homepage: 'https://example.org/ada/mock#readme',
      bugs: { url: 'https://example.org/ada/mock/issues' },
    })
  })

  test('is of one version everywhere, and says what is new in it', () => {
    const { version } = manifest
    const dated = inCopy((text, write) =>
      write('CHANGELOG.md', `${text('CHANGELOG.md').replaceAll(/^## \[?\d.*$/gm, '')}\n## [${version}] - 2027-01-31\n`),
    )
    expect(run(dated, 'scripts/release.js', `v${version}`)).toMatchObject({ status: 0, stderr: '' })
    expect(run(dated, 'scripts/release.js', 'v99.0.0').stderr).toBe(
      `release: the tag is v99.0.0, and package.json says ${version}\n`,
    )
    const undated = inCopy((text, write) =>
      write('CHANGELOG.md', text('CHANGELOG.md').replaceAll(/^## \[?\d.*$/gm, '')),
    )
    expect(run(undated, 'scripts/release.js', `v${version}`).stderr).toBe(
      `release: CHANGELOG.md has no "## [${version}] - <date>"\n`,
    )
  })

  test('has a changelog with what counts as breaking, and what is not released yet', () => {
    const text = read('CHANGELOG.md')
    expect(text).toMatch(new RegExp(`^## \\[?${manifest.version.replaceAll('.', '\\.')}\\b`, 'm'))
    for (const heading of ['What counts as breaking', '[Unreleased]']) expect(text).toContain(`## ${heading}\n`)
    for (const part of ['clauses', 'scenario', 'command line', 'exit code', 'control API']) expect(text).toContain(part)
  })
})
