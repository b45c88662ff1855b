import { expect, test } from 'vitest'
import type { Scenario } from '../../src/index.ts'
import { findLayoutFaults } from './layout-faults.ts'
import { show } from './situations.ts'
import { describeInBrowser, nine } from './stand.ts'

/** Names as people and systems give them: 1 to 100 characters, addresses, other scripts and directions. */
const names = [
  'x',
  'o-b',
  'maximilian',
  'tester.on.duty@customers.support.example.org',
  'maximiliana.featherstonehaugh-von-hohenzollern+second-factor@customers.support.example.org',
  'W'.repeat(100),
  'i l '.repeat(25).trim(),
  'שרה אבוטבול מחברת ארוכה מאוד',
  'محمد عبد الرحمن بن عبد العزيز',
  'قاعدة-user-42@مثال.example',
  '山田太郎山田太郎山田太郎山田太郎',
  '👩‍🚒🧑🏽‍💻👨‍👩‍👧‍👦 night shift',
  'Z̷̢̛a̵l̶g̸o̷',
]
const states = ['enter', 'onboarding', 'blocked', 'bypass'] as const

const corpus: Scenario = {
  ...nine,
  people: Object.fromEntries(names.map((name) => [`${name}.`, { 'secure-login': {}, 'gentics-cms': {} }])),
  'secure-login': {
    users: Object.fromEntries(
      names.map((name, index) => [name, { state: states[index % states.length] ?? 'enter', displayName: name }]),
    ),
  },
}

/** From a page at 400 % to the widest, the commonest laptops between them. */
const widths = [320, 412, 600, 834, 1024, 1280, 1366, 1440, 1536, 1920]

describeInBrowser('names of every length and script', (stand) => {
  test.each(['light', 'dark'] as const)(
    'stay off everything else, and scroll nothing sideways: %s',
    async (colorScheme) => {
      const { page, world } = await stand.open({ scenario: corpus, page: { colorScheme } })
      expect(world.secureLogin.users().items.map(({ username }) => username)).toEqual(expect.arrayContaining(names))
      const faults: string[] = []
      const look = async (title: string): Promise<void> => {
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 })
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
          for (const fault of await page.evaluate(findLayoutFaults, undefined))
            faults.push(`${title}, ${width} px: ${fault}`)
        }
      }
      await page.locator('.row.user').nth(names.length).waitFor()
      await look('closed')
      for (const name of names.filter((_, index) => index === 4 || index === 7))
        await page.locator('.row.user > .who', { hasText: name }).first().click()
      await page.locator('.details .fields').nth(1).waitFor()
      await look('opened')
      await show(page, 'sequence')
      await page.getByRole('combobox', { name: 'of' }).selectOption({ label: names[4] as string })
      await page.locator('main.sequence').waitFor()
      await look('sequence')
      expect(faults).toEqual([])
    },
  )
})
