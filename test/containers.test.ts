import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { createControlClient } from '../src/control.ts'

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const page = read('docs/containers.md')
const dockerfile = instructions(read('Dockerfile'))
const compose = parse(read('compose.yaml'))
const action = parse(read('action.yml'))

/** The instructions of a Dockerfile, of its last stage. */
function instructions(text: string): readonly (readonly [name: string, rest: string])[] {
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '')
  const all = lines.map((line) => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1)] as const)
  return all.slice(all.findLastIndex(([name]) => name === 'FROM'))
}

const lastOf = (name: string, all = dockerfile): string => all.findLast(([each]) => each === name)?.[1] ?? ''
const health: readonly string[] = JSON.parse(lastOf('HEALTHCHECK').replace(/^.*? CMD /, ''))

/** A directory with what an image has: `understudy`, `npx`, and a scenario that was mounted. */
function place(): { readonly cwd: string; readonly path: string } {
  const cwd = mkdtempSync(join(tmpdir(), 'understudy-'))
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
  const bin = join(cwd, 'bin')
  mkdirSync(bin)
  mkdirSync(join(cwd, 'scenarios'))
  mkdirSync(join(cwd, 'state'))
  writeFileSync(join(cwd, 'scenarios/ours.yaml'), 'extends: lockout\n')
  symlinkSync(fileURLToPath(new URL('../bin/understudy.js', import.meta.url)), join(bin, 'understudy'))
  // What is told to npx is what it would install, and what it then runs.
  writeFileSync(
    join(bin, 'npx'),
    '#!/bin/sh\n[ "$1 $2 $3" = "--yes --package auth-understudy" ] || exit 99\nshift 3\nexec "$@"\n',
  )
  chmodSync(join(bin, 'npx'), 0o755)
  return { cwd, path: bin + delimiter + process.env['PATH'] }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

interface Container {
  readonly url: string
  /** Runs the health check; its exit code. */
  readonly check: () => number | null
  /** Stops it as an engine does; its exit code. */
  readonly stop: () => Promise<unknown>
}

/** Runs a command line of an image as it stands, with `understudy` before it. */
async function start(
  args: readonly string[],
  given: { readonly [name: string]: string },
  { cwd, path } = place(),
): Promise<Container> {
  const port = await freePort()
  const env = { PATH: path, HOME: cwd, UNDERSTUDY_PORT: String(port), ...given }
  const child = spawn('understudy', args, { cwd, env })
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  let told = ''
  child.stderr.on('data', (chunk) => (told += String(chunk)))
  const [command = '', ...more] = health
  const check = (): number | null => spawnSync(command, more, { env }).status
  const patience = Date.now() + 30_000
  while (check() !== 0) {
    if (child.exitCode !== null || Date.now() > patience) throw new Error(`not healthy: ${told}`)
  }
  const stop = (): Promise<unknown> => {
    child.kill('SIGTERM')
    return ended
  }
  return { url: `http://127.0.0.1:${port}`, check, stop }
}

const token = { UNDERSTUDY_ADMIN_TOKEN: 'correct-horse-battery' }
const bob = { params: { username: 'bob' } }

describe('the image', () => {
  const entry = JSON.parse(lastOf('ENTRYPOINT'))
  const args: readonly string[] = JSON.parse(lastOf('CMD'))

  test('is understudy, and is nobody who could change more than its state', () => {
    expect(entry).toEqual(['understudy'])
    expect(lastOf('USER')).toBe('node')
    expect(dockerfile.findLastIndex(([name]) => name === 'RUN')).toBeLessThan(
      dockerfile.findIndex(([name]) => name === 'USER'),
    )
    const state = join(lastOf('WORKDIR'), args[args.indexOf('--state') + 1] ?? '')
    expect(dirname(state)).toBe(lastOf('VOLUME'))
    expect(lastOf('RUN')).toContain(`mkdir -p ${lastOf('VOLUME')}`)
    expect(read('Dockerfile')).not.toMatch(/TOKEN|PASSWORD/)
  })

  test('serves, is healthy, wants its token, and goes on from its state', async () => {
    const here = place()
    const one = await start(args, token, here)
    expect((await fetch(`${one.url}/jira/rest/securelogin-admin/1.0/api/info`)).status).toBe(200)
    expect((await fetch(`${one.url}/__understudy/state`)).status).toBe(401)
    const body = { state: 'blocked', for: '30m' } as const
    const control = createControlClient({ url: one.url, adminToken: token.UNDERSTUDY_ADMIN_TOKEN })
    await control.request('PUT /users/{username}', { ...bob, body })
    expect(await one.stop()).toBe(0)
    expect(one.check()).toBe(1)

    const other = await start(args, token, here)
    const again = createControlClient({ url: other.url, adminToken: token.UNDERSTUDY_ADMIN_TOKEN })
    expect(await again.request('GET /users/{username}', bob)).toMatchObject({ state: 'blocked' })
    expect(existsSync(join(here.cwd, 'state'))).toBe(true)
  })

  test('makes a token up where none is given', async () => {
    const { url } = await start(args, {})
    expect((await fetch(`${url}/__understudy/state`)).status).toBe(401)
  })
})

describe('compose.yaml', () => {
  const { mock } = compose.services
  const { UNDERSTUDY_ADMIN_TOKEN: wanted, ...environment } = mock.environment

  test('starts with a token only, listens on this machine only, and keeps the state', () => {
    expect(wanted).toMatch(/^\$\{UNDERSTUDY_ADMIN_TOKEN:\?.+\}$/)
    expect(mock.ports).toEqual(['127.0.0.1:4010:4010'])
    expect(mock.volumes).toEqual([`state:${lastOf('VOLUME')}`])
    expect(Object.keys(compose.volumes)).toEqual(['state'])
    const override = parse(/saved as compose\.override\.yaml -->\n```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '')
    expect(Object.keys(override.services.app.depends_on)).toEqual(Object.keys(compose.services))
  })

  test('serves, also by the name that other services call it', async () => {
    const { url } = await start(mock.command, { ...environment, ...token })
    const headers = { host: 'mock:4010', authorization: `Bearer ${token.UNDERSTUDY_ADMIN_TOKEN}` }
    const status = await new Promise((resolve, reject) => {
      get(`${url}/__understudy/state`, { headers }, (response) => resolve(response.resume().statusCode)).on(
        'error',
        reject,
      )
    })
    expect(status).toBe(200)
  })
})

describe('docs/containers.md', () => {
  const block = /saved as image\/Dockerfile -->\n```dockerfile\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  const runs = [...page.matchAll(/docker run [\s\S]*?[ ]auth-understudy( serve .*)?$/gm)].flatMap(
    ([, args]) => args?.trim().split(' ') ?? [],
  )
  const recipe = /\.withCommand\(\[(.*?)\]\)/.exec(page)?.[1]?.replaceAll(/[',]/g, '').split(' ') ?? []

  test.each([
    ['its Dockerfile', JSON.parse(lastOf('CMD', instructions(block)))],
    ['docker run', runs],
    ['Testcontainers', recipe],
  ])('the command of %s serves', async (_, args) => {
    expect(args[0]).toBe('serve')
    const { url, stop } = await start(args, token)
    expect((await fetch(`${url}/__understudy/health`)).status).toBe(200)
    expect(await stop()).toBe(0)
  })

  test('tells every input of the action, and what holds without', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` \| .* \| (.*) \|$/gm)].map(([, name, otherwise]) => [
      name,
      otherwise,
    ])
    const words: { readonly [name: string]: string } = {
      run: 'nothing is run',
      'run-options': 'none',
      verify: 'none is',
      'working-directory': 'the repository',
    }
    const inputs = Object.entries<{ default: string }>(action.inputs)
    expect(rows).toEqual(inputs.map(([name, input]) => [name, words[name] ?? `\`${input.default}\``]))
  })
})

interface Step {
  readonly name: string
  readonly if?: string
  readonly run?: string
  readonly uses?: string
  readonly env?: { readonly [name: string]: string }
}

describe('the action', () => {
  const steps: readonly Step[] = action.runs.steps

  /** Runs a step's script as it stands, with these inputs; what GitHub would fill in is filled in. */
  function play(
    name: string,
    inputs: { readonly [name: string]: string },
    { cwd, path } = place(),
  ): { status: number | null; told: string } {
    const { run = '', env = {} } = steps.find((step) => step.name === name) ?? {}
    const value = (input = ''): string => inputs[input] ?? action.inputs[input].default
    const filled = Object.entries(env).map(([key, text]) => [
      key,
      text.replace(/^\$\{\{ inputs\.([\w-]+) \}\}$/, (_, input: string) => value(input)),
    ])
    const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', run], {
      cwd,
      env: { PATH: path, HOME: cwd, ...Object.fromEntries(filled) },
      encoding: 'utf8',
    })
    return { status, told: stdout + stderr }
  }

  test('fills nothing into a script: what is given is in variables', () => {
    const scripts = steps.flatMap(({ run }) => run ?? [])
    expect(scripts).toHaveLength(2)
    for (const script of scripts) expect(script).not.toContain('${{')
    const used = [...read('action.yml').matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name)
    expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)))
  })

  test('runs a command beside the mock, and ends as it does', () => {
    const run = 'Play a scenario while a command runs'
    const command = 'curl -sf "$UNDERSTUDY_URL/__understudy/health" | cat; exit 7'
    expect(play(run, { run: command, scenario: 'lockout', 'run-options': '--api secure-login --seed 3' })).toEqual({
      status: 7,
      told: '{"status":"ok"}\n',
    })
    expect(play(run, { run: 'false | true' }).status).toBe(1)
    expect(play(run, { run: 'true', scenario: 'lokout' })).toMatchObject({
      status: 2,
      told: expect.stringContaining('Did you mean "lockout"?'),
    })
  })

  test('checks a server, and keeps what accounts were sent where the cache looks', async () => {
    const here = place()
    const { url } = await start(['serve', '--host', '127.0.0.1'], {}, here)
    writeFileSync(join(here.cwd, 'target.yaml'), read('targets/mock.yaml').replaceAll('${UNDERSTUDY_URL}', url))
    const { status, told } = play('Check servers against the contract', { verify: 'target.yaml' }, here)
    expect([status, told]).toEqual([0, expect.stringContaining('wrote reports/verify.sarif')])
    const caches = steps.filter(({ uses }) => uses?.startsWith('actions/cache/'))
    expect(caches.map(({ uses }) => uses)).toEqual(['actions/cache/restore@v4', 'actions/cache/save@v4'])
    expect(caches[1]?.if).toMatch(/^always\(\) && /)
    expect(existsSync(join(here.cwd, '.understudy'))).toBe(true)
  })
})
