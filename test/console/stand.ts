import type { Browser, BrowserContextOptions, ConsoleMessage, Locator, Page, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { createWorld, type Scenario, type WorldOf } from '../../src/index.ts'
import { listen, type ListenOptions } from '../../src/node.ts'
import { chromiumPath, sharedChromium, whyNoChromium } from '../support/chromium.ts'

/** Runs browser tests where there is a Chromium; says why not where there is none. */
export function describeInBrowser(title: string, tests: (stand: Stand) => void): void {
  if (chromiumPath === undefined) process.stderr.write(`${title}: ${whyNoChromium}\n`)
  describe.skipIf(chromiumPath === undefined)(title, () => {
    const stand = new Stand()
    beforeAll(() => stand.start())
    afterEach(() => stand.clear())
    afterAll(() => stand.stop())
    tests(stand)
  })
}

/** How a console is opened. */
export interface Opening {
  readonly scenario?: string | Scenario
  readonly world?: WorldOf
  /** What stands behind `/__understudy/`, such as `#faults`. */
  readonly at?: string
  readonly page?: BrowserContextOptions
  readonly listen?: ListenOptions
  /** Waits for this instead of the clock, which says that the page has asked for everything. */
  readonly ready?: string
}

/** A world at nine o'clock, standing still, with one user in each state. */
export const nine: Scenario = { extends: 'default', clock: { at: '2026-01-15T09:00:00Z', frozen: true } }

/** Where consoles are opened; each test's are closed after it. */
export class Stand {
  #browser: Browser | undefined
  #usual: Page | undefined
  #ends: (() => Promise<void>)[] = []

  async start(): Promise<void> {
    this.#browser = await sharedChromium()
  }

  async stop(): Promise<void> {
    await this.#usual?.context().close()
  }

  async clear(): Promise<void> {
    for (const end of this.#ends.splice(0)) await end()
  }

  /** Serves a world and opens its console. Nothing may go wrong in the page, or be asked of anybody else. */
  async open({
    scenario = nine,
    world,
    at = '',
    page: settings,
    listen: options,
    ready = 'time.time',
  }: Opening = {}): Promise<Opened> {
    const played: WorldOf = world ?? (await createWorld(scenario))
    const server = await listen(played, options)
    const page = await this.#page(settings)
    const wrong: string[] = []
    const hear = {
      pageerror: (error: Error) => wrong.push(String(error)),
      console: (message: ConsoleMessage) => {
        // Answers that refuse something are told in the page.
        if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
          wrong.push(message.text())
      },
      request: (request: Request) => {
        const url = request.url()
        if (!url.startsWith(`${server.url}/__understudy/`) && !url.startsWith('blob:')) wrong.push(`asked for ${url}`)
      },
    }
    page.on('pageerror', hear.pageerror).on('console', hear.console).on('request', hear.request)
    this.#ends.push(async () => {
      page.off('pageerror', hear.pageerror).off('console', hear.console).off('request', hear.request)
      // The usual page is used again, by whoever opens no other meanwhile.
      if (settings === undefined && this.#usual === undefined) {
        await page.goto('about:blank')
        this.#usual = page
      } else await page.context().close()
      await server.close()
      if (wrong.length > 0) throw new Error(`The page was not left in peace: ${wrong.join('; ')}`)
    })
    await page.goto(`${server.url}/__understudy/${at}`)
    await page.locator(ready).waitFor()
    return new Opened(played, page, server.url, () => server.close())
  }

  async #page(settings: BrowserContextOptions | undefined): Promise<Page> {
    if (settings === undefined && this.#usual !== undefined) {
      const page = this.#usual
      this.#usual = undefined
      return page
    }
    const context = await (this.#browser as Browser).newContext({ viewport: { width: 1360, height: 860 }, ...settings })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    return page
  }
}

/** A console that is open, and the world it shows. */
export class Opened {
  readonly world: WorldOf
  readonly page: Page
  readonly url: string
  /** Ends the server, and leaves the page. */
  readonly close: () => Promise<void>

  constructor(world: WorldOf, page: Page, url: string, close: () => Promise<void>) {
    this.world = world
    this.page = page
    this.url = url
    this.close = close
  }

  /** The row of a user. */
  user(username: string): Locator {
    return this.page
      .locator('.row.user')
      .filter({ has: this.page.locator('.name', { hasText: new RegExp(`^${username}$`) }) })
  }

  readonly button = (name: string | RegExp): Locator =>
    this.page.getByRole('button', { name, exact: typeof name === 'string' })

  /** What a user's row shows: state, failures, what is left. */
  async row(username: string): Promise<string> {
    const row = this.user(username)
    const [state, failures, until] = await Promise.all(
      ['.state', '.failures', '.until'].map((part) => row.locator(part).first().innerText()),
    )
    return [state, failures, until]
      .map((text) => (text ?? '').trim())
      .join(' ')
      .trim()
  }

  /** Waits until a row shows this. */
  async shows(username: string, expected: string | RegExp): Promise<void> {
    const wanted = typeof expected === 'string' ? expected : expect.stringMatching(expected)
    // oxlint-disable-next-line vitest/no-standalone-expect
    await expect.poll(() => this.row(username)).toEqual(wanted)
  }
}
