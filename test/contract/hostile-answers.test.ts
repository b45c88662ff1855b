import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { HttpClient } from '../../src/contract/playing/http-client.ts'

const deep = '['.repeat(100_000) + ']'.repeat(100_000)

/** A server under check that means no good. */
async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each([
  ['is nested too deeply', (response: ServerResponse) => response.end(deep), /nested more than 200 levels deep/],
  [
    'does not end',
    (response: ServerResponse) => {
      const more = (): void => {
        while (response.write('x'.repeat(100_000)) && !response.destroyed);
      }
      response.on('drain', more)
      more()
    },
    /more than 10000000 bytes/,
  ],
])('an answer that %s is no answer', async (_, answer, told) => {
  const client = new HttpClient({
    tls: { insecure: false },
    timeout: 20_000,
    proxies: { http: '', https: '', except: '' },
  })
  onTestFinished(() => client.close())
  const url = await serve(answer)
  await expect(client.send('GET', url, [], undefined)).rejects.toMatchObject({
    name: 'UnreadableError',
    message: expect.stringMatching(told),
  })
})
