import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { listen } from '../../src/node.ts'
import { secureLoginPact } from './secure-login.pact.ts'
import { verify, verifyServer, type Verification } from './verify.ts'

const directory = mkdtempSync(join(tmpdir(), 'anybodys-'))
afterAll(() => rmSync(directory, { recursive: true }))

const userPath = '/jira/rest/securelogin-admin/1.0/api/user'
const authPath = '/jira/rest/securelogin-admin/1.0/api/auth'
const mustEnter = 'a user who must enter the PIN'

/** Has Pact's verifier ask the mock for interactions that somebody else's library wrote. */
async function verifyPact(
  version: string,
  interactions: readonly object[],
  statesPath = '/__understudy/pact/states',
): Promise<Verification> {
  const file = join(directory, `${Math.random()}.json`)
  const metadata = { pactSpecification: { version } }
  const pact = { consumer: { name: 'app' }, provider: { name: 'secure-login' }, interactions, metadata }
  writeFileSync(file, JSON.stringify(pact))
  const server = await listen(await createWorld('default'))
  try {
    return await verifyServer(server.url, 'secure-login', statesPath, file)
  } finally {
    await server.close()
  }
}

/** A PIN in the session of a state. */
function pin(description: string, params: object, body: string, status: number): object {
  return {
    description,
    providerStates: [{ name: mustEnter, params: { username: 'alice', ...params } }],
    request: {
      method: 'POST',
      path: authPath,
      headers: { 'Content-Type': 'text/plain', Cookie: 'JSESSIONID=x' },
      body,
      generators: { header: { Cookie: { type: 'ProviderState', expression: 'JSESSIONID=${session}' } } },
    },
    response: { status },
  }
}

type Asked = { readonly state: string; readonly action: string; readonly params: { readonly [name: string]: unknown } }

/** How other verifiers would have asked for the same; undefined where they ask for nothing. */
const ways: { readonly [way: string]: (asked: Asked) => { query?: string; body?: object } | undefined } = {
  // pact-provider-verifier, set_up_provider_state.rb; pact_helper.rb tears nothing down
  "as Ruby's does, without a teardown": ({ state, action, params }) =>
    action === 'teardown' ? undefined : { body: { consumer: 'app', state, states: [state], params } },
  // pact_verifier, callback_executors.rs, with state_change_body off: what is no text is sent as JSON
  'in the query': ({ state, action, params }) => {
    const texts = Object.entries(params).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
    return { query: `?${new URLSearchParams([['state', state], ['action', action], ...texts])}` }
  },
}

/** A state-change URL for Pact's verifier, behind which is that of the mock, called as another verifier would. */
async function translator(url: string, toCall: (typeof ways)[string]): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    void (async () => {
      const call = toCall((await json(request)) as Asked)
      const { query = '', body } = call ?? {}
      const sent =
        body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      const answer = call === undefined ? undefined : await fetch(url + query, { method: 'POST', ...sent })
      response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' })
      response.end(answer === undefined ? '{}' : await answer.text())
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

describe("somebody else's pact", () => {
  it('may have digits as a number, and numbers and truths as text', async () => {
    const { broken, kept } = await verifyPact('3.0.0', [
      pin('digits as a number', { pin: 910817 }, '910817', 200),
      pin('a number as text', { failures: '2' }, '000000', 401),
      pin('a truth as text', { authenticated: 'true' }, '000000', 200),
    ])
    expect([broken, kept.length]).toEqual([{}, 3])
  })

  const withCookie = {
    description: 'the example cookie',
    request: { method: 'get', path: userPath, headers: { Cookie: 'JSESSIONID=abc' } },
    response: { status: 200, body: { state: 'enter' } },
  }

  it('needs no generators where a param fixes the session', async () => {
    const providerStates = [{ name: mustEnter, params: { username: 'alice', session: 'abc' } }]
    expect((await verifyPact('3.0.0', [{ ...withCookie, providerStates }])).kept).toEqual(['the example cookie'])
  })

  it('has no place for params in version 2, so the URL may have them', async () => {
    const interactions = [
      { ...withCookie, providerState: mustEnter },
      {
        ...withCookie,
        description: 'another state',
        providerState: 'the plug-in is active',
        response: { status: 401 },
      },
    ]
    const statesPath = '/__understudy/pact/states?username=alice&session=abc'
    expect(await verifyPact('2.0.0', interactions, statesPath)).toEqual({
      kept: ['the example cookie', 'another state'],
      broken: {},
    })
  })

  it('fails where it names a state that nobody knows, and only there', async () => {
    const info = (description: string, name: string): object => ({
      description,
      providerStates: [{ name }],
      request: { method: 'GET', path: userPath.replace('/user', '/info') },
      response: { status: 200, body: { active: true } },
    })
    const { broken, kept } = await verifyPact('3.0.0', [
      info('a known state', 'the plug-in is active'),
      info('a state in their words', 'Secure Login is switched on for ACME'),
    ])
    expect([kept, Object.keys(broken)]).toEqual([['a known state'], ['a state in their words']])
  })
})

describe("pact-js's own verifier, with a proxy before it", () => {
  it('keeps every interaction of the pact of Secure Login', async () => {
    const { broken, kept } = await verify(
      await createWorld('default'),
      'secure-login',
      undefined,
      'pact-js-verifier.js',
    )
    expect(broken).toEqual({})
    expect(kept).toEqual(secureLoginPact.interactions.map(({ description }) => description).toSorted())
  })
})

describe('a verifier that changes states in another way', () => {
  it.each(Object.entries(ways))('%s, keeps the pact of Secure Login', async (_way, toCall) => {
    const server = await listen(await createWorld('default'))
    const states = await translator(`${server.url}/__understudy/pact/states`, toCall)
    try {
      const { broken, kept } = await verifyServer(server.url, 'secure-login', states.url)
      expect([broken, kept.length]).toEqual([{}, secureLoginPact.interactions.length])
    } finally {
      states.close()
      await server.close()
    }
  })
})
