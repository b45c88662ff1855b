import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Phone } from '../support/phone.ts'
import { describeInBrowser } from './stand.ts'

describeInBrowser('faults and settings of the console', (stand) => {
  test('puts a fault in force, counts what it strikes, and takes it off', async () => {
    const opened = await stand.open({ at: '#faults' })
    const { page, world } = opened
    expect(await page.locator('.empty').innerText()).toMatch(/^None\./)
    await page.getByLabel('Which request').selectOption('secure-login.user')
    await page.getByLabel('At most (times)').fill('2')
    await opened.button('Put in force').click()
    const fault = page.locator('.fault')
    await expect.poll(() => fault.innerText()).toMatch(/status 503 on secure-login\.user, 2 times\s+struck 0 of 0/)
    const alice = await Phone.signIn(world, 'alice')
    expect(await alice.state()).toBe('503')
    await expect.poll(() => fault.innerText()).toContain('struck 1 of 1')
    await page.getByRole('button', { name: 'Take fault f1 off' }).click()
    await expect.poll(() => fault.count()).toBe(0)
    expect(world.faults.list()).toEqual([])
  })

  test('knows every effect, and says what it cannot read', async () => {
    const opened = await stand.open({ at: '#faults' })
    const { page, world } = opened
    const names = await page.getByLabel('What happens').locator('option').allInnerTexts()
    await page.getByLabel('Which request').selectOption('gentics-cms.me')
    for (const [index, label] of names.entries()) {
      await page.getByLabel('What happens').selectOption({ label })
      await opened.button('Put in force').click()
      await expect.poll(() => page.locator('.fault').count()).toBe(index + 1)
    }
    expect(world.faults.list().map(({ what }) => what.replace(' on gentics-cms.me', ''))).toEqual([
      'status 503',
      'the error FAILURE',
      'a delay of 5s',
      'a reset connection',
      'a truncated body',
      'a malformed body',
      'no member "state"',
      'no cookie',
      'the header Retry-After: 120',
      'the content type text/html',
    ])
    await page.getByLabel('For', { exact: true }).fill('a while')
    await opened.button('Put in force').click()
    await expect.poll(() => page.locator('.refused:not(:empty)').innerText()).toContain('"a while" is not a duration')
    await opened.button('Take all off').click()
    await expect.poll(() => world.faults.list()).toEqual([])
  })

  test('leaves alone what somebody is writing while the world goes on', async () => {
    const opened = await stand.open({ at: '#settings' })
    const field = opened.page.getByRole('region', { name: 'Secure Login' }).getByLabel('blockFor')
    await field.fill('7')
    opened.world.secureLogin.set({ blockAfter: 7 })
    const other = opened.page.getByRole('region', { name: 'Secure Login' }).getByLabel('blockAfter')
    await expect.poll(() => other.inputValue()).toBe('7')
    expect(await field.inputValue()).toBe('7')
    await field.press('m')
    await field.press('Enter')
    await expect.poll(() => opened.world.secureLogin.settings.blockFor).toBe(420_000)
  })

  test('changes settings of every kind at once', async () => {
    const opened = await stand.open({ at: '#settings' })
    const { page, world } = opened
    const section = page.getByRole('region', { name: 'Secure Login' })
    const desk = page.getByRole('region', { name: 'Sirportly' })
    await section.getByLabel('blockAfter').fill('5')
    await page.keyboard.press('Enter')
    await section.getByLabel('blockFor').fill('1h30m')
    await page.keyboard.press('Enter')
    await section.getByLabel('revision').selectOption('legacy')
    await section.getByLabel('trustProxy').click()
    await desk.getByLabel('applications').fill('one\ntwo')
    await page.keyboard.press('Control+Enter')
    await desk.getByLabel('lockFor').fill('10m')
    await desk.locator('.field', { hasText: 'lockFor' }).getByRole('button', { name: 'Set' }).click()
    await expect
      .poll(() => world.secureLogin.settings)
      .toMatchObject({
        blockAfter: 5,
        blockFor: 5_400_000,
        revision: 'legacy',
        trustProxy: true,
      })
    await expect.poll(() => world.sirportly.settings).toMatchObject({ applications: ['one', 'two'], lockFor: 600_000 })
    await expect.poll(() => desk.getByLabel('lockFor').inputValue()).toBe('10m')
    await desk.getByLabel('lockFor').fill('')
    await page.keyboard.press('Enter')
    await expect.poll(() => world.sirportly.settings.lockFor).toBe(null)
    await section.getByLabel('blockAfter').fill('many')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.refused:not(:empty)').innerText()).toContain('"many" is no number.')
    await expect
      .poll(() => section.locator('.field', { hasText: 'blockAfter' }).first().innerText())
      .toContain('Usually 3.')
  })
})

