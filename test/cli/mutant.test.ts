import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { Terminal, until } from './terminal.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'
const asAlice = { authorization: `Basic ${btoa('alice:alice')}` }

describe('serve --mutant', () => {
  test('plays the mutant, and says so in the banner', async () => {
    const terminal = new Terminal()
    const { lines } = terminal.begin('serve', '--port', '0', '--mutant', 'secure-login.SL-06.status')
    await until(() => lines.err.length > 0)
    const banner = lines.err.join('\n')
    expect(banner).toContain('with the mutant secure-login.SL-06.status: state is called status')
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(banner)?.[0] ?? ''
    expect(await (await fetch(`${url}${api}/user`, { headers: asAlice })).json()).toEqual({ status: 'enter' })
  })

  test('plays several, and why tells which one bent an answer and what it would have been', async () => {
    const terminal = new Terminal()
    const { url, lines } = await terminal.serve(
      '--mutant',
      'secure-login.SL-04.status-410',
      '--mutant',
      'secure-login.SL-10.message',
    )
    expect(JSON.parse(lines.out[0] ?? '')).toMatchObject({
      mutants: ['secure-login.SL-04.status-410', 'secure-login.SL-10.message'],
    })
    await fetch(`${url}${api}/info`)
    const answer = await fetch(`${url}${api}/auth`, {
      method: 'POST',
      headers: { ...asAlice, 'content-type': 'text/plain' },
      body: '910817',
    })
    expect(await answer.text()).toBe('{"message":"failed"}')
    const [honest, bent] = await Promise.all(
      ['r1', 'r2'].map(async (id) => (await terminal.run('why', id, '--url', url)).out),
    )
    expect(honest).not.toContain('mutant')
    expect(bent).toContain('bent by the mutant secure-login.SL-10.message: the body is a message')
    expect(bent).toContain('without it 200 by SL-10: the PIN is right')
  })

  test('plays the settings under which the mutant can be seen', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve('--mutant', 'secure-login.SL-12.status-406')
    expect((await terminal.run('api', 'show', 'secure-login', '--url', url)).out).toMatch(/revision\W+legacy/)
    const answer = await fetch(`${url}${api}/auth`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('bob:bob')}`, 'content-type': 'text/plain' },
      body: '910817',
    })
    expect(answer.status).toBe(406)
  })

  test('run takes mutants too, from UNDERSTUDY_MUTANT as well', async () => {
    const asks = `fetch(process.env.UNDERSTUDY_SECURE_LOGIN_URL + '${api.slice(5)}/info').then(({ status }) => process.exit(status - 200))`
    const line = ['--', process.execPath, '-e', asks]
    expect((await new Terminal().run('run', ...line)).code).toBe(0)
    expect((await new Terminal().run('run', '--mutant', 'secure-login.SL-03.status-204', ...line)).code).toBe(4)
    vi.stubEnv('UNDERSTUDY_MUTANT', 'sirportly.SP-06.list, secure-login.SL-03.status-204')
    expect((await new Terminal().run('run', ...line)).code).toBe(4)
    vi.unstubAllEnvs()
  })

  test.each([
    [
      ['serve', '--mutant', 'secure-login.SL-12.mesage'],
      'There is no mutant "secure-login.SL-12.mesage". Did you mean "secure-login.SL-12.message"?',
    ],
    [['serve', '--mutant', 'nothing of the kind'], 'There is no mutant "nothing"'],
    [['mutant', 'list', '--api', 'securelogin'], 'There is no API "securelogin"'],
  ])('%j ends with 2 and says why', async (argv, sentence) => {
    const terminal = new Terminal()
    const { code, err } = await terminal.run(...argv)
    expect(err).toContain(sentence)
    expect(code).toBe(2)
    expect(existsSync(join(terminal.cwd, '.understudy'))).toBe(false)
  })
})

describe('mutant list', () => {
  test('tells every mutant of an API in a line', async () => {
    const { code, out } = await new Terminal().run('mutant', 'list', '--api', 'secure-login')
    const [heading, ...lines] = out.split('\n')
    expect(code).toBe(0)
    expect(heading).toMatch(/^MUTANT +WHAT IT DOES +UNDER$/)
    expect(lines.every((line) => line.startsWith('secure-login.SL-'))).toBe(true)
    expect(out).toMatch(/^secure-login\.SL-12\.status-406 +the status is 406 +revision: legacy$/m)
  })

  test('as JSON tells the clause as well', async () => {
    const { out } = await new Terminal().run('mutant', 'list', '--json')
    const { mutants } = JSON.parse(out)
    expect(mutants).toContainEqual({
      api: 'secure-login',
      id: 'secure-login.SL-12.status-406',
      clause: 'SL-12',
      title: 'the status is 406',
      isMechanical: true,
      under: { revision: 'legacy' },
    })
  })
})
