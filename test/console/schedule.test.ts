import { expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { describeInBrowser } from './stand.ts'

describeInBrowser('what is scheduled', (stand) => {
  test('stands below the clock, is taken off and comes back', async () => {
    const opened = await stand.open()
    const { page, world } = opened
    world.schedule.add({ at: '+10s', user: 'alice', set: { state: 'blocked', for: '2m' } })
    world.schedule.add({ at: '+5m', end: 'sessions' })
    const events = page.locator('.coming li')
    await expect
      .poll(() => events.allInnerTexts())
      .toEqual([
        expect.stringMatching(/^0:10\s+alice: blocked, for 2m$/),
        expect.stringMatching(/^5:00\s+all sessions end$/),
      ])
    await opened.button('Take off: alice: blocked, for 2m').click()
    await expect.poll(() => events.count()).toBe(1)
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => events.count()).toBe(2)
    await opened.button('+1 m').click()
    await expect.poll(() => events.count()).toBe(1)
    await opened.shows('alice', /^blocked 3\/3 1:10$/)
  })

  test('is shown when it happens, without a request of anybody', async () => {
    const host = new HostTime('2026-01-15T09:00:00Z')
    const world = await createWorld('default', { time: host.time })
    world.schedule.add({ at: '+2s', user: 'alice', set: { state: 'bypass' } })
    const opened = await stand.open({ world })
    await opened.shows('alice', /^enter/)
    host.pass(2000)
    await opened.shows('alice', /^bypass/)
    await expect.poll(() => opened.page.locator('.coming').count()).toBe(0)
  })
})
