import { createWorld } from 'auth-understudy'
import { createSecureLoginClient } from 'auth-understudy/client'
import { createFetch } from 'auth-understudy/fetch'
import { matchers } from 'auth-understudy/matchers'

expect.extend(matchers)

test('blocks after three wrong PINs', async () => {
  const world = await createWorld()
  globalThis.fetch = createFetch(world)
  const app = createSecureLoginClient({ baseUrl: 'https://jira.example/jira' })
  await app.login('alice', 'alice')
  for (const pin of ['000000', '111111', '222222']) await app.auth(pin)
  expect((await app.user()).state).toBe('blocked')
  expect(world).toHaveAsked('secure-login.auth', { times: 3 })
})
