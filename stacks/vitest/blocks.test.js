import { createSecureLoginClient } from 'auth-understudy/client'
import { test } from 'auth-understudy/vitest'
import { expect } from 'vitest'

test('blocks after three wrong PINs', async ({ world }) => {
  const app = createSecureLoginClient({ baseUrl: 'https://jira.example/jira' })
  await app.login('alice', 'alice')
  for (const pin of ['000000', '111111', '222222']) await app.auth(pin)
  expect((await app.user()).state).toBe('blocked')
  expect(world).toHaveAsked('secure-login.auth', { times: 3 })
})
