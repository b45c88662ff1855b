import { describe, expect, it } from 'vitest'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, type World } from '../../src/index.ts'

const origin = 'http://understudy.test'
const info = `${origin}/jira/rest/securelogin-admin/1.0/api/info`

/** Reads events off a stream until there are so many. */
async function readEvents(reader: ReadableStreamDefaultReader<Uint8Array>, count: number): Promise<unknown[]> {
  let text = ''
  const decoder = new TextDecoder()
  while (text.split('\n\n').length <= count) {
    const { value, done } = await reader.read()
    if (done) throw new Error(`the stream ended after ${text}`)
    text += decoder.decode(value, { stream: true })
  }
  return text
    .split('\n\n')
    .slice(0, count)
    .map((block) => {
      const [event = '', data = ''] = block.split('\n')
      return [event.replace('event: ', ''), JSON.parse(data.replace('data: ', '')) as unknown]
    })
}

async function open(
  world: World,
  headers: { [name: string]: string } = {},
): Promise<{ fetched: Response; reader: ReadableStreamDefaultReader<Uint8Array>; fetch: typeof fetch }> {
  const fetch = createFetch(world)
  const fetched = await fetch(`${origin}/__understudy/events`, { headers })
  const reader = (fetched.body as ReadableStream<Uint8Array>).getReader()
  return { fetched, reader, fetch }
}

describe('/events', () => {
  it('streams every request and every change as it happens', async () => {
    const world = await createWorld('lockout')
    const { fetched, reader, fetch } = await open(world)
    expect([fetched.status, fetched.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    await fetch(info)
    await fetch(`${origin}/__understudy/users/secure-login/zoe`, { method: 'PUT', body: '{"state":"bypass"}' })
    await fetch(`${origin}/__understudy/clock/advance`, { method: 'POST', body: '{"by":"1h"}' })
    expect(await readEvents(reader, 3)).toEqual([
      ['request', world.requests[0]],
      [
        'change',
        { world: 'main', at: '2026-01-15T09:00:00Z', what: 'Secure Login: zoe was set to bypass, 0 of 3 failures' },
      ],
      ['change', { world: 'main', at: '2026-01-15T10:00:00Z', what: 'the clock was advanced by 1h' }],
    ])
    await reader.cancel()
  })

  it('tells of one world only', async () => {
    const world = await createWorld('lockout')
    const { reader, fetch } = await open(world, { 'x-understudy-world': 'side' })
    await fetch(info)
    await fetch(info, { headers: { 'x-understudy-world': 'side' } })
    expect(await readEvents(reader, 1)).toEqual([['request', expect.objectContaining({ id: 'r2', world: 'side' })]])
    await reader.cancel()
  })

  it('reaches everybody who listens, until they stop', async () => {
    const world = await createWorld('lockout')
    const [one, two] = [await open(world), await open(world)]
    await one.fetch(info)
    expect(await readEvents(one.reader, 1)).toEqual(await readEvents(two.reader, 1))
    await one.reader.cancel()
    await one.fetch(info)
    expect(await readEvents(two.reader, 1)).toEqual([['request', expect.objectContaining({ id: 'r2' })]])
    await two.reader.cancel()
    expect((await two.fetch(info)).status).toBe(200)
  })

  it('shows no secret', async () => {
    const world = await createWorld('lockout')
    const { reader, fetch } = await open(world)
    await fetch(`${origin}/jira/rest/auth/1/session?password=hunter2hunter2`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'JSESSIONID=hunter2hunter2' },
      body: '{"username":"zoe","password":"hunter2hunter2"}',
    })
    await fetch(`${origin}/__understudy/users/secure-login/zoe`, { method: 'PUT', body: '{"pin":"4711471147"}' })
    const told = JSON.stringify(await readEvents(reader, 2))
    expect(told).toContain('the password is wrong')
    expect(told).not.toMatch(/hunter2|4711471147/)
    await reader.cancel()
  })

  it('says nothing of a control call that was refused', async () => {
    const world = await createWorld('lockout')
    const { reader, fetch } = await open(world)
    await fetch(`${origin}/__understudy/clock/advance`, { method: 'POST', body: '{"by":"soon"}' })
    await fetch(info)
    expect(await readEvents(reader, 1)).toEqual([['request', expect.objectContaining({ id: 'r1' })]])
    await reader.cancel()
  })
})
