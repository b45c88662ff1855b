import { expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { listen } from '../../src/node.ts'
import { Phone } from '../support/phone.ts'
import { describeInBrowser } from './stand.ts'

describeInBrowser('the connection of the console', (stand) => {
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
})
