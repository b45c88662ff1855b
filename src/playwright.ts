export { expect, test, type UnderstudyFixtures, type UnderstudyWorkerFixtures } from './testing/playwright.ts'
export type { RemoteUser, RemoteWorld } from './testing/remote-world.ts'
