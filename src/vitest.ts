export { test, type UnderstudyFixtures } from './testing/vitest.ts'
