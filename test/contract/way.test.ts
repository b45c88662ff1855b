import { readFileSync } from 'node:fs'
import { createServer, request as forward, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Findings } from '../../src/contract/telling/findings.ts'
import { notPassed, openBench } from './bench.ts'
import { listen } from './gateway.ts'

const directory = new URL('tls/', import.meta.url).pathname
const [certificate, keyFile] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')]
const [cert, key] = [readFileSync(certificate), readFileSync(keyFile)]

const info: RequestListener = (_, response) =>
  response
    .setHeader('content-type', 'application/json')
    .end(`{"active":true,"server_time":"${new Date().toISOString().slice(0, 19)}Z"}`)

/** A proxy that knows one server, under whatever name it is asked for; and what it was asked. */
async function serveProxy(
  port: number,
  { credentials, refusal }: { credentials?: string; refusal?: number } = {},
): Promise<{ url: string; host: string; asked: string[] }> {
  const asked: string[] = []
  const isWelcome = (given: string | undefined): boolean =>
    credentials === undefined || given === `Basic ${Buffer.from(credentials).toString('base64')}`
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (refusal !== undefined || !isWelcome(request.headers['proxy-authorization']))
      return response.writeHead(refusal ?? 407).end()
    const { pathname, search } = new URL(request.url ?? '')
    const { method, headers } = request
    const onward = forward({ host: '127.0.0.1', port, path: pathname + search, method, headers }, (answer) =>
      answer.pipe(response.writeHead(answer.statusCode ?? 0, answer.headers)),
    )
    return request.pipe(onward)
  })
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`)
    if (refusal !== undefined || !isWelcome(request.headers['proxy-authorization']))
      return socket.end(`HTTP/1.1 ${refusal ?? 407} No\r\n\r\n`)
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    return socket.on('error', () => onward.destroy())
  })
  const host = `127.0.0.1:${await listen(proxy)}`
  return { url: `http://${host}`, host, asked }
}

async function verifyInfo(target: object, env: { readonly [name: string]: string } = {}): Promise<Findings> {
  const bench = await openBench({ api: 'secure-login', retries: 0, ...target }, { env })
  return bench.verify({ only: /\.info$/ })
}

async function whyNot(target: object): Promise<string> {
  return verifyInfo(target).then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  )
}

describe('a proxy', () => {
  it('of the target is asked for whole addresses over HTTP', async () => {
    const proxy = await serveProxy(await listen(createServer(info)))
    expect(notPassed(await verifyInfo({ baseUrl: 'http://jira.example/jira', proxy: proxy.url }))).toEqual([])
    expect(proxy.asked).toContain('GET http://jira.example/jira/rest/securelogin-admin/1.0/api/info')
  })

  it('is asked for a tunnel over HTTPS, in which the server is known by its certificate', async () => {
    const proxy = await serveProxy(await listen(createSecureServer({ key, cert }, info)))
    const target = { baseUrl: 'https://127.0.0.1:8443/jira', proxy: proxy.url }
    expect(notPassed(await verifyInfo({ ...target, tls: { ca: certificate } }))).toEqual([])
    expect(proxy.asked[0]).toBe('CONNECT 127.0.0.1:8443')
    expect(await whyNot(target)).toMatch(/self-signed certificate \(name the file/)
  })

  it('may want a password', async () => {
    const proxy = await serveProxy(await listen(createServer(info)), { credentials: 'ci:p@ss' })
    const withPassword = `http://ci:p%40ss@${proxy.host}`
    const baseUrl = 'http://jira.example/jira'
    expect(notPassed(await verifyInfo({ baseUrl, proxy: withPassword }))).toEqual([])
    expect(await whyNot({ baseUrl, proxy: proxy.url })).toBe(
      'http://jira.example cannot be reached: its proxy answered 407 Proxy Authentication Required.',
    )
    expect(await whyNot({ baseUrl: 'https://jira.example/jira', proxy: proxy.url })).toBe(
      'https://jira.example cannot be reached: its proxy answered 407 Proxy Authentication Required.',
    )
  })

  it('that reaches nobody is told', async () => {
    const proxy = await serveProxy(1, { refusal: 502 })
    expect(await whyNot({ baseUrl: 'https://jira.example/jira', proxy: proxy.url })).toBe(
      'https://jira.example cannot be reached: its proxy answered 502 Bad Gateway.',
    )
  })

  it.each([
    ['http_proxy', 'http://jira.example/jira', 'GET http://jira.example/jira/'],
    ['HTTP_PROXY', 'http://jira.example/jira', 'GET http://jira.example/jira/'],
    ['HTTPS_PROXY', 'https://jira.example/jira', 'CONNECT jira.example:443'],
  ])('of the environment, %s, is asked', async (name, baseUrl, line) => {
    const proxy = await serveProxy(await listen(createServer(info)))
    await verifyInfo({ baseUrl }, { [name]: proxy.url }).catch(() => undefined)
    expect(proxy.asked[0]).toBe(line)
  })

  it('of the environment is not asked for this machine, for exceptions, or where the target says none', async () => {
    const port = await listen(createServer(info))
    const proxy = await serveProxy(port)
    const here = { baseUrl: `http://127.0.0.1:${port}` }
    expect(notPassed(await verifyInfo(here, { HTTP_PROXY: proxy.url }))).toEqual([])
    expect(notPassed(await verifyInfo({ ...here, proxy: 'none' }, { HTTP_PROXY: proxy.url }))).toEqual([])
    const elsewhere = verifyInfo({ baseUrl: 'http://jira.invalid' }, { HTTP_PROXY: proxy.url, NO_PROXY: 'x, .invalid' })
    await expect(elsewhere).rejects.toThrow('http://jira.invalid cannot be reached: getaddrinfo')
    expect(proxy.asked).toEqual([])
  })
})

describe('a server that wants a certificate of its clients', () => {
  const choosy = { key, cert, ca: cert, requestCert: true }
  const versions = [['TLSv1.2'], ['TLSv1.3']] as const

  it('gets the one of the target', async () => {
    const port = await listen(createSecureServer(choosy, info))
    const target = { baseUrl: `https://127.0.0.1:${port}` }
    const tls = { ca: certificate, cert: certificate, key: keyFile }
    expect(notPassed(await verifyInfo({ ...target, tls }))).toEqual([])
    const proxy = await serveProxy(port)
    expect(notPassed(await verifyInfo({ ...target, tls, proxy: proxy.url }))).toEqual([])
  })

  it.each(versions)('is told where the target has none, by %s', async (maxVersion) => {
    const port = await listen(createSecureServer({ ...choosy, maxVersion }, info))
    expect(await whyNot({ baseUrl: `https://127.0.0.1:${port}`, tls: { ca: certificate } })).toMatch(
      /cannot be reached: .* \(servers that want a certificate of their clients do that: tls: cert and key\)\.$/,
    )
  })
})

it('a server that speaks no TLS is told as such, once', async () => {
  const port = await listen(createServer(info))
  expect(await whyNot({ baseUrl: `https://127.0.0.1:${port}`, retries: 2 })).toBe(
    `https://127.0.0.1:${port} cannot be reached: TLS: wrong version number (does it want http: in place of https:?).`,
  )
})
