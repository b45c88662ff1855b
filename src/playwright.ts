export { test, type UnderstudyFixtures, type UnderstudyWorkerFixtures } from './adapters/testing/playwright.ts'
export type { RemoteUser, RemoteWorld } from './adapters/testing/remote-world.ts'
