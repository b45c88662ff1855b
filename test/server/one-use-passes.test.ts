import { describe, expect, onTestFinished, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { listen, type Listener } from '../../src/node.ts'
import { OneUsePasses } from '../../src/server/one-use-passes.ts'

async function served(host: string): Promise<{ listener: Listener; call: typeof fetch }> {
  const listener = await listen(await createWorld(), { host })
  onTestFinished(() => listener.close())
  const url = `http://127.0.0.1:${listener.port}/__understudy`
  return { listener, call: (path, init) => fetch(`${url}${String(path)}`, init) }
}

const post = (body: object, token?: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  body: JSON.stringify(body),
})

describe('a pass', () => {
  test('lets one in beyond this machine, once, and is made only by who is in', async () => {
    const { listener, call } = await served('0.0.0.0')
    expect((await call('/passes', post({}))).status).toBe(401)
    const { pass } = (await (await call('/passes', post({}, listener.adminToken))).json()) as { pass: string }
    expect((await call('/state', { headers: { authorization: `Bearer ${pass}` } })).status).toBe(401)
    const { token } = (await (await call('/passes/exchange', post({ pass }))).json()) as { token: string }
    expect(token).not.toBe(listener.adminToken)
    expect((await call('/state', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
    const again = await call('/passes/exchange', post({ pass }))
    expect([again.status, await again.text()]).toEqual([
      401,
      expect.stringContaining('was used already, or is too old'),
    ])
    for (const wrong of [{}, { pass: 1 }, { pass: '' }])
      expect((await call('/passes/exchange', post(wrong))).status).toBeGreaterThanOrEqual(400)
  })

  test("is nobody's need where only this machine comes", async () => {
    const { call } = await served('127.0.0.1')
    const answer = await call('/passes', post({}))
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('only this machine reaches')])
  })

  test('ends after an hour, and the oldest when there are many', () => {
    let now = 0
    const passes = new OneUsePasses(() => now)
    const [first, ...more] = Array.from({ length: 101 }, () => passes.make())
    expect([passes.exchange(first ?? ''), typeof passes.exchange(more[0] ?? '')]).toEqual([undefined, 'string'])
    now = 3_600_001
    expect(passes.exchange(more[1] ?? '')).toBeUndefined()
  })
})
