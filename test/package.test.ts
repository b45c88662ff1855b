import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { version } from '../src/core/version.ts'

const root = new URL('../', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))

/** Every module that importing a built file loads at once, and the packages among them. */
function graphOf(file: string): { modules: Set<string>; packages: Set<string> } {
  const graph = { modules: new Set<string>(), packages: new Set<string>() }
  const visit = (url: URL): void => {
    if (graph.modules.has(url.href)) return
    graph.modules.add(url.href)
    const code = readFileSync(url, 'utf8')
    for (const [, name = ''] of code.matchAll(/^(?:import|export)\s[^'"(=]*?from ['"]([^'"]+)['"]/gm)) {
      if (name.startsWith('.')) visit(new URL(name, url))
      else graph.packages.add(name)
    }
  }
  visit(new URL(`dist/lib/${file}`, root))
  return graph
}

/** The files that npm packs. */
function packed(): string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: fileURLToPath(root),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return JSON.parse(output)[0].files.map(({ path }: { path: string }) => path)
}

describe('the command line', () => {
  const chunks = readdirSync(new URL('dist/bin/', root)).filter((file) => file.endsWith('.js'))

  test('loads the client of servers under check where one is asked, and nowhere else', () => {
    const code = chunks.map((file) => readFileSync(new URL(`dist/bin/${file}`, root), 'utf8')).join('\n')
    expect(code.match(/\bimport\(["'`]undici["'`]\)/g)).toHaveLength(1)
    expect(code).not.toMatch(/\bfrom\s*["']undici["']/)
  })
})

describe('the package', () => {
  test('has the version it says it has', () => {
    expect(version).toBe(manifest.version)
  })

  test('has an entry for each file of src that is one', () => {
    const entries = readdirSync(new URL('src/', root)).filter((file) => file.endsWith('.ts'))
    const named = JSON.stringify(manifest.exports)
    for (const file of entries) expect(named).toContain(`./dist/lib/${file.replace('.ts', '.js')}`)
  })

  test.each([
    ['index.js', ['UnderstudyError', 'createWorld', 'traceTo']],
    ['index.browser.js', ['UnderstudyError', 'createWorld', 'traceTo']],
    [
      'api.js',
      [
        'bare',
        'choice',
        'defineApi',
        'duration',
        'flag',
        'inJson',
        'integer',
        'list',
        'map',
        'number',
        'object',
        'text',
        'withFurtherHeaders',
      ],
    ],
    ['client.js', ['AnswerUnexpectedError', 'createGenticsClient', 'createSecureLoginClient', 'createSirportlyClient']],
    ['config.js', ['defineConfig']],
    ['control.js', ['ControlError', 'createControlClient']],
    ['data.js', ['createCollections']],
    ['fetch.js', ['createFetch']],
    ['matchers.js', ['matchers']],
    ['msw.js', ['handlers']],
    ['node.js', ['createRequestListener', 'listen', 'trace']],
    ['panel.js', ['enable']],
    ['vite.js', ['understudy']],
    ['playwright.js', ['expect', 'test']],
    ['vitest.js', ['test', 'testWith']],
  ])('%s exports no more and no less', async (file, names) => {
    expect(Object.keys(await import(new URL(`dist/lib/${file}`, root).href)).sort()).toEqual(names)
  })

  test.each([
    ['msw.js', ['msw']],
    ['data.js', ['@msw/data']],
    ['api.js', []],
    ['fetch.js', []],
    ['client.js', []],
    ['config.js', []],
    ['control.js', []],
    ['matchers.js', []],
    ['index.browser.js', []],
    ['panel.js', []],
  ])('%s loads nothing but %j, so that a page may import it', (file, packages) => {
    expect([...graphOf(file).packages]).toEqual(packages)
  })

  test('loads no library before it is needed, where a server starts', () => {
    expect([...graphOf('index.js').packages].sort()).toEqual(['node:fs/promises', 'node:path'])
  })

  test('has no link that leads out of what is packed', () => {
    const files = packed()
    const folders = new Set(
      files.flatMap((file) => file.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'))),
    )
    const dead = files
      .filter((file) => file.endsWith('.md') || file === 'llms.txt')
      .flatMap((file) =>
        [...readFileSync(new URL(file, root), 'utf8').matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
          .map(([, link = '']) => link)
          .filter((link) => !/^[a-z]+:/.test(link))
          .map((link) => posix.join(posix.dirname(file), link).replace(/\/$/, ''))
          .filter((to) => !files.includes(to) && !folders.has(to))
          .map((to) => `${file} → ${to}`),
      )
    expect(files).toContain('docs/frontend.md')
    expect(dead).toEqual([])
  })

  test('is packed with what it needs, and without what it does not', () => {
    const files = packed()
    expect(files).toEqual(
      expect.arrayContaining([
        'bin/understudy.js',
        'dist/lib/index.js',
        'dist/cjs/index.js',
        'dist/types/index.d.ts',
        'dist/console/index.html',
        'dist/console/licenses.md',
        'scenarios/default.yaml',
        'scenarios/scenario.schema.json',
        'README.md',
      ]),
    )
    // The page, its style and icon, and the eleven parts that it loads late.
    expect(files.filter((path) => /^dist\/console\/assets\/.*\.(js|css|svg)$/.test(path))).toHaveLength(14)
    expect(files.filter((path) => /^(src|test|scripts|examples\/providers|console)\//.test(path))).toEqual([])
  })
})
