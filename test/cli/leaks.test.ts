import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { canaries, carriers, type Carrier } from '../support/canaries.ts'
import { Terminal, until } from './terminal.ts'

const token = 'CANARYADMINTOKEN'
const admin = { authorization: `Bearer ${token}` }

/** Sends it as it is: a browser and `fetch` would change some of it. */
function send(url: string, { method, target, headers, body }: Carrier): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, path: target, headers: Object.fromEntries(headers) }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** What a text gives away, in Base64 as well. */
function leaks(text: string): string[] {
  const encoded = [...text.matchAll(/[\d+/A-Za-z]{16,}/g)].map(([word]) =>
    Buffer.from(word, 'base64').toString('latin1'),
  )
  return [text, ...encoded].flatMap((part) => part.match(/CANARY\w+/g) ?? [])
}

/** Everything that a server shows of the requests it had. */
async function everythingOf(url: string): Promise<{ [place: string]: string }> {
  const get = async (path: string): Promise<string> =>
    await (await fetch(`${url}/__understudy${path}`, { headers: admin })).text()
  const shown: { [place: string]: string } = {}
  for (const path of ['/requests?limit=1000', '/changes', '/state', '/users', '/sessions', '/faults', '/worlds'])
    shown[path] = await get(path)
  const { requests } = JSON.parse(shown['/requests?limit=1000'] ?? '') as { requests: { id: string }[] }
  for (const { id } of requests) {
    shown[`/requests/${id}`] = await get(`/requests/${id}`)
    shown[`/requests/${id}/why`] = await get(`/requests/${id}/why`)
  }
  for (const body of ['{}', '{"file":true}']) {
    const headers = { ...admin, 'content-type': 'application/json' }
    shown[`/share ${body}`] = await (await fetch(`${url}/__understudy/share`, { method: 'POST', headers, body })).text()
  }
  return shown
}

describe('what was sent as a secret', () => {
  test('comes out nowhere: journal, why, events, --verbose, traces, share', async () => {
    const terminal = new Terminal({ UNDERSTUDY_TRACE: 'traces' })
    const { url, lines } = await terminal.serve('--admin-token', token, '--verbose')
    const events = new AbortController()
    const stream = await fetch(`${url}/__understudy/events`, { headers: admin, signal: events.signal })
    let heard = ''
    const hearing = (async () => {
      for await (const chunk of stream.body ?? []) heard += new TextDecoder().decode(chunk)
    })().catch(() => undefined)
    for (const carrier of carriers) expect([carrier.about, await send(url, carrier)]).not.toEqual([carrier.about, 0])
    const shown = await everythingOf(url)
    const last = JSON.parse(shown['/requests?limit=1000'] ?? '').requests.at(-1).id as string
    await until(() => heard.includes(`"${last}"`))
    events.abort()
    await hearing
    for (const args of [['requests'], ['requests', '--json'], ['why', last], ['share']]) {
      const { out, err } = await terminal.run(...args)
      shown[args.join(' ')] = out + err
    }
    terminal.signal('SIGTERM')
    const traces = join(terminal.cwd, 'traces')
    const all = {
      ...shown,
      events: heard,
      '--verbose': [...lines.out, ...lines.err].join('\n'),
      traces: readdirSync(traces)
        .map((name) => readFileSync(join(traces, name), 'utf8'))
        .join(''),
    }
    expect(canaries).toBeGreaterThan(100)
    expect(JSON.parse(shown['/requests?limit=1000'] ?? '').requests).toHaveLength(carriers.length)
    expect(all['--verbose'].split('\n').length).toBeGreaterThan(carriers.length)
    expect(all.traces.split('\n').length).toBeGreaterThan(20)
    const found = Object.entries(all).flatMap(([place, text]) => leaks(text).map((leak) => `${place}: ${leak}`))
    expect(found).toEqual([])
  })

  test('comes out in no refusal of the control API', async () => {
    const { url } = await new Terminal().serve('--admin-token', token)
    const attempts: [method: 'PUT' | 'PATCH' | 'POST', path: string, body: string][] = [
      ['PUT', '/users/secure-login/alice', '{"password":{"a":"CANARYSECRETA"},"pin":"CANARYSECRETB ü"}'],
      ['PUT', '/users/secure-login/alice', '{"password":"CANARYSECRETC'],
      ['PUT', '/users/secure-login/alice', 'CANARYSECRETD'],
      ['PUT', '/users/secure-login/alice', '{"passwort":"CANARYSECRETE"}'],
      ['PATCH', '/apis/sirportly', '{"applicationToken":"CANARYSECRETF","applications":{"x":"CANARYSECRETG"}}'],
      ['POST', '/scenario', '{"scenario":{"secure-login":{"users":{"a":{"password":12345,"pin":"CANARYSECRETH"}}}}}'],
      ['POST', '/scenario', '{"scenario":{"secure-login":{"users":{"a":{"totp":{"secret":"CANARYSECRETI!"}}}}}}'],
      ['POST', '/scenario', '{"scenario":{"secure-login":{"users":{"a":{"secret":"CANARYSECRETJ"}}}}}'],
      ['POST', '/share/read', '{"text":"secure-login:\\n  users:\\n    a: { password: [CANARYSECRETK }"}'],
      ['POST', '/users?password=CANARYSECRETL', '{}'],
    ]
    const answers = await Promise.all(
      attempts.map(async ([method, path, body]) => {
        const headers = { ...admin, 'content-type': 'application/json' }
        const init = { method, headers, body }
        const answer = await fetch(`${url}/__understudy${path}`, init)
        return `${answer.status} ${await answer.text()}`
      }),
    )
    expect(answers.filter((answer) => !answer.startsWith('4'))).toEqual([])
    expect(answers.flatMap(leaks)).toEqual([])
  })
})
