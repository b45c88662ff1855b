import { expect, test } from 'auth-understudy/playwright'

const api = 'jira/rest/securelogin-admin/1.0/api'
const headers = { 'content-type': 'text/plain', 'x-atlassian-token': 'no-check' }

test('blocks after three wrong PINs', async ({ page, request, world }) => {
  const credentials = { username: 'alice', password: 'alice' }
  await request.post(`${world.url}/jira/rest/auth/1/session`, { data: credentials })
  for (const pin of ['000000', '111111', '222222']) {
    await request.post(`${world.url}/${api}/auth`, { data: pin, headers })
  }
  expect((await world.user('secure-login', 'alice')).state).toBe('blocked')
  await expect(world).toHaveAsked('secure-login.auth', { times: 3 })

  await page.goto(`${world.url}/${api}/info`)
  await expect(page.locator('body')).toContainText('"active":true')
})
