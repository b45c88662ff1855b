import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { fromLink } from '../../src/scenario/link.ts'
import { Phone } from '../support/phone.ts'
import { scenarioFiles } from '../support/scenario-files.ts'
import { describeInBrowser, nine } from './stand.ts'

describeInBrowser('sharing in the console', (stand) => {
  test('makes a link and a file without secrets, which a console, a test and the server play', async () => {
    const opened = await stand.open()
    const { page, world } = opened
    const alice = await Phone.signIn(world, 'alice')
    for (const pin of ['1', '2', '3']) await alice.auth(pin)
    await opened.button('Share').click()
    await page.getByLabel('What is wrong?').fill('alice is blocked too early')
    await opened.button('Copy the link').click()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toMatch(new RegExp(`^${opened.url}/__understudy/#world=[\\w-]+$`))
    const waiting = page.waitForEvent('download')
    await opened.button('Download repro.yaml').click()
    const text = readFileSync(await (await waiting).path(), 'utf8')
    for (const shared of [JSON.stringify(await fromLink(link)), text]) {
      expect(shared).toContain('alice is blocked too early')
      for (const secret of ['910817', alice.session, 's3cret']) expect(shared).not.toContain(secret)
    }
    const inTest = await createWorld(scenarioFiles({ 'repro.yaml': text })['repro.yaml'])
    expect(inTest.secureLogin.user('alice').view()).toMatchObject({ state: 'blocked', failures: 3 })

    const developer = await stand.open({ scenario: 'lockout', at: link.slice(link.indexOf('#')) })
    const dialog = developer.page.getByRole('dialog', { name: 'A shared world' })
    await expect.poll(() => dialog.innerText()).toContain('alice is blocked too early')
    expect(await dialog.innerText()).toMatch(/changed since its start\s+alice, 1 other record/)
    expect(developer.world.scenario.name).toBe('lockout')
    await dialog.getByRole('button', { name: 'Play it here, in world main' }).click()
    await developer.shows('alice', 'blocked 3/3 30:00')
    expect(await dialog.count()).toBe(0)
    // It is offered once, not with every reload.
    expect(developer.page.url()).not.toContain('world=')
  })

  test('plays a file in a world of its own, and leaves main as it was', async () => {
    const opened = await stand.open({ at: '#worlds' })
    const files = scenarioFiles({
      'repro.yaml':
        'description: one before the limit\nextends: default\nsecure-login: { users: { alice: { failures: 2 } } }\n',
    })
    await opened.page.getByLabel('Open a file').setInputFiles(files['repro.yaml'])
    const dialog = opened.page.getByRole('dialog')
    await expect.poll(() => dialog.innerText()).toContain('one before the limit')
    await dialog.getByLabel('in a world of its own').fill('bug-7')
    await dialog.getByRole('button', { name: 'Play it there' }).click()
    await opened.shows('alice', 'enter 2/3')
    expect(opened.world.secureLogin.user('alice').view().failures).toBe(0)
    expect(opened.world.worlds.get('bug-7').scenario.description).toBe('one before the limit')
  })

  test('says what is wrong with a link or a file, and changes nothing', async () => {
    const opened = await stand.open({ scenario: nine, at: '#world=broken' })
    const dialog = opened.page.getByRole('dialog')
    await expect
      .poll(() => dialog.innerText())
      .toContain('The link holds no world; it may have been cut off on its way.')
    await opened.page.keyboard.press('Escape')
    await opened.page.getByRole('link', { name: /^Worlds/ }).click()
    const files = scenarioFiles({ 'wrong.yaml': 'secure-login: { users: { alice: { state: blocekd } } }\n' })
    await opened.page.getByLabel('Open a file').setInputFiles(files['wrong.yaml'])
    await expect.poll(() => dialog.innerText()).toContain('Did you mean "blocked"?')
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => dialog.count()).toBe(0)
    await opened.page.getByLabel('Open a link').fill('http://127.0.0.1/nothing')
    await opened.button('Open').click()
    await expect.poll(() => dialog.innerText()).toContain('a map, either of a snapshot or of a scenario')
  })
})
