import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// The matrix runs the same tests with MSW 3 in the place of MSW 2.
const isMatrix = process.env['UNDERSTUDY_TEST_MSW'] === '3'
const alias = isMatrix ? [{ find: /^msw(?=\/|$)/, replacement: 'msw-3' }] : []

// These only end what hangs: a machine that has other work may be slow, and no test is about speed.
const patience = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000, interval: 30 } },
} as const

/** What takes long is begun first, so that no processor waits for it at the end. */
const long =
  /docs\/pages|playwright-fixtures|login-app|own-api-example|console\/layout|fuzz\/parsers|\/pact\/|contract\/diagnose|linear\/outages|example-api\/registered/
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [true, false].flatMap((isLong) => sorted.filter(({ moduleId }) => long.test(moduleId) === isLong))
  }
}

// Consumers write pact files, one after the other, which all others may read.
export default defineConfig({
  test: {
    // One more than there are processors, as many tests wait for something.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: 'pact consumer',
          include: ['test/pact/*.consumer.test.ts'],
          fileParallelism: false,
          // With it, Vitest would keep the only files that have to be first for the end.
          isolate: false,
          ...patience,
          sequence: { groupOrder: 0 },
          env: { PACT_DO_NOT_TRACK: 'true' },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'behaviour',
          include: ['test/**/*.test.ts'],
          exclude: ['test/pact/**', 'test/console/**', 'test/browser/**'],
          setupFiles: ['test/support/seed.ts'],
          // Loading everything anew for each file would take longer than the tests.
          isolate: false,
          ...patience,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/console/**/*.test.ts', 'test/browser/**/*.test.ts'],
          exclude: isMatrix ? [] : ['test/browser/*.msw-3.test.ts'],
          // A browser takes its time to start: test files share it.
          isolate: false,
          ...patience,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'pact provider',
          include: ['test/pact/*.provider.test.ts'],
          isolate: false,
          ...patience,
          sequence: { groupOrder: 1 },
          env: { PACT_DO_NOT_TRACK: 'true' },
        },
      },
    ],
  },
})
