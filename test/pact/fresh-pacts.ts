import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { pactFile } from './secure-login.interactions.ts'

/** Takes the old pact away before the consumer tests: they add to a file, so what is no longer asked would stay in it. */
export async function setup(project: TestProject): Promise<void> {
  const remove = (): Promise<void> => rm(pactFile, { force: true })
  project.onTestsRerun(remove)
  await remove()
}
