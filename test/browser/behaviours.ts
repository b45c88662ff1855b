import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { playWith } from '../suites/behaviour.ts'
import { genticsCmsBehaviours } from '../suites/gentics-cms.suite.ts'
import { secureLoginBehaviours } from '../suites/secure-login.suite.ts'
import { sirportlyBehaviours } from '../suites/sirportly.suite.ts'
import type { Behaviour } from '../suites/play.ts'
import { chromiumPath, launchChromium, whyNoChromium } from '../support/chromium.ts'
import { openSite, type Site } from './site.ts'

/** Plays every behaviour in a page, where MSW's worker answers. */
export function playInPage(msw: '2' | '3'): void {
  // A skipped group has to say why somewhere that is seen.
  if (chromiumPath === undefined) process.stderr.write(`${whyNoChromium}\n`)
  describe.skipIf(chromiumPath === undefined)(`MSW ${msw} in a page`, () => {
    let site: Site
    let browser: Browser
    let page: Page

    beforeAll(async () => {
      ;[site, browser] = await Promise.all([openSite('suites.ts', msw), launchChromium()])
      page = await browser.newPage()
      await page.goto(site.url)
      await page.waitForFunction(() => window.playBehaviour !== undefined)
    }, 60_000)
    afterAll(async () => {
      await browser.close()
      await site.close()
    })

    const play = (api: string, behaviours: readonly Behaviour[]): void => {
      playWith('MSW setupWorker', api, behaviours, (behaviour) =>
        page.evaluate(([name, index]) => window.playBehaviour?.(name, index) ?? [], [
          api,
          behaviours.indexOf(behaviour),
        ] as const),
      )
    }
    play('secure-login', secureLoginBehaviours)
    play('sirportly', sirportlyBehaviours)
    play('gentics-cms', genticsCmsBehaviours)
  })
}
