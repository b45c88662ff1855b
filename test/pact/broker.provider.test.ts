import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { Terminal, type Result } from '../cli/terminal.ts'
import { serveMock, type Mock } from '../contract/servers.ts'
import { Broker } from './broker.ts'

const info = '/jira/rest/securelogin-admin/1.0/api/info'

/** A pact that asks for `/info`, and wants these members. */
function asking(consumer: string, body: JsonObject, state?: string): JsonObject {
  return {
    consumer: { name: consumer },
    provider: { name: 'secure-login' },
    interactions: [
      {
        _id: `id-of-${consumer}`,
        description: 'what the plug-in is',
        ...(state === undefined ? {} : { providerStates: [{ name: state }] }),
        request: { method: 'GET', path: info },
        response: { status: 200, body },
      },
    ],
    metadata: { pactSpecification: { version: '3.0.0' } },
  }
}

interface Scene {
  readonly broker: Broker
  readonly mock: Mock
  readonly terminal: Terminal
  /** The options that name the target. */
  readonly target: readonly string[]
  readonly verify: (...flags: readonly string[]) => Promise<Result>
}

async function scene(
  pacts: Broker['pacts'],
  env: { readonly [name: string]: string } = {},
  target: object = {},
): Promise<Scene> {
  const broker = await Broker.start(pacts)
  onTestFinished(() => broker.close())
  const mock = await serveMock()
  const terminal = new Terminal({ CI: '', PACT_BROKER_TOKEN: '', PACT_BROKER_USERNAME: '', ...env })
  const { url, states } = mock
  const file = { api: 'secure-login', baseUrl: `${url}/jira`, states, ...target }
  writeFileSync(join(terminal.cwd, 'target.yaml'), stringify(file))
  const named = ['--target', 'target.yaml']
  const verify: Scene['verify'] = (...flags) => terminal.run('pact', 'verify', broker.url, ...named, ...flags)
  return { broker, mock, terminal, target: named, verify }
}

const good = { pact: asking('web', { active: true }, 'the plug-in is active') }
const bad = { pact: asking('app', { active: true, version: '4.2' }) }

