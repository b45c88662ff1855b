import { request as ask } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { listen } from '../../src/node.ts'
import { readBlocks } from '../docs/page.ts'

const page = new URL('../../docs/mobile.md', import.meta.url)

/** A request of docs/mobile.md, as its client sends it, and what the page says of the answer. */
interface Sent {
  readonly status: number
  readonly state: string | undefined
  readonly method: string
  readonly path: string
  /** Names and values in turn, in the client's own order and spelling. */
  readonly headers: readonly string[]
  readonly body: string
}

function readSent(code: string): Sent[] {
  return code
    .split(/^### /m)
    .slice(1)
    .map((text) => {
      const [told = '', ...lines] = text.trimEnd().split('\n')
      const end = lines.indexOf('')
      const [first = '', ...headers] = end < 0 ? lines : lines.slice(0, end)
      const [method = '', path = ''] = first.split(' ')
      const [status, state] = told.split(' ')
      const pairs = headers.flatMap((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)])
      return {
        status: Number(status),
        state,
        method,
        path,
        headers: pairs,
        body: end < 0 ? '' : lines.slice(end + 1).join('\n'),
      }
    })
}

interface Received {
  readonly status: number | undefined
  readonly cookies: readonly string[]
  readonly body: string
}

function send(port: number, { method, path, headers, body }: Sent): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = ask({ port, method, path, headers, setHost: false, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () =>
        resolve({ status: answer.statusCode, cookies: answer.headers['set-cookie'] ?? [], body: text }),
      )
    })
    request.on('error', reject).end(body)
  })
}

async function served(): Promise<{ world: WorldOf; port: number }> {
  const world = await createWorld('lockout')
  const server = await listen(world)
  onTestFinished(() => server.close())
  return { world, port: Number(new URL(server.url).port) }
}

describe('what a mobile client sends', () => {
  const clients = readBlocks(page).filter(({ language }) => language === 'http')

  test('is told of three', () => {
    expect(clients.map(({ code }) => /user-agent: (\w+)/i.exec(code)?.[1])).toEqual(['okhttp', 'SecureLogin', 'Dart'])
  })

  test.each(clients.map(({ code, line }) => [line, readSent(code)] as const))(
    'is answered as the page says, from line %i on',
    async (_, requests) => {
      const { world, port } = await served()
      let kept = ''
      expect(requests).toHaveLength(3)
      const told = []
      for (const each of requests) {
        const headers = each.headers.map((value) => value.replace('{cookies}', kept))
        const lengthAt = headers.findIndex((name) => name.toLowerCase() === 'content-length')
        expect(Number(headers[lengthAt + 1] ?? 0) || 0).toBe(Buffer.byteLength(each.body))
        const { status, cookies, body } = await send(port, { ...each, headers })
        if (cookies.length > 0) kept = cookies.map((cookie) => cookie.split(';')[0]).join('; ')
        told.push({ status, state: /"state":"(\w+)"/.exec(body)?.[1] })
      }
      expect(told).toEqual(requests.map(({ status, state }) => ({ status, state })))
      // Each was taken for what it is, by the contract alone.
      expect(world.requests.map(({ operation }) => operation)).toEqual(['login', 'auth', 'user'])
      expect(await world.lints()).toEqual([])
      expect(world.secureLogin.user('tim').view().state).toBe('blocked')
    },
  )

  test('without its cookies comes to nothing, as the page warns', async () => {
    const { world, port } = await served()
    for (const each of readSent(clients[0]?.code ?? '')) {
      const headers = each.headers.filter((_, index, all) => all[index - (index % 2)] !== 'Cookie')
      await send(port, { ...each, headers })
    }
    expect(world.requests.map(({ status }) => status)).toEqual([200, 401, 401])
    expect(world.secureLogin.user('tim').view().failures).toBe(2)
    expect(new Set((await world.lints()).map(({ id }) => id))).toEqual(new Set(['cookie-not-sent-back']))
  })
})
