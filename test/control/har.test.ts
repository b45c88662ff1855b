import { expect, test } from 'vitest'
import { createFetch } from '../../src/fetch.ts'
import { createWorld } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'

const base = 'http://jira.example/jira/rest'

test('the journal as HAR 1.2 has requests and answers whole, with what is secret masked', async () => {
  const world = await createWorld('default')
  const ask = createFetch(world)
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ username: 'alice', password: 'open-sesame' })
  await ask(`${base}/auth/1/session`, { method: 'POST', headers, body })
  await ask(`${base}/securelogin-admin/1.0/api/info?a=1&b=x%20y`)
  const { status, body: har } = await callControl(world, 'GET', '/har')
  expect(status).toBe(200)
  expect(har).toMatchObject({
    log: {
      version: '1.2',
      creator: { name: 'auth-understudy' },
      entries: [
        {
          startedDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          request: {
            method: 'POST',
            url: expect.stringMatching(/^http:\/\/[^/]+\/jira\/rest\/auth\/1\/session$/),
            headers: expect.arrayContaining([{ name: 'content-type', value: 'application/json' }]),
            postData: { mimeType: 'application/json', text: expect.stringContaining('"username":"alice"') },
          },
          response: { status: 401, content: { mimeType: expect.stringContaining('json') } },
          comment: expect.stringMatching(/^SL-H2: /),
        },
        {
          request: {
            method: 'GET',
            queryString: [
              { name: 'a', value: '1' },
              { name: 'b', value: 'x y' },
            ],
          },
          response: { status: 200, content: { text: expect.stringContaining('server_time') } },
        },
      ],
    },
  })
  expect(JSON.stringify(har)).not.toContain('open-sesame')
})

test('the journal as HAR 1.2 is of whom one asks for, the latest', async () => {
  const world = await createWorld('default')
  const ask = createFetch(world)
  for (const path of ['info', 'user', 'info']) await ask(`${base}/securelogin-admin/1.0/api/${path}`)
  const count = async (query: string): Promise<unknown> => {
    const { body } = await callControl(world, 'GET', `/har?${query}`)
    return (body['log'] as { readonly entries: readonly object[] }).entries.length
  }
  expect([await count(''), await count('limit=2'), await count('clause=SL-03'), await count('user=alice')]).toEqual([
    3, 2, 2, 0,
  ])
})
