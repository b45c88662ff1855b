import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished, vi } from 'vitest'
import { isKept, PactBench, pactOf, serve } from './pact-verify.ts'

/** What a consumer sends and wants, what a server does, and whether that is what is wanted. */
interface Row {
  readonly about: string
  readonly request?: object
  readonly response?: object
  readonly answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void
  readonly isKept: boolean
}

type Head = { readonly [name: string]: string | readonly string[] }

/** A server that always answers so. */
function answers(status: number, headers: Head = {}, body: string | Buffer = ''): Row['answer'] {
  return (_, response) => response.writeHead(status, headers as { [name: string]: string | string[] }).end(body)
}

/** A server that is content with a request only. */
function wants(isRight: (request: IncomingMessage, body: string) => boolean): Row['answer'] {
  return (request, response, body) => response.writeHead(isRight(request, body.toString()) ? 200 : 400).end()
}

const json = { 'content-type': 'application/json' }
const [one, two] = ['A=1; Path=/', 'lb=node2']
const cookie = { response: { headers: { 'Set-Cookie': one } } }
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const large = `{"a":"${'x'.repeat(5_000_000)}"}`
const anyText = { matchingRules: { body: { '$.a': { matchers: [{ match: 'type' }] } } } }
const utf8 = (text: string): string => Buffer.from(text).toString('latin1')
const location = (value: string): object => ({ status: 302, headers: { Location: value } })

