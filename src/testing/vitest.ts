import { expect, test as base, type TestAPI } from 'vitest'
import type { SetupServer } from 'msw/node'
import { tellTranscript } from '../control/tell-why.ts'
import type { OptionNames } from '../core/check-options.ts'
import { UnderstudyError } from '../core/errors.ts'
import { quoted } from '../core/quoted.ts'
import type { WorldOf } from '../scenario/create-world.ts'
import type { ApiChoice, ApiSet, ChosenOf, Scenario, ScenarioName } from '../scenario/written-scenario.ts'
import type { LintLevel } from '../core/lint.ts'
import { checkLevel, tellLints } from './tell-lints.ts'
import { tellMisspelt } from './override.ts'
import { withServer, type UnhandledRequests } from './msw-server.ts'
import { matchers } from './matchers.ts'
import { createFetch } from '../hosts/fetch.ts'
import { listen } from '../server/node.ts'
import { createNodeWorld } from '../hosts/node-world.ts'
import type * as registry from '../apis/registry.ts'

/** What a test can ask for; each test has its own. */
export interface UnderstudyFixtures<Apis extends ApiSet = typeof registry> {
  /** What the world plays: `test.override({ scenario: 'lockout' })` ('default'). */
  scenario: ScenarioName | Scenario<Apis>
  /** Which APIs play, as `createWorld` takes them (all of this package); {@link testWith} types the world by them. */
  apis: ApiChoice | undefined
  /**
   * What becomes of what the code under test does against the rules of an API, such as a code that is sent while blocked: a
   * warning at the end of the test, an error, or nothing ('warn').
   */
  lint: LintLevel
  /** Whether MSW answers the requests of the code under test from the world (true). */
  intercept: boolean
  /**
   * The MSW server that your tests have already: `test.override({ server })`. Its handlers answer what the world does not.
   * After each test it is reset (`server.resetHandlers()`); it is started, and closed, only where it does not listen.
   */
  server: SetupServer | undefined
  /** What becomes of requests that nobody answers, as MSW's option of that name; a server that listens keeps its own ('warn'). */
  onUnhandledRequest: UnhandledRequests
  /** A fresh world, that no other test has seen. */
  world: WorldOf<Apis>
  /** MSW's server, yours if you gave one, for further handlers: `msw.use(…)`; undefined where nothing is intercepted. */
  msw: SetupServer | undefined
  /** A `fetch` that the world answers without MSW; what `test.concurrent` needs. */
  understudyFetch: typeof fetch
  /** Where the world answers on a port of its own, such as `http://127.0.0.1:41234`. */
  understudyUrl: string
}

/** How many exchanges a failing test tells of. */
const told = 50

expect.extend(matchers)

/** The test whose world MSW answers from: interception is the whole process's. */
let intercepting: string | undefined

const optionNames: OptionNames<UnderstudyFixtures> = {
  scenario: true,
  apis: true,
  lint: true,
  intercept: true,
  server: true,
  onUnhandledRequest: true,
  world: true,
  msw: true,
  understudyFetch: true,
  understudyUrl: true,
}

/**
 * Vitest's `test` with a world for each test. A test that fails says in its message what the world was asked, and why
 * it answered so.
 *
 * @example
 * ```ts
 * import { createSecureLoginClient } from 'auth-understudy/client'
 * import { test } from 'auth-understudy/vitest'
 * import { expect } from 'vitest'
 *
 * test('blocks after three wrong PINs', async ({ world }) => {
 *   const client = createSecureLoginClient({ baseUrl: 'https://jira.example/jira' })
 *   await client.login('alice', 'alice')
 *   for (const pin of ['000000', '111111', '222222']) await client.auth(pin)
 *   expect(world.secureLogin.user('alice').view().state).toBe('blocked')
 * })
 * ```
 * @since 0.1.0
 */
export const test: TestAPI<UnderstudyFixtures> = tellMisspelt(
  base.extend<UnderstudyFixtures>({
    scenario: 'default',
    apis: undefined,
    lint: 'warn',
    intercept: true,
    server: undefined,
    onUnhandledRequest: 'warn',
    world: async ({ scenario, apis, lint, task }, use) => {
      checkLevel(lint)
      const world = (await createNodeWorld(scenario, apis === undefined ? {} : { apis })) as WorldOf
      await use(world)
      const error = task.result?.state === 'fail' ? task.result.errors?.at(-1) : undefined
      if (error === undefined) return tellLints(lint, task.name, await world.lints())
      const whys = world.requests.slice(-told).map(({ id }) => world.why(id))
      const message = `${error.message}\n\n${tellTranscript(whys, world.journal.total)}`
      // Some reporters show the message, some the stack, which repeats it.
      if (error.stack !== undefined) error.stack = error.stack.replace(error.message, () => message)
      error.message = message
    },
    msw: [
      async ({ world, intercept, server, onUnhandledRequest, task }, use) => {
        if (typeof intercept !== 'boolean')
          throw new UnderstudyError('ERR_USAGE', `intercept is true or false, not ${quoted(intercept)}.`)
        if (!intercept) {
          await use(undefined)
          return
        }
        claim(task.name)
        try {
          await withServer(world, { server, onUnhandledRequest }, use)
        } finally {
          intercepting = undefined
        }
      },
      { auto: true },
    ],
    understudyFetch: async ({ world }, use) => use(createFetch(world)),
    understudyUrl: async ({ world }, use) => {
      const server = await listen(world)
      await use(server.url)
      await server.close()
    },
  }),
  optionNames,
)

/**
 * The same `test` with APIs of your own, or some of this package: scenarios and the world are typed by them.
 *
 * @example
 * ```ts
 * import { testWith } from 'auth-understudy/vitest'
 * import { expect } from 'vitest'
 *
 * const test = testWith(['secure-login'])
 *
 * test('plays nothing else', ({ world }) => {
 *   expect(world.apis.map(({ id }) => id)).toEqual(['secure-login'])
 * })
 * ```
 * @since 0.1.0
 */
export function testWith<const Apis extends ApiChoice>(apis: Apis): TestAPI<UnderstudyFixtures<ChosenOf<Apis>>> {
  // As a function, since a list would be taken for a fixture and its options.
  // oxlint-disable-next-line no-empty-pattern
  const extended = test.extend({ apis: ({}, use) => use(apis) })
  return tellMisspelt(extended, optionNames) as unknown as TestAPI<UnderstudyFixtures<ChosenOf<Apis>>>
}

function claim(name: string): void {
  if (intercepting !== undefined) {
    throw new UnderstudyError(
      'ERR_NOT_SUPPORTED',
      `"${name}" runs at the same time as "${intercepting}", and MSW cannot tell whose request is whose. In concurrent tests say test.override({ intercept: false }), and use understudyFetch or understudyUrl.`,
    )
  }
  intercepting = name
}
