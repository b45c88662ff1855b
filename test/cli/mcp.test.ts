import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { SecureLogin } from '../../examples/login-app/src/secure-login.ts'
import type { ControlAnswer, ControlRequest } from '../../src/control/client.ts'
import { controlRoutes } from '../../src/control/routes.ts'
import { createControlClient } from '../../src/control.ts'
import { serve } from './serving.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = join(root, 'bin/understudy.js')

function directory(): string {
  const cwd = mkdtempSync(join(tmpdir(), 'understudy-'))
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
  return cwd
}

/** What a model has: the tools, each of which is a route of the control API. */
interface Tools {
  readonly client: Client
  /** Calls the tool of a route. Throws what it tells where it is refused. */
  readonly call: <Name extends ControlRequest>(route: Name, args?: object) => Promise<ControlAnswer<Name>>
}

/** Starts `understudy mcp` as a program that has a model does. */
async function connect(cwd: string, ...argv: readonly string[]): Promise<Tools> {
  const args = [bin, 'mcp', ...argv]
  const transport = new StdioClientTransport({ command: process.execPath, args, cwd, stderr: 'ignore' })
  const client = new Client({ name: 'test', version: '0.0.0' })
  await client.connect(transport)
  onTestFinished(() => client.close())
  const { tools } = await client.listTools()
  return {
    client,
    call: async (route, given = {}) => {
      const { name = '' } = tools.find(({ description }) => description?.endsWith(`(${route})`)) ?? {}
      const { structuredContent, isError, content } = await client.callTool({ name, arguments: { ...given } })
      if (isError === true) throw new Error(JSON.stringify(content))
      return structuredContent as never
    },
  }
}

/** What a tool tells that refuses what it is called with. */
async function refusal({ client }: Tools, name: string, args: object = {}): Promise<string> {
  const { isError, content } = await client.callTool({ name, arguments: { ...args } })
  expect(isError).toBe(true)
  return JSON.stringify(content)
}

describe('understudy mcp', () => {
  test('has a tool for each route of the control API but streams, and says which ones change something', async () => {
    const { client } = await connect(directory())
    const { tools } = await client.listTools()
    const told = tools.map(({ description = '' }) => /\((\S+ \S+)\)$/.exec(description)?.[1])
    const routes = controlRoutes.map(({ name }) => name).filter((name) => !/\/(events|openapi\.json)$/.test(name))
    expect(told).toEqual(routes)
    expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length)
    for (const { name, annotations } of tools) {
      expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
      expect(annotations?.readOnlyHint).toBe(name.startsWith('get') || /^postShare(Read)?$/.test(name))
    }
    // What a model reads before it does anything.
    expect(JSON.stringify(tools).length).toBeLessThan(64_000)
  })

  test('describes what a tool takes in schemas that a validator reads', async () => {
    const { client } = await connect(directory())
    const { tools } = await client.listTools()
    const validator = new Ajv2020({ strict: false })
    const takes = (name: string, args: unknown): boolean =>
      validator.validate(tools.find((tool) => tool.name === name)?.inputSchema ?? false, args)
    expect(takes('putUsersUsername', { params: { username: 'bob' }, body: { state: 'blocked', for: '30m' } })).toBe(
      true,
    )
    expect(takes('putUsersUsername', { params: { username: 'bob' }, body: { gate: 'mine' } })).toBe(true)
    expect(takes('putUsersUsername', { body: { state: 'blocked' } })).toBe(false)
    expect(takes('getRequests', { query: { limit: 3 }, world: 'w1' })).toBe(true)
    expect(takes('getRequests', {})).toBe(true)
    expect(takes('postClockAdvance', {})).toBe(false)
    expect(takes('postClockAdvance', { body: { by: '31m' } })).toBe(true)
  })

  test('tells what is wrong to the model, with the nearest word, and changes nothing', async () => {
    const cwd = directory()
    const tools = await connect(cwd)
    expect(await refusal(tools, 'getState')).toContain('No server was started in this directory')
    const { url } = await serve(cwd)
    expect(await refusal(tools, 'getStates')).toContain(
      'There is no tool \\"getStates\\". Did you mean \\"getState\\"?',
    )
    expect(await refusal(tools, 'getRequests', { qery: {} })).toContain('Did you mean \\"query\\"?')
    expect(await refusal(tools, 'putUsersUsername', { body: { state: 'blocked' } })).toContain('needs params.username')
    expect(await refusal(tools, 'putUsersUsername', { params: { username: 'bob' }, body: 'x' })).toContain(
      'body of putUsersUsername is an object',
    )
    const bob = { params: { username: 'bob' }, body: { state: 'blockd' } }
    expect(await refusal(tools, 'putUsersUsername', bob)).toContain('Did you mean')
    expect(await refusal(tools, 'getRequests', { query: { limit: {} } })).toContain('limit')
    expect(await refusal(tools, 'getState', { world: 'mian' })).toContain('Did you mean \\"main\\"?')
    expect(await refusal(tools, 'getState', { world: 7 })).toContain('world of getState is a text')
    const { changes } = await createControlClient({ url }).request('GET /changes')
    expect(changes).toEqual([])
  })

  test('acts on the world that is meant, and on the server that is named', async () => {
    const { url } = await serve(directory())
    const { call } = await connect(directory(), '--url', url, '--world', 'w1', '--new-world')
    await call('PUT /users/{username}', { params: { username: 'bob' }, body: { state: 'blocked', for: '30m' } })
    const stateIn = async (world: string): Promise<unknown> =>
      (await createControlClient({ url, world }).request('GET /users/{username}', { params: { username: 'bob' } }))[
        'state'
      ]
    expect([await stateIn('w1'), await stateIn('main')]).toEqual(['blocked', 'onboarding'])
  })

  test('answers what it was asked before it ends with its input', async () => {
    const child = spawn(process.execPath, [bin, 'mcp'], { cwd: directory() })
    let out = ''
    child.stdout.on('data', (chunk) => (out += String(chunk)))
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'getState' } }
    child.stdin.end(`${JSON.stringify(call)}\nno JSON\n`)
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(JSON.parse(out)).toMatchObject({ id: 1, result: { isError: true } })
  })

  test('says in one sentence that the SDK is missing', () => {
    const cwd = directory()
    // The command line without what is installed beside it, but for what it needs.
    cpSync(join(root, 'bin'), join(cwd, 'bin'), { recursive: true })
    cpSync(join(root, 'dist/bin'), join(cwd, 'dist/bin'), { recursive: true })
    cpSync(join(root, 'package.json'), join(cwd, 'package.json'))
    mkdirSync(join(cwd, 'node_modules'))
    symlinkSync(join(createRequire(import.meta.url).resolve('undici'), '..'), join(cwd, 'node_modules/undici'))
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/understudy.js', 'mcp'], {
      cwd,
      encoding: 'utf8',
      input: '',
    })
    expect([status, stdout, stderr]).toEqual([
      2,
      '',
      'error: Models are spoken to by the SDK of the Model Context Protocol, which is not installed: npm install @modelcontextprotocol/sdk@1\n',
    ])
  })
})

