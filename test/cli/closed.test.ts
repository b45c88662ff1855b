import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createCertificate } from '../../src/server/certificate.ts'
import { serve } from './serving.ts'
import { Terminal, until, type Result } from './terminal.ts'

const token = 'correct-horse-battery'
const api = '/jira/rest/securelogin-admin/1.0/api'

/** Anything that answers, and remembers how it was asked. */
async function stranger(): Promise<{ url: string; asked: IncomingMessage['headers'][] }> {
  const asked: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    asked.push(request.headers)
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

describe('a server that others can reach', () => {
  test('makes an admin token, prints it once, and warns', async () => {
    const terminal = new Terminal()
    const { done, lines } = terminal.begin('serve', '--host', '0.0.0.0', '--port', '0')
    await until(() => lines.err.length > 0)
    const banner = lines.err.join('\n')
    const made = /^Admin token +([\w-]{32})$/m.exec(banner)?.[1] ?? ''
    expect(banner).toContain('Listening on 0.0.0.0: whoever reaches this machine can use the mocked APIs')
    const url = /^Control API +(http:\/\/127\.0\.0\.1:\d+)/m.exec(banner)?.[1] ?? ''
    const users = (authorization: string): Promise<Response> =>
      fetch(`${url}/__understudy/users`, { headers: { authorization } })
    expect([(await users('')).status, (await users(`Bearer ${made}`)).status]).toEqual([401, 200])
    expect(banner.split(made)).toHaveLength(2)
    terminal.signal('SIGTERM')
    expect(await done).toBe(0)
  })

  test('tells a program the token it made, and warns it too', async () => {
    const { lines } = await new Terminal().serve('--host', '0.0.0.0')
    expect(JSON.parse(lines.out[0] ?? '')).toMatchObject({ adminToken: expect.stringMatching(/^[\w-]{32}$/) })
    expect(lines.err.join()).toContain('Listening on 0.0.0.0')
  })

  test('is what one on the loopback address is not', async () => {
    const { lines } = await new Terminal().serve()
    expect([lines.out.join().includes('adminToken'), lines.err]).toEqual([false, []])
  })
})

describe('live commands and the admin token', () => {
  test('find it where the server was started, in a file that nobody else may read', async () => {
    const terminal = new Terminal()
    writeFileSync(join(terminal.cwd, 'other'), '')
    const { url } = await terminal.serve('--admin-token', token)
    const left = join(terminal.cwd, `.understudy/server-${new URL(url).port}.json`)
    expect(statSync(left).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(left, 'utf8'))).toMatchObject({ adminToken: token })
    expect(await terminal.run('clock', 'freeze')).toMatchObject({ code: 0, err: `→ main at :${new URL(url).port}` })
  })

  test('find it in the environment, also for a server in another directory', async () => {
    const { url } = await new Terminal().serve('--admin-token', token)
    const listed = (given?: string): Promise<Result> =>
      new Terminal(given === undefined ? {} : { UNDERSTUDY_ADMIN_TOKEN: given }).run('user', 'list', '--url', url)
    const refused = await listed()
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('Put it into UNDERSTUDY_ADMIN_TOKEN')
    expect((await listed(token)).code).toBe(0)
    const wrong = await listed('wrong-horse-battery')
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('not the admin token of this server')])
    expect(wrong.err).not.toContain('wrong-horse-battery')
  })

  test('do not tell it to another server', async () => {
    const terminal = new Terminal()
    await terminal.serve('--admin-token', token)
    const { url, asked } = await stranger()
    await terminal.run('reset', '--url', url)
    expect(asked).toHaveLength(1)
    expect(asked[0]?.authorization).toBeUndefined()
  })

  test('nobody prints one that was given', async () => {
    const terminal = new Terminal()
    const { lines, url } = await terminal.serve('--host', '0.0.0.0', '--admin-token', token, '--verbose')
    const headers = { authorization: `Bearer ${token}`, cookie: `understudy-admin-token=${token}` }
    await fetch(`${url}${api}/info`, { headers })
    await until(() => lines.err.length > 1)
    const { out: requests } = await terminal.run('requests', '--json')
    const exchange = await (await fetch(`${url}/__understudy/requests/r1`, { headers })).text()
    const state = await (await fetch(`${url}/__understudy/state`, { headers })).text()
    for (const text of [...lines.out, ...lines.err, requests, exchange, state]) expect(text).not.toContain(token)
    expect(exchange).toContain('Bearer ***')
  })

  test('a URL with a password in it ends with 2, unprinted', async () => {
    const { code, err } = await new Terminal().run('reset', '--url', 'http://admin:geheim-7@127.0.0.1:9')
    expect([code, err]).toEqual([2, expect.stringContaining('Leave name and password out of the URL')])
    expect(err).not.toContain('geheim-7')
  })

  test('a short one ends with 2', async () => {
    const { code, err } = await new Terminal().run('serve', '--port', '0', '--admin-token', 'abc')
    expect([code, err]).toEqual([2, expect.stringContaining('at least 8 characters')])
  })
})