// Redirects lead to what nobody has asked for: see below.
const rows: readonly Row[] = [
  {
    about: 'a redirect that is wanted',
    response: { status: 302 },
    answer: answers(302, { location: '/jira/led' }),
    isKept: true,
  },
  { about: 'a redirect that is not wanted', answer: answers(302, { location: '/jira/led' }), isKept: false },
  {
    about: 'where a redirect leads',
    response: location('/jira/led'),
    answer: answers(302, { location: '/jira/led' }),
    isKept: true,
  },
  {
    about: 'where a redirect does not lead',
    response: location('/jira/led'),
    answer: answers(302, { location: '/jira/led/on' }),
    isKept: false,
  },
  { about: 'a redirect that leads nowhere', response: location('/jira/led'), answer: answers(302), isKept: false },
  {
    about: 'where a redirect leads, by a rule',
    response: {
      ...location('/jira/led'),
      matchingRules: { header: { location: { matchers: [{ match: 'regex', regex: '/jira/.+' }] } } },
    },
    answer: answers(302, { location: '/jira/led/on' }),
    isKept: true,
  },
  {
    about: 'a redirect of a body',
    request: { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '910817' },
    response: { status: 307 },
    answer: answers(307, { location: '/jira/led' }),
    isKept: true,
  },
  { about: 'a cookie beside another', ...cookie, answer: answers(200, { 'set-cookie': [one, two] }), isKept: true },
  { about: 'a cookie behind another', ...cookie, answer: answers(200, { 'set-cookie': [two, one] }), isKept: true },
  {
    about: 'another value of a cookie',
    ...cookie,
    answer: answers(200, { 'set-cookie': [two, 'A=2; Path=/'] }),
    isKept: false,
  },
  { about: 'no cookie', ...cookie, answer: answers(200), isKept: false },
  {
    about: 'HEAD',
    request: { method: 'HEAD' },
    response: { headers: { 'X-A': 'b' } },
    answer: answers(200, { 'x-a': 'b', 'content-length': '12' }),
    isKept: true,
  },
  {
    about: 'HEAD without a header',
    request: { method: 'HEAD' },
    response: { headers: { 'X-A': 'b' } },
    answer: answers(200),
    isKept: false,
  },
  { about: '204', response: { status: 204 }, answer: answers(204), isKept: true },
  { about: '304', response: { status: 304 }, answer: answers(304, { etag: '"1"' }), isKept: true },
  { about: '503 that is wanted', response: { status: 503 }, answer: answers(503), isKept: true },
  { about: '500 that is wanted', response: { status: 500 }, answer: answers(500), isKept: true },
  {
    about: 'what is no HTTP, where 500 is wanted',
    response: { status: 500 },
    answer: (_, response) => void response.socket?.end('hello\r\n\r\n'),
    isKept: false,
  },
  {
    about: 'gzip',
    response: { body: { a: 1 } },
    answer: answers(200, { ...json, 'content-encoding': 'gzip' }, gzipSync('{"a":1}')),
    isKept: true,
  },
  {
    about: 'something else in gzip',
    response: { body: { a: 1 } },
    answer: answers(200, { ...json, 'content-encoding': 'gzip' }, gzipSync('{"a":2}')),
    isKept: false,
  },
  { about: 'what is no gzip', answer: answers(200, { 'content-encoding': 'gzip' }, 'plain'), isKept: false },
  {
    about: 'the length',
    response: { headers: { 'Content-Length': '7' } },
    answer: answers(200, { ...json, 'content-length': '7' }, '{"a":1}'),
    isKept: true,
  },
  { about: '5 MB', response: { body: { a: 'x' }, ...anyText }, answer: answers(200, json, large), isKept: true },
  { about: '5 MB of something else', response: { body: { b: 'x' } }, answer: answers(200, json, large), isKept: false },
  { about: 'letters in a header', answer: answers(200, { 'x-name': utf8('Zoë ∂') }), isKept: true },
  {
    about: 'a comma in a header',
    response: { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="a, b"' } },
    answer: answers(401, { 'www-authenticate': 'Basic realm="a, b"' }),
    isKept: true,
  },
  {
    about: 'a header twice',
    response: { headers: { Vary: 'a, b' } },
    answer: answers(200, { vary: ['a', 'b'] }),
    isKept: true,
  },
  {
    about: 'a plus in a form',
    request: { method: 'POST', headers: form, body: 'a=b+c&d=%2B' },
    answer: wants((_, body) => body === 'a=b+c&d=%2B'),
    isKept: true,
  },
  {
    about: 'a plus in a query',
    request: { query: { a: ['b c', 'd+e'] } },
    answer: wants(({ url = '' }) => url.endsWith('?a=b+c&a=d%2Be')),
    isKept: true,
  },
  {
    about: 'letters in a header of the request',
    request: { headers: { 'X-Name': 'Zoë ∂' } },
    answer: wants(({ headers }) => headers['x-name'] === utf8('Zoë ∂')),
    isKept: true,
  },
  {
    about: 'who asks',
    request: { headers: { 'User-Agent': 'app/1' } },
    answer: wants(({ headers }) => headers['user-agent'] === 'app/1'),
    isKept: true,
  },
  {
    about: 'whom it asks',
    request: { headers: { Host: 'jira.example' } },
    answer: wants(({ headers }) => headers.host === 'jira.example'),
    isKept: true,
  },
  {
    about: 'a connection that is closed',
    request: { headers: { Connection: 'close' } },
    response: { body: { a: 1 } },
    answer: answers(200, json, '{"a":1}'),
    isKept: true,
  },
  {
    about: 'another method',
    request: { method: 'PROPFIND' },
    answer: wants(({ method }) => method === 'PROPFIND'),
    isKept: true,
  },
]

it('tells what a server answers from what it does not, and asks for each once', async () => {
  const { url, heard } = await serve((request, response, body) => {
    const row = rows[Number(/\/row\/(\d+)/.exec(request.url ?? '')?.[1] ?? -1)]
    if (row === undefined) response.writeHead(200).end()
    else row.answer(request, response, body)
  })
  const interactions = rows.map(({ about: description, request, response }, place) => ({
    description,
    request: { method: 'GET', path: `/jira/row/${place}`, ...request },
    response: { status: 200, ...response },
  }))
  const { checks } = await new PactBench({ baseUrl: `${url}/jira` }).verify(pactOf(interactions))
  expect(checks.map((check) => `${check.title}: ${isKept(check)}`)).toEqual(
    rows.map((row) => `${row.about}: ${row.isKept}`),
  )
  const paths = heard.map(({ line }) => line.replace(/^\S+ ([^?]*).*$/, '$1')).filter((path) => path !== '/jira/')
  expect(paths).toEqual(rows.map((_, place) => `/jira/row/${place}`))
})

it.each([
  [[0x89, 0x50, 0xff, 0x00], true],
  [[0x89, 0x50, 0xfe, 0x00], false],
])('tells bytes that are no text from others: %j', async (bytes, isRight) => {
  const type = 'application/octet-stream'
  const { url } = await serve(answers(200, { 'content-type': type }, Buffer.from(bytes)))
  const content = Buffer.from([0x89, 0x50, 0xff, 0x00]).toString('base64')
  const interaction = {
    type: 'Synchronous/HTTP',
    description: 'an avatar',
    request: { method: 'GET', path: '/jira/avatar' },
    response: { status: 200, body: { content, contentType: type, encoded: 'base64' } },
  }
  const pact = pactOf([interaction], { metadata: { pactSpecification: { version: '4.0' } } })
  const { checks } = await new PactBench({ baseUrl: `${url}/jira` }).verify(pact)
  expect(checks.map(isKept)).toEqual([isRight])
})

it('asks nobody else: a proxy of the environment is not for what is on this machine', async () => {
  const proxy = await serve(answers(200))
  vi.stubEnv('HTTP_PROXY', proxy.url)
  vi.stubEnv('http_proxy', proxy.url)
  onTestFinished(() => void vi.unstubAllEnvs())
  const { url, heard } = await serve(answers(201))
  const interaction = { description: 'a proxy', request: { path: '/jira/made' }, response: { status: 201 } }
  const { checks } = await new PactBench({ baseUrl: `${url}/jira` }).verify(pactOf([interaction]))
  expect(checks.map(isKept)).toEqual([true])
  expect(heard.map(({ line }) => line)).toEqual(['GET /jira/', 'GET /jira/made'])
  expect(proxy.heard).toEqual([])
})