/** The example's client of a server, with a browser's cookies. */
function app(url: string): SecureLogin {
  const cookies = new Map<string, string>()
  const { fetch } = globalThis
  vi.stubGlobal('fetch', async (to: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const response = await fetch(to, { ...init, headers: [...new Headers(init.headers), ['cookie', cookie]] })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return response
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  return new SecureLogin(`${url}/jira`)
}

/** How far alice comes in the example app. */
async function signIn(url: string): Promise<string> {
  const server = app(url)
  try {
    if (!(await server.signIn('alice', 'alice'))) return 'first factor refused'
    if ((await server.info())?.active !== true) return 'without a second factor'
    const { state } = await server.user()
    if (state !== 'enter') return state
    return (await server.enter('910817')) ? 'inside' : 'second factor refused'
  } catch (error) {
    return String(error)
  } finally {
    vi.unstubAllGlobals()
  }
}

/** What a model would do that is told "alice cannot sign in with her second factor": it knows of nothing but the tools. */
async function mend({ call }: Tools): Promise<readonly string[]> {
  const did: string[] = []
  const { faults, apis } = await call('GET /state')
  for (const { id, what } of faults) {
    await call('DELETE /faults/{id}', { params: { id } })
    did.push(`fault: ${what}`)
  }
  for (const { id } of apis.filter(({ settings }) => settings['active'] === false)) {
    await call('PATCH /apis/{api}', { params: { api: id }, body: { active: true } })
    did.push(`${id} was off`)
  }
  const { requests } = await call('GET /requests', { query: { user: 'alice', limit: 1 } })
  const [latest = { id: 'none' }] = requests
  const { because } = await call('GET /requests/{id}/why', { params: { id: latest.id } })
  const user = await call('GET /users/{username}', { params: { username: 'alice' } })
  if (user['state'] !== 'enter') {
    await call('PUT /users/{username}', { params: { username: 'alice' }, body: { state: 'enter' } })
    did.push(`${user['state']}, as ${latest.id} met: ${because}`)
  }
  return did
}

describe('a model that is given the tools alone finds and mends what keeps alice out of the example:', () => {
  test.each<
    [
      what: string,
      seed: (control: ReturnType<typeof createControlClient>) => Promise<unknown>,
      met: string,
      did: RegExp,
    ]
  >([
    [
      'she is blocked',
      (control) =>
        control.request('PUT /users/{username}', {
          params: { username: 'alice' },
          body: { state: 'blocked', for: '30m' },
        }),
      'blocked',
      /^blocked, as r\d+ met: .*blocked/,
    ],
    [
      'she has yet to set it up',
      (control) =>
        control.request('PUT /users/{username}', { params: { username: 'alice' }, body: { state: 'onboarding' } }),
      'onboarding',
      /^onboarding, as/,
    ],
    [
      'the plug-in is off',
      (control) => control.request('PATCH /apis/{api}', { params: { api: 'secure-login' }, body: { active: false } }),
      'without a second factor',
      /^secure-login was off/,
    ],
    [
      'the server has a fault',
      (control) => control.request('POST /faults', { body: { on: 'secure-login.auth', reply: { status: 503 } } }),
      'answered with 503',
      /^fault: .*503/,
    ],
  ])('%s', async (_, seed, met, did) => {
    const cwd = directory()
    const { url } = await serve(cwd)
    expect(await signIn(url)).toBe('inside')
    await seed(createControlClient({ url }))
    expect(await signIn(url)).toContain(met)
    expect(await mend(await connect(cwd))).toEqual([expect.stringMatching(did)])
    expect(await signIn(url)).toBe('inside')
  })
})
