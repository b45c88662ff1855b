import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Terminal, until } from './terminal.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'

describe('serve', () => {
  test('tells where everything is and a curl line, leaves word in the directory, and takes it away', async () => {
    const terminal = new Terminal()
    const { done, lines } = terminal.begin('serve', '--port', '0')
    await until(() => lines.err.length > 0)
    const banner = lines.err.join('\n')
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(banner)?.[0] ?? ''
    expect(banner).toContain(`Secure Login   ${url}/jira`)
    expect(banner).toContain(`Console        ${url}/__understudy/`)
    expect(banner).toContain(`Control API    ${url}/__understudy`)
    expect(banner).toMatch(/alice +enter +0\/3 +alice +910817/)
    expect(banner).toContain(`curl -s -u alice:alice ${url}${api}/user`)
    expect(lines.out).toEqual([])
    const left = join(terminal.cwd, `.understudy/server-${new URL(url).port}.json`)
    expect(JSON.parse(readFileSync(left, 'utf8'))).toMatchObject({ url, scenario: 'default' })
    terminal.signal('SIGTERM')
    expect(await done).toBe(0)
    expect(existsSync(left)).toBe(false)
  })

  test('ends with 130 when interrupted', async () => {
    const terminal = new Terminal()
    const { done } = await terminal.serve()
    terminal.signal('SIGINT')
    expect(await done).toBe(130)
  })

  test('plays a scenario file, another context path and another seed', async () => {
    const terminal = new Terminal()
    writeFileSync(join(terminal.cwd, 'mine.yaml'), 'secure-login: { users: { ada: { failures: 2 } } }\n')
    const { url } = await terminal.serve('./mine.yaml', '--context-path', '/wiki', '--seed', '9')
    const state = await (await fetch(`${url}/__understudy/state`)).json()
    expect(state.scenario).toMatchObject({ name: './mine.yaml', seed: 9 })
    expect((await fetch(`${url}/wiki/rest/securelogin-admin/1.0/api/info`)).status).toBe(200)
  })

  test('prints every request when told to', async () => {
    const terminal = new Terminal()
    const { url, lines } = await terminal.serve('--verbose')
    await fetch(`${url}${api}/info`)
    await until(() => lines.err.length > 0)
    expect(lines.err[0]).toMatch(/r1 GET \/jira.*\/info → 200 SL-03 the plug-in is active/)
  })

  test('keeps as many worlds as it is told, and says which had to go', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve('--worlds', '2')
    for (const world of ['one', 'two', 'one', 'three'])
      await fetch(`${url}${api}/info`, { headers: { 'x-understudy-world': world } })
    const listed = await (await fetch(`${url}/__understudy/worlds`)).json()
    expect(JSON.stringify(listed)).toMatch(/"one".*"three"/)
    expect(JSON.stringify(listed)).not.toContain('"two"')
    expect(JSON.stringify(await (await fetch(`${url}/__understudy/changes`)).json())).toContain('world two was dropped')
  })

  test.each([
    [['serve', '--worlds', 'many'], '--worlds takes a whole number from 0 to 1000000, not "many"', ''],
    [['serve', 'lokcout'], 'There is no scenario "lokcout"; shipped are', 'Did you mean "lockout"?'],
    [['srve'], 'There is no command "srve". Did you mean "serve"?', 'A scenario is played by its name or its path'],
    [['serve', './missing.yaml'], 'There is no scenario file ./missing.yaml.', ''],
    [['serve', '--port', 'high'], '--port takes a whole number from 0 to 65535, not "high"', ''],
    [['serve', '--port', '65536'], '--port takes a whole number', ''],
    [['serve', '--host', '192.0.2.1', '--port', '0'], '192.0.2.1 is no address of this machine.', ''],
    [['serve', '--context-path', 'jira', '--port', '0'], '"jira" is not a path such as /jira', ''],
  ])('%j ends with 2 and says why', async (argv, sentence, hint) => {
    const { code, err } = await new Terminal().run(...argv)
    expect(code).toBe(2)
    expect(err).toContain(sentence)
    expect(err).toContain(hint)
  })

  test('a port in use ends with 2 and names it', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    const { port } = new URL(url)
    const { code, err } = await new Terminal().run('serve', '--port', port)
    expect(code).toBe(2)
    expect(err).toContain(`Port ${port} of 127.0.0.1 is in use.`)
  })
})

describe('serve --watch', () => {
  const scenario = (alice: string): string =>
    `secure-login:\n  users:\n    alice: ${alice}\n    bob: { state: onboarding, displayName: B, emailAddress: b@x }\n`

  test('takes over an edit, keeps the running state where it can, and says what it could not keep', async () => {
    const terminal = new Terminal()
    const file = join(terminal.cwd, 'mine.yaml')
    writeFileSync(file, scenario('{ displayName: A, emailAddress: a@x, failures: 0 }'))
    const { lines } = await terminal.serve('mine.yaml', '--watch')
    await terminal.run('user', 'set', 'alice', '--failures', '2')
    await terminal.run('user', 'set', 'bob', 'bypass')

    writeFileSync(file, scenario('{ displayName: A, emailAddress: a@x, failures: 1, pin: "123456" }'))
    await until(() => lines.err.length > 0)
    expect(lines.err[0]).toContain('mine.yaml was read again for world main')
    expect(lines.err[0]).toContain('not kept: secure-login/user:alice: failures as edited')
    const { users } = JSON.parse((await terminal.run('user', 'list', '--json')).out)
    expect(users).toMatchObject([
      { username: 'alice', failures: 1, pin: '123456' },
      { username: 'bob', state: 'bypass' },
    ])
  })

  test('reports a broken edit with its place, and goes on with the last good version', async () => {
    const terminal = new Terminal()
    const file = join(terminal.cwd, 'mine.yaml')
    writeFileSync(file, scenario('{ displayName: A, emailAddress: a@x }'))
    const { lines } = await terminal.serve('mine.yaml', '--watch')
    writeFileSync(file, scenario('{ state: entre }'))
    await until(() => lines.err.length > 0)
    expect(lines.err[0]).toContain(
      'mine.yaml:3:21: secure-login.users.alice.state: "entre" is not one of enter, bypass, onboarding, blocked. Did you mean "enter"?',
    )
    expect(lines.err[0]).toContain('The last good version of mine.yaml goes on.')
    expect((await terminal.run('user', 'list')).out).toMatch(/alice +enter/)
    writeFileSync(file, scenario('{ state: bypass, displayName: A, emailAddress: a@x }'))
    await until(() => lines.err.length > 1)
    expect((await terminal.run('user', 'list')).out).toMatch(/alice +bypass/)
  })

  test('says that a shipped scenario does not change', async () => {
    const terminal = new Terminal()
    const { lines } = await terminal.serve('lockout', '--watch')
    await until(() => lines.err.length > 0)
    expect(lines.err[0]).toContain('lockout is a shipped scenario')
  })
})
