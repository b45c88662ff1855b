import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { linkExample } from '../../scripts/link-example.js'
import { chromiumPath } from '../support/chromium.ts'
import { hasBrowser } from './stand.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

describe.skipIf(!hasBrowser('the example of an API of one’s own'))('the example of an API of one’s own', () => {
  test('passes its own tests in Chromium, before a server that Playwright’s fixtures start', async () => {
    linkExample(root)
    const output = mkdtempSync(join(tmpdir(), 'understudy-own-api-'))
    onTestFinished(() => rmSync(output, { recursive: true, force: true }))
    const report = join(output, 'report.json')
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      UNDERSTUDY_CHROMIUM: chromiumPath,
      OUTPUT: join(output, 'results'),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    }
    const args = [
      `${root}node_modules/@playwright/test/cli.js`,
      'test',
      '-c',
      'e2e',
      '--reporter=json',
      '--timeout=300000',
    ]
    const cwd = join(root, 'examples/own-api')
    await new Promise((resolve) => execFile(process.execPath, args, { cwd, env }, resolve))
    const told = readFileSync(report, 'utf8')
    expect(told.match(/"message": ".*"/g) ?? []).toEqual([])
    expect(JSON.parse(told).stats).toMatchObject({ expected: 2, unexpected: 0, skipped: 0 })
  })
})
