import { expect, test } from 'vitest'
import { outcome } from '../support/help-desk.ts'
import { apiPath, Phone } from '../support/phone.ts'
import { describeInBrowser, type Opened } from './stand.ts'

/** The lines of the stream, latest first, in short. */
const stream = async (opened: Opened): Promise<string[]> =>
  (await opened.page.locator('.stream > .row > :first-child').allInnerTexts()).map((text) =>
    text.replaceAll(/\s+/g, ' ').trim(),
  )

const lines = (opened: Opened): Promise<string[]> =>
  opened.page
    .locator('.stream > .row')
    // Without what is told of the app, which comes a moment later.
    .evaluateAll((rows) =>
      rows.map((row) => ((row.querySelector('.line') ?? row).textContent ?? '').replace(/ no-xsrf-header$/, '')),
    )

describeInBrowser('the requests of the console', (stand) => {
  test('say what the app does against the contract', async () => {
    const opened = await stand.open({ at: '#requests' })
    const alice = await Phone.signIn(opened.world, 'alice')
    for (const pin of ['000000', '111111', '222222', '333333']) await alice.auth(pin)
    const badge = opened.page.locator('.stream .line .because .badge', { hasText: 'code-while-blocked' })
    await expect.poll(() => badge.count()).toBe(1)
    await opened.page.locator('.stream .line').first().click()
    await expect
      .poll(() => opened.page.locator('.details').first().innerText())
      .toContain('A code was sent while the user was blocked, which the client could know. SL-18.')
  })

  test('come as they are made, latest first, with the changes between them', async () => {
    const opened = await stand.open({ at: '#requests' })
    expect(await opened.page.locator('.empty').innerText()).toMatch(/^No requests yet/)
    const alice = await Phone.signIn(opened.world, 'alice')
    await alice.auth('000000')
    opened.world.clock.advance('31m')
    await alice.auth('910817')
    await expect.poll(() => lines(opened)).toHaveLength(4)
    const [last, change, wrong, login] = await lines(opened)
    expect(last).toMatch(/09:31:00POST .*\/authalice200SL-10the PIN is right/)
    expect(change).toMatch(/the clock was advanced by 31m/)
    expect(wrong).toMatch(/401SL-11the PIN is wrong; this was failure 1 of 3/)
    expect(login).toMatch(/POST \/jira\/rest\/auth\/1\/sessionalice200SL-H1/)
    // The same after a reload, when nothing came by the stream.
    await opened.page.reload()
    await expect.poll(() => lines(opened)).toEqual([last, change, wrong, login])
  })

  test('open to request, answer, clause, why, and the state before and after', async () => {
    const opened = await stand.open({ at: '#requests' })
    const alice = await Phone.signIn(opened.world, 'alice')
    for (const pin of ['1', '2', '3']) await alice.auth(pin)
    const row = opened.page.locator('.stream > .row').first()
    await row.getByRole('button').first().click()
    await row.locator('.why').waitFor()
    expect(await row.locator('.why').innerText()).toMatch(
      /the PIN is wrong; with 3 failures the user is blocked until .*SL-14 A user may retry until blocked.*documented/s,
    )
    const [asked, answered] = await row.locator('pre').allInnerTexts()
    expect(asked).toMatch(/^POST \/jira.*\/auth\ncontent-type: text\/plain\ncookie: JSESSIONID=\w{4}…\n\n\*\*\*/)
    expect(answered).toMatch(/^401\n/)
    expect(asked).not.toContain(alice.session)
    const changes = row.locator('.record.changed').filter({ hasText: 'secure-login/user:alice' }).locator('tr')
    expect((await changes.allInnerTexts()).map((text) => text.split('\t'))).toEqual(
      expect.arrayContaining([
        ['failures', '2', '3'],
        ['blockedUntilAt', 'null', '2026-01-15T09:30:00Z'],
      ]),
    )
    await row.getByRole('button').first().click()
    await expect.poll(() => row.locator('.details').isVisible()).toBe(false)
  })

  test('tell of a fault, and of an answer that says no with a status that says yes', async () => {
    const opened = await stand.open({ at: '#requests' })
    await outcome(opened.world, { username: 'faye', password: 's3cret', account: 'atech', two_factor_code: '0' })
    opened.world.faults.add({ on: 'secure-login.info', reply: { status: 503 } })
    await opened.world.play({
      method: 'GET',
      path: `${apiPath}/info`,
      query: '',
      headers: [],
      body: new Uint8Array(),
      address: '127.0.0.1',
    })
    await expect.poll(() => lines(opened)).toHaveLength(3)
    const [fault, , refused] = await lines(opened)
    expect(fault).toMatch(/503fault.*status 503 on secure-login\.info/)
    expect(refused).toMatch(/200SP-11InvalidTwoFactorCode the code is wrong/)
    expect(await opened.page.locator('.badge.bad').innerText()).toBe('200')
    expect(await opened.page.locator('.line .badge.warn').innerText()).toBe('503')
  })

  test('are narrowed down, and held for whoever reads', async () => {
    const opened = await stand.open({ at: '#requests' })
    const alice = await Phone.signIn(opened.world, 'alice')
    await Phone.signIn(opened.world, 'bob')
    await expect.poll(() => stream(opened)).toHaveLength(2)
    await opened.page.getByRole('searchbox').fill('SL-H1')
    await expect.poll(() => stream(opened)).toHaveLength(2)
    await opened.page.getByRole('searchbox').fill('bob')
    await expect.poll(() => stream(opened)).toHaveLength(1)
    await opened.page.getByRole('searchbox').fill('nobody')
    await expect
      .poll(() => opened.page.locator('.empty').innerText())
      .toContain('None of the 2 requests has "nobody" in it')
    await opened.page.getByRole('searchbox').fill('')
    await expect.poll(() => stream(opened)).toHaveLength(2)
    await opened.button('Hold').click()
    for (let count = 0; count < 3; count++) await alice.state()
    await opened.button('3 new').waitFor()
    expect(await stream(opened)).toHaveLength(2)
    await opened.button('Go on').click()
    await expect.poll(() => stream(opened)).toHaveLength(5)
  })

  test('keep up with many at once', async () => {
    const opened = await stand.open({ at: '#requests' })
    const alice = await Phone.signIn(opened.world, 'alice')
    for (let count = 0; count < 500; count++) await alice.state()
    await expect.poll(() => opened.page.locator('nav a[href="#requests"] .count').innerText()).toBe('501')
    expect(await stream(opened)).toHaveLength(200)
  })
})
