import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createServer as createSocket, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { start } from '../../examples/providers/secure-login/server.js'
import { notPassed, openBench, type Bench } from './bench.ts'
import { secureLoginCompany } from './company.ts'
import { serveMock, serveProvider } from './servers.ts'

const { accounts, provider: seed } = secureLoginCompany

async function serve(server: Server | ReturnType<typeof createSecureServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  })
  return (server.address() as AddressInfo).port
}

const open = (baseUrl: string, more: object = {}): Promise<Bench> =>
  openBench({ api: 'secure-login', baseUrl, accounts, retries: 0, ...more })

const info: RequestListener = (_, response) =>
  response
    .setHeader('content-type', 'application/json')
    .end(`{"active":true,"server_time":"${new Date().toISOString().slice(0, 19)}Z"}`)

/** What makes a run end before it has begun. */
async function refusal(bench: Bench): Promise<unknown> {
  return bench.verify({ only: /\.info$/ }).catch((error: unknown) => error)
}

describe('a server that cannot be reached', () => {
  it('is told with its address and the cause', async () => {
    const socket = createSocket()
    await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve))
    const { port } = socket.address() as AddressInfo
    await new Promise((resolve) => socket.close(resolve))
    expect(await refusal(await open(`http://127.0.0.1:${port}/jira`))).toMatchObject({
      code: 'ERR_TARGET_UNREACHABLE',
      message: `http://127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}.`,
    })
  })

  it('is one that never answers, or never ends its answer', async () => {
    const silent = await serve(createServer(() => undefined))
    const message = `http://127.0.0.1:${silent} cannot be reached: no answer within 100ms.`
    expect(await refusal(await open(`http://127.0.0.1:${silent}`, { timeout: '100ms' }))).toMatchObject({ message })
    const endless = await serve(createServer((_, response) => response.writeHead(200).write('{')))
    expect(await refusal(await open(`http://127.0.0.1:${endless}`, { timeout: '100ms' }))).toMatchObject({
      code: 'ERR_TARGET_UNREACHABLE',
    })
  })
})

describe('TLS', () => {
  const directory = new URL('tls/', import.meta.url).pathname
  const [key, cert] = [readFileSync(join(directory, 'key.pem')), readFileSync(join(directory, 'certificate.pem'))]

  it('trusts nobody unknown, and says what to do', async () => {
    const port = await serve(createSecureServer({ key, cert }, info))
    expect(await refusal(await open(`https://127.0.0.1:${port}`))).toMatchObject({
      code: 'ERR_TARGET_UNREACHABLE',
      message: `https://127.0.0.1:${port} cannot be reached: self-signed certificate (name the file with the certificate to trust as tls: ca; tls: insecure trusts any).`,
    })
  })

  it.each([
    ['a certificate that the target names', { ca: join(directory, 'certificate.pem') }],
    ['any certificate, if it is told to', { insecure: true }],
  ])('trusts %s', async (_, tls) => {
    const port = await serve(createSecureServer({ key, cert }, info))
    const { counts } = await (await open(`https://127.0.0.1:${port}`, { tls })).verify({ only: /\.info$/ })
    expect(counts).toMatchObject({ passed: 1, failed: 0 })
  })

  it('of the server has no bearing on hooks without', async () => {
    const { states } = await serveMock()
    const port = await serve(createSecureServer({ key, cert }, info))
    const bench = await open(`https://127.0.0.1:${port}`, { tls: { insecure: true }, states })
    const { counts } = await bench.verify({ only: /sl-03-the-info-while/ })
    expect(counts).toMatchObject({ passed: 1, failed: 0 })
  })
})

describe('a connection that breaks', () => {
  it('is a check that is not reached, and the others go on', async () => {
    const mock = await serveMock()
    mock.world.faults.add({ on: 'secure-login.auth', break: 'reset', nth: 1 })
    const bench = await openBench({
      api: 'secure-login',
      baseUrl: `${mock.url}/jira`,
      accounts: { enter: accounts['enter'], onboarding: accounts['onboarding'], bypass: accounts['bypass'] },
      states: mock.states,
      retries: 0,
    })
    const { checks, brokenOff } = await bench.verify({ only: /\.(flow|onboarding|bypass)$/ })
    expect(checks.map(({ id, outcome }) => `${id.slice(13)}: ${outcome}`)).toEqual([
      'onboarding: not reached',
      'flow: passed',
      'bypass: passed',
    ])
    expect(checks[0]).toMatchObject({
      failures: [],
      unavailable: true,
      because: expect.stringMatching(/^step 3, POST .*\/auth: the server was unavailable: .* cannot be reached: /),
    })
    expect(brokenOff).toBeUndefined()
  })

  it('at the first factor is a check that is not reached', async () => {
    const mock = await serveMock()
    mock.world.faults.add({ on: 'secure-login.login', break: 'reset', nth: 1 })
    const bench = await open(`${mock.url}/jira`, { states: mock.states })
    const { checks } = await bench.verify({ only: /\.(flow|onboarding)$/ })
    expect(checks).toMatchObject([
      { outcome: 'not reached', because: expect.stringContaining('cannot be reached') },
      { outcome: 'passed' },
    ])
  })

  it('for good leaves the rest not reached', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/rest/securelogin-admin/1.0/api/user') {
        server.closeAllConnections()
        server.close()
      } else info(request, response)
    })
    const port = await serve(server)
    const { checks, brokenOff, counts } = await (
      await open(`http://127.0.0.1:${port}`)
    ).verify({
      only: /\.(info|stranger|flow)$/,
    })
    expect(checks.map(({ outcome }) => outcome)).toEqual(['passed', 'not reached', 'not reached'])
    expect(brokenOff).toBe(`http://127.0.0.1:${port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}.`)
    expect(checks[2]?.because).toBe(brokenOff)
    expect(counts).toMatchObject({ passed: 1, failed: 0, notReached: 2 })
  })
})

