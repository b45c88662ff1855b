import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { start } from '../../examples/providers/secure-login/server.js'
import { serve } from './provider.ts'

test('a state that there is not is refused with those that there are', async () => {
  const server = await serve(start())
  const { status, body } = await server.sendJson('/qa/states', { state: 'a user who must dance', action: 'setup' })
  expect(status).toBe(400)
  expect(body.error).toMatch(/no state "a user who must dance"; there are: .*a blocked user/)
})

test('a teardown leaves the accounts, settings and clock that the server started with', async () => {
  const server = await serve(start({ users: [{ username: 'alice', pin: '910817' }] }))
  const state = (action: string, name: string, params?: object): Promise<unknown> =>
    server.sendJson('/qa/states', { state: name, action, params })
  await state('setup', "the server's clock", { at: '1991-08-17T07:00:00Z' })
  await state('setup', 'the plug-in is inactive')
  await state('setup', 'a user in onboarding', { username: 'olga' })
  const info = '/jira/rest/securelogin-admin/1.0/api/info'
  expect((await server.send(info)).body).toEqual({ active: false, server_time: '1991-08-17T07:00:00Z' })
  await state('teardown', 'the plug-in is inactive')
  const before = Date.now()
  const { active, server_time: time } = (await server.send(info)).body
  expect(active).toBe(true)
  // It is told in whole seconds.
  expect(Date.parse(time)).toBeGreaterThan(before - 1000)
  expect(Date.parse(time)).toBeLessThanOrEqual(Date.now())
  const logIn = async (username: string): Promise<number> =>
    (await server.sendJson('/jira/rest/auth/1/session', { username, password: username })).status
  expect([await logIn('alice'), await logIn('olga')]).toEqual([200, 401])
})

test('a clock moves forward only', async () => {
  const server = await serve(start())
  for (const by of [-1, '1', null]) expect((await server.sendJson('/qa/clock', { by })).status).toBe(400)
  expect((await server.sendJson('/qa/clock', { by: 1 })).body).toEqual({ now: expect.stringContaining('T') })
})

/** Runs a server's file until it prints a line or ends. */
async function run(api: string, args: string[]): Promise<{ line: string; code: number | null }> {
  const file = `examples/providers/${api}/server.js`
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  const lines: string[] = []
  child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()))
  const printed = once(child.stdout, 'data').then(([chunk]: Buffer[]) => lines.push(String(chunk)))
  await Promise.race([printed, ended])
  return { line: lines.join('').trim(), code: child.exitCode }
}

test('a server runs from the command line, with its accounts in a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'providers-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'options.json')
  await writeFile(file, JSON.stringify({ users: [{ username: 'alice', pin: '910817' }], blockAfter: 1 }))
  const { line } = await run('secure-login', ['--port', '0', '--active', 'false', '--options', file])
  expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const info = await fetch(`${line}/jira/rest/securelogin-admin/1.0/api/info`)
  expect(await info.json()).toMatchObject({ active: false })
  const login = await fetch(`${line}/jira/rest/auth/1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"username":"alice","password":"alice"}',
  })
  expect(login.status).toBe(200)
})

test.each([
  ['sirportly', ['--status-codes', 'never'], 'statusCodes: "never" is not byKind or byOutcome or always200'],
  ['gentics-cms', ['--maintenance', 'perhaps'], '--maintenance: perhaps is no JSON; write true, 3 or \'["a", "b"]\''],
  ['gentics-cms', ['--maintenance', '3'], 'maintenance: 3 is no boolean'],
  ['secure-login', ['--block', '3'], "Unknown option '--block'"],
])('%s refuses %j', async (api, args, message) => {
  const { line } = await run(api, args)
  expect(line).toContain(message)
})

test.each(['secure-login', 'sirportly', 'gentics-cms'])('the page of the servers has every flag of %s', async (api) => {
  const page = await readFile('examples/providers/README.md', 'utf8')
  const { line } = await run(api, ['--help'])
  const flags = [...line.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag = '']) => flag)
  expect(flags).toContain('--port')
  expect(flags.filter((flag) => !page.includes(`\`${flag}\``) && flag !== '--options')).toEqual([])
})
