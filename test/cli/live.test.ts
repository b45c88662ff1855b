import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Terminal, until } from './terminal.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'

async function stateOf(url: string, username: string): Promise<string> {
  const headers = { authorization: `Basic ${btoa(`${username}:${username}`)}` }
  return (await (await fetch(`${url}${api}/user`, { headers })).json()).state
}

describe('live commands', () => {
  test('find the server that was started in the directory, and act on it at once', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    const set = await terminal.run('user', 'set', 'bob', 'blocked', '--for', '30m')
    expect(set).toMatchObject({ code: 0, err: `→ main at :${new URL(url).port}` })
    expect(set.out).toMatch(/secure-login +bob +blocked +3\/3 .*\(30m\)/)
    expect(await stateOf(url, 'bob')).toBe('blocked')
    await terminal.run('user', 'set', 'bob', 'onboarding')
    expect(await stateOf(url, 'bob')).toBe('onboarding')
  })

  test('set failures, unblock and tell the state of every user', async () => {
    const terminal = new Terminal()
    await terminal.serve()
    expect((await terminal.run('user', 'set', 'alice', '--failures', '2')).out).toContain('2/3')
    expect((await terminal.run('user', 'unblock', 'carol')).out).toMatch(/carol +enter +0\/3/)
    const { users } = JSON.parse((await terminal.run('user', 'list', '--api', 'secure-login', '--json')).out)
    expect(users).toMatchObject([
      { username: 'alice', state: 'enter', failures: 2 },
      { username: 'bob', state: 'onboarding' },
      { username: 'carol', state: 'enter', failures: 0 },
      { username: 'dave', state: 'bypass' },
    ])
  })

  test('play another scenario in place of the one that is served, by name or from a file', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    const used = await terminal.run('scenario', 'use', 'onboarding')
    expect(used).toMatchObject({ code: 0, err: expect.stringMatching(/^→ main at :\d+$/) })
    expect(used.out).toMatch(/^onboarding is played: /)
    expect((await terminal.run('user', 'list')).out).not.toContain('dave')
    writeFileSync(
      join(terminal.cwd, 'mine.yaml'),
      'description: mine\nextends: default\nsecure-login: { users: { bob: { state: bypass } } }',
    )
    expect((await terminal.run('scenario', 'use', './mine.yaml')).out).toMatch(/^.\/mine.yaml is played: mine$/)
    expect(await stateOf(url, 'bob')).toBe('bypass')
    expect(await terminal.run('scenario', 'use', 'onbording')).toMatchObject({
      code: 2,
      err: expect.stringContaining('"onboarding"'),
    })
    expect(await stateOf(url, 'bob')).toBe('bypass')
  })

  test('share the world as a file and as a link, which serve plays', async () => {
    const terminal = new Terminal()
    await terminal.serve()
    await terminal.run('user', 'set', 'alice', '--failures', '2')
    expect(await terminal.run('share', '--file', 'repro.yaml', '--note', 'stuck')).toMatchObject({ code: 0, out: '' })
    const text = readFileSync(join(terminal.cwd, 'repro.yaml'), 'utf8')
    expect(text).toContain('description: stuck')
    expect((await terminal.run('share', '--note', 'stuck')).out).toContain('description: stuck')
    const link = (await terminal.run('share', '--link')).out
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/__understudy\/#world=[\w-]+$/)
    expect((await terminal.run('scenario', 'check', 'repro.yaml')).out).toBe('repro.yaml: ok')
    for (const source of ['./repro.yaml', link]) {
      const developer = new Terminal()
      writeFileSync(join(developer.cwd, 'repro.yaml'), text)
      await developer.serve(source)
      expect((await developer.run('user', 'list')).out).toMatch(/alice +enter +2\/3/)
      expect((await developer.run('scenario', 'use', 'default')).code).toBe(0)
      expect((await developer.run('scenario', 'use', './repro.yaml')).out).toBe('./repro.yaml is played: stuck')
      expect((await developer.run('user', 'list')).out).toMatch(/alice +enter +2\/3/)
    }
  })

  test('go to the next event', async () => {
    const terminal = new Terminal()
    await terminal.serve()
    expect((await terminal.run('clock', 'next')).code).toBe(0)
    expect((await terminal.run('user', 'list')).out).toMatch(/carol +enter/)
    expect(await terminal.run('clock', 'next')).toMatchObject({ code: 2, err: expect.stringContaining('Nothing ends') })
  })

  test('show the code that an authenticator app shows now', async () => {
    const terminal = new Terminal()
    await terminal.serve('second-factor')
    const shown = await terminal.run('user', 'show', 'tara')
    expect(shown.out).toMatch(/code +\d{6}/)
    expect(JSON.parse((await terminal.run('user', 'show', 'tara', '--json')).out)).toMatchObject({
      code: expect.stringMatching(/^\d{6}$/),
    })
  })

  test('switch the plug-in off and change settings', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    const set = await terminal.run('api', 'set', 'secure-login', 'active=false', 'blockFor=10m', 'blockAfter=5')
    expect(set.out).toMatch(/active +false/)
    expect(set.out).toMatch(/blockFor +10m/)
    expect((await (await fetch(`${url}${api}/info`)).json()).active).toBe(false)
    expect((await terminal.run('api', 'show', 'secure-login')).out).toMatch(/blockAfter +5/)
  })

  test('move the clock, also backwards', async () => {
    const terminal = new Terminal()
    await terminal.serve()
    await terminal.run('clock', 'freeze')
    expect((await terminal.run('clock', 'set', '2026-01-15T09:00:00Z')).out).toBe('2026-01-15T09:00:00Z (stands)')
    expect((await terminal.run('clock', 'advance', '31m')).out).toBe('2026-01-15T09:31:00Z (stands)')
    expect((await terminal.run('clock', 'advance', '-1m')).out).toBe('2026-01-15T09:30:00Z (stands)')
    expect((await terminal.run('clock', 'skew', '-5m')).out).toBe(
      '2026-01-15T09:25:00Z (stands, the server is off by -5m)',
    )
    expect((await terminal.run('clock', 'resume')).out).toContain('runs')
    expect((await terminal.run('clock', 'scale', '60')).out).toContain('60 times as fast')
  })

  test('add, list and clear faults', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    const added = await terminal.run('fault', 'add', 'secure-login.info', '--status', '503', '--times', '1')
    expect(added.out).toContain('status 503 on secure-login.info, 1 time')
    expect((await fetch(`${url}${api}/info`)).status).toBe(503)
    expect((await fetch(`${url}${api}/info`)).status).toBe(200)
    expect((await terminal.run('fault', 'list')).out).toMatch(/f1 .* 2 +1$/m)
    expect((await terminal.run('fault', 'clear', 'f1')).out).toBe('1 cleared')
    expect((await terminal.run('fault', 'list')).out).toBe('no faults')
  })

  test('add faults with headers, another content type, and an error of the API', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    const lines = ['--header', 'Retry-After: 120', '--header', 'Link: <a>, <b>', '--content-type', 'text/html']
    const added = await terminal.run('fault', 'add', 'secure-login.info', '--delay', '1ms', ...lines, '--json')
    expect(JSON.parse(added.out)).toMatchObject({
      what: 'a delay of 1ms and the header Retry-After: 120, Link: <a>, <b> and the content type text/html on secure-login.info',
      spec: { delay: 1, headers: { 'Retry-After': '120', Link: '<a>, <b>' }, contentType: 'text/html' },
    })
    const { headers } = await fetch(`${url}${api}/info`)
    expect(['retry-after', 'link', 'content-type'].map((name) => headers.get(name))).toEqual([
      '120',
      '<a>, <b>',
      'text/html',
    ])
    const error = ['--error', 'LOCKED', '--error-message', 'In use.', '--error-property', 'x', '--error-timestamp', '7']
    await terminal.run('fault', 'add', 'gentics-cms.globalprefix', '--status', '503', ...error)
    const answer = await fetch(`${url}/rest/auth/globalprefix`)
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { messages: [{ message: 'In use.', timestamp: 7 }], responseInfo: { responseCode: 'LOCKED', property: 'x' } },
    ])
  })

  test('save a world, also to a file, and come back to it', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    await terminal.run('user', 'set', 'alice', 'blocked')
    await terminal.run('snapshot', 'save', 'alice-blocked', '--file', 'world.json')
    expect(JSON.parse(readFileSync(join(terminal.cwd, 'world.json'), 'utf8'))).toMatchObject({
      kind: 'auth-understudy/snapshot',
      version: 1,
    })
    await terminal.run('reset')
    expect(await stateOf(url, 'alice')).toBe('enter')
    await terminal.run('snapshot', 'restore', 'alice-blocked')
    expect(await stateOf(url, 'alice')).toBe('blocked')
    expect((await terminal.run('snapshot', 'restore', 'again', '--file', 'world.json')).code).toBe(0)
    expect((await terminal.run('snapshot', 'list')).out).toMatch(/alice-blocked[\s\S]*again/)
  })

  test('tell what was asked, and why it was answered so', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    await stateOf(url, 'carol')
    expect((await terminal.run('requests')).out).toMatch(/r1 .* carol +GET \/jira.*\/user +200 +SL-07/)
    const why = await terminal.run('why', 'r1')
    expect(why.out).toContain('clause    SL-07, documented: With state blocked, and only then')
    expect(why.out).toMatch(/record {4}secure-login\/session:[0-9A-F]{4}…: new/)
    expect((await terminal.run('session', 'list')).out).toMatch(/carol +blocked/)
  })

  test('follow requests and changes until interrupted', async () => {
    const terminal = new Terminal()
    const { url, lines: served } = await terminal.serve()
    expect(served.out).toHaveLength(1)
    const watcher = new Terminal()
    const { done, lines } = watcher.begin('requests', '--follow', '--url', url)
    await until(() => lines.out.length > 0)
    // The stream has begun when a change that is made after it arrives.
    await until(() => {
      if (lines.out.length < 3) void stateOf(url, 'alice')
      return lines.out.length > 2
    })
    await terminal.run('user', 'set', 'alice', 'blocked')
    await until(() => lines.out.some((line) => line.includes('alice was set to blocked')))
    watcher.signal('SIGINT')
    expect(await done).toBe(130)
    expect(lines.out.join('\n')).toMatch(/GET \/jira.*\/user +200 +SL-06/)
  })

  test('act on the world they name', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    await terminal.run('user', 'set', 'alice', 'blocked', '--world', 'test-7', '--new-world')
    expect(await stateOf(url, 'alice')).toBe('enter')
    expect((await terminal.run('user', 'list', '--world', 'test-7')).out).toMatch(/alice +blocked/)
  })

  test('take every option from the environment as well', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    for (const [name, value] of Object.entries({ URL: url, WORLD: 'qa', NEW_WORLD: '1', JSON: '1' }))
      vi.stubEnv(`UNDERSTUDY_${name}`, value)
    onTestFinished(() => void vi.unstubAllEnvs())
    const elsewhere = new Terminal()
    await elsewhere.run('user', 'set', 'alice', 'blocked')
    expect(JSON.parse((await elsewhere.run('user', 'show', 'alice')).out)).toMatchObject({ state: 'blocked' })
    vi.unstubAllEnvs()
    expect((await terminal.run('user', 'show', 'alice')).out).toMatch(/state +enter/)
  })
})

