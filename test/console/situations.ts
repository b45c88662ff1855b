import type { Scenario } from '../../src/index.ts'
import { toFragment } from '../../src/scenario/link.ts'
import { Phone } from '../support/phone.ts'
import { goTo, leaveDialog, long, show, type Situation } from './going.ts'
import { peopleSituations } from './people-situations.ts'
import { nine, type Opened } from './stand.ts'

export { show }

/** Users with names of every length and script. */
export const crowded: Scenario = {
  ...nine,
  description: 'Names of every length and script, and a description that is longer than most lines have room for',
  people: {
    ada: { 'secure-login': { state: 'blocked' }, sirportly: {} },
    [`${long}.many-systems`]: { 'secure-login': {}, sirportly: {}, 'gentics-cms': {} },
  },
  'secure-login': {
    users: {
      a: {},
      [long]: { state: 'blocked', for: '30m' },
      'שרה-אבוטבול': { failures: 2 },
      '👩‍🚒👩‍🚒👩‍🚒 fire brigade': { state: 'onboarding' },
      ['W'.repeat(60)]: {},
    },
  },
}

/** Has something of everything happen in the world of a console. */
export async function fill({ world, page }: Opened): Promise<void> {
  const alice = await Phone.signIn(world, 'alice')
  for (const pin of ['1', '2', '3']) await alice.auth(pin)
  const other = await Phone.signIn(world, long)
  await other.auth('1')
  world.clock.advance('5m')
  world.clock.skew('5m')
  world.faults.add({ on: '*', delay: '1ms', for: '1h' })
  world.schedule.add({ at: '+2h', user: long, set: { state: 'blocked', for: '2m' } })
  for (let count = 0; count < 5; count++) world.schedule.add({ at: '+3h', end: 'sessions' })
  world.faults.add({ on: 'secure-login.auth', reply: { status: 503 }, user: long, times: 3 })
  for (const name of ['side', 'W'.repeat(64)]) world.worlds.get(name)
  for (const name of ['before', long]) world.worlds.saveSnapshot(name, world.snapshot())
  world.secureLogin.user('dave').set({ state: 'bypass' })
  await page.getByText('server off by 5m').waitFor()
}