describeInBrowser('the worlds of the console', (stand) => {
  test('plays another scenario, and starts it again', async () => {
    const opened = await stand.open({ at: '#worlds' })
    const { page, world } = opened
    await page.getByLabel('Another one').selectOption('lockout')
    await opened.button('Play').click()
    await expect.poll(() => page.locator('.playing').innerText()).toMatch(/^plays\s+lockout/)
    world.secureLogin.user('tim').set({ state: 'bypass' })
    await opened.button('Reset').click()
    await expect.poll(() => world.secureLogin.user('tim').view().state).toBe('enter')
    await page.getByRole('link', { name: /^Users/ }).click()
    await opened.shows('tim', 'enter 2/3')
  })

  test('saves a snapshot, brings it back, downloads and forgets it', async () => {
    const opened = await stand.open({ at: '#worlds' })
    const { page, world } = opened
    await page.getByLabel('Keep this world as').fill('before')
    await opened.button('Save').click()
    await page.getByText('before', { exact: true }).waitFor()
    world.secureLogin.user('alice').set({ state: 'bypass' })
    await opened.button('Restore').click()
    await expect.poll(() => world.secureLogin.user('alice').view().state).toBe('enter')
    const waiting = page.waitForEvent('download')
    await opened.button('Download before').click()
    const file = await waiting
    expect(file.suggestedFilename()).toBe('before.json')
    expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toMatchObject({ kind: 'auth-understudy/snapshot' })
    await opened.button('Forget before').click()
    await expect.poll(() => world.worlds.snapshots.size).toBe(0)
    await page.getByLabel('Keep this world as').fill('no such name!')
    await opened.button('Save').click()
    await expect
      .poll(() => page.locator('.refused:not(:empty)').innerText())
      .toContain('is not a name of up to 64 letters')
  })

  test('makes a world, shows it apart from main, and drops it', async () => {
    const opened = await stand.open({ at: '#worlds' })
    const { page, world } = opened
    await page.getByLabel('A world of its own').fill('side')
    await opened.button('Make and show').click()
    await opened.user('alice').getByRole('button', { name: 'bypass' }).click()
    await opened.shows('alice', 'bypass 0/3')
    const side = world.worlds.get('side')
    expect(side.api('secure-login').user('alice').view().state).toBe('bypass')
    expect(world.secureLogin.user('alice').view().state).toBe('enter')
    await page.reload()
    await opened.shows('alice', 'bypass 0/3')
    // What happens in main is not shown here.
    world.secureLogin.user('bob').set({ state: 'blocked' })
    await page.getByRole('combobox', { name: 'World', exact: true }).selectOption('main')
    await opened.shows('alice', 'enter 0/3')
    await opened.shows('bob', /^blocked/)
    await page.getByRole('link', { name: /^Worlds/ }).click()
    await opened.button('Drop world side').click()
    await expect.poll(() => world.worlds.names()).toEqual(['main'])
  })

  test('arranges a situation of the contracts', async () => {
    const opened = await stand.open({ at: '#worlds' })
    const { page, world } = opened
    await page.getByLabel('Arrange').selectOption('a user who must enter the PIN')
    await page.getByLabel('failures').fill('2')
    await opened.button('Arrange').click()
    await expect.poll(() => world.secureLogin.user('alice').view()).toMatchObject({ state: 'enter', failures: 2 })
    await page.getByLabel('failures').fill('seven')
    await opened.button('Arrange').click()
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('"seven" is no number.')
  })
})
