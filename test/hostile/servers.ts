import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Json } from '../../src/core/json.ts'

/** Runs a server until the test is over; gives back where it is. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** What servers under check answer that mean no good: with all that can be steered, and with line ends alone. */
export const evilBodies: readonly string[] = [
  '\u001b[31m<script>alert(1)</script>]]>\u202e\u0000\u000b|a|```\n<h1>escaped</h1>\n``````\r\n::error file=x::pwn\n' +
    '# H1 <img src=x onerror=alert(1)>\n  ::stop-commands::x\n##[error]pwn\n',
  'x\n```\n<h1>escaped</h1>\n::error file=x::pwn\n',
]

/** A server that answers everything with such a body and what it was sent. */
export function serveEvil(body: string): Promise<string> {
  return serve((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const headers = { 'content-type': 'text/html', 'set-cookie': 'JSESSIONID=evil; Path=/' }
      response.writeHead(418, 'I am a teapot', headers)
      response.end(body + Buffer.concat(chunks).toString() + JSON.stringify(request.headers))
    })
  })
}

/** What is put behind every text that a bent server tells. */
const tail = 'PWN\u001b[31m\u009b2J\u202e\u200b\n::error file=x::pwn\nFAKE ##[error]pwn'

/** A server that tells everything another one does, with each text made hostile. */
export function serveBent(url: string): Promise<string> {
  return serve((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => void answer())
    const answer = async (): Promise<void> => {
      const { method = 'GET', url: path = '/' } = request
      const sent = { headers: { 'content-type': 'application/json' }, body: Buffer.concat(chunks) }
      const answered = await fetch(url + path, { method, ...(chunks.length === 0 ? {} : sent) })
      response.writeHead(answered.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(bent((await answered.json()) as Json)))
    }
  })
}

/** Ids of APIs are what a command asks by; without them it would ask for nothing. */
function bent(value: Json, name = ''): Json {
  if (typeof value === 'string') return name === 'id' && /^[a-z-]+$/.test(value) ? value : value + tail
  if (Array.isArray(value)) return value.map((each: Json) => bent(each))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, bent(member ?? null, key)]))
}
