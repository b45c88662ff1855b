import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { callControl } from '../support/control-client.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone } from '../support/phone.ts'
import { request } from '../support/request.ts'

type Told = Awaited<ReturnType<typeof played>>

/** A world whose time is ours, and what its script says. */
async function played(): Promise<{
  world: Awaited<ReturnType<typeof createWorld>>
  time: HostTime
  force: (method: string, path: string, body?: object) => Promise<void>
  script: (as?: string) => Promise<{ file: string; requests: number; changes: number; remarks: readonly string[] }>
}> {
  const time = new HostTime('2026-01-15T09:00:00Z')
  const world = await createWorld('default', { time: time.time })
  return {
    world,
    time,
    force: async (method, path, body) => {
      const { status, body: answer } = await callControl(world, method, path, body)
      expect([status, answer['detail']]).toEqual([200, undefined])
    },
    script: async (as = 'vitest') => (await callControl(world, 'GET', `/script?as=${as}`)).body as never,
  }
}

/** The lines of a test that do something. */
const linesOf = (file: string): string[] =>
  (/freeze\(\)\n([^]*?)\n\}\)/.exec(file)?.[1] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))

const forced = async ({ script }: Told): Promise<string[]> => linesOf((await script()).file)

describe('a script', () => {
  test('begins where the world last began', async () => {
    const told = await played()
    await told.force('PUT', '/users/alice', { failures: 1 })
    await told.force('POST', '/reset')
    await told.force('PUT', '/users/alice', { failures: 2 })
    expect(await forced(told)).toEqual(["world.api('secure-login').user('alice').set({ failures: 2 })"])
    await told.force('POST', '/scenario', { scenario: 'lockout' })
    expect(await forced(told)).toEqual([])
    expect((await told.script()).file).toContain("test.override({ scenario: 'lockout', intercept: false })")
  })

  test('begins with a snapshot that was restored, though it was forgotten since', async () => {
    const told = await played()
    await told.force('PUT', '/users/alice', { state: 'blocked', for: '30m' })
    await told.force('POST', '/snapshots', { name: 'before' })
    await told.force('POST', '/snapshots/before/restore')
    await told.force('DELETE', '/snapshots/before')
    await told.force('PUT', '/users/bob', { failures: 1 })
    const { file, changes } = await told.script()
    expect(changes).toBe(1)
    expect(file).toContain("kind: 'auth-understudy/snapshot'")
    expect(file).toContain("'secure-login/user:alice'")
  })

  test('lets pass what passed, to the second, and moves the clock as it was moved', async () => {
    const told = await played()
    told.time.pass(90_400)
    await told.force('PUT', '/users/alice', { failures: 1 })
    told.time.pass(5000)
    await told.force('POST', '/clock/advance', { by: '31m' })
    told.time.pass(700)
    await told.force('PUT', '/users/alice', { failures: 2 })
    await told.force('POST', '/clock/set', { at: '2026-02-01T00:00:00Z' })
    told.time.pass(2000)
    await told.force('PUT', '/users/alice', { failures: 0 })
    expect(await forced(told)).toEqual([
      "world.clock.advance('1m30s')",
      "world.api('secure-login').user('alice').set({ failures: 1 })",
      "world.clock.advance('5s')",
      "world.clock.advance('31m')",
      "world.clock.advance('1s')",
      "world.api('secure-login').user('alice').set({ failures: 2 })",
      "world.clock.set('2026-02-01T00:00:00Z')",
      "world.clock.advance('2s')",
      "world.api('secure-login').user('alice').set({ failures: 0 })",
    ])
  })

  test('says what it leaves out: what code changed, what is of no API', async () => {
    const told = await played()
    told.world.secureLogin.user('alice').set({ failures: 1 })
    await told.world.play(request('GET', '/favicon.ico'))
    await told.force('POST', '/clock/freeze')
    expect((await told.script()).remarks).toEqual([
      expect.stringContaining('not by a call, so not in here unless a schedule brings it: Secure Login: alice was set'),
      'of no API, so not in here: GET /favicon.ico',
      'the clock was stopped; here it stands, and is moved by what passed',
    ])
  })

  test('has nothing of what was taken back, and what was before a reset that was', async () => {
    const told = await played()
    await told.force('PUT', '/users/alice', { failures: 1 })
    told.time.pass(1000)
    await told.force('PUT', '/users/alice', { state: 'blocked' })
    await told.force('POST', '/undo', {})
    await told.force('POST', '/reset')
    expect(await forced(told)).toEqual([])
    await told.force('POST', '/undo', {})
    expect(await forced(told)).toEqual(["world.api('secure-login').user('alice').set({ failures: 1 })"])
  })

  test('begins with the world as it was when its requests were cleared', async () => {
    const told = await played()
    await told.force('PUT', '/users/alice', { failures: 2 })
    await told.force('DELETE', '/requests')
    await told.force('PUT', '/users/bob', { failures: 1 })
    const { file } = await told.script()
    expect(linesOf(file)).toEqual(["world.api('secure-login').user('bob').set({ failures: 1 })"])
    expect(file).toContain("kind: 'auth-understudy/snapshot'")
    await told.force('POST', '/reset')
    expect((await told.script()).file).toContain("test.override({ scenario: 'default', intercept: false })")
  })

  test('has what was refused neither noted nor told', async () => {
    const told = await played()
    const { status } = await callControl(told.world, 'PUT', '/users/alice', { state: 'blocekd' })
    expect(status).toBe(422)
    expect(await forced(told)).toEqual([])
  })

  test("replaces what is nobody's by the same form, and the same by the same", async () => {
    const told = await played()
    const alice = await Phone.signIn(told.world, 'alice')
    for (const pin of ['123-Abc', '123-Abc', ' 910817\n']) await alice.auth(pin)
    await told.world.play(
      request('GET', `${apiPath}/user`, { headers: ['authorization', `Basic ${btoa('alice:hunter2')}`] }),
    )
    const { file } = await told.script()
    const sent = [...file.matchAll(/^\s*'(\d{3}-[A-Z][a-z]{2})',$/gm)].map(([, pin]) => pin)
    expect(sent).toHaveLength(2)
    expect(new Set(sent).size).toBe(1)
    expect(file).toContain(String.raw`' 910817\n'`)
    for (const secret of ['123-Abc', btoa('alice:hunter2'), alice.session]) expect(file).not.toContain(secret)
  })

  test('runs nothing in a shell but what it says, whatever is in it', async () => {
    const told = await played()
    const evil = `'"\`\${1}$(touch PWN)\u2028\u202e\n\\`
    await told.force('PUT', '/users/alice', { password: evil })
    const headers = ['x-evil', `'$(touch PWN)\``, 'cookie', evil.replaceAll('\n', '')]
    await told.world.play(request('POST', `${apiPath}/auth`, { headers, body: evil }))
    const { file } = await told.script('cli')
    expect(file).not.toMatch(/[\u2028\u202e]/)
    const cwd = mkdtempSync(join(tmpdir(), 'understudy-script-'))
    onTestFinished(() => rmSync(cwd, { recursive: true }))
    for (const name of ['curl', 'understudy']) {
      writeFileSync(join(cwd, name), '#!/bin/sh\nfor word; do printf "%s\\0" "$word" >>words; done\n')
      chmodSync(join(cwd, name), 0o755)
    }
    const env = { ...process.env, PATH: `${cwd}:${process.env['PATH']}` }
    await promisify(execFile)('sh', ['-c', file, 'sh', 'http://127.0.0.1:1'], { cwd, env }).catch(() => undefined)
    expect(readdirSync(cwd).sort()).toEqual(['curl', 'understudy', 'words'])
    const words = readFileSync(join(cwd, 'words'), 'utf8').split('\0')
    expect(words).toEqual(expect.arrayContaining([`password=${evil}`, `x-evil: '$(touch PWN)\``]))
  })
})

