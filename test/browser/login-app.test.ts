import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { listen } from '../../src/node.ts'
import { chromiumPath, launchChromium } from '../support/chromium.ts'
import { hasBrowser } from './stand.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const app = `${root}examples/login-app/`

/** Serves the example as a developer does: with mocks in the page, or before a server. */
async function serve(jira?: string): Promise<{ url: string; close: () => Promise<void> }> {
  if (jira === undefined) delete process.env['JIRA_URL']
  else process.env['JIRA_URL'] = jira
  const server: ViteDevServer = await createServer({
    configFile: `${app}vite.config.ts`,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false },
  })
  delete process.env['JIRA_URL']
  await server.listen()
  const { port } = server.httpServer?.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

describe.skipIf(!hasBrowser('the example app'))('the example app', () => {
  test('passes its own tests in Chromium, before a server', async () => {
    const world = await createWorld()
    const server = await listen(world)
    const served = await serve(server.url)
    const output = mkdtempSync(join(tmpdir(), 'understudy-login-app-'))
    const report = join(output, 'report.json')
    const cli = `${root}node_modules/@playwright/test/cli.js`
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      UNDERSTUDY_CHROMIUM: chromiumPath,
      UNDERSTUDY_URL: server.url,
      APP_URL: served.url,
      OUTPUT: join(output, 'results'),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    }
    try {
      const args = [cli, 'test', '-c', `${app}e2e`, '--reporter=json', '--workers=2']
      await new Promise((resolve) => execFile(process.execPath, args, { env }, resolve))
      const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'))
      expect(errors).toEqual([])
      expect(stats).toMatchObject({ expected: 5, unexpected: 0, flaky: 0, skipped: 0 })
      // Each test was in a world of its own.
      expect(world.requests).toEqual([])
    } finally {
      await served.close()
      await server.close()
      rmSync(output, { recursive: true, force: true })
    }
  }, 120_000)
})

describe.skipIf(!hasBrowser('the pictures of the example app'))('the example app, mocked in the page', () => {
  let browser: Browser
  let served: Awaited<ReturnType<typeof serve>>

  beforeAll(async () => {
    ;[browser, served] = await Promise.all([launchChromium(), serve()])
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await served.close()
  })

  async function open(colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const viewport = { width: 960, height: 640 }
    const page = await browser.newPage({ viewport, deviceScaleFactor: 1.5, colorScheme, reducedMotion: 'reduce' })
    // One instant for the page, and so for the world in it: pictures tell the same time whenever they are taken.
    await page.clock.setFixedTime('2026-01-15T09:00:00Z')
    await page.goto(served.url)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    return page
  }

  async function signIn(page: Page, username: string): Promise<void> {
    await page.getByLabel('Username').fill(username)
    await page.getByLabel('Password').fill(username)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }

  async function wrongPin(page: Page): Promise<void> {
    await page.getByLabel('PIN').fill('000000')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.locator('input:placeholder-shown, input[value=""], h1').first().waitFor()
  }

  test('shows a refused PIN beside the panel, which forces states', async () => {
    const page = await open()
    await signIn(page, 'alice')
    await wrongPin(page)
    await page.getByRole('alert').waitFor()
    await page.getByRole('button', { name: 'understudy' }).click()
    const panel = page.getByRole('region', { name: 'Mocked states' })
    await panel.getByText('alice', { exact: true }).click()
    await expect.poll(() => panel.innerText()).toMatch(/1 of 3\s+enter/)
    await keep(page, 'login-app-panel')
    await panel.getByRole('group', { name: 'State of alice' }).getByRole('button', { name: 'bypass' }).click()
    await page.reload()
    await page.getByRole('heading', { name: 'You are in' }).waitFor()
    await page.close()
  })

  test('counts a block down', async () => {
    const page = await open('dark')
    await signIn(page, 'carol')
    await page.getByRole('heading', { name: 'Too many wrong PINs' }).waitFor()
    expect(await page.locator('time').innerText()).toBe('30:00')
    await keep(page, 'login-app-blocked')
    await page.close()
  })
})

/** Keeps a picture for the README: the first time, and when somebody asks for it, as fonts differ from machine to machine. */
async function keep(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  const picture = await page.screenshot()
  // One colour would take a few hundred bytes.
  expect(picture.length).toBeGreaterThan(15_000)
  const file = `${root}docs/images/${name}.png`
  if (process.env['UNDERSTUDY_SCREENSHOTS'] === '1' || !existsSync(file)) writeFileSync(file, picture)
}
