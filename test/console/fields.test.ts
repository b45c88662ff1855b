import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { show } from './situations.ts'
import { describeInBrowser, type Opened } from './stand.ts'

async function openUser(opened: Opened, username: string): Promise<Locator> {
  await opened
    .user(username)
    .getByRole('button', { name: new RegExp(`^${username}`) })
    .click()
  return opened.user(username).locator('.details')
}

/** What is said to be wrong with a field, by what it points at. */
async function wrongOf(field: Locator): Promise<string | undefined> {
  return field.evaluate((element) => {
    if (element.getAttribute('aria-invalid') !== 'true') return undefined
    const [id] = (element.getAttribute('aria-describedby') ?? '').split(' ')
    return document.getElementById(id ?? '')?.textContent ?? undefined
  })
}

describeInBrowser('the fields of the console', (stand) => {
  test('are in force on Enter or by Set, and never by leaving them', async () => {
    const opened = await stand.open()
    const pinOf = (): unknown => opened.world.secureLogin.user('dave').view().details['pin']
    const before = pinOf()
    const details = await openUser(opened, 'dave')
    const pin = details.getByLabel('pin')
    const set = details.getByRole('button', { name: 'Set', exact: true })
    expect(await set.count()).toBe(0)
    await details.getByLabel('for', { exact: true }).fill('20m')
    await pin.fill('424242')
    await details.getByLabel('until', { exact: true }).click()
    await opened.page.locator('h2').first().click()
    await opened.world.play({
      method: 'GET',
      path: '/jira/rest/auth/1/session',
      query: '',
      headers: [],
      body: new Uint8Array(),
      address: '127.0.0.1',
    })
    await expect.poll(() => opened.page.locator('.stream .line').count()).toBe(1)
    expect([pinOf(), opened.world.secureLogin.user('dave').view().state]).toEqual([before, 'bypass'])
    // What was being written is still there, to be set or to be given up.
    expect(await pin.inputValue()).toBe('424242')
    await set.last().click()
    await expect.poll(pinOf).toBe('424242')
    await expect.poll(() => set.count()).toBe(1)
    await pin.fill('1')
    await opened.page.keyboard.press('Escape')
    // A secret is not shown.
    expect(await pin.inputValue()).toBe('')
    await pin.fill('515151')
    await opened.page.keyboard.press('Enter')
    await expect.poll(pinOf).toBe('515151')
  })

  test('say how long a block lasts, also to the button of the state', async () => {
    const opened = await stand.open()
    const details = await openUser(opened, 'dave')
    const blocked = opened.user('dave').locator('.segments').getByRole('button', { name: 'blocked' })
    await details.getByLabel('for', { exact: true }).fill('20m')
    await blocked.click()
    await opened.shows('dave', 'blocked 3/3 20:00')
    await details.getByRole('button', { name: '10m', exact: true }).click()
    await opened.shows('dave', 'blocked 3/3 10:00')
    await details.getByLabel('for', { exact: true }).fill('')
    await details.getByLabel('until', { exact: true }).fill('+5m')
    await blocked.click()
    await opened.shows('dave', 'blocked 3/3 5:00')
    expect(opened.world.secureLogin.user('dave').view().until).toBe(Date.parse('2026-01-15T09:05:00Z'))
    // Another state does not ask how long.
    await opened.user('dave').getByRole('button', { name: 'bypass' }).click()
    await opened.shows('dave', 'bypass 0/3')
    // What is not seen any more does not count.
    await openUser(opened, 'dave')
    await blocked.click()
    await opened.shows('dave', 'blocked 3/3 30:00')
  })

  test('tell what is wrong where it is, in the words of the server, until it is written anew', async () => {
    const opened = await stand.open()
    const details = await openUser(opened, 'alice')
    const pin = details.getByLabel('pin')
    await pin.fill('not digits')
    await opened.page.keyboard.press('Enter')
    await expect.poll(() => wrongOf(pin)).toBe('The value is not made of digits only.')
    expect(opened.world.secureLogin.user('alice').view().details['pin']).toBe('910817')
    await pin.press('1')
    expect(await wrongOf(pin)).toBeUndefined()
    const lasts = details.getByLabel('for', { exact: true })
    await lasts.fill('soon')
    await opened.user('alice').locator('.segments').getByRole('button', { name: 'blocked' }).click()
    await expect.poll(() => wrongOf(lasts)).toMatch(/soon/)
    await lasts.fill('')
    expect(await wrongOf(lasts)).toBeUndefined()
    await show(opened.page, 'settings')
    const blockAfter = opened.page.getByLabel('blockAfter').first()
    await blockAfter.fill('0')
    await opened.page.keyboard.press('Enter')
    await expect.poll(() => wrongOf(blockAfter)).toMatch(/0/)
    await opened.page.keyboard.press('Escape')
    expect([await wrongOf(blockAfter), await blockAfter.inputValue()]).toEqual([undefined, '3'])
    expect(await opened.page.locator('.toast').count()).toBe(0)
  })

  test('of forms tell it in the same way', async () => {
    const opened = await stand.open({ at: '#faults' })
    const { page } = opened
    const [times, lasts] = [page.getByLabel('At most (times)'), page.getByLabel('For', { exact: true })]
    await times.fill('often')
    await opened.button('Put in force').click()
    await expect.poll(() => wrongOf(times)).toMatch(/number/)
    await times.fill('2')
    expect(await wrongOf(times)).toBeUndefined()
    await lasts.fill('ever')
    await opened.button('Put in force').click()
    await expect.poll(() => wrongOf(lasts)).toMatch(/ever/)
    expect(opened.world.faults.list()).toEqual([])
    await opened.button('Set…').click()
    const moved = page.getByLabel('Move by')
    await moved.fill('a while')
    await page.keyboard.press('Enter')
    await expect.poll(() => wrongOf(moved)).toMatch(/a while/)
    expect(await page.locator('.toast').count()).toBe(0)
  })

  test('that are wrong elsewhere say so in a message, which goes with its cause', async () => {
    const opened = await stand.open()
    await opened.page.route('**/reset', (asked) => asked.abort())
    await opened.button('Reset').click()
    await opened.page.locator('.toast.bad').waitFor()
    await opened.page.unroute('**/reset')
    await opened.button('Reset').click()
    await expect.poll(() => opened.page.locator('.toast.bad').count()).toBe(0)
  })
})
