import { expect, onTestFinished, test } from 'vitest'
import { RemoteWorld } from '../../src/testing/remote-world.ts'
import { createWorld } from '../../src/index.ts'
import { listen } from '../../src/node.ts'

test('a world of a server with an admin token is reached with it, and not without', async () => {
  const adminToken = 'correct-horse-battery'
  const server = await listen(await createWorld(), { adminToken })
  onTestFinished(() => server.close())
  const world = new RemoteWorld(server.url, 'mine', adminToken)
  await world.setUser('secure-login', 'alice', { state: 'bypass' })
  expect(await world.user('secure-login', 'alice')).toMatchObject({ state: 'bypass' })
  for (const token of [undefined, '', 'wrong-horse-battery']) {
    const other = new RemoteWorld(server.url, 'mine', token)
    await expect(other.users()).rejects.toThrow(/admin token/)
    await expect(other.drop()).rejects.toThrow(/admin token/)
  }
  await world.drop()
  expect(await world.user('secure-login', 'alice')).toMatchObject({ state: 'enter' })
})
