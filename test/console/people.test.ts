import { expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { describeInBrowser, nine } from './stand.ts'

const several = {
  ...nine,
  people: { ada2: { 'secure-login': { state: 'blocked' }, 'gentics-cms': {}, sirportly: {} } },
} as const

describeInBrowser('people in the console', (stand) => {
  test('are one row for all systems, with a state of each, that opens to all of them', async () => {
    const opened = await stand.open({ scenario: several })
    const person = opened.page.locator('.row.person')
    await expect
      .poll(() =>
        person
          .locator('.system')
          .allInnerTexts()
          .then((texts) =>
            texts.map((text) => text.split(/\s+/).at(-1)).toSorted((one = '', other = '') => one.localeCompare(other)),
          ),
      )
      .toEqual(['active', 'blocked', 'no-api-access'])
    expect(await opened.page.locator('.row.user').filter({ hasText: 'ada2' }).count()).toBe(0)
    await person.locator('.who').first().click()
    await person
      .getByRole('group', { name: 'Set ada2 of Secure Login to' })
      .getByRole('button', { name: 'bypass' })
      .click()
    await expect.poll(() => person.locator('.system', { hasText: 'Secure Login' }).innerText()).toContain('bypass')
    expect(opened.world.secureLogin.user('ada2').view().state).toBe('bypass')
    // Found by the state in one system, shown with all.
    await opened.page.getByRole('combobox', { name: 'State' }).selectOption('no-api-access')
    await expect.poll(() => person.locator('.system').count()).toBe(3)
  })

  test('come by a table: wrong lines are named and nobody comes, then all do, and go again', async () => {
    const opened = await stand.open()
    const { page, world } = opened
    const before = world.secureLogin.users().total
    await opened.button('Import…').click()
    const lines = page.getByLabel('or its lines')
    await lines.fill('username,state\ntess,enter\ntom,blokced\n')
    await expect.poll(() => page.locator('dialog .wrong').innerText()).toMatch(/:3:5: "blokced" is not one of/)
    expect(await opened.button('Import').isDisabled()).toBe(true)
    await lines.fill('username,state\ntess,enter\ntom,blocked\n')
    await opened.button('Import 2 users').waitFor()
    expect(world.secureLogin.users().total).toBe(before)
    await opened.button('Import 2 users').click()
    await opened.shows('tom', /^blocked/)
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => world.secureLogin.users().total).toBe(before)
  })

  test('are as many as ten thousand, of whom a hundred are drawn', async () => {
    const world = await createWorld({ ...nine, 'secure-login': { crowd: 10_000 }, people: several.people })
    const opened = await stand.open({ world })
    await expect.poll(() => opened.page.locator('.row.user').count()).toBeLessThan(130)
    await opened.button('More users of Secure Login').waitFor()
    expect(await opened.page.locator('.row.person').count()).toBe(1)
    await opened.user('crowd-5').getByRole('button', { name: 'bypass' }).click()
    await opened.shows('crowd-5', /^bypass/)
  })
})

describeInBrowser('scheduling in the console', (stand) => {
  test('says at each field what is wrong, and schedules from a row', async () => {
    const opened = await stand.open()
    const { page, world } = opened
    await opened.user('alice').locator('.who').click()
    await opened.user('alice').getByRole('button', { name: 'Schedule…' }).click()
    const user = page.getByRole('textbox', { name: 'User', exact: true })
    expect(await user.inputValue()).toBe('alice')
    for (const [label, text, why] of [
      ['When', 'soon', '"soon" is not an instant'],
      ['For', '2x', 'is not a duration'],
      ['User', 'alcie', 'No API has a user "alcie"'],
    ] as const) {
      for (const [each, usual] of [
        ['When', '2 m'],
        ['For', '2m'],
        ['User', 'alice'],
      ] as const)
        await page.getByRole('textbox', { name: each, exact: true }).fill(each === label ? text : usual)
      await opened.button('Schedule it').click()
      const field = page.locator('dialog .form-field', { has: page.getByRole('textbox', { name: label, exact: true }) })
      await expect.poll(() => field.locator('.refused').innerText()).toContain(why)
    }
    expect(world.schedule.list()).toEqual([])
    await user.fill('alice')
    await opened.button('Schedule it').click()
    await expect
      .poll(() => world.schedule.list().map(({ in: left, what }) => `${left} ${what}`))
      .toEqual(['2m alice: blocked, for 2m'])
    await opened.button('Schedule…').first().click()
    await page.getByLabel('What happens').selectOption('api')
    await page.getByRole('combobox', { name: 'API', exact: true }).last().selectOption('secure-login')
    await page.getByLabel('When').fill('09:05')
    await opened.button('Schedule it').click()
    await expect
      .poll(() => world.schedule.list().at(-1))
      .toMatchObject({ at: '2026-01-15T09:05:00Z', what: 'secure-login: active false' })
  })
})
