import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { start } from '../../examples/providers/secure-login/server.js'
import { secureLoginCompany } from '../contract/company.ts'
import { serveProvider } from '../contract/servers.ts'
import { PactBench, pactOf, serve, type Heard } from './pact-verify.ts'
import { pactFileOf } from './pact.ts'

const api = '/jira/rest/securelogin-admin/1.0/api'
const { accounts, provider } = secureLoginCompany
/** Nobody of these may be locked. */
const precious = { enter: accounts['enter'], bypass: accounts['bypass'] }
const settings = { blockAfter: 3, blockFor: '30m' }

/** A code that Basic credentials send for an account of the target. */
function code(pin: string, status: number, state?: string): object {
  const credentials = Buffer.from('qa-enter:Open sesame 1').toString('base64')
  return {
    description: `the PIN ${pin}`,
    ...(state === undefined ? {} : { providerStates: [{ name: state }] }),
    request: {
      method: 'POST',
      path: `${api}/auth`,
      headers: { Authorization: `Basic ${credentials}`, 'Content-Type': 'text/plain' },
      body: pin,
    },
    response: { status },
  }
}

/** Asks for whatever a state has made. */
function asking(...states: readonly (string | object)[]): object {
  return {
    description: `in ${JSON.stringify(states)}`,
    providerStates: states.map((state) => (typeof state === 'string' ? { name: state } : state)),
    request: { method: 'GET', path: `${api}/info` },
    response: { status: 200, body: { active: true } },
  }
}

type Hook = (change: { readonly state: string; readonly action: string; readonly params: object }) => {
  readonly status: number
  readonly body?: object
}