/** Every view and dialog, closed and open. */
export const situations: readonly Situation[] = [
  { title: 'users', arrange: ({ page }) => show(page, 'users') },
  {
    title: 'users, opened',
    arrange: async ({ page }) => {
      for (const name of ['alice', long, 'tess', 'node']) await page.locator('.who', { hasText: name }).first().click()
      await page.locator('.details .code').waitFor()
    },
  },
  {
    title: 'the next answer of a user',
    arrange: async ({ page, button }) => {
      await button('The next answer…').nth(1).click()
      await button('And…').click()
      await page.locator('.new-fault summary').click()
    },
  },
  ...peopleSituations,
  { title: 'users again', arrange: ({ page }) => show(page, 'users') },
  { title: 'clock, opened', arrange: ({ button }) => button('Set…').click() },
  {
    title: 'requests',
    arrange: async ({ page, button }) => {
      await button('Set…').click()
      await show(page, 'requests')
    },
  },
  {
    title: 'requests, opened',
    arrange: async ({ page }) => {
      for (const index of [0, 2]) await page.locator('.line').nth(index).click()
      await page.locator('.details .why').nth(1).waitFor()
    },
  },
  {
    title: 'requests, sought',
    arrange: async ({ page }) => {
      await goTo(page, '#requests?status=4xx&clause=SL-6')
      await page.locator('.filter').waitFor()
    },
  },
  {
    title: 'requests, none found',
    arrange: async ({ page }) => {
      await goTo(page, `#requests?match=${'z'.repeat(80)}`)
      await page.locator('.requests .empty').waitFor()
    },
  },
  { title: 'requests again', arrange: ({ page }) => show(page, 'requests') },
  {
    title: 'sequence',
    arrange: async ({ page }) => {
      await show(page, 'sequence')
      await page.locator('.lanes').waitFor()
    },
  },
  {
    title: 'sequence in words',
    arrange: async ({ page }) => {
      await page.getByRole('combobox', { name: 'of' }).selectOption({ label: 'alice' })
      await page.locator('summary').click()
    },
  },
  { title: 'faults', arrange: ({ page }) => show(page, 'faults') },
  {
    title: 'what is wrong with a field',
    arrange: async ({ page, button }) => {
      await page.getByLabel('For', { exact: true }).fill('x'.repeat(60))
      await button('Put in force').click()
      await page.locator('.refused', { hasText: 'duration' }).waitFor()
    },
  },
  {
    title: 'what went wrong',
    arrange: async ({ page, button }) => {
      await page.route('**/reset', (asked) => asked.abort())
      await button('Reset').click()
      await page.locator('.toast').waitFor()
      await page.unroute('**/reset')
    },
    above: '.toasts',
  },
  {
    title: 'what can be taken back',
    arrange: async ({ page, button }) => {
      await button('+1 m').click()
      // Stays while somebody is about to press it.
      await page.locator('.toast', { hasText: 'Undo' }).hover()
    },
    above: '.toasts',
  },
  {
    title: 'settings',
    arrange: async ({ page, button }) => {
      await button('Dismiss').click()
      await show(page, 'settings')
    },
  },
  {
    title: 'a setting that is refused',
    arrange: async ({ page }) => {
      await page.getByLabel('blockAfter').first().fill('0')
      await page.keyboard.press('Enter')
      await page.locator('.refused:not(:empty)').waitFor()
    },
  },
  {
    title: 'settings that differ from the scenario',
    arrange: async ({ page, world }) => {
      world.secureLogin.set({ blockAfter: 7, captchaAfter: 2, revision: 'legacy' })
      world.sirportly.set({ applications: ['x'.repeat(60)] })
      await page.locator('.field.changed').nth(3).waitFor()
    },
  },
  {
    title: 'requests, cleared',
    arrange: async ({ page, button }) => {
      await show(page, 'requests')
      await button('Clear the requests, and nothing else').click()
      await page.locator('.toast', { hasText: 'cleared' }).hover()
      await page.locator('.stream .line').first().waitFor({ state: 'detached' })
    },
    above: '.toasts',
  },
  {
    title: 'worlds',
    arrange: async ({ page, button }) => {
      await button('Dismiss').click()
      await show(page, 'worlds')
    },
  },
  {
    title: 'keys',
    arrange: async ({ page }) => {
      await page.keyboard.press('?')
      await page.getByText('Single keys do something').waitFor()
    },
  },
  {
    title: 'a scenario that is edited, with mistakes',
    arrange: async ({ page, button }) => {
      await leaveDialog(page)
      await show(page, 'worlds')
      await button('Edit…').click()
      const area = page.getByLabel('The scenario in YAML')
      await area.fill(`seed: 1\nclok: { at: 7 }\n${'W'.repeat(60)}: ${'x '.repeat(60)}\n`)
      await button('Check').click()
      await page.locator('.mistakes li').nth(1).waitFor()
    },
  },
  {
    title: 'share',
    arrange: async ({ page, button }) => {
      await leaveDialog(page)
      await button('Share').click()
      await page.getByText(/^\d+ characters$/).waitFor()
    },
  },
  {
    title: 'what I did',
    arrange: async ({ page, button }) => {
      await leaveDialog(page)
      await show(page, 'requests')
      await button('What I did').click()
      await page.getByText(/^\d+ forced, \d+ asked/).waitFor()
    },
  },
  {
    title: 'a shared world',
    arrange: async ({ page, world }) => {
      await leaveDialog(page)
      await goTo(page, await toFragment(world.snapshot()))
      await page.getByText('changed since its start').waitFor()
    },
  },
  {
    title: 'a broken link',
    arrange: async ({ page }) => {
      await leaveDialog(page)
      await goTo(page, '#world=broken')
      await page.locator('.wrong').waitFor()
    },
  },
  {
    title: 'the server is gone',
    arrange: async ({ page, close }) => {
      await leaveDialog(page)
      await close()
      await page.locator('p.lost').waitFor()
    },
  },
]
