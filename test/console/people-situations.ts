import { goTo, leaveDialog, long, type Situation } from './going.ts'

/** People of several systems, what is scheduled, who comes, and whom one looks for. */
export const peopleSituations: readonly Situation[] = [
  {
    title: 'a person, opened',
    arrange: async ({ page }) => {
      for (const row of await page.locator('.person').all()) await row.locator('.who').first().click()
      await page.locator('.person .user .who').nth(1).click()
      await page.locator('.person .details .links').waitFor()
    },
  },
  {
    title: 'all that is to come',
    arrange: ({ button }) => button('and 2 more').click(),
  },
  {
    title: 'what is scheduled wrongly',
    arrange: async ({ page, button }) => {
      await button('Schedule…').first().click()
      await page.getByRole('textbox', { name: 'User', exact: true }).fill('nobody at all '.repeat(6))
      await page.getByLabel('When').fill('+10s')
      await button('Schedule it').click()
      await page.locator('dialog .refused:not(:empty)').waitFor()
    },
  },
  {
    title: 'a setting, scheduled',
    arrange: ({ page }) => page.getByLabel('What happens', { exact: true }).last().selectOption('api'),
  },
  {
    title: 'another user, who is there already',
    arrange: async ({ page, button }) => {
      await leaveDialog(page)
      await button('Add…').click()
      await page.getByRole('combobox', { name: 'API', exact: true }).last().selectOption('secure-login')
      await page.getByLabel('Username').fill('a')
      await button('Add').click()
      await page.locator('dialog .refused:not(:empty)').waitFor()
    },
  },
  {
    title: 'a clone',
    arrange: async ({ page, button }) => {
      await leaveDialog(page)
      await button('Clone…').first().click()
      await page.getByLabel('Username of the other').waitFor()
    },
  },
  {
    title: 'users of a file that is wrong',
    arrange: async ({ page, button }) => {
      await leaveDialog(page)
      await button('Import…').click()
      await page.getByLabel('or its lines').fill(`username,pin,state\n${long}1,12,blokced\nx,1`)
      await page.locator('dialog .wrong').waitFor()
    },
  },
  {
    title: 'users of a file',
    arrange: async ({ page }) => {
      await page.getByLabel('or its lines').fill(`username,state\n${long}1,blocked\nx,`)
      await page.locator('dialog .coming-users').waitFor()
    },
  },
  {
    title: 'users, sought',
    arrange: async ({ page }) => {
      await leaveDialog(page)
      await goTo(page, '#users?state=blocked')
      await page.locator('.choice').first().waitFor()
    },
  },
  {
    title: 'users, none found',
    arrange: async ({ page }) => {
      await goTo(page, `#users?find=${'z'.repeat(80)}&state=blocked`)
      await page.locator('.users .empty').waitFor()
    },
  },
]