describe('HTTPS', () => {
  test('with a certificate of its own making: live commands trust it, and others can be told to', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve('--tls')
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect((await terminal.run('user', 'list')).out).toContain('alice')
    const certificate = join(terminal.cwd, '.understudy/certificate.pem')
    const code =
      'fetch(process.argv[1]).then((answer) => console.log(answer.status), (error) => console.log(error.cause.code))'
    const ask = async (env: object): Promise<string> => {
      const argv = ['-e', code, `${url}${api}/info`]
      return (await promisify(execFile)(process.execPath, argv, { env: { ...process.env, ...env } })).stdout.trim()
    }
    expect(await ask({ NODE_EXTRA_CA_CERTS: certificate })).toBe('200')
    expect(await ask({ NODE_EXTRA_CA_CERTS: '' })).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
    terminal.signal('SIGTERM')
    await until(() => !existsSync(certificate))
  })

  test('with a certificate from files', async () => {
    const terminal = new Terminal()
    const { cert, key } = createCertificate(['localhost', '127.0.0.1'], Date.now())
    writeFileSync(join(terminal.cwd, 'c.pem'), cert)
    writeFileSync(join(terminal.cwd, 'k.pem'), key)
    await terminal.serve('--tls-cert', 'c.pem', '--tls-key', 'k.pem')
    expect((await terminal.run('user', 'list')).code).toBe(0)
  })

  test.each([
    [['--tls-cert', 'c.pem'], '--tls-key is missing'],
    [['--tls-key', 'k.pem'], '--tls-cert is missing'],
    [['--tls-cert', 'none.pem', '--tls-key', 'none.pem'], 'none.pem cannot be read: ENOENT.'],
  ])('%j ends with 2', async (argv, sentence) => {
    const { code, err } = await new Terminal().run('serve', '--port', '0', ...argv)
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)])
  })
})

describe('run', () => {
  test('gives its command the admin token and the certificate', async () => {
    const terminal = new Terminal()
    const code = `
      const { UNDERSTUDY_URL: url, UNDERSTUDY_ADMIN_TOKEN: token } = process.env
      fetch(url + '/__understudy/users', { headers: { authorization: 'Bearer ' + token } })
        .then(({ status }) => process.exit(status === 200 ? 7 : 1), () => process.exit(2))`
    const { code: exit } = await terminal.run(
      'run',
      '--tls',
      '--admin-token',
      token,
      '--',
      process.execPath,
      '-e',
      code,
    )
    expect(exit).toBe(7)
  })
})

describe('serve, on the command line', () => {
  test('--cors and --allowed-host may be repeated, or have commas', async () => {
    const origins = ['http://localhost:5173', 'http://localhost:5174', 'https://app.example']
    const { url } = await new Terminal().serve('--cors', `${origins[0]},${origins[1]}`, '--cors', String(origins[2]))
    for (const origin of origins) {
      const response = await fetch(`${url}${api}/info`, { headers: { origin } })
      expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    }
  })

  test('--cors * ends with 2', async () => {
    const { code, err } = await new Terminal().run('serve', '--port', '0', '--cors', '*')
    expect([code, err]).toEqual([2, expect.stringContaining('each origin has to be named')])
  })
})

/** The real process, with real signals. */
describe('the process', () => {
  test('finishes what was begun when it is asked to end, and ends with 0', async () => {
    const { cwd } = new Terminal()
    const { child, url, ended } = await serve(cwd)
    const fault = JSON.stringify({ on: '*', delay: '1s' })
    const headers = { 'content-type': 'application/json' }
    await fetch(`${url}/__understudy/faults`, { method: 'POST', headers, body: fault })
    const begun = fetch(`${url}${api}/info`)
    const asked = async (): Promise<unknown> => (await (await fetch(`${url}/__understudy/requests`)).json()).total
    await expect.poll(asked).toBe(1)
    child.kill('SIGTERM')
    expect((await begun).status).toBe(200)
    expect(await ended).toBe(0)
    expect(readdirSync(cwd)).toEqual([])
  })
})