describe('what differs', () => {
  const differences = async ({ world }: Told, query = ''): Promise<unknown> =>
    (await callControl(world, 'GET', `/difference${query}`)).body['differences']

  test('from the scenario is nothing at its start, and then each member, secrets masked', async () => {
    const told = await played()
    expect(await differences(told)).toEqual([])
    await told.force('PUT', '/users/alice', { failures: 2, pin: '4711' })
    await told.force('POST', '/clock/freeze')
    expect(await differences(told)).toEqual([
      { of: 'clock', member: 'frozen', before: false, after: true },
      { of: 'secure-login/user:alice', member: 'failures', before: 0, after: 2 },
      { of: 'secure-login/user:alice', member: 'pin', before: '***', after: '***' },
    ])
    await told.force('POST', '/reset')
    expect(await differences(told)).toEqual([])
  })

  test('from a snapshot to another, or to now, there and back', async () => {
    const told = await played()
    await told.force('POST', '/snapshots', { name: 'a' })
    await told.force('PATCH', '/apis/secure-login', { active: false })
    await told.force('POST', '/snapshots', { name: 'b' })
    await told.force('POST', '/reset')
    const active = { of: 'secure-login/settings', member: 'active', before: true, after: false }
    expect(await differences(told, '?from=a&to=b')).toEqual([active])
    expect(await differences(told, '?from=b')).toEqual([{ ...active, before: false, after: true }])
    expect(await differences(told, '?from=a')).toEqual([])
    const { status, body } = await callControl(told.world, 'GET', '/difference?from=c')
    expect([status, body['detail']]).toEqual([
      404,
      expect.stringContaining('There is no snapshot "c"; there are a, b.'),
    ])
  })

  test('from a snapshot of another scenario is told with the scenario', async () => {
    const told = await played()
    await told.force('POST', '/snapshots', { name: 'a' })
    await told.force('POST', '/scenario', { scenario: 'inactive' })
    expect(await differences(told, '?from=a')).toEqual(
      expect.arrayContaining([
        { of: 'scenario', member: '', before: 'default', after: 'inactive' },
        { of: 'secure-login/settings', member: 'active', before: true, after: false },
      ]),
    )
  })
})
