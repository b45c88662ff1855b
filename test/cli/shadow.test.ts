import { expect, test } from 'vitest'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createSecureLoginClient } from '../../src/client.ts'
import { logInAsAnAppDoes } from '../contract/shadow-app.ts'
import { writeModule } from '../support/turnstile-file.ts'
import { Terminal, until } from './terminal.ts'

async function begin(
  upstream: string,
  ...flags: readonly string[]
): Promise<{ url: string; shadowing: Terminal; done: Promise<number>; lines: ReturnType<Terminal['begin']>['lines'] }> {
  const shadowing = new Terminal()
  const { done, lines } = shadowing.begin('shadow', upstream, '--port', '0', ...flags)
  await until(() => lines.err.length > 0)
  return { url: /http:\/\/127\.0\.0\.1:\d+/.exec(lines.err[0] ?? '')?.[0] ?? '', shadowing, done, lines }
}

test('a drift is named by clause, fails the run if it is to, and tells no secret', async () => {
  const mock = new Terminal()
  const served = await mock.serve('--mutant', 'secure-login.SL-14.one-more')
  const { url, shadowing, done, lines } = await begin(served.url, '--fail-on', 'drift', '--json')
  await logInAsAnAppDoes(`${url}/jira`)
  await until(() => lines.err.some((line) => line.startsWith('drift: ')))
  shadowing.signal('SIGTERM')
  expect(await done).toBe(1)
  expect(lines.err.join('\n')).toContain('drift: SL-07 after SL-14, user: body.state is "enter" instead of "blocked"')
  expect(JSON.parse(lines.out.join('\n')).drifts[0]).toMatchObject({ clause: 'SL-07', after: 'SL-14', binding: true })
  expect([...lines.out, ...lines.err].join('\n')).not.toMatch(/910817|00000\d|123456/)
  mock.signal('SIGTERM')
  await served.done
})

test('a server that goes away is 502 in words for the app, and ends the command with 3', async () => {
  const { url, done, lines } = await begin('http://127.0.0.1:9')
  const response = await fetch(`${url}/jira/rest/securelogin-admin/1.0/api/info`)
  expect(response.status).toBe(502)
  expect(await response.text()).toBe('http://127.0.0.1:9 could not be asked: ECONNREFUSED.\n')
  expect(await done).toBe(3)
  expect(lines.out.join('\n')).toContain('0 requests to the API were seen')
})

test.each([
  ['jira.example', 'The upstream is no origin'],
  ['http://a:secret@jira.example', 'without a user and a password'],
  ['http://jira.example/jira', 'name the origin, and --context-path'],
])('%s is no upstream', async (upstream, sentence) => {
  const { done, lines } = new Terminal().begin('shadow', upstream)
  expect(await done).toBe(2)
  expect(lines.err.join('\n')).toContain(sentence)
  expect(lines.err.join('\n')).not.toContain('secret@')
})

test("one operation is the mock's, in sessions that the real server has opened", async () => {
  const real = new Terminal()
  const served = await real.serve()
  const { url, shadowing, done, lines } = await begin(served.url, '--mock', 'secure-login.auth', '--json')
  const app = createSecureLoginClient({ baseUrl: `${url}/jira` })
  await app.login('alice', 'alice')
  for (let times = 0; times < 3; times++)
    expect(await app.auth('000000').catch(() => 'wrong')).not.toBe('authenticated')
  // The mock has blocked alice; the real server was asked nothing.
  expect(await real.run('user', 'show', 'alice')).toMatchObject({ out: expect.stringMatching(/enter/) })
  expect((await app.user()).state).toBe('enter')
  expect((await real.run('requests', '--operation', 'secure-login.auth', '--json')).out).toContain('"requests": []')
  shadowing.signal('SIGTERM')
  expect(await done).toBe(0)
  expect(JSON.parse(lines.out.join('\n')).drifts).toEqual([])
  real.signal('SIGTERM')
  await served.done
})

