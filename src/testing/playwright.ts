import {
  expect as baseExpect,
  test as base,
  type BrowserContext,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestInfo,
  type TestType,
} from '@playwright/test'
import type { ApiChoice, Scenario, ScenarioName } from '../scenario/written-scenario.ts'
import { worldHeader } from '../core/world-header.ts'
import { listen } from '../server/node.ts'
import { createNodeWorld } from '../hosts/node-world.ts'
import type { LintLevel } from '../core/lint.ts'
import { checkLevel, tellLints } from './tell-lints.ts'
import { matchers } from './matchers.ts'
import { RemoteWorld } from './remote-world.ts'

/** What a test can ask for; each test has its own. */
export interface UnderstudyFixtures {
  /** What the world plays: `test.use({ scenario: 'lockout' })`; what the server plays, if left out. */
  scenario: ScenarioName | Scenario | undefined
  /**
   * What becomes of what the app does against the rules of an API, such as a code that is sent while blocked: a warning at
   * the end of the test, an error, or nothing ('warn').
   */
  lint: LintLevel
  /** A fresh world, that no other test has seen. `page`, `context` and `request` are in it, by a cookie. */
  world: RemoteWorld
}

/** What the tests of one worker share. */
export interface UnderstudyWorkerFixtures {
  /** The server that has the worlds: UNDERSTUDY_URL, or one that is started for this worker. */
  understudyUrl: string
  /**
   * Which APIs that server plays, unless a scenario says it, as `createWorld` takes them (all of this package): `use: { apis: [turnstile] }`, and of
   * several `[[turnstile, gate], { scope: 'worker' }]`, as Playwright wants lists. One in the environment plays what it was
   * started with.
   */
  apis: ApiChoice | undefined
}

type Cookie = Awaited<ReturnType<BrowserContext['cookies']>>[number]

/**
 * Playwright's `test` with a world for each test. To one that fails, a transcript with reasons is attached.
 *
 * @example
 * ```ts
 * import { expect } from '@playwright/test'
 * import { test } from 'auth-understudy/playwright'
 *
 * test('says that the account is blocked', async ({ page, world }) => {
 *   await world.setUser('secure-login', 'alice', { state: 'blocked', for: '30m' })
 *   await page.goto('/login')
 *   await expect(page.getByRole('alert')).toContainText('blocked')
 * })
 * ```
 * @since 0.1.0
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & UnderstudyFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & UnderstudyWorkerFixtures
> = base.extend<UnderstudyFixtures, UnderstudyWorkerFixtures>({
  understudyUrl: [
    async ({ apis }, use) => {
      const url = process.env['UNDERSTUDY_URL']
      if (url !== undefined && url !== '') {
        await use(url)
        return
      }
      const server = await listen(await createNodeWorld('default', apis === undefined ? {} : { apis }))
      await use(server.url)
      await server.close()
    },
    { scope: 'worker', option: true },
  ],
  apis: [undefined, { scope: 'worker', option: true }],
  scenario: [undefined, { option: true }],
  lint: ['warn', { option: true }],
  world: async ({ understudyUrl, scenario, lint }, use, testInfo) => {
    checkLevel(lint)
    // The token is that of the server in the environment, and told to no other.
    const token = process.env['UNDERSTUDY_URL'] === understudyUrl ? process.env['UNDERSTUDY_ADMIN_TOKEN'] : undefined
    const world = new RemoteWorld(understudyUrl, nameFor(testInfo), token)
    if (scenario === undefined) await world.reset()
    else await world.play(scenario)
    await use(world)
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('auth-understudy', { body: await world.transcript(), contentType: 'text/plain' })
    }
    const found = lint === 'off' || testInfo.status !== testInfo.expectedStatus ? [] : await world.lints()
    await world.drop()
    tellLints(lint, testInfo.title, found)
  },
  context: async ({ context, world, baseURL }, use) => {
    await context.addCookies(cookiesFor(world, [world.url, baseURL]))
    await use(context)
  },
  request: async ({ request, playwright, world, baseURL }, use) => {
    const { cookies, origins } = await request.storageState()
    const storageState = { cookies: [...cookies, ...cookiesFor(world, [world.url, baseURL])], origins }
    const own = await playwright.request.newContext({ storageState })
    await use(own)
    await own.dispose()
  },
})

/**
 * Playwright's `expect`, that knows what a world was asked: of one that is elsewhere, as those of these tests are, it has to
 * be waited for.
 *
 * @example
 * ```ts
 * import { expect, test } from 'auth-understudy/playwright'
 *
 * test('sends no code while blocked', async ({ page, world }) => {
 *   await page.goto('/login')
 *   await expect(world).not.toHaveAsked('secure-login.auth', { while: 'blocked' })
 * })
 * ```
 * @since 0.1.0
 */
export const expect: typeof baseExpect = baseExpect.extend(matchers)

/** Letters of the title, for people who look at the server's worlds, and letters that nothing else has. */
function nameFor({ title }: TestInfo): string {
  const words = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
  return `${words}-${crypto.randomUUID().slice(0, 18)}`.replace(/^-+/, '')
}

/** A cookie and not a header, which would be sent to strangers too, and asked leave for across origins. */
function cookiesFor(world: RemoteWorld, urls: readonly (string | undefined)[]): Cookie[] {
  const hosts = new Set(urls.filter((url) => url !== undefined).map((url) => new URL(url).hostname))
  return [...hosts].map((domain) => ({
    name: worldHeader,
    value: world.name,
    domain,
    path: '/',
    expires: -1,
    httpOnly: false,
    secure: false,
    sameSite: 'Lax',
  }))
}
