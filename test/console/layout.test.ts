import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findLayoutFaults } from './layout-faults.ts'
import { crowded, fill, show, situations } from './situations.ts'
import { describeInBrowser, nine } from './stand.ts'
import { useWideText } from './wide-text.ts'

/** The narrowest, a phone, a tablet, where the requests come beside the users, a laptop, and the widest. */
const widths = [320, 360, 768, 1180, 1360, 1920]

/** What is wrong with a page at each width. */
async function faultsOf(page: Page, title: string, above?: string): Promise<string[]> {
  const faults: string[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    // What measures its room draws anew.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    for (const fault of await page.evaluate(findLayoutFaults, above)) faults.push(`${title}, ${width} px: ${fault}`)
  }
  return faults
}

const looks = [
  { px: 16, colorScheme: 'light' },
  // 130 %
  { px: 21, colorScheme: 'dark' },
] as const

/** Ways to spoil the layout, and what has to be told of each. */
const wrongs: { readonly [style: string]: RegExp } = {
  '.top { min-width: 520px }': /^the page is \d+ px wide$/,
  'nav { overflow-x: auto } nav ul { flex-wrap: nowrap; gap: 90px }': /^<nav> .* scrolls sideways$/,
  '.who .name { width: 2em }': /^"alice" is torn apart$/,
  '.who .name { white-space: nowrap; letter-spacing: 3em }': /^"atech\/adam" sticks out of/,
  '.user .state { position: relative; justify-self: start; left: 20px; grid-area: 1 / 1 }':
    /^"alice" and "enter" lie on each other$/,
  '.clock::after { content: ""; position: fixed; inset: 0 }': /^<button .* lies under <section clock>/,
  '.top .actions { position: relative; left: 200px } #console { overflow: clip }': /^<button .* is out of sight$/,
}

describeInBrowser('the layout of the console, with a wide font', (stand) => {
  test.each(looks)(
    'has everything in sight and in reach at every width, with text of $px px, $colorScheme',
    async ({ px, colorScheme }) => {
      const opened = await stand.open({ scenario: crowded, page: { colorScheme } })
      const { page } = opened
      await useWideText(page, px)
      await fill(opened)
      const faults: string[] = []
      for (const { title, arrange, above } of situations) {
        await page.setViewportSize({ width: 1360, height: 900 })
        await arrange(opened)
        faults.push(...(await faultsOf(page, title, above)))
      }
      expect(faults).toEqual([])
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe(`${px * 0.9375}px`)
    },
    180_000,
  )

  test.each(looks)('has nothing to show with text of $px px, and holds as well', async ({ px, colorScheme }) => {
    const locked = await stand.open({ listen: { adminToken: 'correct-horse' }, page: { colorScheme }, ready: '.token' })
    await useWideText(locked.page, px)
    const faults = await faultsOf(locked.page, 'token')
    const { page } = await stand.open({ scenario: { clock: nine.clock ?? {} }, page: { colorScheme } })
    await useWideText(page, px)
    for (const view of ['users', 'requests', 'sequence', 'faults', 'worlds']) {
      await show(page, view)
      faults.push(...(await faultsOf(page, `no ${view}`)))
    }
    expect(faults).toEqual([])
  })

  test('is not found where something is wrong', async () => {
    const opened = await stand.open({ page: { bypassCSP: true, viewport: { width: 500, height: 740 } } })
    const { page } = opened
    await opened.user('otto').waitFor()
    await useWideText(page, 16)
    expect(await page.evaluate(findLayoutFaults, undefined)).toEqual([])
    const found: { [style: string]: string | undefined } = {}
    for (const [style, fault] of Object.entries(wrongs)) {
      const tag = await page.addStyleTag({ content: style })
      const faults = await page.evaluate(findLayoutFaults, undefined)
      if (!faults.some((each) => fault.test(each))) found[style] = faults[0]
      await tag.evaluate((element) => (element as Element).remove())
    }
    expect(found).toEqual({})
  })
})