/** A server that is right about `/info`, takes any PIN for wrong, and has a hook. */
async function hooked(
  hook: Hook,
): Promise<{ url: string; states: { url: string }; asked: () => string[]; changes: () => string[] }> {
  const { url, heard } = await serve((request, response, body) => {
    const isHook = request.url === '/hook'
    const { status, body: said = {} } = isHook
      ? hook(JSON.parse(body.toString()))
      : { status: request.method === 'POST' ? 401 : 200, body: { active: true } }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })
  const lines = (isHook: boolean): Heard[] => heard.filter(({ line }) => line.endsWith('/hook') === isHook)
  return {
    url,
    states: { url: `${url}/hook` },
    asked: () => lines(false).map(({ line }) => line.replace(/.*\//, '')),
    changes: () =>
      lines(true).map(({ body }) => {
        const { state, action } = JSON.parse(body.toString())
        return `${action} ${state}`
      }),
  }
}

describe('a code that could lock', () => {
  it.each([undefined, 'the plug-in is active'])('is not sent, and nothing else is, in state %s', async (state) => {
    const { url, states, asked, changes } = await hooked(() => ({ status: 200 }))
    const bench = new PactBench({
      baseUrl: `${url}/jira`,
      accounts: precious,
      settings,
      ...(state === undefined ? {} : { states }),
    })
    const wrong = code('000000', 401, state)
    const { code: exit, err } = await bench.verify(pactOf([asking(), wrong, wrong, wrong]))
    expect(exit).toBe(4)
    expect(err).toMatch(
      /^error: Nothing was sent: 2 of 4 interactions could lock an account\.\n {2}secure-login\.pact\.app\.the-pin-000000-2: /,
    )
    expect([...asked(), ...changes()]).toEqual([])
    const rest = await bench.verify('pact.json', '--leave-out-unsafe')
    expect(rest.checks.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'not reached', 'not reached'])
    expect(asked()).toEqual(['', 'info', 'auth'])
  })

  it('is counted from run to run, and where only the hook knows the state', async () => {
    const { url, states, asked } = await hooked(() => ({ status: 200 }))
    const bench = new PactBench({ baseUrl: `${url}/jira`, accounts: precious, settings, states })
    const wrong = code('000000', 401, 'somebody of theirs')
    const first = await bench.verify(pactOf([wrong]))
    expect(first).toMatchObject({ code: 0, checks: [{ outcome: 'passed' }] })
    const ledger = readFileSync(join(bench.terminal.cwd, '.understudy', 'attempts.jsonl'), 'utf8')
    expect(ledger.trim().split('\n')).toHaveLength(1)
    expect(ledger).toContain('qa-enter')
    const second = await bench.verify(pactOf([wrong, wrong, wrong]))
    expect(second.checks.map(({ outcome }) => outcome)).toEqual(['passed', 'not reached', 'not reached'])
    expect(second.checks[1]?.because).toMatch(
      /^qa-enter may not be locked \(mayBeLocked: false\), which 3 wrong codes do, and has seen 2 lately/,
    )
    expect(asked().filter((path) => path === 'auth')).toHaveLength(2)
  })

  it('is sent to an account that may be locked, and locks no other on a real server', async () => {
    const server = await serveProvider(start(provider))
    const bench = new PactBench({ baseUrl: `${server.url}/jira`, accounts: precious, settings })
    const { code: exit, checks } = await bench.verify(pactOf([code('000000', 401), code('778812', 200)]))
    expect(checks.map(({ outcome }) => outcome)).toEqual(['passed', 'passed'])
    expect(exit).toBe(0)
    expect(await server.attempts()).toEqual({ 'qa-enter': { wrong: 1, locked: 0 } })
  })
})

describe('an account of the target', () => {
  it('is put into a pact where nothing is arranged', async () => {
    const server = await serveProvider(start(provider))
    const bench = new PactBench({ baseUrl: `${server.url}/jira`, accounts, settings })
    const interaction = (state: string, body: object): object => ({
      description: state,
      providerStates: [{ name: state }],
      request: {
        method: 'GET',
        path: `${api}/user`,
        headers: { Cookie: 'JSESSIONID=example' },
        generators: { header: { Cookie: { type: 'ProviderState', expression: 'JSESSIONID=${session}' } } },
      },
      response: { status: 200, body },
    })
    const { checks } = await bench.verify(
      pactOf([
        interaction('a user in onboarding', { state: 'onboarding' }),
        interaction('a user who may bypass the PIN', { state: 'bypass' }),
        interaction('a user who must enter the PIN', { state: 'bypass' }),
        interaction('a user of ours', { state: 'enter' }),
      ]),
    )
    expect(checks.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'not reached', 'not reached'])
    expect(checks[2]?.because).toBe(
      "with the target's own accounts in its states, the contract does not give what it wants either",
    )
    expect(checks[3]?.because).toMatch(/^the target has no way to arrange "a user of ours"/)
  })
})

