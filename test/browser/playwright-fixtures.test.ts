import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../src/index.ts'
import { listen, type Listener } from '../../src/node.ts'
import { chromiumPath } from '../support/chromium.ts'
import { tries } from '../support/sample.ts'
import { hasBrowser } from './stand.ts'

interface Report {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly skipped: number }
  readonly suites: readonly Suite[]
}

interface Suite {
  readonly specs?: readonly Spec[]
  readonly suites?: readonly Suite[]
}

interface Spec {
  readonly title: string
  readonly ok: boolean
  readonly tests: readonly {
    readonly results: readonly {
      readonly workerIndex: number
      readonly error?: { readonly message: string }
      readonly attachments: readonly { readonly name: string; readonly body?: string }[]
    }[]
  }[]
}

const crowd = tries('UNDERSTUDY_TEST_CROWD', 24, 200)
// Each starts anew, and opens a browser for the first of its tests that has a page.
const crowdWorkers = crowd < 100 ? 4 : 8
const output = mkdtempSync(join(tmpdir(), 'understudy-playwright-'))

/** Runs Playwright's own runner on tests of the sample project. */
function runPlaywright(sample: string, workers: number, env: Readonly<Record<string, string>> = {}): Promise<Report> {
  const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url))
  const report = join(output, `${sample}.json`)
  const args = [path('node_modules/@playwright/test/cli.js'), 'test', '-c', path('test/fixtures/playwright-project')]
  const settings = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    SAMPLE: sample,
    WORKERS: String(workers),
    OUTPUT: join(output, sample),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    ...(chromiumPath === undefined ? {} : { UNDERSTUDY_CHROMIUM: chromiumPath }),
    ...env,
  }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env: settings }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(readFileSync(report, 'utf8')))
      } catch {
        reject(new Error(`${error?.message ?? ''}\n${stdout}\n${stderr}`))
      }
    })
  })
}

const specsOf = ({ specs = [], suites = [] }: Suite): readonly Spec[] => [...specs, ...suites.flatMap(specsOf)]
const allSpecs = ({ suites }: Report): readonly Spec[] => suites.flatMap(specsOf)
const resultsOf = (spec: Spec): Spec['tests'][number]['results'] => spec.tests.flatMap(({ results }) => results)

// Tests without a page need no browser.
describe('a Playwright test', () => {
  test('has a server, a scenario and options of its own', async () => {
    const report = await runPlaywright('options.sample.ts', 1)
    expect(
      allSpecs(report)
        .filter(({ ok }) => !ok)
        .map(({ title }) => title),
    ).toEqual([])
    expect(report.stats).toMatchObject({ expected: 5, unexpected: 0 })
  })

  test('has a server that plays APIs of its own', async () => {
    const { stats } = await runPlaywright('own-apis.sample.ts', 1)
    expect(stats).toMatchObject({ expected: 1, unexpected: 0 })
  })

  test('knows what its world was asked, and by which rules of an API that was wrong', async () => {
    const report = await runPlaywright('asked.sample.ts', 1)
    expect(report.stats).toMatchObject({ expected: 1, unexpected: 1 })
    const [broken] = allSpecs(report).filter(({ ok }) => !ok)
    expect(broken?.title).toBe('that is broken fails the test')
    expect(broken?.tests[0]?.results[0]?.error?.message).toMatch(/secret-in-url, SL-09: .*r\d+/)
  })

  test('that fails has a transcript with reasons attached, and one that passes has none', async () => {
    const report = await runPlaywright('failing.sample.ts', 1)
    expect(report.stats).toMatchObject({ expected: 1, unexpected: 2 })
    const attached = (title: string): string[] => {
      const results = allSpecs(report)
        .filter((spec) => spec.title === title)
        .flatMap(resultsOf)
      const attachments = results.flatMap(({ attachments: all }) => all)
      return attachments
        .filter(({ name }) => name === 'auth-understudy')
        .map(({ body = '' }) => Buffer.from(body, 'base64').toString())
    }
    expect(attached('passes, and tells nothing')).toEqual([])
    const [transcript = '', ...others] = attached('fails, and tells why')
    expect(others).toEqual([])
    expect(transcript).toContain('auth-understudy was asked 2 times')
    expect(transcript).toContain('POST /jira/rest/auth/1/session → 401')
    expect(transcript).toContain('clause    SL-H2')
    expect(transcript).not.toContain('nonsense')
    const [misspelt] = allSpecs(report)
      .filter(({ title }) => title === 'is told the nearest name')
      .flatMap(resultsOf)
    expect(misspelt?.error?.message).toContain('Did you mean "alice"?')
  })
})

afterAll(() => rmSync(output, { recursive: true, force: true }))

describe('worlds of Playwright tests', () => {
  let world: World
  let server: Listener

  beforeAll(async () => {
    world = await createWorld()
    server = await listen(world)
  })
  afterAll(() => server.close())

  test.skipIf(!hasBrowser('worlds of Playwright tests'))(
    `do not leak between ${crowd} tests of ${crowdWorkers} workers on one server`,
    async () => {
      const report = await runPlaywright('crowd.sample.ts', crowdWorkers, {
        UNDERSTUDY_URL: server.url,
        CROWD: String(crowd),
      })
      const specs = allSpecs(report)
      expect(specs.filter(({ ok }) => !ok).map(({ title }) => title)).toEqual([])
      expect(report.stats).toMatchObject({ expected: crowd, unexpected: 0, skipped: 0 })
      expect(specs.filter(({ title }) => title.endsWith('in a page'))).toHaveLength(Math.ceil(crowd / 12))
      expect(new Set(specs.flatMap(resultsOf).map(({ workerIndex }) => workerIndex)).size).toBe(crowdWorkers)
      // Nothing is left behind, and what no test asked for was touched by none.
      expect(world.worlds.names()).toEqual(['main'])
      expect(world.requests).toEqual([])
    },
    600_000,
  )
})
