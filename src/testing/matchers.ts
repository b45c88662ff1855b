import type * as registry from '../apis/registry.ts'
import type { OperationName, StateName } from '../scenario/written-scenario.ts'
import type { World } from '../world/world.ts'
import { judgeAsked, judgeOrder, type AskedOptions, type AskedStep, type AssertionVerdict } from './asked.ts'
import type { RemoteWorld } from './remote-world.ts'

/** What a test library tells its matchers. */
interface Matching {
  readonly isNot?: boolean
}

type Judge = AssertionVerdict | Promise<AssertionVerdict>

/** The matchers, as `expect.extend` of Vitest, Jest and Playwright takes them. */
export type WorldMatchers = {
  readonly toHaveAsked: (this: Matching, world: unknown, operation: string, options?: AskedOptions) => Judge
  readonly toHaveAskedInOrder: (this: Matching, world: unknown, steps: readonly AskedStep[]) => Judge
}

/**
 * Matchers for what a world was asked. `auth-understudy/vitest` and `auth-understudy/playwright` know them already; for any
 * other `expect`: `expect.extend(matchers)`. A word that means nothing, such as a misspelt operation, is an error with and
 * without `not`.
 *
 * @example
 * ```ts
 * import { createWorld } from 'auth-understudy'
 * import { createFetch } from 'auth-understudy/fetch'
 * import { matchers } from 'auth-understudy/matchers'
 * import { expect } from '@playwright/test'
 *
 * expect.extend(matchers)
 *
 * const world = await createWorld()
 * await createFetch(world)('https://jira.example/jira/rest/securelogin-admin/1.0/api/info')
 * expect(world).toHaveAsked('secure-login.info', { times: 1, outcome: 'accepted' })
 * expect(world).not.toHaveAsked('secure-login.auth', { while: 'blocked' })
 * console.log(world.asked('secure-login.*').length) // 1
 * ```
 * @since 0.1.0
 */
export const matchers: WorldMatchers = {
  toHaveAsked(world, operation, options = {}) {
    return judgeAsked(world, operation, options, this.isNot === true)
  },
  toHaveAskedInOrder(world, steps) {
    return judgeOrder(world, steps, this.isNot === true)
  },
}

type OperationOf<Some> =
  Some extends World<infer On, infer _State> ? On : Some extends RemoteWorld ? OperationName<typeof registry> : never
type StateOf<Some> =
  Some extends World<infer _On, infer State> ? State : Some extends RemoteWorld ? StateName<typeof registry> : never
/** Of a world elsewhere, only a promise can tell. */
type Told<Result, Some> = Some extends RemoteWorld ? Promise<void> : Result

/** What `expect(world)` can be asked. */
export interface WorldAssertions<Result, Some> {
  /**
   * The world was asked for an operation: at least once, or `times`. Further options narrow it down: `outcome`, `user`,
   * `status`, `clause`, `while` (the state of the user before), `since` (a request's id, or an instant).
   */
  toHaveAsked(operation: OperationOf<Some>, options?: AskedOptions<StateOf<Some>>): Told<Result, Some>
  /** It was asked for these one after the other, whatever it was asked between: an operation, or `[operation, options]`. */
  toHaveAskedInOrder(steps: readonly AskedStep<OperationOf<Some>, StateOf<Some>>[]): Told<Result, Some>
}

// Where the matchers are typed for those who have these libraries. Whoever has not gets empty names, and no error: Vitest's
// assertions extend Jest's global ones, as Jest's own do with @types/jest.
declare global {
  // oxlint-disable-next-line typescript/no-namespace
  namespace jest {
    // oxlint-disable-next-line typescript/no-empty-object-type
    interface Matchers<R, T = {}> extends WorldAssertions<R, T> {}
  }
  // oxlint-disable-next-line typescript/no-namespace
  namespace PlaywrightTest {
    interface Matchers<R, T = unknown> extends WorldAssertions<R, T> {}
  }
}

// Of @jest/globals, which may not be there.
/** @ts-ignore */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends WorldAssertions<R, T> {}
}
