import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createSecureLoginClient } from '../../src/client.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld } from '../../src/index.ts'
import { trace } from '../../src/node.ts'
import { Terminal } from './terminal.ts'

/** A server that alice has sent these PINs to. */
async function asked(...pins: readonly string[]): Promise<Terminal> {
  const terminal = new Terminal()
  const { url } = await terminal.serve()
  const app = createSecureLoginClient({ baseUrl: `${url}/jira` })
  await app.login('alice', 'alice')
  for (const pin of pins) await app.auth(pin)
  return terminal
}

describe('requests --expect', () => {
  test('ends with 0 where everything is met, and prints the requests', async () => {
    const terminal = await asked('000000', '910817')
    const args = ['--expect', 'secure-login.auth=2', '--expect', 'secure-login.login', '--expect', 'sirportly.*=0']
    const { code, out, err } = await terminal.run('requests', ...args)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/r3 .*SL-10/)
  })

  test('ends with 1 where it is not, and says which', async () => {
    const terminal = await asked('000000', '910817')
    const args = ['--expect', 'secure-login.auth=1', '--expect', 'secure-login.user']
    const { code, out, err } = await terminal.run('requests', ...args)
    expect(code).toBe(1)
    expect(err).toContain('expected secure-login.auth once; it was asked 2 times')
    expect(err).toContain('expected secure-login.user at least once; it was not asked')
    expect(out).toMatch(/r2 .*SL-11/)
    const narrowed = await terminal.run('requests', '--outcome', 'refused', '--expect', 'secure-login.auth=1', '--json')
    expect(narrowed.code).toBe(0)
    expect(JSON.parse(narrowed.out)).toMatchObject({
      requests: [{ id: 'r2' }],
      expectations: [{ operation: 'secure-login.auth', times: 1, asked: 1, met: true }],
    })
  })

  test.each([
    [['--expect', 'secure-login.aut=0'], 'Did you mean "secure-login.auth"?'],
    [['--expect', 'secure-login.auth=some'], 'not "secure-login.auth=some"'],
    [['--while', 'bloked', '--expect', 'secure-login.auth=0'], 'Did you mean "blocked"?'],
    [['--status', 'many'], 'status'],
    [['--outcome', 'refusd'], 'refused'],
    [['--follow', '--expect', 'secure-login.auth=1'], '--follow'],
  ])('%j ends with 2, in words', async (args, words) => {
    const terminal = await asked()
    const { code, out, err } = await terminal.run('requests', ...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(words)
  })
})

describe('--lint', () => {
  const pins = ['000000', '111111', '222222', '333333']

  test('of requests tells what the client did, and ends with 1 for error', async () => {
    const terminal = await asked(...pins)
    const warned = await terminal.run('requests', '--lint', 'warn')
    expect(warned.code).toBe(0)
    expect(warned.err).toMatch(/code-while-blocked, SL-18: .* \(r5\)\n +Ask `user`/)
    const failed = await terminal.run('requests', '--lint', 'error', '--json')
    expect(failed.code).toBe(1)
    expect(JSON.parse(failed.out).lints).toMatchObject([{ id: 'code-while-blocked', clause: 'SL-18', request: 'r5' }])
    expect((await terminal.run('requests')).err).toBe('')
  })

  test('of an honest client says nothing', async () => {
    const terminal = await asked('000000', '910817')
    expect(await terminal.run('requests', '--lint', 'error')).toMatchObject({ code: 0, err: '' })
  })

  const client = (codes: readonly string[]): string => `
    const url = process.env.UNDERSTUDY_SECURE_LOGIN_URL
    const send = (path, init) => fetch(url + path, { method: 'POST', ...init })
    const login = await send('/rest/auth/1/session', {
      headers: { 'content-type': 'application/json' }, body: '{"username":"alice","password":"alice"}' })
    const cookie = login.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
    for (const body of ${JSON.stringify(codes)})
      await send('/rest/securelogin-admin/1.0/api/auth', {
        headers: { cookie, 'content-type': 'text/plain', 'x-atlassian-token': 'no-check' }, body })`

  test('of run tells it when the command has ended', async () => {
    const run = (level: string, codes: readonly string[]) =>
      new Terminal().run('run', '--lint', level, '--', process.execPath, '--input-type=module', '-e', client(codes))
    expect(await run('warn', pins)).toMatchObject({
      code: 0,
      err: expect.stringContaining('code-while-blocked, SL-18'),
    })
    expect(await run('error', pins)).toMatchObject({ code: 1 })
    expect((await run('off', pins)).err).not.toContain('SL-18')
    expect(await run('error', ['910817'])).toMatchObject({ code: 0 })
  })

  test('of coverage reads it from the traces', async () => {
    const terminal = new Terminal()
    const world = await createWorld()
    const stop = await trace(world, { dir: join(terminal.cwd, 'traces') })
    const app = createSecureLoginClient({ baseUrl: 'https://jira.example/jira', fetch: createFetch(world) })
    await app.login('alice', 'alice')
    for (const pin of pins) await app.auth(pin)
    stop()
    const cover = (level: string) => terminal.run('coverage', '--trace', 'traces', '--lint', level, '--json')
    const { code, out, err } = await cover('error')
    expect([code, JSON.parse(out).lints]).toMatchObject([1, [{ id: 'code-while-blocked', api: 'secure-login' }]])
    expect(err).toContain('code-while-blocked, SL-18')
    expect(await cover('warn')).toMatchObject({ code: 0, err })
    expect(await cover('off')).toMatchObject({ code: 0, err: '' })
  })
})
