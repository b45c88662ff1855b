import type { Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { playWith } from '../suites/behaviour.ts'
import { genticsCmsBehaviours } from '../suites/gentics-cms.suite.ts'
import type { Behaviour } from '../suites/play.ts'
import { secureLoginBehaviours } from '../suites/secure-login.suite.ts'
import { sirportlyBehaviours } from '../suites/sirportly.suite.ts'
import { describeInPage } from './stand.ts'

/** Plays every behaviour in a page, where MSW's worker answers. */
export function playInPage(msw: '2' | '3'): void {
  describeInPage(
    `MSW ${msw} in a page`,
    'suites.ts',
    (stand) => {
      let page: Page
      beforeAll(async () => {
        page = await stand.browser.newPage()
        await page.goto(stand.url)
        await page.waitForFunction(() => window.playBehaviour !== undefined)
      })
      afterAll(() => page.context().close())

      const play = (api: string, behaviours: readonly Behaviour[]): void =>
        playWith('MSW setupWorker', api, behaviours, (behaviour) =>
          page.evaluate(([name, index]) => window.playBehaviour?.(name, index) ?? [], [
            api,
            behaviours.indexOf(behaviour),
          ] as const),
        )
      play('secure-login', secureLoginBehaviours)
      play('sirportly', sirportlyBehaviours)
      play('gentics-cms', genticsCmsBehaviours)
    },
    msw,
  )
}
