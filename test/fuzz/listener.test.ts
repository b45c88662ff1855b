import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createRandom } from '../../src/core/random.ts'
import { createWorld } from '../../src/index.ts'
import { listen, type Listener } from '../../src/node.ts'
import { collectGarbage } from '../support/garbage.ts'
import { tries } from '../support/sample.ts'
import { mutate } from './mutation.ts'

const inputs = tries('UNDERSTUDY_TEST_INPUTS', 2500, 1_000_000)
const seed = process.env['UNDERSTUDY_TEST_SEED'] ?? '20260115'
const atOnce = 16

const api = '/jira/rest/securelogin-admin/1.0/api'
const head = (line: string, ...headers: string[]): string =>
  [`${line} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n')
const corpus = [
  head(`GET ${api}/info`),
  head(`GET ${api}/user`, 'Cookie: JSESSIONID=0123456789ABCDEF', 'Authorization: Basic YWxpY2U6YWxpY2U='),
  `${head(`POST ${api}/auth`, 'Content-Type: text/plain', 'Content-Length: 6', 'Expect: 100-continue')}910817`,
  `${head('POST /jira/rest/auth/1/session', 'Content-Type: application/json', 'Content-Length: 39')}{"username":"alice","password":"alice"}`,
  `${head('POST /api/v2/authentication/authenticate', 'X-Auth-Application: a', 'Content-Type: application/x-www-form-urlencoded', 'Transfer-Encoding: chunked')}1b\r\nusername=adam&password=s3cr\r\n2\r\net\r\n0\r\n\r\n`,
  head('GET /rest/auth/validate/1SharedByTwo0001', 'Connection: Upgrade', 'Upgrade: websocket'),
  head('OPTIONS *', 'Origin: http://localhost:5173', 'Access-Control-Request-Method: POST'),
  head('GET http://jira.example/rest/auth/login?sid=0', 'Connection: close'),
  head('GET /__understudy/state', 'Origin: http://evil.example'),
  `${head('POST /__understudy/clock/advance', 'Content-Type: application/json', 'Content-Length: 12')}{"by":"31m"}`,
  `${head(`GET ${api}/info`)}${head(`GET ${api}/user`)}${head('HEAD /nowhere')}`,
]
const words = [
  'GET ',
  'POST ',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'CONNECT a:1',
  ' HTTP/1.0',
  ' HTTP/9.9',
  '\r\n',
  '\r\n x',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 99999999999',
  'Transfer-Encoding: gzip, chunked',
  'Host: a',
  'Cookie: ',
  'Expect: x',
  'Connection: close',
  'Upgrade: h2c',
  'ffffffffffffffff\r\n',
  '0\r\n\r\n',
]

/** Sends an input and says that there will be no more; what came back. */
function exchange(server: Listener, input: string, halfCloses: boolean): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
    const bytes = Buffer.from(input, 'latin1')
    if (halfCloses) socket.end(bytes)
    else socket.write(bytes, () => setTimeout(() => socket.resetAndDestroy(), 5))
  })
}

test(
  `${inputs} inputs at socket level bring no crash, no 500, no hang, no open connection, and no more memory`,
  async () => {
    const world = await createWorld('default', { journalLimit: 20, sessionLimit: 20, worldLimit: 5 })
    const failures: unknown[] = []
    // Whoever is left at the end has an hour, and the test has not.
    const limits = { headerMs: 1000, requestMs: 1000, bodyBytes: 10_000, drainMs: 3_600_000 }
    const server = await listen(world, {
      limits,
      cors: ['http://localhost:5173'],
      onError: (error) => failures.push(error),
    })
    onTestFinished(() => server.close())
    const statuses = new Map<string, number>()
    let heap = 0
    let next = 0

    const caller = async (): Promise<void> => {
      for (let index = next++; index < inputs; index = next++) {
        const random = createRandom(`${seed}:listener:${index}`)
        const input = mutate(random, corpus, words).slice(0, 20_000)
        const answer = await exchange(server, input, random.below(10) > 0)
        for (const [, status = ''] of answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)) {
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
          if (status.startsWith('5'))
            throw new Error(`seed ${seed}, input ${index}: ${JSON.stringify(input)} → ${answer}`)
        }
        if (failures.length > 0) throw new Error(`input ${index}: ${JSON.stringify(input)}`, { cause: failures[0] })
        if (index === Math.floor(inputs / 3)) heap = heldBytes()
        if (index % 100_000 === 0 && index > 0) process.stderr.write(`listener: ${index} inputs\n`)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, caller))

    const growth = heldBytes() - heap
    process.stderr.write(
      `listener: ${inputs} inputs, growth ${growth} bytes, ${JSON.stringify(Object.fromEntries(statuses))}\n`,
    )
    expect((await fetch(`${server.url}/__understudy/health`)).status).toBe(200)
    expect([...statuses.keys()]).toEqual(expect.arrayContaining(['200', '400', '401', '404']))
    await server.close()
    expect(growth).toBeLessThan(20_000_000)
  },
  120_000 + inputs * 10,
)

function heldBytes(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
