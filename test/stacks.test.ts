import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parseSync } from 'vite'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createFetch } from '../src/fetch.ts'
import { createWorld } from '../src/index.ts'
import { readBlocks } from './docs/page.ts'

const root = new URL('../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const manifest = JSON.parse(read('package.json'))

/** What the package.json of a stack says of it. */
interface Stack {
  readonly ran: string
  readonly user: readonly string[]
  readonly shows: readonly string[]
  readonly says: string
  readonly variants?: readonly { readonly [tool: string]: string }[]
  readonly elsewhere?: string
}

interface Project {
  readonly scripts: { readonly test: string }
  readonly devDependencies: { readonly [tool: string]: string }
  readonly stack: Stack
}

const names = readdirSync(new URL('stacks/', root))
const projects = new Map(names.map((name) => [name, JSON.parse(read(`stacks/${name}/package.json`)) as Project]))
/** Recipes on the page, by the file that each is. */
const recipes = new Map(
  readBlocks(new URL('docs/stacks.md', root)).flatMap(({ code, run }) => {
    const file = /^not here, it is (stacks\/\S+)$/.exec(run ?? '')?.[1]
    return file === undefined ? [] : [[file, code] as const]
  }),
)

/** Files of a stack that are code. */
function codeOf(name: string): string[] {
  const files = readdirSync(new URL(`stacks/${name}/`, root), { recursive: true, encoding: 'utf8' })
  return files.filter((file) => /\.[jt]sx?$/.test(file)).map((file) => `stacks/${name}/${file}`)
}

describe('the recipes of docs/stacks.md', () => {
  test.each([...recipes])('%s is what the page shows', (file, code) => {
    expect(existsSync(new URL(file, root))).toBe(true)
    expect(code).toBe(read(file).trimEnd())
  })

  test('show what a user writes, of each stack, and nothing that no stack runs', () => {
    const written = [...projects].flatMap(([name, { stack }]) => stack.user.map((file) => `stacks/${name}/${file}`))
    // A test that is the same in another stack is shown once.
    const shown = new Set(recipes.values())
    expect(written.filter((file) => !shown.has(read(file).trimEnd()))).toEqual([])
    expect([...recipes.keys()].filter((file) => !written.includes(file))).toEqual([])
  })
})

describe.each([...projects])('the stack %s', (name, { scripts, devDependencies, stack }) => {
  test('says what it is, with versions of its own', () => {
    expect(scripts.test).not.toBe('')
    expect(Object.keys(stack)).toEqual(expect.arrayContaining(['ran', 'user', 'shows', 'says']))
    const named = [devDependencies, ...(stack.variants ?? [])].flatMap((tools) => Object.entries(tools))
    // A whole line of Node will do.
    expect(named.filter(([tool, version]) => !/^\d+\.\d+\.\d+$/.test(version) && tool !== 'node')).toEqual([])
    const tools = new Set(named.map(([tool]) => tool))
    expect(stack.shows.filter((tool) => !tools.has(tool))).toEqual([])
  })

  test('has code that can be parsed', () => {
    const wrong = codeOf(name).flatMap((file) => {
      // React Native and Next.js have JSX in .js files.
      const lang = /\.tsx?$/.test(file) ? 'ts' : 'jsx'
      return parseSync(file, read(file), { lang }).errors.map(({ message }) => `${file}: ${message}`)
    })
    expect(codeOf(name).length).toBeGreaterThan(0)
    expect(wrong).toEqual([])
  })

  test('is run by the workflow', () => {
    const { jobs } = parse(read('.github/workflows/stacks.yml'))
    expect(jobs.stacks.strategy.matrix.stack).toContain(name)
  })
})

describe('peers', () => {
  /** The majors of a range, and where it begins: `^2.10.0 || ^3.0.0`, `>=4.1.0 <6`. */
  const ends: { readonly [peer: string]: { readonly lowest: string; readonly majors: readonly string[] } } = {
    msw: { lowest: '2.10.0', majors: ['2', '3'] },
    vitest: { lowest: '4.1.0', majors: ['4', '5'] },
    '@playwright/test': { lowest: '1.50.0', majors: ['1'] },
    vite: { lowest: '6.', majors: ['6', '7', '8'] },
  }

  test.each(Object.entries(ends))('%s is tried at both ends of its range', (peer, { lowest, majors }) => {
    const tried = [...projects.values()]
      .flatMap(({ stack }) => stack.variants ?? [])
      .flatMap((variant) => variant[peer] ?? [])
    expect(tried.some((version) => version.startsWith(lowest))).toBe(true)
    expect(majors.filter((major) => !tried.some((version) => version.startsWith(`${major}.`)))).toEqual([])
    expect(manifest.peerDependencies[peer]).toContain(lowest.replace(/\.$/, ''))
  })
})

test('the workflow has no stack that there is not', () => {
  const { jobs } = parse(read('.github/workflows/stacks.yml'))
  expect(new Set<string>(jobs.stacks.strategy.matrix.stack)).toEqual(new Set(names))
  const commands = jobs.stacks.steps.flatMap(({ run }: { run?: string }) => run ?? [])
  expect(commands.join('\n')).toContain('npm run stacks -- ${{ matrix.stack }} --elsewhere')
})

test('what Cypress asks of the control API is answered', async () => {
  const world = await createWorld()
  const fetch = createFetch(world)
  const spec = read('stacks/cypress/cypress/e2e/blocks.cy.js')
  const asked = [...spec.matchAll(/control\('(\w+)', '([^']+)'(?:, (\{.*?\}))?\)/g)]
  const statuses = []
  for (const [, method = '', path = '', body] of asked) {
    // An object as it is written there is one in YAML as well.
    const sent = body === undefined ? {} : { body: JSON.stringify(parse(body)) }
    const headers = { 'content-type': 'application/json' }
    statuses.push((await fetch(`http://localhost/__understudy${path}`, { method, headers, ...sent })).status)
  }
  expect(asked.map(([, method, path]) => `${method} ${path}`)).toEqual([
    'POST /reset',
    'PUT /users/alice',
    'POST /clock/advance',
  ])
  expect(statuses).toEqual([200, 200, 200])
  expect(world.secureLogin.user('alice').view().state).toBe('enter')
})
