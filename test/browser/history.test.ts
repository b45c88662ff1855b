import { readFileSync } from 'node:fs'
import axe from 'axe-core'
import { describe, expect, test } from 'vitest'
import { toHistoryPage } from '../../src/contract/history/history-page.ts'
import { tracksOf } from '../../src/contract/history/track.ts'
import { madeReport } from '../contract/made-reports.ts'
import { chromiumPath, sharedChromium, whyNoChromium } from '../support/chromium.ts'

const page = toHistoryPage(
  tracksOf(
    Array.from({ length: 40 }, (_, at) =>
      madeReport({
        startedAt: new Date(Date.UTC(2026, 0, at + 1)).toISOString(),
        clauses: {
          'SL-01': 'kept',
          'SL-02': at % 9 === 4 ? 'broken' : 'kept',
          'SL-03': at < 20 ? 'not reached' : 'differs',
        },
      }),
    ),
  ),
)

if (chromiumPath === undefined) process.stderr.write(`history: ${whyNoChromium}\n`)
describe.skipIf(chromiumPath === undefined)('a history of 40 runs', () => {
  test.each([
    [360, 'light'],
    [820, 'dark'],
    [1280, 'light'],
  ] as const)(
    'fits %i pixels (%s), shows the latest run, and axe-core finds nothing wrong',
    async (width, colorScheme) => {
      const browser = await sharedChromium()
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
      try {
        const tab = await context.newPage()
        const asked: string[] = []
        tab.on('request', (request) => asked.push(request.url()))
        await tab.setContent(page)
        expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(width)
        const latest = tab.locator('g.run').last()
        const box = await latest.boundingBox()
        expect((box?.x ?? Infinity) + (box?.width ?? 0)).toBeLessThanOrEqual(width)
        expect(await latest.locator('title').textContent()).toMatch(/^2026-02-09 00:00\n/)
        await tab.evaluate(axe.source)
        const violations = await tab.evaluate<readonly { id: string; help: string }[]>(
          'axe.run({ resultTypes: ["violations"] }).then((told) => told.violations)',
        )
        expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
        expect(asked).toEqual([])
      } finally {
        await context.close()
      }
    },
  )
})

test('the picture in the docs is one', () => {
  const picture = readFileSync(new URL('../../docs/images/history.png', import.meta.url))
  expect(picture.subarray(1, 4).toString()).toBe('PNG')
  expect(picture.length).toBeGreaterThan(20_000)
})
