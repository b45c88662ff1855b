import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { startBackend } from '../server/backend.ts'
import { Terminal, until } from './terminal.ts'

const msw = import.meta.resolve('msw')
const tickets = `import { http, HttpResponse } from ${JSON.stringify(msw)}
export const handlers = [http.get('/tickets', () => HttpResponse.json(['Printer']))]`

function folder(text: string = tickets): Terminal {
  const terminal = new Terminal()
  writeFileSync(join(terminal.cwd, 'handlers.mjs'), text)
  return terminal
}

describe('serve --handlers --fallback', () => {
  test('asks own handlers, the APIs and the server behind, in this order', async () => {
    const { url: behind } = await startBackend()
    const terminal = folder()
    const { url, lines } = await terminal.serve('--handlers', './handlers.mjs', '--fallback', behind, '--verbose')
    expect(JSON.parse(lines.out[0] ?? '')).toMatchObject({ handlers: 1, fallback: behind })
    expect(await (await fetch(`${url}/tickets`)).json()).toEqual(['Printer'])
    expect((await fetch(`${url}/jira/rest/securelogin-admin/1.0/api/info`)).status).toBe(200)
    expect(await (await fetch(`${url}/other?token=canary`)).text()).toBe('backend GET /other?token=canary')
    await until(() => lines.err.length >= 3)
    expect(lines.err.map((line) => line.replace(/^\S+ r\d+ /, ''))).toEqual([
      'GET /tickets → 200 handler a handler of your own answered',
      expect.stringContaining('SL-03'),
      `GET /other?token=*** → 200 passed-on no API takes it: passed on to ${behind}`,
    ])
    const { out } = await terminal.run('requests', '--url', url, '--clause', 'passed-on')
    expect(out).toContain('GET /other')
  })

  test('are told on the banner, and taken from the environment', async () => {
    const { url: behind } = await startBackend()
    vi.stubEnv('UNDERSTUDY_HANDLERS', './handlers.mjs').stubEnv('UNDERSTUDY_FALLBACK', behind)
    onTestFinished(() => void vi.unstubAllEnvs())
    const terminal = folder(tickets.replace('const handlers =', 'default'))
    const { lines } = terminal.begin('serve', '--port', '0')
    await until(() => lines.err.some((line) => line.includes('Ctrl-C')))
    const told = lines.err.join('\n')
    expect(told).toContain('Handlers       1 of your own, asked before the APIs')
    expect(told).toContain(`Fallback       ${behind}, for what no API takes`)
  })

  test.each([
    ['throws', '\nthrow new Error("no tickets")', './handlers.mjs:2:7 could not be loaded: no tickets'],
    ['exports nothing', '', './handlers.mjs exports no handlers, but nothing at all. Write `export const handlers ='],
    ['exports something else', 'export const tickets = []', './handlers.mjs exports no handlers, but tickets.'],
    ['exports no array', 'export default () => []', './handlers.mjs: Handlers are an array, not of the type function'],
    ['exports what is none', 'export const handlers = [1]', './handlers.mjs: handlers[0] is of the type number'],
  ])('a module that %s is refused in words', async (_, text, words) => {
    const { code, err } = await folder(text).run('serve', '--port', '0', '--handlers', './handlers.mjs')
    expect([code, err]).toEqual([2, expect.stringContaining(words)])
  })

  test.each([
    [['--handlers', './none.js'], 'There is no file of handlers ./none.js.'],
    [['--fallback', 'localhost:8080'], 'it should look like http://localhost:8080'],
    [['--fallback', 'http://localhost:8080/app'], 'Did you mean "http://localhost:8080"?'],
    [['--fallback', 'http://me:canary@localhost'], 'takes no user and password'],
  ])('%j is refused in words', async (args, words) => {
    const { code, err } = await folder().run('serve', '--port', '0', ...args)
    expect([code, err]).toEqual([2, expect.stringContaining(words)])
    expect(err).not.toContain('canary')
  })
})
