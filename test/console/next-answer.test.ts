import { expect, test } from 'vitest'
import { Phone } from '../support/phone.ts'
import { describeInBrowser } from './stand.ts'

describeInBrowser('the next answer, in the row of a user', (stand) => {
  test('is what is said, as often as is said, for nobody else', async () => {
    const opened = await stand.open()
    const { page, world, button } = opened
    await opened.user('alice').locator('.who').click()
    await button('The next answer…').click()
    await page.getByLabel('Which request').selectOption('secure-login.auth')
    await page.getByLabel('At most (times)').fill('2')
    await page.getByLabel('body').fill('later')
    await button('And…').click()
    await page.getByLabel('after').fill('1ms')
    await button('Put in force').click()
    const fault = opened.user('alice').locator('.fault')
    await expect
      .poll(() => fault.innerText())
      .toMatch(/status 503 and a delay of 1ms on secure-login\.auth for alice, 2 times\s+struck 0 of 0/)
    expect(world.faults.list()[0]?.spec).toEqual({
      on: 'secure-login.auth',
      user: 'alice',
      times: 2,
      delay: 1,
      reply: { status: 503, body: 'later' },
    })
    const [alice, erin] = [await Phone.signIn(world, 'alice'), await Phone.signIn(world, 'dave')]
    expect([await erin.auth('1'), await alice.auth('1'), await alice.auth('1'), await alice.auth('1')]).toEqual([
      expect.anything(),
      503,
      503,
      401,
    ])
    await page.getByRole('button', { name: 'Take fault f1 off' }).click()
    await expect.poll(() => world.faults.list()).toEqual([])
  })

  test('is put in force by nothing that is wrong, which is told at its field', async () => {
    const opened = await stand.open()
    const { page, world, button } = opened
    await opened.user('alice').locator('.who').click()
    await button('The next answer…').click()
    const refused = page.locator('.new-fault .refused:not(:empty)')
    for (const [field, text, told] of [
      ['status', '99', /^99 is not a number from 200 to 599/],
      ['At most (times)', 'twice', /"twice" is not a whole number/],
      ['For', 'a while', /"a while" is not a duration/],
    ] as const) {
      const before = await page.getByLabel(field, { exact: true }).inputValue()
      await page.getByLabel(field, { exact: true }).fill(text)
      await button('Put in force').click()
      await expect.poll(() => refused.allInnerTexts()).toEqual([expect.stringMatching(told)])
      await page.getByLabel(field, { exact: true }).fill(before)
    }
    expect(world.faults.list()).toEqual([])
  })
})

describeInBrowser('settings that differ from the scenario', (stand) => {
  test('say so, and go back one by one or together', async () => {
    const opened = await stand.open({ at: '#settings' })
    const { page, world, button } = opened
    expect(await page.locator('.field.changed').count()).toBe(0)
    world.secureLogin.set({ blockAfter: 5, blockFor: '10m', captchaAfter: 2 })
    const changed = page.locator('.field.changed')
    await expect.poll(() => changed.count()).toBe(3)
    const field = changed.filter({ hasText: 'blockFor' }).last()
    expect(await field.locator('.back').innerText()).toMatch(/The scenario says 30m\./)
    await field.getByRole('button', { name: 'Back to scenario' }).click()
    await expect.poll(() => world.secureLogin.settings.blockFor).toBe(1_800_000)
    await expect.poll(() => changed.count()).toBe(2)
    expect(world.secureLogin.settings.blockAfter).toBe(5)
    await button('All 2 back to scenario').click()
    await expect.poll(() => changed.count()).toBe(0)
    expect(world.secureLogin.settings.blockAfter).toBe(3)
    expect(world.secureLogin.settings).not.toHaveProperty('captchaAfter')
    // Blank is what the scenario has it, too.
    world.secureLogin.set({ captchaAfter: null, blockAfter: 4 })
    await expect.poll(() => changed.count()).toBe(1)
  })
})
