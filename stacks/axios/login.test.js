import { test } from 'auth-understudy/vitest'
import axios from 'axios'
import { expect } from 'vitest'

const api = '/jira/rest/securelogin-admin/1.0/api'
const headers = { 'content-type': 'text/plain', 'x-atlassian-token': 'no-check' }

for (const adapter of ['http', 'fetch', 'xhr']) {
  test(`blocks after three wrong PINs, by ${adapter}`, async ({ world }) => {
    const app = axios.create({
      adapter,
      baseURL: 'https://jira.example',
      withCredentials: true,
      validateStatus: () => true,
    })
    await app.post('/jira/rest/auth/1/session', { username: 'alice', password: 'alice' })
    for (const pin of ['000000', '111111', '222222']) {
      await app.post(`${api}/auth`, pin, { headers })
    }
    const { data } = await app.get(`${api}/user`)
    expect(data.state).toBe('blocked')
    expect(world).toHaveAsked('secure-login.auth', { times: 3 })
  })
}
