export { test, type UnderstudyFixtures, type UnderstudyWorkerFixtures } from './adapters/playwright.ts'
export type { RemoteUser, RemoteWorld } from './adapters/remote-world.ts'
