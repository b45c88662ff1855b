import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { fromLink } from '../../src/scenario/link.ts'
import { callControl } from '../support/control-client.ts'
import { Phone } from '../support/phone.ts'
import { scenarioFiles } from '../support/scenario-files.ts'
import { describeInBrowser } from './stand.ts'

describeInBrowser('what I did, in the console', (stand) => {
  test('is shown as a script or a test, to be copied or downloaded', async () => {
    const opened = await stand.open({ at: '#requests' })
    const { page, world } = opened
    const alice = await Phone.signIn(world, 'alice')
    await alice.auth('000000')
    await callControl(world, 'PUT', '/users/alice', { state: 'blocked', for: '30m' })
    await alice.state()
    await opened.button('What I did').click()
    const dialog = page.getByRole('dialog', { name: 'What I did' })
    await expect.poll(() => dialog.innerText()).toContain('1 forced, 3 asked')
    const text = (): Promise<string> => dialog.locator('textarea').inputValue()
    expect(await text()).toContain('understudy user set alice blocked for=30m --api secure-login')
    await dialog.getByLabel('As').selectOption('vitest')
    await expect.poll(text).toContain("world.api('secure-login').user('alice').set({ state: 'blocked', for: '30m' })")
    await dialog.getByRole('button', { name: 'Copy' }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(await text())
    const waiting = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download' }).click()
    const file = await waiting
    expect(file.suggestedFilename()).toBe('script.test.ts')
    expect(readFileSync(await file.path(), 'utf8')).toBe(await text())
  })

  test('is saved as a scenario, which plays the world as it was', async () => {
    const opened = await stand.open({ at: '#worlds' })
    opened.world.secureLogin.user('alice').set({ state: 'blocked', for: '30m' })
    await opened.button('Save as scenario').click()
    const dialog = opened.page.getByRole('dialog', { name: 'What I did' })
    const waiting = opened.page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download' }).click()
    const text = readFileSync(await (await waiting).path(), 'utf8')
    const again = await createWorld(scenarioFiles({ 'world.yaml': text })['world.yaml'])
    expect(again.secureLogin.user('alice').view()).toMatchObject({ state: 'blocked' })
  })
})

describeInBrowser('handing over in the console', (stand) => {
  test('a request has a link that opens it, and a line of curl', async () => {
    const opened = await stand.open({ at: '#requests' })
    const { page, world } = opened
    const alice = await Phone.signIn(world, 'alice')
    await alice.auth('4711')
    const id = world.requests[0]?.id ?? ''
    await page.locator('.stream .request .line').last().click()
    await opened.button('Copy the link').click()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toBe(`${opened.url}/__understudy/#request=${id}`)
    await opened.button('Copy as curl').click()
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/^curl(?:\.exe)? -i .*"username":"alice","password":"alice"/)
    const other = await stand.open({ world, at: `#request=${id}` })
    await expect.poll(() => other.page.locator('.details:visible').innerText()).toContain(`Request ${id}`)
    expect(await other.page.locator('.stream .request [aria-expanded=true]').count()).toBe(1)
  })

  test('a link to a request that is not there says so', async () => {
    const opened = await stand.open({ at: '#request=r999' })
    await expect.poll(() => opened.page.locator('.linked').innerText()).toContain('has no request "r999"')
  })

  test('a shared world brings its requests along, and what their users sign in with', async () => {
    const opened = await stand.open()
    const { page, world } = opened
    const alice = await Phone.signIn(world, 'alice')
    await alice.auth('910817')
    await opened.button('Share').click()
    await page.getByRole('switch', { name: 'With requests' }).click()
    await page.getByRole('switch', { name: 'With codes' }).click()
    const text = page.getByLabel('A link to it')
    const linkOf = async (): Promise<string> => JSON.stringify(await fromLink(await text.inputValue()))
    await expect.poll(linkOf).toContain('910817')
    const link = await text.inputValue()
    const developer = await stand.open({ at: link.slice(link.indexOf('#')) })
    const dialog = developer.page.getByRole('dialog', { name: 'A shared world' })
    await dialog.getByText('2 requests before that').click()
    expect(await dialog.locator('pre').innerText()).toMatch(/POST .*session → 200 SL-H1: .*\n.*auth → 200 SL-10/)
  })
})

describeInBrowser('a link for one use', (stand) => {
  test('lets one in who has no token, once, and is taken out of the address', async () => {
    const opened = await stand.open({ listen: { host: '0.0.0.0', adminToken: 'a-token-of-ours' }, ready: '.token' })
    const { page } = opened
    await page.getByRole('textbox', { name: 'Token' }).fill('a-token-of-ours')
    await page.keyboard.press('Enter')
    await opened.button('Share').click()
    await opened.button('Copy a link for one use').click()
    await page.getByText('The link for one use was copied').waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toMatch(/#pass=[\w-]{32}&world=/)
    expect(link).not.toContain('a-token-of-ours')
    const context = await page.context().browser()?.newContext()
    if (context === undefined) throw new Error('there is no browser')
    for (const [asked, wanted] of [
      [0, 'A shared world'],
      [1, 'was used already, or is too old'],
    ] as const) {
      const stranger = await context.newPage()
      await stranger.goto(link)
      await stranger.getByText(wanted).waitFor()
      expect(stranger.url()).not.toContain('pass=')
      expect(await stranger.locator('.token').count()).toBe(asked)
      await stranger.close()
    }
    await context.close()
  })
})
