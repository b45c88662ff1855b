export { test, type UnderstudyFixtures } from './adapters/testing/vitest.ts'
