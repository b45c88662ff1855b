import { expect, test } from 'vitest'
import { describeInBrowser, nine, type Opened } from './stand.ts'

/** What the clock bar shows. */
const shown = async (opened: Opened): Promise<string> =>
  (await opened.page.locator('.clock .now').innerText()).replaceAll(/\s+/g, ' ').trim()

describeInBrowser('the clock bar of the console', (stand) => {
  test('moves the clock by a minute, by half an hour, and to the next event', async () => {
    const opened = await stand.open()
    expect(await shown(opened)).toBe('2026-01-15 09:00:00 frozen')
    await opened.button('+1 m').click()
    await expect.poll(() => shown(opened)).toBe('2026-01-15 09:01:00 frozen')
    await opened.shows('carol', 'blocked 3/3 29:00')
    const next = opened.button(/^Next event/)
    expect(await next.innerText()).toMatch(/29:00 carol is no longer blocked/)
    await next.click()
    await expect.poll(() => shown(opened)).toBe('2026-01-15 09:30:00 frozen')
    await opened.shows('carol', 'enter 0/3')
    await expect.poll(() => next.isDisabled()).toBe(true)
    await opened.button('+30 m').click()
    await expect.poll(() => shown(opened)).toBe('2026-01-15 10:00:00 frozen')
  })

  test('lets it run, and freezes it', async () => {
    const opened = await stand.open()
    await opened.button('Run').click()
    await expect.poll(() => shown(opened)).toMatch(/^2026-01-15 09:(?!00:00)\d\d:\d\d running$/)
    await opened.button('Freeze').click()
    await expect.poll(() => shown(opened)).toMatch(/frozen$/)
    const stood = await shown(opened)
    await new Promise((resolve) => setTimeout(resolve, 1300))
    expect(await shown(opened)).toBe(stood)
    expect(stood).toContain(opened.world.clock.view().now.slice(11, 19))
  })

  test('sets it, moves it back, hurries it, and makes the server wrong', async () => {
    const opened = await stand.open()
    const enter = async (name: string, text: string): Promise<void> => {
      await opened.page.getByLabel(name).fill(text)
      await opened.page.keyboard.press('Enter')
    }
    await opened.button('Set…').click()
    await enter('Set to', '2027-02-03T04:05:06Z')
    await expect.poll(() => shown(opened)).toBe('2027-02-03 04:05:06 frozen')
    await enter('Move by', '-6s')
    await expect.poll(() => shown(opened)).toBe('2027-02-03 04:05:00 frozen')
    await enter("Server's clock off by", '5m')
    await expect.poll(() => shown(opened)).toBe('2027-02-03 04:10:00 frozen server off by 5m')
    await enter('Speed', '60')
    await opened.button('Run').click()
    await expect.poll(() => shown(opened)).toMatch(/running × 60/)
    expect(opened.world.clock.view()).toMatchObject({ scale: 60, skew: '5m', frozen: false })
  })

  test('says what it cannot read', async () => {
    const opened = await stand.open({ scenario: nine })
    await opened.button('Set…').click()
    await opened.page.getByLabel('Set to').fill('tomorrow')
    await opened.page.keyboard.press('Enter')
    await expect
      .poll(() => opened.page.locator('.refused:not(:empty)').innerText())
      .toContain('"tomorrow" is not an instant such as 2026-01-15T09:00:00Z')
    expect(await shown(opened)).toBe('2026-01-15 09:00:00 frozen')
  })
})
