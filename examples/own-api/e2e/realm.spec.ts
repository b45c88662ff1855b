import { expect } from '@playwright/test'
import { test } from 'auth-understudy/playwright'

const at = '/realms/demo/protocol/openid-connect'

test.use({ scenario: { apis: ['demo'], demo: { users: { ada: { password: 'engine' } } } } as object })

test('a page waits with its user', async ({ page, world }) => {
  // Any page of that origin will do; this one says that there is none.
  await page.goto(`${world.url}/realms/demo`)
  const logIn = (password: string): Promise<number> =>
    page.evaluate(
      async ([path, secret]) => {
        const body = new URLSearchParams({ grant_type: 'password', username: 'ada', password: String(secret) })
        return (await fetch(`${path}/token`, { method: 'POST', body })).status
      },
      [at, password],
    )
  for (let count = 0; count < 3; count++) {
    await world.advance('2s')
    expect(await logIn('wrong')).toBe(400)
  }
  expect(await logIn('engine')).toBe(400)
  expect(await world.user('demo', 'ada')).toMatchObject({ state: 'locked', failures: 3 })
  await world.advance('1m')
  expect(await logIn('engine')).toBe(200)
})

test('a request tells whose a token is', async ({ request, world }) => {
  const form = { grant_type: 'password', username: 'ada', password: 'engine' }
  const { access_token: token } = await (await request.post(`${world.url}${at}/token`, { form })).json()
  const told = await request.get(`${world.url}${at}/userinfo`, { headers: { authorization: `Bearer ${token}` } })
  expect(await told.json()).toEqual({ sub: 'ada', preferred_username: 'ada' })
})
