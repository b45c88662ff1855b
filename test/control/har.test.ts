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

/** What Chromium's network view takes as it imports HAR: `HARBase` and what stands on it, in its `har_importer`. */
const chromium = {
  log: ['version:string', 'creator:object', 'entries:array'],
  entry: ['startedDateTime:date', 'time:number', 'request:object', 'response:object', 'cache:object', 'timings:object'],
  request: [
    'method:string',
    'url:url',
    'httpVersion:string',
    'cookies:array',
    'headers:array',
    'queryString:array',
    'headersSize:number',
    'bodySize:number',
  ],
  response: [
    'status:number',
    'statusText:string',
    'httpVersion:string',
    'cookies:array',
    'headers:array',
    'content:object',
    'redirectURL:string',
    'headersSize:number',
    'bodySize:number',
  ],
  content: ['size:number', 'mimeType:string'],
  timings: ['send:number', 'wait:number', 'receive:number'],
}

/** What is missing of a part, or of another kind. */
function lacking(part: Readonly<Record<string, unknown>>, members: readonly string[]): string[] {
  return members.filter((member) => {
    const [name = '', kind] = member.split(':')
    const value = part[name]
    if (kind === 'date') return Number.isNaN(new Date(String(value)).getTime())
    if (kind === 'url') return !URL.canParse(String(value))
    if (kind === 'array') return !Array.isArray(value)
    return typeof value !== kind || value === null
  })
}

test('the journal as HAR 1.2 has all that Chromium asks of one, bodies of every kind among them', async () => {
  const world = await createWorld('default')
  const ask = createFetch(world)
  await ask(`${base}/securelogin-admin/1.0/api/info`)
  await ask(`${base}/securelogin-admin/1.0/api/auth`, { method: 'POST', body: new Uint8Array([0, 255]) })
  await ask(`${base}/auth/1/session`, { method: 'POST', body: 'a=b' })
  await ask('http://jira.example/nobody?%zz=%')
  const { body: har } = await callControl(world, 'GET', '/har')
  const { log } = har as { readonly log: { readonly entries: readonly Record<string, never>[] } }
  expect(lacking(log, chromium.log)).toEqual([])
  expect(log.entries).toHaveLength(4)
  for (const entry of log.entries) {
    const { request, response, timings } = entry as Record<string, Record<string, never>>
    expect(lacking(entry, chromium.entry)).toEqual([])
    expect(lacking(request ?? {}, chromium.request)).toEqual([])
    expect(lacking(response ?? {}, chromium.response)).toEqual([])
    expect(lacking(response?.['content'] ?? {}, chromium.content)).toEqual([])
    expect(lacking(timings ?? {}, chromium.timings)).toEqual([])
    for (const list of [request?.['headers'], response?.['headers'], request?.['queryString']])
      for (const pair of list as unknown as Record<string, unknown>[])
        expect(lacking(pair, ['name:string', 'value:string'])).toEqual([])
  }
})
