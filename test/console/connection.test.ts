import { expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { listen } from '../../src/node.ts'
import { Phone } from '../support/phone.ts'
import { describeInBrowser, nine } from './stand.ts'

describeInBrowser('the connection of the console', (stand) => {
  test('wants the admin token where the server does, and shows nothing without', async () => {
    const opened = await stand.open({ listen: { adminToken: 'correct-horse' }, ready: '.token' })
    const { page } = opened
    expect(await page.locator('.token').innerText()).toContain('The control API wants the admin token')
    expect(await page.locator('.row').count()).toBe(0)
    const enter = async (token: string): Promise<void> => {
      await page.getByLabel('Token', { exact: true }).fill(token)
      await page.keyboard.press('Enter')
    }
    await enter('wrong-horse')
    await expect.poll(() => page.locator('.token').innerText()).toContain('This is not the admin token of this server.')
    await enter('correct-horse')
    await opened.user('alice').getByRole('button', { name: 'bypass' }).click()
    await opened.shows('alice', 'bypass 0/3')
    await Phone.signIn(opened.world, 'bob')
    await expect.poll(() => page.locator('.line .whose').allInnerTexts()).toEqual(['bob'])
    // It is kept for this tab, and in no address.
    await page.reload()
    await opened.shows('alice', 'bypass 0/3')
    expect(page.url()).not.toContain('horse')
  })

  test('is said to be lost when the server ends, and is found again when it is back', async () => {
    const opened = await stand.open({ at: '#requests' })
    const { port } = new URL(opened.url)
    await opened.close()
    await expect.poll(() => opened.page.getByRole('alert').first().innerText()).toMatch(/^The server does not answer/)
    const world = await createWorld('lockout')
    const server = await listen(world, { port: Number(port) })
    await Phone.signIn(world, 'tim')
    await expect.poll(() => opened.page.locator('.line .whose').allInnerTexts()).toEqual(['tim'])
    expect(await opened.page.locator('.lost').count()).toBe(0)
    await server.close()
  })

  test('is found again with a server that was started again, which says what is gone and takes it back', async () => {
    const opened = await stand.open()
    const { page } = opened
    const { port } = new URL(opened.url)
    await Phone.signIn(opened.world, 'bob')
    opened.world.secureLogin.user('alice').set({ state: 'blocked', for: '20m' })
    opened.world.secureLogin.user('dave').set({ failures: 2 })
    opened.world.genticsCms.set({ maintenance: true })
    await opened.shows('dave', 'bypass 2/3')
    await expect.poll(() => page.locator('.line').count()).toBe(1)
    await page.getByRole('switch', { name: 'Gentics CMS: Maintenance', checked: true }).waitFor()
    await opened.close()
    await page.locator('p.lost').waitFor()
    const world = await createWorld(nine)
    const server = await listen(world, { port: Number(port) })
    const bar = page.locator('.restarted')
    await expect
      .poll(() => bar.innerText())
      .toMatch(/started again, and 1 request and 3 changes are gone.*alice was set/s)
    await opened.shows('alice', 'enter 0/3')
    await bar.getByRole('button', { name: 'Restore 2 users and settings' }).click()
    await opened.shows('alice', 'blocked 3/3 20:00')
    await opened.shows('dave', 'bypass 2/3')
    expect(world.genticsCms.settings.maintenance).toBe(true)
    await expect.poll(() => bar.count()).toBe(0)
    await server.close()
  })
})