describe('a state', () => {
  const names: Hook = ({ state }) => {
    if (state.includes('refused')) return { status: 422, body: { why: 'nobody knows it' } }
    if (state.includes('broken')) return { status: 500, body: { why: 'no database' } }
    return { status: 200 }
  }

  it('goes to the hook as consumers call it, is asked for once, and is taken back', async () => {
    const { url, states, changes } = await hooked(names)
    const bench = new PactBench({ baseUrl: `${url}/jira`, states })
    const { code: exit, checks } = await bench.verify(
      pactOf([asking('one of theirs', { name: 'another', params: { of: 7 } })]),
    )
    expect(checks.map(({ outcome }) => outcome)).toEqual(['passed'])
    expect(exit).toBe(0)
    expect(changes()).toEqual(['setup one of theirs', 'setup another', 'teardown one of theirs', 'teardown another'])
  })

  it('that is refused keeps one interaction from being played, one that fails ends in 5, and others go on', async () => {
    const { url, states, asked, changes } = await hooked(names)
    const bench = new PactBench({ baseUrl: `${url}/jira`, states })
    const refused = await bench.verify(pactOf([asking('refused'), asking('good')]))
    expect(refused.checks.map(({ outcome }) => outcome)).toEqual(['not reached', 'passed'])
    expect(refused.checks[0]?.because).toMatch(/^the target's hook cannot arrange "refused": .* answered 422/)
    expect(refused.code).toBe(1)
    const broken = await bench.verify(pactOf([asking('good', 'broken'), asking('good')]))
    expect(broken.checks.map(({ outcome }) => outcome)).toEqual(['not reached', 'passed'])
    expect(broken.code).toBe(5)
    expect(asked().filter((path) => path === 'info')).toHaveLength(2)
    expect(changes().filter((change) => change === 'setup broken' || change === 'setup refused')).toHaveLength(2)
  })

  it('is mapped to one of ours, with the params of the consumer', async () => {
    const { url, states, changes } = await hooked(names)
    const map = { 'switched on for {tenant}': { state: 'the plug-in is active' } }
    const bench = new PactBench({ baseUrl: `${url}/jira`, states: { ...states, map } })
    const { checks } = await bench.verify(pactOf([asking('switched on for {tenant}')]))
    expect(checks.map(({ outcome }) => outcome)).toEqual(['passed'])
    expect(changes()).toEqual(['setup the plug-in is active', 'teardown the plug-in is active'])
  })
})

describe('a server that is not there', () => {
  it('at the start ends the run with 3', async () => {
    const { url, close } = await serve(() => undefined)
    await close()
    const { code: exit, err } = await new PactBench({ baseUrl: `${url}/jira`, retries: 0 }).verify(pactOf([asking()]))
    expect(exit).toBe(3)
    expect(err).toMatch(/cannot be reached: /)
  })

  it('in the middle of it is no fault of what it was asked, and the rest is not played', async () => {
    let count = 0
    const { url, close } = await serve((_, response) => {
      if (++count < 3) return response.writeHead(200, { 'content-type': 'application/json' }).end('{"active":true}')
      void close()
      return undefined
    })
    const bench = new PactBench({ baseUrl: `${url}/jira`, retries: 0 })
    const { code: exit, checks } = await bench.verify(pactOf([asking(), asking(), asking()]))
    expect(checks.map(({ outcome }) => outcome)).toEqual(['passed', 'not reached', 'not reached'])
    expect(exit).toBe(3)
  })

  it('for a moment is waited for by nobody, and ends the run with 3', async () => {
    const { url } = await serve((request, response) => {
      const isDown = request.url?.endsWith('/user') === true
      response.writeHead(isDown ? 502 : 200, { 'content-type': 'application/json' }).end('{"active":true}')
    })
    const down = { ...asking(), request: { method: 'GET', path: `${api}/user` }, response: { status: 401 } }
    const bench = new PactBench({ baseUrl: `${url}/jira`, retries: 0 })
    const { code: exit, checks } = await bench.verify(pactOf([down, asking()]))
    expect(checks.map(({ outcome }) => outcome)).toEqual(['not reached', 'passed'])
    expect(exit).toBe(3)
  })
})

it('Ctrl-C puts states back, leaves out the rest, and ends with 130', async () => {
  const made: PactBench[] = []
  const { url, states, changes } = await hooked(({ state, action }) => {
    if (state === 'the second' && action === 'setup') made[0]?.terminal.signal('SIGINT')
    return { status: 200 }
  })
  const bench = new PactBench({ baseUrl: `${url}/jira`, states })
  made.push(bench)
  const { code: exit, checks } = await bench.verify(
    pactOf([asking('the first'), asking('the second'), asking('the third')]),
  )
  expect(exit).toBe(130)
  expect(checks.map(({ outcome, because }) => because ?? outcome)).toEqual([
    'passed',
    'the run was interrupted',
    'the run was interrupted',
  ])
  expect(changes()).toEqual(['setup the first', 'teardown the first', 'setup the second', 'teardown the second'])
})

it('the published pact is kept with the own accounts of a right server, as far as these are what it means', async () => {
  const server = await serveProvider(start(provider))
  const bench = new PactBench({ baseUrl: `${server.url}/jira`, accounts, settings })
  const { code: exit, checks } = await bench.verify(
    resolve(pactFileOf('secure-login')),
    '--leave-out-unsafe',
    '--allow-not-played',
  )
  expect(checks.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'not reached')).toEqual([])
  expect(checks.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(30)
  expect(exit).toBe(0)
  const attempts = await server.attempts()
  expect(Object.values(attempts).filter(({ wrong, locked }) => wrong > 2 || locked > 0)).toEqual([])
})
