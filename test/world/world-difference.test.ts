import { expect, test } from 'vitest'
import { createWorld } from '../../src/index.ts'

test('a member that is called as every object inherits one is told where one side has it', async () => {
  const world = await createWorld()
  const before = world.snapshot()
  world.genticsCms.set({ sso: { tokens: { constructor: 'node' }, failing: false } })
  const read = world.worlds.readScenario
  const found = await world.story.differences(before, undefined, read)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ of: 'gentics-cms/settings', before: null })
})
