import { describe, expect, test } from 'vitest'
import { Terminal } from './terminal.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'

describe('settings and the next answer', () => {
  test('show what differs from the scenario, and go back one by one', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    await terminal.run(
      'api',
      'set',
      'secure-login',
      'blockFor=10m',
      'blockAfter=5',
      'captchaAfter=2',
      'defaultUser=bob',
    )
    const shown = async (): Promise<string[]> =>
      (await terminal.run('api', 'show', 'secure-login')).out.split('\n').filter((line) => line.includes('scenario:'))
    expect(await shown()).toEqual([
      expect.stringMatching(/^  blockAfter +5 +\(scenario: 3\)$/),
      expect.stringMatching(/^  blockFor +10m +\(scenario: 30m\)$/),
      expect.stringMatching(/^  defaultUser +bob +\(scenario: alice\)$/),
      expect.stringMatching(/^  captchaAfter +2 +\(scenario: blank\)$/),
    ])
    // Nothing half.
    const refused = await terminal.run('api', 'reset', 'secure-login', 'blockFor', 'blokAfter')
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "blockAfter"?') })
    expect(await shown()).toHaveLength(4)
    const once = await terminal.run('api', 'reset', 'secure-login', 'blockFor', 'captchaAfter')
    expect(once.out).toMatch(/blockFor +30m$/m)
    expect(await shown()).toHaveLength(2)
    expect((await terminal.run('api', 'reset', 'secure-login')).out).not.toContain('scenario:')
    const { changes } = await (await fetch(`${url}/__understudy/changes`)).json()
    expect(changes.at(-1).what).toBe('Secure Login: blockAfter, defaultUser are as in the scenario again')
    // What is as in the scenario already is no change.
    await terminal.run('api', 'reset', 'secure-login')
    expect((await (await fetch(`${url}/__understudy/changes`)).json()).changes).toEqual(changes)
  })

  test('say what the next answer of somebody is, once or as often as they like', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    const next = await terminal.run('fault', 'next', 'secure-login.info', '--status', '503')
    expect(next.out).toContain('status 503 on secure-login.info, 1 time')
    const asked = async (): Promise<number> => (await fetch(`${url}${api}/info`)).status
    expect([await asked(), await asked()]).toEqual([503, 200])
    const twice = ['--user', 'faye', '--status', '503', '--body', 'later', '--delay', '1ms', '--times', '2', '--json']
    const { out } = await terminal.run('fault', 'next', 'sirportly.authenticate', ...twice)
    expect(JSON.parse(out).spec).toEqual({
      on: 'sirportly.authenticate',
      user: 'atech/faye',
      times: 2,
      delay: 1,
      reply: { status: 503, body: 'later' },
    })
    const misspelt = await terminal.run('fault', 'next', 'secure-login.auth', '--user', 'alcie', '--status', '503')
    expect(misspelt).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "alice"?') })
    expect(JSON.parse((await terminal.run('fault', 'list', '--json')).out).faults).toHaveLength(2)
  })

  test.each([
    [['fault', 'add', 'auth', '--status', '503'], 'Did you mean "secure-login.auth"?'],
    [['fault', 'next', 'secure-login.auth'], 'The fault does nothing; say what happens: --status'],
    [['fault', 'next', 'secure-logn.auth', '--user', 'alice', '--status', '503'], 'Did you mean "secure-login"?'],
    [['api', 'reset', 'secure-logn'], 'Did you mean "secure-login"?'],
  ])('%j ends with 2 and the nearest name', async (argv, sentence) => {
    const terminal = new Terminal()
    await terminal.serve()
    expect(await terminal.run(...argv)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) })
    expect((await terminal.run('fault', 'list')).out).toBe('no faults')
  })

  test('can be undone', async () => {
    const terminal = new Terminal()
    await terminal.serve()
    await terminal.run('api', 'set', 'secure-login', 'blockAfter=5')
    await terminal.run('api', 'reset', 'secure-login')
    expect((await terminal.run('undo')).code).toBe(0)
    expect((await terminal.run('api', 'show', 'secure-login')).out).toMatch(/blockAfter +5 +\(scenario: 3\)/)
  })
})
