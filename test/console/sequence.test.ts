import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Phone } from '../support/phone.ts'
import { describeInBrowser, type Opened } from './stand.ts'

/** Alice is blocked, waits, and gets in. */
async function play(opened: Opened): Promise<void> {
  const alice = await Phone.signIn(opened.world, 'alice')
  for (const pin of ['1', '2', '3']) await alice.auth(pin)
  opened.world.clock.advance('31m')
  await alice.auth('910817')
}

describeInBrowser('the sequence view of the console', (stand) => {
  test('shows what a user did from top to bottom, with the states beside', async () => {
    const opened = await stand.open({ at: '#sequence' })
    expect(await opened.page.locator('.empty').innerText()).toMatch(/^alice has not sent anything yet/)
    await play(opened)
    const picture = opened.page.getByRole('img', {
      name: 'Sequence of alice at Secure Login: 5 requests, now enter',
    })
    await picture.waitFor()
    const state = picture.locator('text.state')
    await expect.poll(() => state.allTextContents()).toEqual(['enter', 'blocked', 'enter'])
    const places = await state.evaluateAll((texts) => texts.map((text) => Number(text.getAttribute('y'))))
    expect(places).toEqual([...places].sort((one, other) => one - other))
    // The block was over before the last request came, not by it.
    const asked = await picture.locator('text.asked').last().getAttribute('y')
    expect(places[2]).toBeLessThan(Number(asked))
    expect(await picture.locator('text.answered').allTextContents()).toEqual([
      expect.stringMatching(/^200 SL-H1/),
      expect.stringMatching(/^401 SL-11 · 1\/3/),
      expect.stringMatching(/^401 SL-11 · 2\/3/),
      expect.stringMatching(/^401 SL-14 · 3\/3/),
      expect.stringMatching(/^200 SL-10/),
    ])
    expect(await picture.locator('.answered.bad').count()).toBe(3)
    expect(await picture.locator('.note text').textContent()).toContain('the clock was advanced by 31m')
    expect(await picture.locator('.small').allTextContents()).toEqual(
      expect.arrayContaining(['session enter', 'session authenticated', 'until 09:30:00']),
    )
  })

  test('goes on to what the next request would meet, also before there is one', async () => {
    const opened = await stand.open({ at: '#sequence' })
    const { page, world } = opened
    await play(opened)
    const state = page.locator('text.state')
    await expect.poll(() => state.allTextContents()).toEqual(['enter', 'blocked', 'enter'])
    world.secureLogin.user('alice').set({ state: 'blocked', for: '20m' })
    await expect.poll(() => state.allTextContents()).toEqual(['enter', 'blocked', 'enter', 'blocked'])
    await page.getByRole('img', { name: /5 requests, now blocked$/ }).waitFor()
    // From the change on, and with room for when it ends.
    const change = Number(await page.locator('.lanes .note line').last().getAttribute('y1'))
    const band = page.locator('.lanes rect.band.bad[width="12"]').last()
    expect(Number(await band.getAttribute('y'))).toBe(change)
    expect(await page.locator('.lanes .small').allTextContents()).toContain('until 09:51:00')
    world.secureLogin.set({ active: false })
    await expect.poll(() => state.allTextContents().then((words) => words.at(-1))).toBe('plug-in off')
  })

  test('says the same in words, from which each request is opened', async () => {
    const opened = await stand.open({ at: '#sequence' })
    await play(opened)
    await opened.page.getByText('The picture in words').click()
    const words = await opened.page.locator('.in-words li').allInnerTexts()
    expect(words).toHaveLength(6)
    expect(words[3]).toMatch(
      /was answered 401 \(SL-14: .*\); the user goes from enter to blocked, 3 of 3 failures, session \w{4}… goes from enter to blocked$/,
    )
    await opened.page.locator('.in-words li button').nth(3).click()
    await expect.poll(() => opened.page.locator('.why').innerText()).toContain('SL-14')
    expect(opened.page.url()).toContain('#requests')
  })

  test('is of whichever user is chosen', async () => {
    const opened = await stand.open()
    await play(opened)
    await opened.user('bob').getByRole('button', { name: /^bob/ }).click()
    await opened.button('Sequence of bob').click()
    await expect.poll(() => opened.page.locator('.empty').innerText()).toMatch(/^bob has not sent anything yet/)
    await opened.page.getByRole('combobox', { name: 'of' }).selectOption({ label: 'alice' })
    await expect.poll(() => opened.page.locator('text.answered').count()).toBe(5)
  })

  test('is saved as a picture that needs nothing else', async () => {
    const opened = await stand.open({ at: '#sequence' })
    await play(opened)
    await expect.poll(() => opened.page.locator('text.answered').count()).toBe(5)
    const waiting = opened.page.waitForEvent('download')
    await opened.button('Save the picture').click()
    const file = await waiting
    expect(file.suggestedFilename()).toBe('alice.svg')
    const svg = readFileSync(await file.path(), 'utf8')
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg).toContain('SL-14')
    expect(svg).toMatch(/fill="rgb\(/)
    expect(svg).not.toMatch(/class=|var\(|light-dark/)
  })
})
