import axe from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInPage, type Stand } from './stand.ts'
import type { Tab } from './tab.ts'

async function openPanel(stand: Stand, query = ''): Promise<{ tab: Tab; panel: Locator }> {
  const tab = await stand.open(query)
  await tab.page.getByRole('button', { name: 'understudy' }).click()
  return { tab, panel: tab.page.getByRole('region', { name: 'Mocked states' }) }
}

/** What axe-core finds in the panel, apart from trifles. */
async function flaws(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(
    'axe.run("understudy-panel", { resultTypes: ["violations"] }).then((told) => told.violations)',
  )
  return (found as axe.Result[]).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

describeInPage('the panel of a page that mocks', 'panel.ts', (stand) => {
  test('comes by itself, closed, and opens', async () => {
    const tab = await stand.open()
    const toggle = tab.page.getByRole('button', { name: 'understudy' })
    await expect.poll(() => toggle.getAttribute('aria-expanded')).toBe('false')
    expect(await tab.page.locator('understudy-panel').count()).toBe(1)
    await toggle.click()
    await expect.poll(() => toggle.getAttribute('aria-expanded')).toBe('true')
    await tab.page.keyboard.press('Tab')
    await tab.page.getByRole('button', { name: 'close' }).focus()
    await tab.page.keyboard.press('Escape')
    expect(await toggle.getAttribute('aria-expanded')).toBe('false')
    expect(await tab.page.evaluate(() => document.activeElement?.tagName)).toBe('UNDERSTUDY-PANEL')
  })

  test('forces states, which the app meets at once', async () => {
    const { tab, panel } = await openPanel(stand)
    await tab.do(({ app }) => app.login('alice'))
    await panel.getByText('alice', { exact: true }).click()
    await panel.getByRole('group', { name: 'State of alice' }).getByRole('button', { name: 'blocked' }).click()
    await expect.poll(() => panel.getByRole('status').innerText()).toMatch(/^alice is blocked until \d\d:\d\d:\d\d$/)
    expect(await tab.do(({ app }) => app.state())).toBe('blocked')
    await panel.getByRole('group', { name: 'State of alice' }).getByRole('button', { name: 'unblock' }).click()
    await expect.poll(() => tab.do(({ app }) => app.state())).toBe('enter')
    const failures = panel.getByRole('spinbutton', { name: 'failures' }).first()
    await failures.fill('2')
    await failures.press('Tab')
    await tab.page.keyboard.press('Enter')
    await tab.do(({ app }) => app.enter('000000'))
    expect(await tab.do(({ app }) => app.state())).toBe('blocked')
  })

  test('follows what happens, with a countdown', async () => {
    const { tab, panel } = await openPanel(stand)
    const alice = panel.locator('summary').filter({ has: tab.page.getByText('alice', { exact: true }) })
    await tab.do(async ({ app }) => {
      await app.login('alice')
      await app.enter('000000')
    })
    await expect.poll(() => alice.innerText()).toMatch(/1 of 3\s+enter/)
    await tab.do(async ({ app }) => {
      await app.enter('000000')
      await app.enter('000000')
    })
    await expect.poll(() => alice.innerText()).toMatch(/blocked 30m|blocked 29m5\ds/)
    await tab.do(({ app }) => app.world.clock.advance('29m'))
    await expect.poll(() => alice.innerText()).toMatch(/blocked (1m|\d\ds)/)
  })

  test('tells the code that an authenticator app would show', async () => {
    const { tab, panel } = await openPanel(stand, 'scenario=second-factor')
    await panel.getByText('tara', { exact: true }).click()
    await panel.getByRole('button', { name: 'code now' }).first().click()
    const code = await tab.do(({ app }) => app.world.secureLogin.user('tara').code())
    await expect.poll(() => panel.locator('code').first().innerText()).toMatch(/^\d{6}$/)
    expect(code).toMatch(/^\d{6}$/)
  })

  test('moves the clock, starts scenarios, and says what is wrong', async () => {
    const { tab, panel } = await openPanel(stand, 'scenario=lockout')
    await panel.getByText('Clock', { exact: true }).click()
    await panel.getByRole('button', { name: '+1h' }).click()
    await expect.poll(() => tab.do(({ app }) => app.world.clock.view().now)).toBe('2026-01-15T10:00:00Z')
    await panel.getByRole('textbox', { name: 'How far' }).fill('soon')
    await panel.getByRole('button', { name: 'advance' }).click()
    await expect.poll(() => panel.getByRole('status').innerText()).toContain('"soon" is not a duration such as')
    await panel.getByText('Scenario', { exact: true }).click()
    await panel.getByRole('combobox', { name: 'Scenario' }).selectOption('blocked')
    await panel.getByRole('button', { name: 'start' }).click()
    await expect.poll(() => tab.do(({ app }) => app.world.scenario.name)).toBe('blocked')
    await expect.poll(() => panel.getByText('soon', { exact: true }).count()).toBe(1)
    await expect.poll(() => panel.getByText('tim', { exact: true }).count()).toBe(0)
  })

  test('says where a world stands still, or is elsewhere in time', async () => {
    const { tab, panel } = await openPanel(stand, 'scenario=lockout')
    const clock = panel.locator('summary').filter({ has: tab.page.getByText('Clock', { exact: true }) })
    await expect.poll(() => clock.innerText()).toMatch(/^Clock stands, \d+d behind$/)
    await clock.click()
    expect(await panel.innerText()).toContain('countdowns of the page go on, blocks do not end')
    const moved = await tab.do(({ app }) => {
      const { clock: its } = app.world
      const shown: string[] = []
      const stop = its.watch(({ now }) => void shown.push(now))
      its.set(new Date().toISOString().replace(/\.\d+/, ''))
      its.resume()
      its.advance('2h')
      const { driftMs } = its
      stop()
      its.advance('-2h')
      return { told: shown.length, driftMs }
    })
    expect(moved.told).toBe(3)
    expect(Math.abs(moved.driftMs - 7_200_000)).toBeLessThan(60_000)
    await expect.poll(() => clock.innerText()).toBe('Clock')
  })

  test('stays open, and so do its parts, where another world takes over', async () => {
    const { tab, panel } = await openPanel(stand)
    await panel.getByText('Clock', { exact: true }).click()
    await tab.do(({ app }) => app.another('onboarding'))
    await expect.poll(() => panel.getByRole('button', { name: 'advance' }).isVisible()).toBe(true)
    await expect.poll(() => panel.innerText()).not.toContain('alice')
    // It follows the new world, and no longer the old one.
    await tab.do(({ app }) => app.world.clock.freeze())
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect(await panel.getByRole('button', { name: 'stop' }).isVisible()).toBe(true)
  })

  test('lists requests, with why they were answered so', async () => {
    const { tab, panel } = await openPanel(stand)
    await tab.do(({ app }) => app.login('nobody'))
    await panel.getByText('Requests', { exact: true }).click()
    await panel.getByText('POST 1/session').click()
    await expect.poll(() => panel.innerText()).toContain('SL-H2')
    expect(await panel.innerText()).toMatch(/host: Jira/)
  })

  test.each(['light', 'dark'] as const)(
    'has nothing that axe-core finds wrong, open, when it is %s',
    async (colorScheme) => {
      const { tab, panel } = await openPanel(stand)
      await tab.page.emulateMedia({ colorScheme })
      await tab.do(({ app }) => app.login('alice'))
      for (const name of ['alice', 'carol', 'Clock', 'Scenario', 'Requests'])
        await panel.getByText(name, { exact: true }).click()
      expect(await flaws(tab.page)).toEqual([])
    },
  )
})

describeInPage('the panel of a page that does not mock', 'panel-without-mocks.ts', (stand) => {
  test('shows nothing until mocking is turned on', async () => {
    const page = await stand.context.newPage()
    await page.goto(stand.url)
    await page.waitForFunction(() => window.turnOn !== undefined)
    expect(await page.locator('understudy-panel').evaluate((panel) => panel.shadowRoot?.childElementCount)).toBe(0)
    await page.evaluate(() => window.turnOn?.())
    await page.getByRole('button', { name: 'understudy' }).waitFor()
    expect(await page.locator('understudy-panel').count()).toBe(1)
  })
})
