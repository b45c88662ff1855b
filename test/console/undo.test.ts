import { expect, test } from 'vitest'
import { Phone } from '../support/phone.ts'
import { callControl } from '../support/control-client.ts'
import { describeInBrowser } from './stand.ts'

describeInBrowser('what was changed in the console', (stand) => {
  test('comes back by the message: a state, and a reset with its requests', async () => {
    const opened = await stand.open()
    const { page, world } = opened
    await (await Phone.signIn(world, 'alice')).auth('910817')
    await opened.user('bob').getByRole('button', { name: 'blocked' }).click()
    const offer = page.locator('.toast', { hasText: 'bob was set to blocked' })
    await offer.waitFor()
    await opened.button('Reset').click()
    const reset = page.locator('.toast', { hasText: 'The scenario was started again' })
    await reset.waitFor()
    expect(await page.locator('.toast').count()).toBe(1)
    expect(await reset.innerText()).toMatch(/2 requests went with it/)
    expect(world.requests).toEqual([])

    await reset.getByRole('button', { name: 'Undo' }).click()
    await page.locator('.toast', { hasText: 'Taken back' }).waitFor()
    expect(world.requests.length).toBe(2)
    expect(world.secureLogin.user('bob').view().state).toBe('blocked')
    await expect.poll(() => opened.user('bob').innerText()).toMatch(/blocked/)

    await page.keyboard.press('Control+z')
    await expect.poll(() => world.secureLogin.user('bob').view().state).toBe('onboarding')
    await expect.poll(() => opened.user('bob').innerText()).toMatch(/onboarding/)
  })

  test('is left where somebody else has moved it since, and says who', async () => {
    const opened = await stand.open()
    const { page, world } = opened
    await opened.user('bob').getByRole('button', { name: 'blocked' }).click()
    const offer = page.locator('.toast', { hasText: 'bob was set to blocked' })
    await offer.waitFor()
    await callControl(world, 'PUT', '/users/secure-login/bob', { state: 'bypass' })
    await offer.getByRole('button', { name: 'Undo' }).click()
    const refused = page.locator('.toast.bad', { hasText: 'Changed since' })
    await refused.waitFor()
    expect(await refused.innerText()).toMatch(/c2 .*bob was set to bypass.* has changed .*bob since/)
    expect(world.secureLogin.user('bob').view().state).toBe('bypass')
  })

  test('is not offered in another world', async () => {
    const opened = await stand.open()
    opened.world.worlds.get('side')
    await opened.user('bob').getByRole('button', { name: 'blocked' }).click()
    await opened.page.locator('.toast', { hasText: 'Undo' }).waitFor()
    await opened.page.getByLabel('World').selectOption('side')
    await expect.poll(() => opened.page.locator('.toast').count()).toBe(0)
  })
})
