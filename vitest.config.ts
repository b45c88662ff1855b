import { defineConfig } from 'vitest/config'

// The matrix runs the same tests with MSW 3 in the place of MSW 2.
const isMatrix = process.env['UNDERSTUDY_TEST_MSW'] === '3'
const alias = isMatrix ? [{ find: /^msw(?=\/|$)/, replacement: 'msw-3' }] : []

// Consumers write pact files, one after the other, which providers read.
export default defineConfig({
  test: {
    // By default Vitest leaves one processor alone, which on two of them is half.
    maxWorkers: '100%',
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'behaviour',
          include: ['test/**/*.test.ts'],
          exclude: ['test/pact/**', 'test/console/**', 'test/browser/**'],
          setupFiles: ['test/support/seed.ts'],
          // Loading everything anew for each file would take longer than the tests.
          isolate: false,
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/console/**/*.test.ts', 'test/browser/**/*.test.ts'],
          exclude: isMatrix ? [] : ['test/browser/*.msw-3.test.ts'],
          isolate: false,
          testTimeout: 30_000,
          // A page takes its time where processors are shared.
          expect: { poll: { timeout: 8000, interval: 30 } },
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'pact consumer',
          include: ['test/pact/*.consumer.test.ts'],
          fileParallelism: false,
          testTimeout: 30_000,
          sequence: { groupOrder: 1 },
          env: { PACT_DO_NOT_TRACK: 'true' },
        },
      },
      {
        test: {
          name: 'pact provider',
          include: ['test/pact/*.provider.test.ts'],
          testTimeout: 120_000,
          sequence: { groupOrder: 2 },
          env: { PACT_DO_NOT_TRACK: 'true' },
        },
      },
    ],
  },
})