test("one user is the mock's, and the others are the real server's", async () => {
  const real = new Terminal()
  const served = await real.serve()
  const { url, shadowing, done, lines } = await begin(served.url, '--mock', 'user=alice', '--report', 'drift.json')
  const [alice, bob] = [1, 2].map(() => createSecureLoginClient({ baseUrl: `${url}/jira` })) as [
    ReturnType<typeof createSecureLoginClient>,
    ReturnType<typeof createSecureLoginClient>,
  ]
  await alice.login('alice', 'alice')
  expect((await alice.user()).state).toBe('enter')
  await bob.login('bob', 'bob')
  expect((await bob.user()).state).toBe('onboarding')
  const { out } = await real.run('requests', '--json')
  expect(out).toContain('"bob"')
  expect(out).not.toContain('"alice"')
  shadowing.signal('SIGTERM')
  expect(await done).toBe(0)
  expect(lines.err).toContain('wrote drift.json')
  const report = JSON.parse(readFileSync(join(shadowing.cwd, 'drift.json'), 'utf8'))
  expect(report).toMatchObject({ seen: 2, compared: 2, drifts: [] })
  real.signal('SIGTERM')
  await served.done
})

test('web sockets pass as they come', async () => {
  const real = createServer()
  real.on('upgrade', (request, socket) => {
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n${request.url}`)
    socket.on('data', (data) => socket.end(`got ${String(data)}`))
  })
  await new Promise<void>((resolve) => {
    real.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void real.close())
  const { url, shadowing, done } = await begin(`http://127.0.0.1:${(real.address() as AddressInfo).port}`)
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write('GET /live HTTP/1.1\r\nHost: app\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n')
  let got = ''
  let isSent = false
  for await (const data of socket) {
    got += String(data)
    if (!isSent && got.includes('/live')) isSent = socket.write('hello')
  }
  expect(got).toMatch(/^HTTP\/1.1 101 .*\/livegot hello$/s)
  shadowing.signal('SIGTERM')
  expect(await done).toBe(0)
})

test('what was found is told even where the report cannot be written', async () => {
  const mock = new Terminal()
  const served = await mock.serve('--mutant', 'secure-login.SL-14.one-more')
  const { url, shadowing, done, lines } = await begin(served.url, '--json', '--report', '.')
  await logInAsAnAppDoes(`${url}/jira`)
  await until(() => lines.err.some((line) => line.startsWith('drift: ')))
  shadowing.signal('SIGTERM')
  expect(await done).toBe(2)
  expect(JSON.parse(lines.out.join('\n')).drifts[0]).toMatchObject({ clause: 'SL-07', after: 'SL-14' })
  expect(lines.err.join('\n')).toContain(`${shadowing.cwd} was not written: `)
  mock.signal('SIGTERM')
  await served.done
})

test.each([
  ['secure-login.aut', 'there is no operation "secure-login.aut"', 'Did you mean "secure-login.auth"?'],
  ['user=alcie', 'there is no user "alcie" in the scenario', 'Did you mean "alice"?'],
])('--mock %s is refused with the nearest word', async (word, sentence, hint) => {
  const { done, lines } = new Terminal().begin('shadow', 'http://127.0.0.1:9', '--port', '0', '--mock', word)
  expect(await done).toBe(2)
  expect(lines.err.join('\n')).toContain(sentence)
  expect(lines.err.join('\n')).toContain(hint)
})

test('a server that goes away in the middle ends the command with 3, and what was found is told', async () => {
  const mock = new Terminal()
  const served = await mock.serve('--mutant', 'secure-login.SL-14.one-more')
  const { url, done, lines } = await begin(served.url, '--fail-on', 'drift', '--json', '--report', 'drift.json')
  await logInAsAnAppDoes(`${url}/jira`)
  await until(() => lines.err.some((line) => line.startsWith('drift: ')))
  mock.signal('SIGTERM')
  await served.done
  expect((await fetch(`${url}/jira/rest/securelogin-admin/1.0/api/info`)).status).toBe(502)
  expect(await done).toBe(3)
  expect(lines.err.join('\n')).toMatch(/could not be asked: ECONN/)
  expect(lines.err).toContain('wrote drift.json')
  expect(JSON.parse(lines.out.join('\n')).drifts[0]).toMatchObject({ clause: 'SL-07', after: 'SL-14' })
})

const otherServer = {
  scenario: `secure-login:
  contextPath: ''
  blockAfter: 5
  users: { alice: { pin: '910817' }, bob: { state: bypass }, carol: { state: onboarding } }
`,
  target: `api: secure-login
baseUrl: https://jira.example/
settings: { blockAfter: 5 }
`,
}

async function whatIsFound(mutants: readonly string[], words: readonly string[]): Promise<string[]> {
  const mock = new Terminal()
  writeFileSync(join(mock.cwd, 'real.yaml'), otherServer.scenario)
  const served = await mock.serve('real.yaml', ...mutants.flatMap((mutant) => ['--mutant', mutant]))
  writeFileSync(join(mock.cwd, 'jira.yaml'), otherServer.target)
  const given = words.map((word) => (word === 'jira.yaml' ? join(mock.cwd, word) : word))
  const { url, shadowing, done, lines } = await begin(served.url, ...given, '--json')
  await logInAsAnAppDoes(url)
  shadowing.signal('SIGTERM')
  expect(await done).toBe(0)
  mock.signal('SIGTERM')
  await served.done
  const { seen, drifts } = JSON.parse(lines.out.join('\n'))
  expect(seen).toBe(28)
  return drifts.map(({ clause, after }: { readonly clause: string; readonly after?: string }) => after ?? clause)
}

test.each([
  ['as defaults are', ['contextPath='], ['SL-14']],
  ['on the command line', ['contextPath=', 'blockAfter=5'], []],
  ['by flag and on the command line', ['--context-path', '', 'blockAfter=5'], []],
  ['in a target file', ['--target', 'jira.yaml'], []],
  ['in a target file, and otherwise on the command line', ['--target', 'jira.yaml', 'blockAfter=3'], ['SL-14']],
])('a server that is set up otherwise, which is said %s', async (_, words, drifts) => {
  expect(await whatIsFound([], words)).toEqual(drifts)
})

test('with its settings said, a server that is set up otherwise and wrong is told to be', async () => {
  expect(await whatIsFound(['secure-login.SL-12.message'], ['--target', 'jira.yaml'])).toEqual(['SL-12'])
})

test.each([
  [['blockAftr=5'], 'Did you mean "blockAfter"?'],
  [['blockAfter=soon'], 'blockAfter'],
  [['blockAfter'], 'write name=value'],
  [['--context-path', 'jira'], 'contextPath'],
  [['--target', 'nowhere.yaml'], 'There is no target file nowhere.yaml.'],
])('settings %j are refused in words', async (words, sentence) => {
  const { done, lines } = new Terminal().begin('shadow', 'http://127.0.0.1:9', '--port', '0', ...words)
  expect(await done).toBe(2)
  expect(lines.err.join('\n')).toContain(sentence)
})

const source = (name: string): string => new URL(`../own-api/${name}.ts`, import.meta.url).href

test('of an API of your own that does not say where requests tell users nobody can be followed, which is said first', async () => {
  const terminal = new Terminal()
  const text = `import { turnstile as own } from '${source('turnstile')}'
    export const silent = { ...own, loadKit: async () => ({ ...(await own.loadKit()), tells: undefined }) }`
  const module = writeModule(terminal.cwd, 'turnstile.mjs', text)
  const { code, err } = await terminal.run('shadow', 'http://127.0.0.1:9', '--port', '0', '--api', module)
  expect(code).toBe(2)
  expect(err).toContain("say it in defineApi, beside `at` of an operation, as `tells: { username: 'query.badge',")
})

test('an API of your own is followed, by what it says', async () => {
  const mock = new Terminal()
  const module = writeModule(mock.cwd, 'turnstile.mjs', `export { turnstile as own } from '${source('turnstile')}'`)
  writeFileSync(join(mock.cwd, 'hall.yaml'), "turnstile: { lockAfter: 4, users: { b7: { code: '4711' } } }\n")
  const served = await mock.serve('hall.yaml', '--api', module)
  const api = join(mock.cwd, 'turnstile.mjs')
  for (const [settings, drifts] of [
    [[], [{ clause: 'TS-02', operation: 'enter' }]],
    [['lockAfter=4'], []],
  ] as const) {
    const { url, shadowing, done, lines } = await begin(served.url, ...settings, '--api', api, '--json')
    for (const tried of ['4711', '0000', '0001']) {
      const response = await fetch(`${url}/turnstile/enter?badge=b7&code=${tried}`, { method: 'POST' })
      expect(response.status).toBe(tried === '4711' ? 204 : 403)
    }
    await until(() => lines.err.length > drifts.length)
    shadowing.signal('SIGTERM')
    expect(await done).toBe(0)
    expect(JSON.parse(lines.out.join('\n'))).toMatchObject({ seen: 3, compared: 3, unknown: 0, drifts })
    expect([...lines.out, ...lines.err].join('\n')).not.toMatch(/4711|000[01]/)
  }
  mock.signal('SIGTERM')
  await served.done
})
