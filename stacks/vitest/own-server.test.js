import { createSecureLoginClient } from 'auth-understudy/client'
import { test } from 'auth-understudy/vitest'
import { expect } from 'vitest'
import { server } from './server.js'

test.override({ server })

test('shows the tickets of who signed in', async ({ world }) => {
  const app = createSecureLoginClient({ baseUrl: 'https://jira.example/jira' })
  expect(await app.login('alice', 'alice')).toBe('signed-in')
  expect(await (await fetch('https://shop.example/tickets')).json()).toEqual([{ title: 'Printer' }])
  expect(world).toHaveAsked('secure-login.*', { times: 1 })
})
