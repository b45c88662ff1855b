import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
import { chromiumPath, sharedChromium, whyNoChromium } from '../support/chromium.ts'
import { openSite, type Site } from './site.ts'
import { Tab } from './tab.ts'

/** Whether browser tests can run here; says why not where they cannot. */
export function hasBrowser(title: string): boolean {
  if (chromiumPath === undefined) process.stderr.write(`${title}: ${whyNoChromium}\n`)
  return chromiumPath !== undefined
}

/** Runs tests in a browser with one of the pages, each in a profile of its own. */
export function describeInPage(title: string, page: string, tests: (stand: Stand) => void, msw: '2' | '3' = '2'): void {
  describe.skipIf(!hasBrowser(title))(title, () => {
    const stand = new Stand()
    beforeAll(() => stand.start(page, msw))
    beforeEach(() => stand.begin())
    afterEach(() => stand.end())
    afterAll(() => stand.stop())
    tests(stand)
  })
}

/** A browser, a page to open in it, and the profile of the test that runs. */
export class Stand {
  #browser: Browser | undefined
  #site: Site | undefined
  #context: BrowserContext | undefined

  async start(page: string, msw: '2' | '3'): Promise<void> {
    ;[this.#site, this.#browser] = await Promise.all([openSite(page, msw), sharedChromium()])
  }

  async stop(): Promise<void> {
    await this.#site?.close()
  }

  async begin(): Promise<void> {
    this.#context = await this.browser.newContext()
  }

  async end(): Promise<void> {
    await this.#context?.close()
  }

  get browser(): Browser {
    return there(this.#browser)
  }

  get url(): string {
    return there(this.#site).url
  }

  get context(): BrowserContext {
    return there(this.#context)
  }

  /** A tab with the app, opened with what stands behind the `?` of its URL. */
  open(query = ''): Promise<Tab> {
    return Tab.open(this.context, `${this.url}/?${query}`)
  }
}

function there<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('only while a test runs')
  return thing
}
