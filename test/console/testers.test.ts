import { readFileSync } from 'node:fs'
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInBrowser, type Opened } from './stand.ts'

const page = readFileSync(new URL('../../docs/testers.md', import.meta.url), 'utf8')
const sections = page
  .split('\n## ')
  .slice(1)
  .map((section) => ({ title: section.slice(0, section.indexOf('\n')), text: section }))
const tasks = sections.filter(({ text }) => /^1\. /m.test(text))

/** What a step took. */
interface Effort {
  readonly clicks: number
  readonly keys: number
}

type Doing = (opened: Opened, ...words: string[]) => Promise<Effort>

/** The words of the page, and what somebody does who reads them. */
const doings: readonly (readonly [RegExp, Doing])[] = [
  [
    /^Press \*\*([^*]+)\*\*(?: at \*\*([^*]+)\*\*)?\.$/,
    async (opened, name = '', at) => {
      const place = at === undefined ? placeOf(opened) : opened.user(at)
      const who = (at === undefined ? opened.user(escape(name)) : place).locator(at === undefined ? '.who' : '.none')
      const named = (['button', 'link', 'switch'] as const).map((role) => place.getByRole(role, { name, exact: true }))
      await named
        .reduce((one, other) => one.or(other), who)
        .first()
        .click()
      return { clicks: 1, keys: 0 }
    },
  ],
  [
    /^Choose the file \*\*([^*]+)\*\* as \*\*([^*]+)\*\*\.$/,
    async (opened, name = '', label = '') => {
      const buffer = Buffer.from(/```csv\n([\s\S]*?)```/.exec(page)?.[1] ?? '')
      await placeOf(opened).getByLabel(label, { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer })
      return { clicks: 2, keys: 0 }
    },
  ],
  [
    /^Choose \*\*([^*]+)\*\* in \*\*([^*]+)\*\*\.$/,
    async (opened, word = '', label = '') => {
      const list = placeOf(opened).getByRole('combobox', { name: label, exact: true })
      const words = await list.locator('option').allInnerTexts()
      const option = words.find((each) => each === word || each.startsWith(`${word}:`))
      await list.selectOption({ label: option ?? word })
      return { clicks: 2, keys: 0 }
    },
  ],
  [
    /^Write \*\*([^*]+)\*\* into \*\*([^*]+)\*\*\.$/,
    async (opened, text = '', label = '') => {
      const field = placeOf(opened).getByRole('textbox', { name: label, exact: true })
      await field.click()
      await field.pressSequentially(text)
      return { clicks: 1, keys: text.length }
    },
  ],
]

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Who sees a dialog sees nothing else. */
function placeOf(opened: Opened): Locator {
  return opened.page.locator('dialog, body:not(:has(dialog))')
}

async function follow(opened: Opened, step: string): Promise<Effort> {
  for (const [words, doing] of doings) {
    const match = words.exec(step)
    if (match !== null) return doing(opened, ...match.slice(1))
  }
  throw new Error(`Nobody knows what "${step}" means.`)
}

/** The characters of the last command of a task, with Enter. */
function commandOf(text: string): number {
  const [, code = ''] = /```sh\n([\s\S]*?)```/.exec(text) ?? []
  const last =
    code
      .trim()
      .split('\n')
      .findLast((line) => line.startsWith('npx ')) ?? ''
  return last.replace(/\s{2,}# .*$/, '').length + 1
}

/** The table at the end of the page: what each task took there. */
const told = new Map(
  [...page.matchAll(/^\| ([A-Z][^|]+) \| (\d+) \| (\d+) \| (\d+) \|/gm)].map(
    ([, title = '', ...numbers]) => [title, numbers.map(Number)] as const,
  ),
)

test('the page for testers has ten tasks, and counts each', () => {
  expect(tasks.length).toBe(10)
  expect([...told.keys()]).toEqual(tasks.map(({ title }) => title))
})

describeInBrowser('a tester who follows docs/testers.md', (stand) => {
  test.each(tasks.map(({ title, text }) => [title, text] as const))('%s', async (title, text) => {
    const opened = await stand.open({ scenario: 'default' })
    const steps = [...text.matchAll(/^\d+\. (.*)$/gm)].map(([, step = '']) => step)
    const effort = { clicks: 0, keys: 0 }
    for (const step of steps) {
      const { clicks, keys } = await follow(opened, step)
      effort.clicks += clicks
      effort.keys += keys
    }
    const [, words = '', at] = /^Then \*\*([^*]+)\*\* stands (?:at \*\*([^*]+)\*\*|there)/m.exec(text) ?? []
    expect(words).not.toBe('')
    const place = at === undefined ? opened.page.locator('body') : opened.user(at).locator('.state')
    await expect.poll(() => place.innerText()).toContain(words)
    expect([effort.clicks, effort.keys, commandOf(text)]).toEqual(told.get(title))
  })
})
