import { strictEqual } from 'node:assert'
import { createWorld } from 'auth-understudy'
import { createSecureLoginClient } from 'auth-understudy/client'
import { createFetch } from 'auth-understudy/fetch'

Deno.test('blocks after three wrong PINs', async () => {
  const world = await createWorld()
  globalThis.fetch = createFetch(world)
  const app = createSecureLoginClient({ baseUrl: 'https://jira.example/jira' })
  await app.login('alice', 'alice')
  for (const pin of ['000000', '111111', '222222']) await app.auth(pin)
  strictEqual((await app.user()).state, 'blocked')
  strictEqual(world.asked('secure-login.auth').length, 3)
})
