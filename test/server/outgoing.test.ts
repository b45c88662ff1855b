import { afterEach, expect, test } from 'vitest'
import { defineApi, inJson, withFurtherHeaders } from '../../src/api.ts'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { listen, type Listener } from '../../src/node.ts'
import { sendRaw } from './raw-socket.ts'

/** Says whatever header it is asked for, as an API may by mistake. */
const echo = defineApi({
  id: 'echo',
  user: {},
  clauses: {
    'E-1': {
      text: 'says what it is asked for',
      says: {
        it: (status: number, value: string) =>
          withFurtherHeaders(inJson(status, { a: 1 }, 'asked for'), ['x-echo', value]),
      },
    },
  },
  operations: {
    it: {
      at: 'GET /it',
      about: 'it',
      step: ({ query, say }) => say.it(Number(query['status'] ?? 200), query['value'] ?? ''),
    },
  },
})

const info = '/jira/rest/securelogin-admin/1.0/api/info'
const get = (path: string, more = '', method = 'GET'): string => `${method} ${path} HTTP/1.1\r\nHost: h\r\n${more}\r\n`
const last = 'Connection: close\r\n'
const statusLines = (text: string): string[] => text.match(/HTTP\/1\.1 \d+[^\r]*/g) ?? []

let server: Listener | undefined
let errors: unknown[] = []
afterEach(() => server?.close())

async function started<World extends Parameters<typeof listen>[0]>(made: Promise<World>): Promise<World> {
  errors = []
  const world = await made
  server = await listen(world, { onError: (error) => errors.push(error) })
  return world
}

const withEcho = (): Promise<WorldOf<{ echo: typeof echo }>> => createWorld({}, { apis: { echo } })

const port = (): number => server?.port ?? 0

test.each([
  ['at once', '0s'],
  ['later', '5ms'],
])('an answer that cannot be sent %s is a failure of ours, and the server goes on', async (_, delay) => {
  const world = await started(withEcho())
  if (delay !== '0s') world.faults.add({ on: 'echo.it', delay })
  const refused = await sendRaw(port(), get('/echo/it?value=%E2%86%92', last))
  expect(refused).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\n[^]*Bug in auth-understudy/)
  expect(errors).toHaveLength(1)
  expect(statusLines(await sendRaw(port(), get('/echo/it?value=b', last)))).toEqual(['HTTP/1.1 200 OK'])
})

test('after an answer without a body that was refused, nothing is taken for the body of what is said instead', async () => {
  await started(withEcho())
  const answers = await sendRaw(port(), get('/echo/it?status=204&value=%E2%86%92') + get('/echo/it?value=c', last))
  expect(statusLines(answers)).toEqual(['HTTP/1.1 500 Internal Server Error'])
  expect(answers).toContain('Connection: close')
})

test.each([204, 304])('%i has no body, and no length of one', async (status) => {
  await started(withEcho())
  const answers = await sendRaw(port(), get(`/echo/it?status=${status}&value=b`) + get('/echo/it?value=c', last))
  expect(statusLines(answers).map((line) => line.slice(9, 12))).toEqual([String(status), '200'])
  expect(answers.match(/content-length/g)).toHaveLength(1)
})

test('a connection is reset in its turn, behind an answer that takes its time', async () => {
  const world = await started(createWorld())
  world.faults.add({ on: 'secure-login.info', delay: '20ms', nth: 1 })
  world.faults.add({ on: 'secure-login.info', break: 'reset', nth: 2 })
  expect(statusLines(await sendRaw(port(), get(info).repeat(3))).length).toBeLessThan(2)
  expect(world.requests).toHaveLength(3)
})

test('half of an answer without a body is its head, behind an answer that takes its time', async () => {
  const world = await started(createWorld())
  world.faults.add({ on: 'secure-login.info', delay: '20ms', nth: 1 })
  world.faults.add({ on: 'secure-login.info', break: 'truncate', nth: 2 })
  const answers = await sendRaw(port(), get(info) + get(info, '', 'HEAD') + get(info))
  expect(statusLines(answers)).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK'])
})