describe('hooks', () => {
  const only = { only: /\.(inactive|onboarding)$/ }

  it.each([
    [422, 'no such state', 'answered 422: no such state'],
    [501, '', 'answered 501: '],
    [200, '{"refused":"only the current revision"}', 'only the current revision'],
  ])('that do not know a state, by %i, leave checks not reached', async (status, body, said) => {
    const provider = await serveProvider(start(seed))
    const port = await serve(createServer((_, response) => response.writeHead(status).end(body)))
    const bench = await open(`${provider.url}/jira`, { states: { url: `http://qa:topsecret@127.0.0.1:${port}/qa` } })
    const findings = await bench.verify(only)
    // The accounts are there without the hook, but for the plug-in that nobody makes inactive.
    expect(notPassed(findings)).toEqual([
      expect.stringContaining('secure-login.inactive: not reached, the target\'s hook cannot arrange "the plug-in is'),
    ])
    expect(findings.checks.at(-1)?.because).toContain(said)
    expect(JSON.stringify(findings)).not.toContain('topsecret')
    expect(findings.brokenHooks).toEqual([])
  })

  it.each([
    [404, 'no such hook'],
    [400, 'what?'],
    [500, 'oops'],
  ])('that fail, by %i, are told by state and answer, and no check passes on account of them', async (status, body) => {
    const provider = await serveProvider(start(seed))
    const port = await serve(createServer((_, response) => response.writeHead(status).end(body)))
    const bench = await open(`${provider.url}/jira`, { states: { url: `http://127.0.0.1:${port}/qa` } })
    const { checks, brokenHooks, counts } = await bench.verify(only)
    const told = ['a user in onboarding', 'a user who must enter the PIN'].map(
      (state) => `could not arrange "${state}": http://127.0.0.1:${port}/qa answered ${status}: ${body}`,
    )
    expect(checks.map(({ because }) => because)).toEqual(told)
    expect(brokenHooks).toEqual(told)
    expect(counts).toMatchObject({ passed: 0, notReached: 2 })
  })

  it('that are modules and throw are told as well', async () => {
    const provider = await serveProvider(start(seed))
    const bench = await open(`${provider.url}/jira`)
    const module = join(bench.directory, 'bad.mjs')
    writeFileSync(module, 'export default async () => { throw new Error("x") }')
    const findings = await (await open(`${provider.url}/jira`, { states: { module } })).verify(only)
    expect(findings.counts).toMatchObject({ passed: 0, notReached: 2 })
    expect(findings.brokenHooks).toEqual([
      `${module} could not arrange "a user in onboarding": Error: x`,
      `${module} could not arrange "a user who must enter the PIN": Error: x`,
    ])
  })

  it('may be a module, or a command that reads JSON', async () => {
    const mock = await serveMock()
    const bench = await open(`${mock.url}/jira`)
    const send = `fetch('${mock.states.url}', { method: 'POST', headers: { 'content-type': 'application/json' }, body })`
    const module = join(bench.directory, 'arrange.mjs')
    writeFileSync(
      module,
      `export default async (change) => { const body = JSON.stringify(change); return (await ${send}).json() }`,
    )
    const byModule = await open(`${mock.url}/jira`, { states: { module } })
    expect(notPassed(await byModule.verify(only))).toEqual([])
    const script = join(bench.directory, 'arrange-command.mjs')
    writeFileSync(
      script,
      `let body = ''; for await (const chunk of process.stdin) body += chunk; console.log(await (await ${send}).text())`,
    )
    const byCommand = await open(`${mock.url}/jira`, { states: { command: `"${process.execPath}" "${script}"` } })
    expect(notPassed(await byCommand.verify(only))).toEqual([])
    const failing = await open(`${mock.url}/jira`, { states: { command: 'exit 7' } })
    expect(notPassed(await failing.verify({ only: /\.inactive$/ }))).toEqual([
      'secure-login.inactive: not reached, a command of the target ended with exit code 7',
    ])
    const slow = await open(`${mock.url}/jira`, { states: { command: 'sleep 5' }, timeout: '200ms' })
    expect(notPassed(await slow.verify({ only: /\.inactive$/ }))).toEqual([
      'secure-login.inactive: not reached, a command of the target took longer than 200ms',
    ])
  })
})