describe('pacts of a broker', () => {
  it('are asked for once, with selectors and the token of the environment', async () => {
    const { broker, verify } = await scene([good], { PACT_BROKER_TOKEN: 'canary-token' })
    const { code, out, err } = await verify('--selector', 'branch=feat/pin,consumer=web', '--selector', 'mainBranch')
    expect(code).toBe(0)
    expect(out).toMatch(/1 kept, 0 broken, 0 not played/)
    expect(out + err).not.toContain('canary-token')
    expect(broker.told).toEqual(
      [
        { line: 'GET /', body: undefined },
        {
          line: 'POST /pacts/provider/secure-login/for-verification',
          body: {
            consumerVersionSelectors: [{ branch: 'feat/pin', consumer: 'web' }, { mainBranch: true }],
            includePendingStatus: false,
          },
        },
        { line: 'GET /pacts/0', body: undefined },
      ].map((told) => ({ ...told, authorization: 'Bearer canary-token' })),
    )
  })

  it('fail the run where they are broken, but not where they are pending', async () => {
    const broken = await scene([good, bad])
    expect(await broken.verify()).toMatchObject({ code: 1, out: expect.stringContaining('1 kept, 1 broken') as string })
    const pending = await scene([good, { ...bad, pending: true }])
    const { code, out } = await pending.verify('--provider-branch', 'main')
    expect(out).toMatch(/1 kept, 0 broken, 1 accepted or pending/)
    expect(out).toContain('accepted: the interaction is pending: the provider has yet to keep it')
    expect(code).toBe(0)
    expect(pending.broker.told[1]?.body).toMatchObject({ includePendingStatus: true, providerVersionBranch: 'main' })
  })

  it('are told what became of them, with version, branch and each interaction', async () => {
    const { broker, verify } = await scene([good, bad], { CI: 'true' })
    const flags = '--publish --provider-version abc123 --provider-branch main --build-url https://ci/7'
    const { code, err } = await verify(...flags.split(' '))
    expect(code).toBe(1)
    expect(err).toContain('published the results of 2 pacts as secure-login abc123.')
    const results = broker.told.filter(({ line }) => line.endsWith('/results')).map(({ body }) => body)
    const by = { providerApplicationVersion: 'abc123', buildUrl: 'https://ci/7' }
    const one = { interactionDescription: 'what the plug-in is' }
    expect(results).toMatchObject([
      { ...by, success: true, testResults: [{ ...one, interactionId: 'id-of-web', success: true }] },
      { ...by, success: false, testResults: [{ ...one, interactionId: 'id-of-app', success: false }] },
    ])
    expect(broker.told.map(({ line }) => line)).toContain(
      'PUT /pacticipants/secure-login/branches/main/versions/abc123',
    )
  })

  it('are told once each, whatever else is a source', async () => {
    const { broker, terminal, target } = await scene([good, bad], { CI: 'true' })
    writeFileSync(join(terminal.cwd, 'own.json'), JSON.stringify(asking('own', { active: true })))
    const sources = [broker.url, `${broker.url}/pacts/0`, 'own.json']
    const { err } = await terminal.run('pact', 'verify', ...sources, ...target, '--publish', '--provider-version', '1')
    expect(err).toContain('published the results of 2 pacts as secure-login 1.')
    expect(broker.told.filter(({ line }) => line.endsWith('/results')).map(({ line }) => line)).toEqual([
      'POST /pacts/0/results',
      'POST /pacts/1/results',
    ])
  })

  it('are told nothing where something was not played', async () => {
    const strange = { pact: asking('ios', { active: true }, 'a state of somebody else') }
    const { broker, verify } = await scene([good, strange], { CI: 'true' }, { states: {} })
    const { code, err } = await verify('--publish', '--provider-version', '1', '--allow-not-played')
    expect(err).toContain('not published: 1 of 2 interactions were not played.')
    expect(code).toBe(0)
    expect(broker.told.filter(({ line }) => !line.startsWith('GET') && line.endsWith('/results'))).toEqual([])
  })

  it.each([
    [['--publish'], /--publish wants --provider-version/],
    [['--publish', '--provider-version', '1'], /--publish is for CI, where CI is set/],
    [['--selector', 'mainBranhc'], /"mainBranhc" is no selector; .* Did you mean "mainBranch"\?/],
    [['--selector', '{"mainBranch"'], /--selector takes words or a JSON object/],
    [['--provider', 'jira'], /knows no provider "jira"; --provider says what it is called there\./],
  ])('%s: are told about before anything is sent to the server', async (flags, words) => {
    const { mock, verify } = await scene([good])
    const { code, out, err } = await verify(...flags)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(words)
    expect(mock.world.requests).toEqual([])
  })

  it('that answers something else is told in a sentence', async () => {
    const { broker, verify } = await scene([good], { PACT_BROKER_TOKEN: 'canary-token' })
    const answer = (line: string, status: number, body: string): unknown => broker.instead.set(line, { status, body })
    answer('GET /', 401, '')
    expect(await verify()).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /answered 401: the broker does not take the credentials in PACT_BROKER_TOKEN/,
      ) as string,
    })
    answer('GET /', 503, 'down')
    expect(await verify()).toMatchObject({ code: 3, err: expect.stringMatching(/answered 503\.$/) as string })
    answer('GET /', 200, '<html>')
    expect(await verify()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/neither a pact nor a broker/) as string,
    })
    broker.instead.clear()
    answer('POST /pacts/provider/secure-login/for-verification', 200, '{}')
    expect(await verify()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/has no pact with secure-login/) as string,
    })
    broker.instead.clear()
    answer('GET /pacts/0', 200, '{"interactions": 7}')
    expect(await verify()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/it has no list of interactions/) as string,
    })
    await broker.close()
    expect(await verify()).toMatchObject({ code: 3, err: expect.stringMatching(/cannot be reached/) as string })
  })
})
