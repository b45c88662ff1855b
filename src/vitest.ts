export { test, testWith, type UnderstudyFixtures } from './testing/vitest.ts'
