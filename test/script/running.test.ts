import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type WorldOf } from '../../src/index.ts'
import { listen, type Listener } from '../../src/node.ts'
import { sessionPath } from '../support/phone.ts'
import { Terminal } from '../cli/terminal.ts'
import { Workplace } from '../docs/workplace.ts'
import { Played, playAll } from './played.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const files = { cli: 'script.sh', vitest: 'script.test.ts', playwright: 'script.spec.ts', scenario: 'world.yaml' }
type Kind = keyof typeof files

/** A world in which much was done, and what it is written down as. */
let world: WorldOf
let server: Listener
let workplace: Workplace

beforeAll(async () => {
  world = await createWorld({ extends: 'default', 'secure-login': { users: { tara: { totp: {} } } } })
  server = await listen(world)
  await playAll(new Played(server.url))
  workplace = await Workplace.create()
  // As npm would put it there.
  mkdirSync(join(workplace.path, 'tools'))
  const tool = join(workplace.path, 'tools/understudy')
  writeFileSync(tool, `#!/bin/sh\nexec ${process.execPath} ${join(root, 'bin/understudy.js')} "$@"\n`)
  chmodSync(tool, 0o755)
})
afterAll(async () => {
  await workplace.close()
  await server.close()
})

/** The script as the command writes it. */
async function written(kind: Kind, ...more: readonly string[]): Promise<string> {
  const terminal = new Terminal()
  const name = files[kind]
  const { code, err } = await terminal.run('script', '--as', kind, '--out', name, '--url', server.url, ...more)
  expect([code, err]).toEqual([0, expect.stringContaining(`wrote ${name}; play it with `)])
  const text = readFileSync(join(terminal.cwd, name), 'utf8')
  writeFileSync(join(workplace.path, name), text)
  return text
}

interface Ran {
  readonly code: number
  readonly out: string
}

function run(program: string, ...args: readonly string[]): Promise<Ran> {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    PATH: `${join(workplace.path, 'tools')}:${process.env['PATH']}`,
    UNDERSTUDY_URL: undefined,
    VITEST: undefined,
    NODE_OPTIONS: undefined,
  }
  return new Promise((resolve) => {
    execFile(program, args, { cwd: workplace.path, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), out: stdout + stderr }),
    )
  })
}

const node = (...args: readonly string[]): Promise<Ran> => run(process.execPath, ...args)
const modules = join(root, 'node_modules')
const runners: { readonly [kind in Exclude<Kind, 'scenario'>]: () => Promise<Ran> } = {
  cli: () => run('sh', files.cli, server.url),
  vitest: () => node(join(modules, 'vitest/vitest.mjs'), 'run', `./${files.vitest}`),
  playwright: () => node(join(modules, '@playwright/test/cli.js'), 'test', files.playwright),
}

describe.each(['cli', 'vitest', 'playwright'] as const)('a script for %s', (kind) => {
  test('does and asks the same, and is answered the same', async () => {
    const text = await written(kind)
    const before = world.requests.length
    const { code, out } = await runners[kind]()
    expect([out, code]).toEqual([expect.any(String), 0])
    // In a world of its own: that of the tester is left alone.
    expect(world.requests).toHaveLength(before)
    expect(out.match(/^ok {4}r\d+ /gm) ?? []).toHaveLength(kind === 'cli' ? before - 1 : 0)
    for (const clause of ['SL-08', 'SL-10', 'SL-H2', 'GC-03', 'fault']) expect(text).toContain(clause)
  })

  test('fails where something is answered otherwise', async () => {
    const headers = { 'x-understudy-world': 'tiny', 'content-type': 'application/json' }
    await fetch(server.url + sessionPath, { method: 'POST', headers, body: '{"username":"alice","password":"alice"}' })
    const text = await written(kind, '--world', 'tiny')
    writeFileSync(join(workplace.path, files[kind]), text.replace('200 SL-H1', '200 SL-H9'))
    const { code, out } = await runners[kind]()
    expect(code).toBe(1)
    expect(out).toContain('SL-H9')
  })

  test("has what the scenario says in it, and nothing that was typed and is nobody's, nor a session", async () => {
    const text = await written(kind)
    for (const secret of ['910817', '4711', '"password":"alice"']) expect(text).toContain(secret)
    for (const secret of ['000000', 'not the password', ...sessions()]) expect(text).not.toContain(secret)
  })
})

/** Ids and secrets of all sessions there were. */
function sessions(): string[] {
  const keys = [...world.records.keys('secure-login/session:'), ...world.records.keys('gentics-cms/secret:')]
  const ids = keys.map((key) => key.replace(/^[^:]*:/, ''))
  if (ids.length === 0) throw new Error('there are no sessions')
  return ids
}

test('the world as a scenario is served as it was', async () => {
  await written('scenario')
  const terminal = new Terminal()
  copyFileSync(join(workplace.path, files.scenario), join(terminal.cwd, files.scenario))
  const { url } = await terminal.serve(files.scenario)
  const { users } = await (await fetch(`${url}/__understudy/users`)).json()
  const ours = await (await fetch(`${server.url}/__understudy/users`)).json()
  const shown = (all: readonly { username: string; state: string; failures?: number }[]): unknown =>
    all.map(({ username, state, failures }) => [username, state, failures])
  expect(shown(users)).toEqual(shown(ours.users))
  expect(users.find(({ username }: { username: string }) => username === 'dave')).toMatchObject({ pin: '4711' })
})
