import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { outcome } from '../support/help-desk.ts'
import { apiPath, Phone } from '../support/phone.ts'
import { shrunkPicture } from '../support/shrunk-picture.ts'
import { describeInBrowser } from './stand.ts'

const images = new URL('../../docs/images/', import.meta.url)
const rewrite = process.env['UNDERSTUDY_SCREENSHOTS'] === '1'

/** A morning in which something of everything happens. */
async function morning(): Promise<WorldOf> {
  const world = await createWorld('default', {
    overrides: { clock: { at: '2026-01-15T09:00:00Z', frozen: true } },
    salt: 'pictures',
  })
  const alice = await Phone.signIn(world, 'alice')
  await alice.state()
  await alice.auth('000000')
  await alice.auth('111111')
  world.clock.advance('40s')
  await outcome(world, { username: 'faye', password: 's3cret', account: 'atech', two_factor_code: '000000' })
  await alice.auth('222222')
  await alice.state()
  world.clock.advance('31m')
  await alice.auth('910817')
  await alice.state()
  world.secureLogin.user('carol').set({ state: 'blocked', for: '25m' })
  world.secureLogin.user('alice').set({ failures: 2 })
  world.faults.add({ on: 'secure-login.info', reply: { status: 503 }, times: 2 })
  await alice.send('GET', `${apiPath}/info`)
  return world
}

const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 }

const pictures: readonly {
  readonly name: string
  readonly at: string
  readonly page: BrowserContextOptions
  readonly ready: (page: Page) => Promise<void>
  /** The part that is shown; the whole window if left out. */
  readonly part?: string
}[] = [
  {
    name: 'console-light',
    at: '',
    page: { ...desk, colorScheme: 'light' },
    ready: (page) => page.locator('.line').nth(9).waitFor(),
  },
  {
    name: 'console-dark',
    at: '#requests',
    page: { ...desk, colorScheme: 'dark' },
    ready: async (page) => {
      await page.locator('.line', { hasText: 'SL-14' }).click()
      await page.locator('.record.changed').first().waitFor()
      await page.evaluate(() => scrollBy(0, 360))
    },
  },
  {
    name: 'console-sequence',
    at: '#sequence',
    // High enough to show all of it without scrolling.
    page: { ...desk, viewport: { width: 1120, height: 1240 }, colorScheme: 'light' },
    ready: async (page) => {
      await page.getByRole('combobox', { name: 'of' }).selectOption({ label: 'alice' })
      await page.locator('text.state', { hasText: 'blocked' }).waitFor()
    },
    part: '.picture',
  },
  {
    name: 'console-phone',
    at: '',
    page: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, colorScheme: 'light', hasTouch: true },
    ready: (page) => page.locator('.row.user').nth(3).waitFor(),
  },
  {
    name: 'console-phone-dark',
    at: '#requests',
    page: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, colorScheme: 'dark', hasTouch: true },
    ready: (page) => page.locator('.line').nth(3).waitFor(),
  },
  {
    name: 'console-tablet',
    at: '',
    page: { viewport: { width: 768, height: 1024 }, deviceScaleFactor: 1.5, colorScheme: 'light', hasTouch: true },
    ready: (page) => page.locator('.row.user').nth(3).waitFor(),
  },
]

describeInBrowser('the pictures of the console', (stand) => {
  test.each(pictures)(
    '$name shows what it is for, and is in docs/images',
    async ({ name, at, page: settings, ready, part }) => {
      const { page } = await stand.open({ world: await morning(), at, page: { ...settings, reducedMotion: 'reduce' } })
      await ready(page)
      await page.evaluate(() => document.fonts.ready)
      const picture = await (part === undefined ? page : page.locator(part)).screenshot()
      const { width, height } = settings.viewport as { width: number; height: number }
      const scale = settings.deviceScaleFactor as number
      const [wide, high] = sizeOf(picture)
      expect(wide).toBeGreaterThan(width * scale * 0.8)
      expect(high).toBeGreaterThan(height * scale * 0.6)
      // One colour would take a few hundred bytes.
      expect(picture.length).toBeGreaterThan(30_000)
      const file = new URL(`${name}.png`, images)
      // Fonts differ from machine to machine, so the committed ones change only when somebody asks for it.
      if (rewrite || !existsSync(file)) {
        mkdirSync(images, { recursive: true })
        writeFileSync(file, shrunkPicture(picture))
      }
      expect(readFileSync(file).length).toBeGreaterThan(15_000)
    },
  )
})

/** Width and height of a PNG. */
function sizeOf(png: Buffer): [number, number] {
  return [png.readUInt32BE(16), png.readUInt32BE(20)]
}