test('a server is named as it was copied: by the address of its console, or without a scheme', async () => {
  const { url } = await new Terminal().serve()
  const { host } = new URL(url)
  for (const copied of [
    `${url}/__understudy/`,
    `${url}/__understudy/#users?state=blocked`,
    host,
    `${host}/__understudy`,
  ])
    expect(await new Terminal().run('user', 'show', 'alice', '--url', copied)).toMatchObject({ code: 0 })
})

describe('mistakes', () => {
  test.each([
    [['user', 'set', 'alcie', 'blocked'], 'No API has a user "alcie". Did you mean "alice" (Secure Login)?'],
    [
      ['user', 'set', 'alice', 'blokced'],
      '"blokced" is not one of enter, bypass, onboarding, blocked, expired. Did you mean "blocked"?',
    ],
    [['user', 'set', 'secure-login/alcie', 'blocked'], 'Did you mean "alice"?'],
    [['usre', 'list'], 'There is no command "usre". Did you mean "user"?'],
    [['lockuot'], 'There is no command "lockuot". Did you mean "lockout"?'],
    [['user', 'set', 'alice', 'blocked', '--for', 'soon'], '"soon" is not a duration such as 90s, 30m or 1h30m'],
    [
      ['user', 'set', 'alice', '--failures', '9'],
      '9 is not below the limit (blockAfter: 3); say state blocked instead',
    ],
    [['user', 'set', 'alice'], 'Nothing to set'],
    [
      ['user', 'list', '--api', 'secure-logn'],
      'There is no API "secure-logn"; there are secure-login, sirportly, gentics-cms. Did you mean "secure-login"?',
    ],
    [['api', 'set', 'secure-login', 'actve=false'], 'Did you mean "active"?'],
    [['api', 'set', 'secure-login', 'active'], 'write name=value'],
    [['clock', 'advance', 'a while'], '"a while" is not a duration'],
    [['clock', 'scale', 'fast'], 'is not a number'],
    [['fault', 'add', 'secure-login.atuh', '--status', '503'], 'Did you mean "secure-login.auth"?'],
    [['fault', 'add', 'secure-login.auth'], 'The fault does nothing; say what happens: --status, --body, --error,'],
    [['fault', 'add', 'secure-login.auth', '--delay', '0s'], 'write for example delay: 5s.'],
    [['fault', 'add', 'secure-login.auth', '--header', 'Retry-After'], '"Retry-After" is not a map'],
    [['fault', 'add', 'secure-login.auth', '--error', 'FAILURE'], 'have no form of their own; say reply'],
    [['fault', 'clear', 'f9'], 'There is no fault "f9"; there are none.'],
    [['snapshot', 'restore', 'nothing'], 'There is no snapshot "nothing"; none was saved.'],
    [['snapshot', 'restore', 'x', '--file', 'missing.json'], 'There is no file'],
    [['why', 'r404'], 'World main has no request "r404".'],
    [['user', 'list', '--world', 'no good!'], 'is no name for a world'],
    [['user', 'sett', 'alice'], "unknown command 'sett'"],
    [['user', 'list', '--urll', 'x'], "unknown option '--urll'"],
  ])('%j ends with 2, one sentence and the nearest name', async (argv, sentence) => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    await terminal.run('clock', 'freeze')
    const before = await (await fetch(`${url}/__understudy/users`)).text()
    const { code, out, err } = await terminal.run(...argv)
    expect(code).toBe(2)
    expect(err).toContain(sentence)
    expect(out).toBe('')
    expect(await (await fetch(`${url}/__understudy/users`)).text()).toBe(before)
  })

  test('a server that is not there ends with 3, its address and the cause', async () => {
    const terminal = new Terminal()
    expect(await terminal.run('user', 'list')).toMatchObject({
      code: 3,
      err: expect.stringContaining('No server was started in this directory'),
    })
    expect(await terminal.run('user', 'list', '--url', 'http://127.0.0.1:1')).toMatchObject({
      code: 3,
      err: expect.stringContaining('No server answers at http://127.0.0.1:1 (from --url)'),
    })
    expect(await terminal.run('user', 'list', '--url', 'nonsense')).toMatchObject({ code: 2 })
  })
})
