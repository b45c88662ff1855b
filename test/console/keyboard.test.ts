import { expect, test } from 'vitest'
import { describeInBrowser, type Opened } from './stand.ts'

/** What has the focus, by its name. */
const focused = (opened: Opened): Promise<string> =>
  opened.page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
  })

describeInBrowser('the console without a mouse', (stand) => {
  test('puts a user into any state with arrows and digits', async () => {
    const opened = await stand.open()
    const { page, world } = opened
    const state = (name: string): string => world.secureLogin.user(name).view().state
    await opened.user('alice').getByRole('button', { name: 'enter' }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await focused(opened)).toBe('bypass')
    await page.keyboard.press('Enter')
    await expect.poll(() => state('alice')).toBe('bypass')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    expect(await focused(opened)).toBe('end 0 sessions')
    await page.keyboard.press('4')
    await expect.poll(() => state('bob')).toBe('blocked')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Home')
    await page.keyboard.press(' ')
    await expect.poll(() => state('alice')).toBe('enter')
  })

  test('reaches everything with the tab key, and shows where it is', async () => {
    const opened = await stand.open()
    const { page } = opened
    const reached: string[] = []
    for (let count = 0; count < 60; count++) {
      await page.keyboard.press('Tab')
      const name = await focused(opened)
      reached.push(name)
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)
      expect([name, outline]).toEqual([name, 'solid'])
      if (name.startsWith('otto')) break
    }
    for (const name of [
      'Skip to the content',
      'Reset',
      'Share',
      'Run',
      '+1 m',
      'Set…',
      'Secure Login: Plug-in',
      'enter',
    ]) {
      expect(reached).toContain(name)
    }
    expect(reached.filter((name) => /^(alice|bob|carol|dave|node|ada|otto)/.test(name))).toHaveLength(7)
    await page.keyboard.press('Enter')
    await expect.poll(() => opened.user('otto').locator('.details').isVisible()).toBe(true)
  })

  test('has a key for each view and each move of the clock, and tells them', async () => {
    const opened = await stand.open()
    const { page, world } = opened
    for (const [key, view] of [
      ['r', 'requests'],
      ['s', 'sequence'],
      ['f', 'faults'],
      ['e', 'settings'],
      ['w', 'worlds'],
      ['u', 'users'],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(() => page.locator('nav [aria-current=page]').getAttribute('href')).toBe(`#${view}`)
    }
    for (const [key, now] of [
      ['+', '09:01:00'],
      [']', '09:31:00'],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(() => world.clock.view().now).toContain(now)
    }
    await page.keyboard.press('z')
    await expect.poll(() => world.clock.view().frozen).toBe(false)
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keys' })
    await dialog.waitFor()
    expect(await dialog.locator('kbd').allInnerTexts()).toEqual(
      expect.arrayContaining(['u', 'r', 's', 'f', 'e', 'w', '/', '+', ']', 'n', 'z', 'p', 'l', '?']),
    )
    // Whoever speaks to the computer may switch single keys off.
    await dialog.getByRole('switch').click()
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('r')
    await page.reload()
    await page.locator('time.time').waitFor()
    await page.keyboard.press('r')
    expect(await page.locator('nav [aria-current=page]').getAttribute('href')).toBe('#users')
  })

  test('leaves keys to whoever is writing, and gives the focus back after a dialog', async () => {
    const opened = await stand.open()
    const { page } = opened
    await page.keyboard.press('/')
    await expect.poll(() => focused(opened)).toBe('Look for a user')
    await page.keyboard.type('rush')
    expect(await page.getByRole('searchbox', { name: 'Look for a user' }).inputValue()).toBe('rush')
    expect(await page.locator('nav [aria-current=page]').getAttribute('href')).toBe('#users?find=rush')
    await opened.button('Share').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(opened)).toBe('Share')
  })
})
