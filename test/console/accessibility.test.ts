import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { Phone } from '../support/phone.ts'
import { crowded, fill, situations } from './situations.ts'
import { describeInBrowser } from './stand.ts'

interface Finding {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** What axe-core finds, apart from trifles; each with a part of the page and why. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate<readonly Finding[]>(
    'axe.run({ resultTypes: ["violations"] }).then((told) => told.violations)',
  )
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical' || impact === 'moderate')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`),
    )
}

const looks = [
  ['light, wide', { viewport: { width: 1360, height: 860 }, colorScheme: 'light' }],
  ['dark, wide', { viewport: { width: 1360, height: 860 }, colorScheme: 'dark' }],
  ['light, phone', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
] as const

describeInBrowser('whoever cannot see the console, or not well', (stand) => {
  test.each(looks)('meets nothing that axe-core finds wrong in any view, dialog or state: %s', async (_, page) => {
    // What fades in would be measured half-way.
    const opened = await stand.open({ scenario: crowded, page: { ...page, reducedMotion: 'reduce' } })
    await fill(opened)
    const found: string[] = []
    for (const { title, arrange } of situations) {
      await arrange(opened)
      for (const each of await findings(opened.page)) found.push(`${title}: ${each}`)
    }
    expect(found).toEqual([])
  })

  test('hears what has changed, and not more often than one can listen', async () => {
    const opened = await stand.open()
    const status = opened.page.getByRole('status')
    const heard: string[] = []
    const at: number[] = []
    await opened.page.exposeFunction('hear', (text: string, when: number) => {
      heard.push(text)
      at.push(when)
    })
    await status.evaluate((element) => {
      const { hear } = globalThis as unknown as { hear: (text: string, when: number) => void }
      new MutationObserver(() => hear(element.textContent ?? '', performance.now())).observe(element, {
        childList: true,
        characterData: true,
        subtree: true,
      })
    })
    opened.world.secureLogin.user('alice').set({ state: 'bypass' })
    await expect.poll(() => heard).toEqual(['Secure Login: alice was set to bypass, 0 of 3 failures'])
    for (let minute = 1; minute <= 30; minute++) {
      opened.world.clock.advance('1m')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await expect
      .poll(() => heard.at(-1))
      .toMatch(/^the clock was advanced by 1m; the clock was advanced by 1m, and \d+ more changes$/)
    // By the page's own clock, so that it does not matter how fast the machine is.
    const gaps = at.slice(1).map((when, index) => when - (at[index] ?? 0))
    expect(gaps.filter((gap) => gap < 1000)).toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const told = heard.length
    const alice = await Phone.signIn(opened.world, 'bob')
    for (let count = 0; count < 30; count++) await alice.state()
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(heard).toHaveLength(told)
  })

  test('sees nothing move who asked for that', async () => {
    const opened = await stand.open({ page: { reducedMotion: 'reduce' }, at: '#requests' })
    await Phone.signIn(opened.world, 'alice')
    const row = opened.page.locator('.stream > .row').first()
    await row.waitFor()
    expect(await row.evaluate((element) => getComputedStyle(element).animationName)).toBe('none')
    const icon = row.locator('.icon').first()
    expect(await icon.evaluate((element) => getComputedStyle(element).transitionDuration)).toBe('0s')
  })

  test('keeps the colours that were chosen', async () => {
    const opened = await stand.open({ page: { colorScheme: 'light' } })
    const paper = (): Promise<string> => opened.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await paper()
    await opened.button('Colours: system').click()
    await opened.button('Colours: light').click()
    await opened.button('Colours: dark').waitFor()
    const dark = await paper()
    expect(dark).not.toBe(light)
    await opened.page.reload()
    await opened.button('Colours: dark').waitFor()
    expect(await paper()).toBe(dark)
  })
})
