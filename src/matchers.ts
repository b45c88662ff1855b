export { matchers, type WorldAssertions } from './testing/matchers.ts'
export type { AskedOptions, AskedStep } from './testing/asked.ts'
