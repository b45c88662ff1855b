import { expect, test } from 'vitest'
import { logInAsAnAppDoes } from '../contract/shadow-app.ts'
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
