import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { build, createServer, preview } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { listen } from '../../src/node.ts'
import { chromiumPath, sharedChromium } from '../support/chromium.ts'
import { shrunkPicture } from '../support/shrunk-picture.ts'
import { hasBrowser } from './stand.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const app = `${root}examples/login-app/`

interface Served {
  readonly url: string
  close(): Promise<void>
}

const configFile = `${app}vite.config.ts`
const here = { host: '127.0.0.1', port: 0 }

/** Serves the example as a developer does, with mocks in the page. */
async function develop(): Promise<Served> {
  const server = await createServer({ configFile, logLevel: 'error', server: { ...here, hmr: false } })
  await server.listen()
  return { url: urlOf(server.httpServer?.address()), close: () => server.close() }
}

/** Builds the example as it is shipped, and serves that before a server. */
async function ship(jira: string, outDir: string): Promise<Served> {
  process.env['JIRA_URL'] = jira
  try {
    await build({ configFile, logLevel: 'error', build: { outDir } })
    const server = await preview({ configFile, logLevel: 'error', build: { outDir }, preview: here })
    return { url: urlOf(server.httpServer.address()), close: () => server.close() }
  } finally {
    delete process.env['JIRA_URL']
  }
}

const urlOf = (address: unknown): string => `http://127.0.0.1:${(address as AddressInfo).port}`

describe.skipIf(!hasBrowser('the example app'))('the example app', () => {
  test('passes its own tests in Chromium, before a server', async () => {
    const world = await createWorld()
    const server = await listen(world)
    const output = mkdtempSync(join(tmpdir(), 'understudy-login-app-'))
    const served = await ship(server.url, join(output, 'app'))
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
      const args = [cli, 'test', '-c', `${app}e2e`, '--reporter=json', '--workers=2', '--timeout=300000']
      await new Promise((resolve) => execFile(process.execPath, args, { env }, resolve))
      const told = readFileSync(report, 'utf8')
      const { stats, errors } = JSON.parse(told)
      expect(errors).toEqual([])
      expect(told.match(/"message": ".*"/g) ?? []).toEqual([])
      expect(stats).toMatchObject({ expected: 5, unexpected: 0, flaky: 0, skipped: 0 })
      // Each test was in a world of its own.
      expect(world.requests).toEqual([])
      // What is shipped has nothing of this package in it.
      const shipped = readdirSync(join(output, 'app/assets')).map((file) =>
        readFileSync(join(output, 'app/assets', file)),
      )
      expect(shipped.length).toBeGreaterThan(0)
      expect(shipped.filter((file) => file.includes('understudy') || file.includes('mockServiceWorker'))).toEqual([])
    } finally {
      await served.close()
      await server.close()
      rmSync(output, { recursive: true, force: true })
    }
  }, 300_000)
})

describe.skipIf(!hasBrowser('the pictures of the example app'))('the example app, mocked in the page', () => {
  let browser: Browser
  let served: Served

  beforeAll(async () => {
    ;[browser, served] = await Promise.all([sharedChromium(), develop()])
  })
  afterAll(() => served.close())

  async function open(viewport: { width: number; height: number }, colorScheme: 'light' | 'dark'): Promise<Page> {
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

  test('shows a refused PIN beside the panel, which forces states', async () => {
    const page = await open({ width: 1220, height: 640 }, 'light')
    await signIn(page, 'alice')
    await page.getByLabel('PIN').fill('000000')
    await page.getByRole('button', { name: 'Go on' }).click()
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

  test('counts down by the server’s time, and follows when its clock is moved', async () => {
    const page = await browser.newPage()
    await page.goto(`${served.url}/?scenario=lockout`)
    await signIn(page, 'bea')
    await expect.poll(() => page.locator('time').innerText()).toMatch(/^(30:00|29:\d\d)$/)
    await page.getByRole('button', { name: 'understudy' }).click()
    const panel = page.getByRole('region', { name: 'Mocked states' })
    await panel.getByText('Clock', { exact: true }).click()
    await panel.getByRole('textbox', { name: 'How far' }).fill('20m')
    await panel.getByRole('button', { name: 'advance' }).click()
    await expect.poll(() => page.locator('time').innerText()).toMatch(/^(10:00|0?9:\d\d)$/)
    await panel.getByRole('button', { name: 'advance' }).click()
    await page.getByRole('heading', { name: 'Enter your PIN' }).waitFor()
    await page.close()
  })

  test('counts a block down', async () => {
    const page = await open({ width: 720, height: 400 }, 'dark')
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
  if (process.env['UNDERSTUDY_SCREENSHOTS'] === '1' || !existsSync(file)) writeFileSync(file, shrunkPicture(picture))
}
