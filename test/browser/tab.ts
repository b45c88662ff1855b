import type { BrowserContext, Page } from 'playwright-core'
import type { App } from './pages/app.ts'

/** A tab with the app in it. */
export class Tab {
  readonly page: Page

  private constructor(page: Page) {
    this.page = page
  }

  static async open(context: BrowserContext, url: string): Promise<Tab> {
    const tab = new Tab(await context.newPage())
    await tab.goto(url)
    return tab
  }

  async goto(url: string): Promise<void> {
    await this.page.goto(url)
    await this.#ready()
  }

  async reload(): Promise<void> {
    await this.page.reload()
    await this.#ready()
  }

  /** Does something with the app in the page, and gives back what came of it. */
  do<Result, Given>(
    act: (given: { app: App; given: Given }) => Result | Promise<Result>,
    given?: Given,
  ): Promise<Result> {
    const code = `async (given) => (${act.toString()})({ app: window.app, given })`
    return this.page.evaluate(`(${code})(${JSON.stringify(given) ?? 'undefined'})`)
  }

  #ready(): Promise<unknown> {
    return this.page.waitForFunction(() => window.app !== undefined)
  }
}
