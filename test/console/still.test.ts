import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { Phone } from '../support/phone.ts'
import { describeInBrowser } from './stand.ts'

/** Sends requests as an app does that asks again and again, 60 a second. */
async function send(phone: Phone, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent++) {
    await phone.state()
    await new Promise((resolve) => setTimeout(resolve, 1000 / 60))
  }
}

const tops = (page: Page): Promise<number[]> =>
  page.locator('.stream .line').evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().top))

describeInBrowser('the list of requests', (stand) => {
  test.each(['#users', '#requests'])('stands still while a request is open, at %s', async (at) => {
    const opened = await stand.open({ at, page: { viewport: { width: 1280, height: 800 } } })
    const { page } = opened
    const alice = await Phone.signIn(opened.world, 'alice')
    await send(alice, 4)
    await expect.poll(() => page.locator('.stream .line').count()).toBe(5)
    const row = page.locator('.stream .line').nth(1)
    await row.click()
    await page.locator('.details .why').waitFor()
    // Neither the mouse nor the focus holds it.
    await page.locator('h2').first().click()
    await page.mouse.move(2, 2)
    const before = await tops(page)
    const seen = new Set<number>()
    const sending = send(alice, 100)
    for (let look = 0; look < 20; look++) {
      seen.add((await tops(page))[1] ?? NaN)
      await new Promise((resolve) => setTimeout(resolve, 80))
    }
    await sending
    await opened.button('100 new').waitFor()
    expect([...seen]).toEqual([before[1]])
    expect(await tops(page)).toEqual(before)
    await opened.button('100 new').click()
    await expect.poll(() => page.locator('.stream .line').count()).toBe(105)
    expect(await page.locator('.details .why').isVisible()).toBe(true)
    await opened.button('Go on').click()
    await send(alice, 1)
    await expect.poll(() => page.locator('.stream .line').count()).toBe(106)
  })

  test('stands still under the mouse, with the focus in it, and for whoever has scrolled', async () => {
    const opened = await stand.open({ at: '#requests', page: { viewport: { width: 1280, height: 500 } } })
    const { page } = opened
    const alice = await Phone.signIn(opened.world, 'alice')
    await send(alice, 29)
    const count = (): Promise<number> => page.locator('.stream .line').count()
    await expect.poll(count).toBe(30)
    const line = page.locator('.stream .line').nth(3)
    let all = 30
    for (const [begin, end] of [
      [() => line.hover(), () => page.mouse.move(2, 2)],
      [() => line.focus(), () => line.blur()],
      [() => page.evaluate(() => scrollTo(0, 400)), () => page.evaluate(() => scrollTo(0, 0))],
    ] as const) {
      await begin()
      await page.locator('.liveness.held').waitFor()
      await send(alice, 3)
      await opened.button('3 new').waitFor()
      expect(await count()).toBe(all)
      all += 3
      await end()
      await expect.poll(count).toBe(all)
    }
  })
})