describe('the first factor', () => {
  const section = {
    users: {
      'qa-enter': { password: 'Open sesame 1', pin: '778812' },
      'qa-free': { password: 'Open sesame 3', state: 'bypass' },
    },
  } as const
  const two = { enter: accounts['enter'], bypass: accounts['bypass'] }
  const only = { only: /\.(flow|named|bypass)$/, leaveOutUnsafe: true }

  async function cookieOf(url: string, username: string, password: string): Promise<string> {
    const body = JSON.stringify({ username, password })
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}/jira/rest/auth/1/session`, { method: 'POST', headers, body })
    return (response.headers.getSetCookie().at(-1) ?? '').split(';', 1)[0] ?? ''
  }

  it.each<[kind: string, session: (url: string) => Promise<object>]>([
    ['jira', async () => ({ kind: 'jira' })],
    ['command', async (url) => ({ kind: 'command', command: `"${process.execPath}" -e "${script(url)}"` })],
  ])('is passed by %s as often as a journey likes', async (_, session) => {
    const mock = await serveMock({ 'secure-login': section })
    const bench = await open(`${mock.url}/jira`, { accounts: two, session: await session(mock.url) })
    expect(notPassed(await bench.verify(only))).toEqual([])
  })

  /** A command that logs in, and prints the cookie. */
  function script(url: string): string {
    const passwords = "{ 'qa-enter': 'Open sesame 1', 'qa-free': 'Open sesame 3' }"
    return [
      'const username = process.env.UNDERSTUDY_USERNAME;',
      `const body = JSON.stringify({ username, password: ${passwords}[username] });`,
      `fetch('${url}/jira/rest/auth/1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body })`,
      ".then((response) => console.log(response.headers.getSetCookie().at(-1).split(';', 1)[0]))",
    ].join(' ')
  }

  it('may be a session that is there already, by username', async () => {
    const mock = await serveMock({ 'secure-login': section })
    const enter = await cookieOf(mock.url, 'qa-enter', 'Open sesame 1')
    const free = await cookieOf(mock.url, 'qa-free', 'Open sesame 3')
    const values = { 'qa-enter': enter, 'qa-free': free }
    const byCookie = await open(`${mock.url}/jira`, { accounts: two, session: { kind: 'cookie', values } })
    expect(notPassed(await byCookie.verify({ only: /\.(named|bypass)$/ }))).toEqual([])
    const lines = { 'qa-enter': `cookie: ${enter}`, 'qa-free': `cookie: ${free}` }
    const byHeader = await open(`${mock.url}/jira`, { accounts: two, session: { kind: 'header', values: lines } })
    expect(notPassed(await byHeader.verify({ only: /\.(named|bypass)$/ }))).toEqual([])
    const byNone = await open(`${mock.url}/jira`, { accounts: two, session: { kind: 'cookie', values: { x: 'A=b' } } })
    expect(notPassed(await byNone.verify({ only: /\.bypass$/ }))).toEqual([
      'secure-login.bypass: not reached, the target has no cookie for qa-free',
    ])
  })

  it('may be Basic credentials', async () => {
    const mock = await serveMock({ 'secure-login': section })
    const bench = await open(`${mock.url}/jira`, { accounts: two, session: { kind: 'basic' } })
    expect(notPassed(await bench.verify({ only: /\.(named|bypass)$/ }))).toEqual([])
  })

  it('that turns somebody away is not tried again', async () => {
    const mock = await serveMock({ 'secure-login': section })
    const wrong = { enter: { ...accounts['enter'], password: 'another' }, bypass: accounts['bypass'] }
    const bench = await open(`${mock.url}/jira`, { accounts: wrong })
    const { checks } = await bench.verify({ only: /\.(flow|retry|login|bypass)$/, leaveOutUnsafe: true })
    const reason =
      'the first factor of qa-enter was not accepted: POST /rest/auth/1/session answered 401 without JSESSIONID'
    expect(checks.map(({ id, because }) => `${id}: ${because}`)).toEqual([
      `secure-login.flow: ${reason}`,
      expect.stringContaining('secure-login.retry: '),
      'secure-login.bypass: undefined',
      `secure-login.login: ${reason}`,
    ])
    const logins = mock.world.requests.filter(({ clause }) => clause === 'SL-H2')
    expect(logins).toHaveLength(1)
  })
})
