import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'
import { chromiumPath } from '../support/chromium.ts'

/** Where this repository is. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** The example app. */
export const app = `${root}examples/login-app/`

/** Something that is served until it is closed. */
export interface Served {
  readonly url: string
  close(): Promise<void>
}

/** Where the example's tools find what they are set to, and where tests have them listen. */
export const configFile = `${app}vite.config.ts`
export const here = { host: '127.0.0.1', port: 0 }
export const urlOf = (address: unknown): string => `http://127.0.0.1:${(address as AddressInfo).port}`

/** Builds the example as it is shipped: for a server, wherever that is. */
export async function buildApp(outDir: string): Promise<void> {
  await before('http://127.0.0.1', () => build({ configFile, logLevel: 'error', build: { outDir } }))
}

/** Serves the example as it is shipped, before a server. */
export async function serveApp(jira: string, outDir: string): Promise<Served> {
  const server = await before(jira, () => preview({ configFile, logLevel: 'error', build: { outDir }, preview: here }))
  return { url: urlOf(server.httpServer.address()), close: () => server.close() }
}

async function before<Result>(jira: string, act: () => Promise<Result>): Promise<Result> {
  process.env['JIRA_URL'] = jira
  try {
    return await act()
  } finally {
    delete process.env['JIRA_URL']
  }
}

/** What a run of the example's own tests in Chromium told. */
export interface SuiteReport {
  readonly stats: object
  readonly errors: readonly unknown[]
  /** What failed, in the words of the tests. */
  readonly failures: readonly string[]
}

/** Runs the example's own tests in Chromium, with these servers. */
export async function runSuite(served: Served, understudy: string, output: string): Promise<SuiteReport> {
  const report = join(output, 'report.json')
  const cli = `${root}node_modules/@playwright/test/cli.js`
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    UNDERSTUDY_CHROMIUM: chromiumPath,
    UNDERSTUDY_URL: understudy,
    APP_URL: served.url,
    OUTPUT: join(output, 'results'),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  }
  const args = [cli, 'test', '-c', `${app}e2e`, '--reporter=json', '--workers=2', '--timeout=300000']
  await new Promise((resolve) => execFile(process.execPath, args, { env }, resolve))
  const told = readFileSync(report, 'utf8')
  const { stats, errors } = JSON.parse(told)
  return { stats, errors, failures: told.match(/"message": ".*"/g) ?? [] }
}
