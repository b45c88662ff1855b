import { expect, test } from 'vitest'
import { Phone } from '../support/phone.ts'
import { describeInBrowser, type Opened } from './stand.ts'

const names = (opened: Opened): Promise<string[]> => opened.page.locator('.user .name').allInnerTexts()
const requests = (opened: Opened): Promise<number> => opened.page.locator('.stream .line').count()
const addressOf = (opened: Opened): string => new URL(opened.page.url()).hash

describeInBrowser('what the console finds', (stand) => {
  test('users by name, address and state, in an address that survives a reload', async () => {
    const opened = await stand.open({ page: { viewport: { width: 900, height: 900 } } })
    const box = opened.page.getByRole('searchbox', { name: 'Look for a user' })
    await box.fill('carol block')
    await expect.poll(() => names(opened)).toEqual(['carol'])
    await box.fill('CAROL@jira')
    await expect.poll(() => names(opened)).toEqual(['carol'])
    await box.fill('')
    await opened.page.getByRole('combobox', { name: 'State' }).selectOption('locked')
    await expect.poll(() => names(opened)).toEqual(['atech/lou'])
    expect(addressOf(opened)).toBe('#users?state=locked')
    await opened.page.reload()
    await expect.poll(() => names(opened)).toEqual(['atech/lou'])
    // A state that somebody is put into is found at once.
    opened.world.sirportly.user('atech/faye').set({ state: 'locked' })
    await expect.poll(() => names(opened)).toEqual(['atech/faye', 'atech/lou'])
    await box.fill('zzz')
    await expect
      .poll(() => opened.page.locator('section.users .empty').innerText())
      .toMatch(/^No user with "zzz" in the username, a name or an address is locked\./)
    await opened.button('Show all 14').click()
    await expect.poll(() => names(opened)).toHaveLength(14)
    expect(addressOf(opened)).toBe('#users')
  })

  test('says what a link means nothing by', async () => {
    const opened = await stand.open({ at: '#users?state=blokced' })
    await expect
      .poll(() => opened.page.locator('section.users .empty').innerText())
      .toContain('"blokced" is no state of a user')
    const other = await stand.open({ at: '#requests?status=9xx' })
    await expect.poll(() => other.page.locator('.requests .empty').innerText()).toContain('a status such as 401')
  })

  test('requests by status, user and clause, those to come as well; and clears them only', async () => {
    const opened = await stand.open({ at: '#requests' })
    const alice = await Phone.signIn(opened.world, 'alice')
    const bob = await Phone.signIn(opened.world, 'dave')
    for (const phone of [alice, bob]) await phone.auth('1')
    await expect.poll(() => requests(opened)).toBe(4)
    await opened.button('Filter').click()
    await opened.page.getByRole('combobox', { name: 'Status' }).selectOption('4xx')
    await expect.poll(() => requests(opened)).toBe(1)
    await opened.page.getByRole('combobox', { name: 'Status' }).selectOption('')
    await opened.page.getByRole('textbox', { name: 'User' }).fill('dave')
    await opened.page.getByRole('textbox', { name: 'User' }).press('Enter')
    await expect.poll(() => requests(opened)).toBe(2)
    expect(addressOf(opened)).toBe('#requests?user=dave')
    await alice.state()
    await bob.state()
    await expect.poll(() => requests(opened)).toBe(3)
    await opened.page.reload()
    await expect.poll(() => requests(opened)).toBe(3)
    expect(await opened.page.getByRole('textbox', { name: 'User' }).inputValue()).toBe('dave')
    opened.world.secureLogin.user('alice').set({ state: 'bypass' })
    await opened.button('Clear the requests, and nothing else').click()
    await expect.poll(() => opened.page.locator('.requests .empty').innerText()).toContain('No requests yet')
    expect(opened.world.requests).toEqual([])
    expect(opened.world.secureLogin.user('alice').view().state).toBe('bypass')
  })
})
