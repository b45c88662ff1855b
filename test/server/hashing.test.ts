import { afterEach, beforeEach, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { listen } from '../../src/node.ts'

type Server = Awaited<ReturnType<typeof listen>>
let server: Server

beforeEach(async () => {
  server = await listen(await createWorld({ extends: 'default', 'gentics-cms': { allowFrom: ['127.0.0.1'] } }))
})
afterEach(() => server.close())

async function hash(password: string): Promise<string> {
  const response = await fetch(`${server.url}/rest/auth/hashpassword`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password, userId: 1 }),
  })
  return String(((await response.json()) as { hash?: string }).hash)
}

async function askPrefix(): Promise<number> {
  const response = await fetch(`${server.url}/rest/auth/globalprefix`)
  await response.text()
  return response.status
}

it('four hashes keep nobody else waiting', async () => {
  // The first of everything loads libraries and starts the thread.
  await Promise.all([hash('warm'), askPrefix()])
  const done = new Set<string>()
  const hashes = ['one', 'two', 'three', 'four'].map((password) => hash(password).finally(() => done.add(password)))
  const statuses: number[] = []
  let beforeFirst = 0
  while (done.size < 4) {
    statuses.push(await askPrefix())
    if (done.size === 0) beforeFirst++
  }
  for (const one of await Promise.all(hashes)) expect(one).toMatch(/^\$2a\$10\$[./A-Za-z0-9]{53}$/)
  expect(new Set(statuses)).toEqual(new Set([200]))
  // On the listener's own thread, in steps as in a browser, two or three get through.
  expect(statuses.length).toBeGreaterThan(30)
  expect(beforeFirst).toBeGreaterThan(5)
})
