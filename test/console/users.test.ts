import { expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { Phone } from '../support/phone.ts'
import { describeInBrowser, nine } from './stand.ts'

describeInBrowser('the users of the console', (stand) => {
  test('are those of every API, each with state, failures towards the limit and what is left', async () => {
    const opened = await stand.open()
    expect(await opened.page.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([
      'Secure Login',
      'Sirportly',
      'Gentics CMS',
    ])
    const rows = ['alice', 'bob', 'carol', 'dave', 'atech/lou', 'node', 'otto']
    expect(await Promise.all(rows.map((name) => opened.row(name)))).toEqual([
      'enter 0/3',
      'onboarding 0/3',
      'blocked 3/3 30:00',
      'bypass 0/3',
      'locked 5/5',
      'active',
      'no-groups',
    ])
    expect(await opened.user('carol').getByRole('img').getAttribute('aria-label')).toBe('3 of 3 failures')
  })

  test('go into any state of their API at one click', async () => {
    const opened = await stand.open()
    const { world } = opened
    for (const [username, handle] of [
      ['alice', world.secureLogin],
      ['atech/faye', world.sirportly],
      ['node', world.genticsCms],
    ] as const) {
      const names = await opened.user(username).locator('.segments button').allInnerTexts()
      expect(names.length).toBeGreaterThanOrEqual(3)
      for (const name of names.filter((each) => !each.endsWith('sessions'))) {
        const button = opened.user(username).getByRole('button', { name, exact: true })
        await button.click()
        await opened.shows(username, new RegExp(`^${name}`))
        expect(handle.user(username).view().state).toBe(name)
        expect(await button.getAttribute('aria-pressed')).toBe('true')
      }
    }
  })

  test('have their sessions ended at one click, which says how many there are', async () => {
    const opened = await stand.open()
    const end = opened.user('alice').locator('.segments button').last()
    const words = (): Promise<string> => end.innerText().then((text) => text.replaceAll(/\s+/g, ' '))
    expect([await words(), await end.getAttribute('aria-disabled')]).toEqual(['end 0 sessions', 'true'])
    await end.click({ force: true })
    const phones = [await Phone.signIn(opened.world, 'alice'), await Phone.signIn(opened.world, 'alice')]
    await expect.poll(words).toBe('end 2 sessions')
    await end.click()
    await expect.poll(words).toBe('end 0 sessions')
    expect(await Promise.all(phones.map((phone) => phone.state()))).toEqual(['401', '401'])
    await expect
      .poll(() => opened.page.locator('.stream .note').allInnerTexts())
      .toEqual([expect.stringMatching(/Secure Login: alice had 2 sessions ended$/)])
  })

  test('show what the next request meets: a block, a plug-in that is off, maintenance', async () => {
    const opened = await stand.open()
    const { page, world } = opened
    const alice = await Phone.signIn(world, 'alice')
    await opened
      .user('alice')
      .getByRole('button', { name: /^alice/ })
      .click()
    const session = opened.user('alice').locator('.sessions .badge')
    await expect.poll(() => session.innerText()).toBe('enter')
    await opened.user('alice').locator('.segments').getByRole('button', { name: 'blocked' }).click()
    await expect.poll(() => session.innerText()).toBe('blocked')
    expect(await alice.state()).toBe('blocked')
    await page.getByRole('switch', { name: 'Secure Login: Plug-in' }).click()
    await opened.shows('bob', 'plug-in off 0/3')
    await expect.poll(() => session.innerText()).toBe('plug-in off')
    expect(await alice.state()).toBe('410')
    // What it will be again can be seen and changed meanwhile.
    expect(await opened.user('bob').locator('[aria-pressed=true]').innerText()).toBe('onboarding')
    await page.getByRole('switch', { name: 'Gentics CMS: Maintenance' }).click()
    await opened.shows('node', 'maintenance')
    // She sees the setting, and is let in.
    await opened.shows('ada', 'active')
    await opened.shows('otto', 'no-groups')
  })

  test('show what requests make of them, without a reload', async () => {
    const opened = await stand.open()
    const alice = await Phone.signIn(opened.world, 'alice')
    for (const expected of ['enter 1/3', 'enter 2/3', 'blocked 3/3 30:00']) {
      await alice.auth('000000')
      await opened.shows('alice', expected)
    }
    expect(await alice.state()).toBe('blocked')
  })

  test('count down second by second, and change when the time has come', async () => {
    const opened = await stand.open({ scenario: { ...nine, clock: { at: '2026-01-15T09:00:00Z', scale: 10 } } })
    opened.world.secureLogin.user('carol').set({ state: 'blocked', for: '25s' })
    const seen = new Set<string>()
    await expect
      .poll(
        async () => {
          const shown = await opened.row('carol')
          seen.add(shown)
          return shown
        },
        { interval: 60 },
      )
      .toBe('enter 0/3')
    expect([...seen].filter((shown) => /^blocked 3\/3 0:\d\d$/.test(shown)).length).toBeGreaterThan(2)
  })

  test('open to everything else that can be set', async () => {
    const opened = await stand.open()
    const { page, world } = opened
    await Phone.signIn(world, 'alice')
    await opened
      .user('alice')
      .getByRole('button', { name: /^alice/ })
      .click()
    const details = opened.user('alice').locator('.details')
    await expect.poll(() => details.locator('.sessions').innerText()).toMatch(/^\w{4}…\s*enter$/)
    await details.getByRole('button', { name: 'One before the limit' }).click()
    await opened.shows('alice', 'enter 2/3')
    await details.getByRole('button', { name: '−' }).click()
    await opened.shows('alice', 'enter 1/3')
    await details.getByLabel('pin').fill('424242')
    await page.keyboard.press('Enter')
    await expect.poll(() => world.secureLogin.user('alice').view().details['pin']).toBe('424242')
    await details.getByLabel('for', { exact: true }).fill('10m')
    await page.keyboard.press('Enter')
    await opened.shows('alice', 'blocked 3/3 10:00')
  })

  test('show the code in the app, which changes with the clock', async () => {
    const opened = await stand.open({ scenario: { ...nine, 'secure-login': { users: { tara: { totp: {} } } } } })
    await opened.user('tara').getByRole('button', { name: /^tara/ }).click()
    const code = opened.user('tara').locator('.code')
    const tara = opened.world.secureLogin.user('tara')
    await expect.poll(() => code.innerText()).toBe(await tara.code())
    const before = await tara.code()
    opened.world.clock.advance('5m')
    expect(await tara.code()).not.toBe(before)
    await expect.poll(() => code.innerText()).toBe(await tara.code())
  })

  test('are found by a part of their names, in a crowd as well', async () => {
    const world = await createWorld({ ...nine, 'secure-login': { crowd: 1200 } })
    const opened = await stand.open({ world })
    const count = (): Promise<number> => opened.page.locator('.row.user').count()
    // A hundred of each API, until more are asked for.
    expect(await count()).toBe(110)
    await opened.button('More users of Secure Login').click()
    await expect.poll(count).toBe(310)
    await opened.page.getByRole('searchbox', { name: 'Look for a user' }).fill('d-1199')
    await expect.poll(count).toBe(1)
    await opened.user('crowd-1199').getByRole('button', { name: 'bypass' }).click()
    await opened.shows('crowd-1199', /^bypass/)
  })

  test('are met with the plug-in off, and on again, at one click', async () => {
    const opened = await stand.open()
    const plugIn = opened.page.getByRole('switch', { name: 'Secure Login: Plug-in' })
    for (const on of [false, true]) {
      await plugIn.click()
      await expect.poll(() => plugIn.getAttribute('aria-checked')).toBe(String(on))
      expect(opened.world.secureLogin.settings.active).toBe(on)
    }
    await opened.page.getByRole('switch', { name: 'Gentics CMS: Maintenance' }).click()
    await expect.poll(() => opened.world.genticsCms.settings.maintenance).toBe(true)
  })
})
