export { test, type UnderstudyFixtures } from './adapters/vitest.ts'
