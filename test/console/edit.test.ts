import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeInBrowser, type Opened } from './stand.ts'

const wrong = [
  'description: typos',
  'secure-login:',
  '  blockAftr: 3',
  '  users:',
  '    alice: { state: blokced }',
  '',
].join('\n')

/** The dialog, open, with what is played. */
async function edit({ page, button }: Opened): Promise<ReturnType<Opened['page']['getByLabel']>> {
  await button('Edit…').click()
  const area = page.getByLabel('The scenario in YAML')
  await expect.poll(() => area.inputValue()).toContain('secure-login:')
  return area
}

describeInBrowser('a scenario that is edited in the console', (stand) => {
  test('begins with what is played, is checked by line, and played', async () => {
    const opened = await stand.open({ at: '#worlds' })
    const { page, world, button } = opened
    const before = world.snapshot().records
    const area = await edit(opened)
    const text = await area.inputValue()
    expect(text).toContain('2026-01-15T09:00:00Z')
    await area.fill(wrong)
    await button('Check').click()
    const mistakes = page.locator('.mistakes li')
    await expect
      .poll(() => mistakes.allInnerTexts())
      .toEqual([
        expect.stringMatching(
          /^3:3 secure-login\.blockAftr: "blockAftr" is not known here; .* Did you mean "blockAfter"\?$/,
        ),
        expect.stringMatching(/^5:21 secure-login\.users\.alice\.state: .* Did you mean "blocked"\?$/),
      ])
    expect(await page.locator('.numbers b').allInnerTexts()).toEqual(['▸3', '▸5'])
    // A wrong text is not played either.
    await page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true }).click()
    await expect.poll(() => mistakes.count()).toBe(2)
    expect(world.snapshot().records).toEqual(before)
    await button('5:21').click()
    expect(await area.evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart))).toMatch(
      /^blokced/,
    )
    await area.fill(wrong.replace('Aftr', 'After').replace('blokced', 'bypass'))
    expect(await mistakes.count()).toBe(0)
    await button('Check').click()
    await page.getByText('Nothing is wrong with it. typos').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Play', exact: true }).click()
    await page.locator('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => world.secureLogin.user('alice').view().state).toBe('bypass')
    expect(world.scenario.description).toBe('typos')
  })

  test.each([
    ['a name twice', 'seed: 1\nseed: 2\n', /^2:1 "seed" is here twice; it is in line 1 already\.$/],
    ['a merge that is none', 'secure-login:\n  <<: 7\n', /^2:3 "<<" takes a map, or a list of maps, such as \*name\.$/],
    [
      'a file that cannot be reached from here',
      'seed: 1\nextends: ./base.yaml\n',
      /^2:10 extends: There is no scenario ".\/base\.yaml"/,
    ],
    ['no map', '- a\n', /^1:1 It is a map/],
    ['what only two members together get wrong', 'secure-login:\n  users:\n    bob: { failures: 3 }\n', /^3:/],
  ])('says where there is %s', async (_, text, told) => {
    const opened = await stand.open({ at: '#worlds' })
    const area = await edit(opened)
    await area.fill(text)
    await opened.button('Check').click()
    await expect.poll(() => opened.page.locator('.mistakes').innerText()).toMatch(told)
  })

  test('keeps what was written while the dialog is closed, and gives it as a file', async () => {
    const opened = await stand.open({ at: '#worlds' })
    const { page, button } = opened
    const area = await edit(opened)
    const played = await area.inputValue()
    await area.fill('extends: lockout\n')
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await button('Edit…').click()
    await expect.poll(() => area.inputValue()).toBe('extends: lockout\n')
    const waiting = page.waitForEvent('download')
    await button('Download').click()
    const file = await waiting
    expect([file.suggestedFilename(), readFileSync(await file.path(), 'utf8')]).toEqual([
      'scenario.yaml',
      'extends: lockout\n',
    ])
    await button('What is played').click()
    await expect.poll(() => area.inputValue()).toBe(played)
  })

  test('is not written over by what is played, when that comes late', async () => {
    const opened = await stand.open({ at: '#worlds', page: {} })
    const { page, button } = opened
    let answer = (): void => undefined
    const promise = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/scenario', async (asked) => {
      await promise
      await asked.continue()
    })
    await button('Edit…').click()
    const area = page.getByLabel('The scenario in YAML')
    await area.fill('seed: 7\n')
    const answered = page.waitForResponse('**/scenario')
    answer()
    await (await answered).finished()
    await button('Check').click()
    await page.getByText('Nothing is wrong with it.').waitFor()
    expect(await area.inputValue()).toBe('seed: 7\n')
  })

  test('is asked for when it is opened, and says so where nobody answers', async () => {
    const opened = await stand.open({ at: '#worlds', page: {} })
    const { page, button } = opened
    await page.route('**/edit-dialog*', (asked) => asked.abort())
    await button('Edit…').click()
    await page.locator('.toast', { hasText: 'That could not be opened' }).waitFor()
    expect(await page.locator('dialog').count()).toBe(0)
  })
})
