import { describe, expect, it } from 'vitest'
import { createSecureLoginClient, type Fetch } from '../../src/client.ts'

describe('cookies of a server', () => {
  const answering =
    (line: string, sent: (string | null)[]): Fetch =>
    async (_url, init) => {
      sent.push(new Headers(init.headers).get('cookie'))
      return new Response(null, { status: 401, headers: { 'set-cookie': line } })
    }

  it.each([
    ['https://jira.example/jira', 'JSESSIONID=one; Path=/jira; Secure', 'JSESSIONID=one'],
    ['http://localhost:8080/jira', 'JSESSIONID=one; Path=/jira; Secure', 'JSESSIONID=one'],
    ['http://jira.example/jira', 'JSESSIONID=one; Path=/jira; Secure', null],
    ['https://jira.example/jira', 'JSESSIONID=one; Path=/confluence', null],
    ['https://jira.example/jira', 'JSESSIONID=one; Path=/; Domain=wiki.example', null],
  ])('at %s: %s', async (baseUrl, line, cookie) => {
    const sent: (string | null)[] = []
    const client = createSecureLoginClient({ baseUrl, fetch: answering(line, sent) })
    await client.user()
    await client.user()
    expect(sent).toEqual([null, cookie])
  })
})
