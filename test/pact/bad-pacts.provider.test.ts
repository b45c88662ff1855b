import Module from 'node:module'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isKept, PactBench, pactOf, serve } from './pact-verify.ts'

const good = {
  description: 'what the plug-in is',
  request: { method: 'GET', path: '/jira/rest/securelogin-admin/1.0/api/info' },
  response: { status: 200, body: { active: true } },
}

/** A server that answers what {@link good} wants, whatever it is asked. */
async function bench(): Promise<PactBench & { heard: Awaited<ReturnType<typeof serve>>['heard'] }> {
  const { url, heard } = await serve((_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"active":true}'),
  )
  return Object.assign(new PactBench({ baseUrl: `${url}/jira` }), { heard })
}

describe('what is no pact is told in a sentence, with exit code 2', () => {
  const nested = `{"interactions":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
  const version = (text: unknown): object => pactOf([good], { metadata: { pactSpecification: { version: text } } })
  it.each<[about: string, content: string | object, told: string]>([
    ['an empty file', '', 'pact.json is no JSON: Unexpected end of JSON input.'],
    ['half a file', '{"consumer":{"name":"a"', 'pact.json is no JSON: '],
    ['a nested one', nested, 'pact.json is nested more than 200 levels deep.'],
    ['a list', '[]', 'pact.json is no pact: it has no consumer, provider and interactions.'],
    ['a text', '"pact"', 'pact.json is no pact: it has no consumer, provider and interactions.'],
    ['other JSON', { name: 'app', version: '1.0.0' }, 'pact.json is no pact: it has no list of interactions.'],
    ['interactions by name', pactOf([], { interactions: {} }), 'pact.json is no pact: it has no list of interactions.'],
    ['no interactions', pactOf([]), 'pact.json has no interactions, so nothing could be verified.'],
    ['no consumer', pactOf([good], { consumer: {} }), 'pact.json is no pact: consumer.name is missing.'],
    ['no provider', pactOf([good], { provider: null }), 'pact.json is no pact: provider.name is missing.'],
    [
      'messages',
      pactOf([], { interactions: undefined, messages: [] }),
      'pact.json is a pact of messages, and an API is asked by HTTP.',
    ],
    [
      'another API',
      pactOf([good], { provider: { name: 'sirportly' } }),
      'pact.json is a pact with sirportly, and target.yaml is a target of secure-login.',
    ],
    ['version 5', version('5.0'), "pact.json is of version 5.0 of Pact's specification; versions 1 to 4 are known."],
    [
      'no version at all',
      version({}),
      "pact.json is of version {} of Pact's specification; versions 1 to 4 are known.",
    ],
  ])('%s', async (_, content, told) => {
    const made = await bench()
    made.write('pact.json', content)
    const { code, out, err } = await made.verify('pact.json')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(told)
    expect(err.split('\n')).toHaveLength(1)
    expect(made.heard).toEqual([])
  })

  it.each([
    ['nothing.json', 'There is no pact file, and no folder, nothing.json.'],
    ['empty', 'The folder empty has no .json files, so no pacts.'],
    ['pacts/*.json', 'No file is meant by pacts/*.json.'],
  ])('%s', async (source, told) => {
    const made = await bench()
    mkdirSync(join(made.terminal.cwd, 'empty'))
    const { code, err } = await made.verify(source)
    expect({ code, err }).toEqual({ code: 2, err: `error: ${told}` })
  })

  it('where the verifier is not installed, with the command that does it', async () => {
    // What Node itself looks modules up by.
    const name = '_resolveFilename'
    const loader = Module as unknown as { [name]: (request: string, ...rest: unknown[]) => string }
    const resolve = loader[name]
    loader[name] = (request, ...rest) => {
      if (request === '@pact-foundation/pact-core') throw new Error('there is none')
      return resolve.call(Module, request, ...rest)
    }
    onTestFinished(() => void (loader[name] = resolve))
    const { code, err } = await (await bench()).verify(pactOf([good]))
    expect({ code, err }).toEqual({
      code: 2,
      err: "error: Pacts are verified by Pact's own verifier, which is not installed: npm install --save-dev @pact-foundation/pact-core@19",
    })
  })
})

/** Beside each of these, the good one is played. */
const bad: readonly (readonly [member: object | string, told: string])[] = [
  ['no interaction', 'interactions[1] is no interaction but no interaction'],
  [{ description: undefined }, 'interactions[1].description is missing'],
  [{ request: undefined }, 'interactions[1].request is missing'],
  [{ response: [] }, 'interactions[1].response is to be an object'],
  [{ request: { method: 7, path: '/' } }, 'interactions[1].request.method is to be a text, not 7'],
  [
    { request: { path: '@other.example/jira' } },
    'interactions[1].request.path is to be a text that begins with /, not @other.example/jira',
  ],
  [
    { request: { path: '.other.example/' } },
    'interactions[1].request.path is to be a text that begins with /, not .other.example/',
  ],
  [
    { request: { path: '/', headers: 'Accept: */*' } },
    'interactions[1].request.headers is to be an object, not Accept: */*',
  ],
  [{ response: { status: 200, matchingRules: [] } }, 'interactions[1].response.matchingRules is to be an object'],
  [{ response: { status: '200' } }, 'interactions[1].response.status is to be a number from 100 to 599, not 200'],
  [{ providerStates: [{ name: 7 }] }, 'interactions[1].providerStates[0].name is to be a text, not 7'],
  [{ providerState: {} }, 'interactions[1].providerState is to be a text'],
  [{ type: 'Asynchronous/Messages' }, 'it is no HTTP request but a message, or of a plug-in'],
  [{ type: 'Synchronous/Messages' }, 'it is no HTTP request but a message, or of a plug-in'],
  [
    { request: { path: '/../elsewhere' }, response: { status: 404 } },
    "Pact's verifier does not send it: its path leads elsewhere",
  ],
  [
    { request: { path: '/', headers: { 'X-A': 'b\r\nX-B: c' } } },
    "Pact's verifier does not send it: Invalid header value",
  ],
  [
    { response: { body: { a: 1 }, matchingRules: { body: { '$.a': { matchers: [{ match: 'flurb' }] } } } } },
    "Pact's verifier does not send it: Could not parse matcher",
  ],
]

describe('a bad interaction is not played, and hides none of the others', () => {
  it.each(bad)('%j', async (member, told) => {
    const made = await bench()
    const other = typeof member === 'string' ? member : { ...good, description: 'bad', ...member }
    const { code, checks } = await made.verify(pactOf([good, other as object, good]))
    expect(checks.map(({ outcome }) => outcome)).toEqual(['passed', 'not reached', 'passed'])
    expect(checks[1]?.because).toContain(told)
    // What was not played is not known.
    expect(code).toBe(1)
    expect((await made.verify('pact.json', '--allow-not-played')).code).toBe(0)
    // Nobody has asked for the bad one. The first request of each run is to see whether anybody answers.
    expect(made.heard.map(({ line }) => line.split('/').at(-1))).toEqual(['', 'info', 'info', '', 'info', 'info'])
  })
})

it('interactions of one description are told apart by their order', async () => {
  const made = await bench()
  const missing = { ...good, response: { status: 200, body: { version: '4' } } }
  const { checks } = await made.verify(pactOf([good, missing, good]))
  const id = 'secure-login.pact.app.what-the-plug-in-is'
  expect(checks.map((check) => [check.id, isKept(check)])).toEqual([
    [id, true],
    [`${id}-2`, false],
    [`${id}-3`, true],
  ])
  const again = await made.verify('pact.json', '--only', `${id}-2`)
  expect(again.checks.map((check) => [check.id, isKept(check)])).toEqual([[`${id}-2`, false]])
})

it('a pending interaction that is not kept is told, and fails nothing', async () => {
  const made = await bench()
  const version4 = { metadata: { pactSpecification: { version: '4.0' } } }
  const due = { ...good, type: 'Synchronous/HTTP', response: { status: 201 } }
  const { code } = await made.verify(pactOf([due], version4))
  expect(code).toBe(1)
  const { code: pendingCode, checks } = await made.verify(pactOf([{ ...due, pending: true }], version4))
  expect(pendingCode).toBe(0)
  expect(checks[0]).toMatchObject({
    outcome: 'accepted',
    failures: [{ reason: 'the interaction is pending: the provider has yet to keep it' }],
  })
})
