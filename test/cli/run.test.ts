import { describe, expect, test } from 'vitest'
import { Terminal } from './terminal.ts'

const node = process.execPath

describe('run', () => {
  test('gives the command the URLs, and ends with its exit code', async () => {
    const script = `
      const { UNDERSTUDY_URL: url, UNDERSTUDY_SECURE_LOGIN_URL: api } = process.env
      fetch(api + '/rest/securelogin-admin/1.0/api/info')
        .then((answer) => answer.json())
        .then(({ active }) => process.exit(active && api === url + '/jira' ? 7 : 1))`
    expect((await new Terminal().run('run', 'lockout', '--', node, '-e', script)).code).toBe(7)
  })

  test('plays the default scenario when none is named', async () => {
    expect((await new Terminal().run('run', '--', node, '-e', '0')).code).toBe(0)
  })

  test('ends with 128 and the signal when the command is killed', async () => {
    expect((await new Terminal().run('run', '--', node, '-e', 'process.kill(process.pid, "SIGKILL")')).code).toBe(137)
  })

  test.each([
    [['run'], 'Say which command to run, behind two hyphens'],
    [
      ['run', 'lockout', '--', 'no-such-command-here'],
      'no-such-command-here could not be started: there is no such command.',
    ],
    [['run', 'lokcout', '--', 'true'], 'Did you mean "lockout"?'],
  ])('%j ends with 2 and says why', async (argv, sentence) => {
    const { code, err } = await new Terminal().run(...argv)
    expect(code).toBe(2)
    expect(err).toContain(sentence)
  })
})
