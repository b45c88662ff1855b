import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { curlLine, nowhere, type Address } from '../../src/contract/telling/curl.ts'
import type { Exchange } from '../../src/contract/playing/exchange.ts'
import type { SendStep } from '../../src/core/journey.ts'
import { openBench } from './bench.ts'
import { genticsCmsCompany, secureLoginCompany, sirportlyCompany } from './company.ts'
import { serveMock, type Mock } from './servers.ts'

const run = promisify(execFile)

/** The line of a check that fails because a server is having a bad moment. */
async function lineOf(mock: Mock, target: object, on: string, only: RegExp): Promise<string> {
  mock.world.faults.add({ on, reply: { status: 500 }, times: 1 })
  const { checks } = await (await openBench(target)).verify({ only, journeysOnly: true })
  return checks.flatMap(({ failures }) => failures)[0]?.curl ?? 'nothing failed'
}

/** What a shell gets for a line, once its variables are set. */
async function pasted(line: string, variables: { readonly [name: string]: string }): Promise<string> {
  const { stdout } = await run('bash', ['-c', `set -u; ${line}`], { env: { ...process.env, ...variables } })
  return stdout
}

describe('a curl line can be pasted once its variables are set', () => {
  it('of a request within a session', async () => {
    const mock = await serveMock()
    const target = {
      api: 'secure-login',
      baseUrl: `${mock.url}/jira`,
      accounts: secureLoginCompany.accounts,
      states: mock.states,
    }
    const line = await lineOf(mock, target, 'secure-login.auth', /\.onboarding$/)
    expect(line).toBe(
      `curl -i -X POST -b "\${phone_cookies}" -H "content-type: text/plain" -H "x-atlassian-token: no-check" --data-raw "\${pin}" "${mock.url}/jira/rest/securelogin-admin/1.0/api/auth"`,
    )
    const { session } = mock.world.arrange('a user in onboarding', { username: 'bob' })
    expect(await pasted(line, { phone_cookies: `JSESSIONID=${String(session)}`, pin: '910817' })).toMatch(
      /^HTTP\/1\.1 406 /,
    )
  })

  it('of a form, and of headers with a meaning', async () => {
    const mock = await serveMock()
    const target = { api: 'sirportly', baseUrl: mock.url, accounts: sirportlyCompany.accounts, states: mock.states }
    const line = await lineOf(mock, target, 'sirportly.authenticate', /\.account$/)
    const given = {
      application: 'app',
      username: 'qa-user',
      password: encodeURIComponent('Öpen & "sesame"'),
      account: 'atech',
    }
    expect(await pasted(line, given)).toMatch(/^HTTP\/1\.1 200 [^]*"username":"qa-user"/)
  })

  it('of a path and a body in JSON', async () => {
    const mock = await serveMock()
    const target = { api: 'gentics-cms', baseUrl: mock.url, accounts: genticsCmsCompany.accounts, states: mock.states }
    const login = await lineOf(mock, target, 'gentics-cms.login', /\.login$/)
    const given = { username: 'qa-user', password: String.raw`open \"sesame\" 1` }
    expect(await pasted(login, given)).toMatch(/^HTTP\/1\.1 201 [^]*"responseCode":"OK"/)
    const validate = await lineOf(mock, target, 'gentics-cms.validate', /\.login$/)
    const { sid, secret } = mock.world.arrange('a session of the CMS', {})
    expect(await pasted(validate, { sid: String(sid), secret: String(secret) })).toMatch(/"responseCode":"OK"/)
  })
})

describe('a curl line', () => {
  const exchange = (sent: Partial<SendStep>, headers: readonly string[] = []): Pick<Exchange, 'sent' | 'call'> => {
    const step: SendStep = { do: 'send', method: 'GET', path: '/user', ...sent }
    return { sent: step, call: { method: step.method, path: step.path, headers, body: step.body } }
  }

  it.each<[what: string, address: Partial<Address>, exchange: Pick<Exchange, 'sent' | 'call'>, line: string]>([
    [
      'lets a shell take nothing for its own',
      {},
      exchange({ headers: { a: 'b"c`$(d)\\' } }),
      String.raw`curl -i -H "a: b\"c\`\$(d)\\" "/user"`,
    ],
    ['asks for the head only', {}, exchange({ method: 'HEAD' }), 'curl -i --head "/user"'],
    [
      'names headers that open sessions',
      {},
      exchange({ in: 'phone' }, ['Authorization', 'Basic secret']),
      'curl -i -H "authorization: ${phone_authorization}" "/user"',
    ],
    [
      'names cookies of a session',
      {},
      exchange({ in: 'browser-1' }, ['cookie', 'A=secret']),
      'curl -i -b "${browser_1_cookies}" "/user"',
    ],
    [
      'names headers of the target',
      { headers: { 'x-api-key': 'secret' } },
      exchange({}),
      'curl -i -H "x-api-key: ${x_api_key}" "/user"',
    ],
    [
      'trusts whom the target trusts',
      { tls: { insecure: true, ca: '/etc/ca.pem' } },
      exchange({}),
      'curl -i -k --cacert /etc/ca.pem "/user"',
    ],
  ])('%s', (_, address, given, line) => {
    expect(curlLine({ ...nowhere, ...address }, given)).toBe(line)
  })
})
