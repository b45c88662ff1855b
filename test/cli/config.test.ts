import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { configKeys } from '../../src/cli/config-keys.ts'
import { keyOf, notForConfigs } from '../../src/cli/config-key.ts'
import { createProgram } from '../../src/cli/program.ts'
import { posix } from '../../src/core/shell-syntax.ts'
import { writeModule } from '../support/turnstile-file.ts'
import { serve } from './serving.ts'
import { Terminal } from './terminal.ts'

/** A repository with a config, and a terminal in a directory below. */
function repository(name: string, text: string): { readonly root: Terminal; readonly below: Terminal } {
  const root = new Terminal()
  mkdirSync(join(root.cwd, '.git'))
  mkdirSync(join(root.cwd, 'app/web'), { recursive: true })
  writeFileSync(join(root.cwd, name), text)
  return { root, below: new Terminal({}, posix, join(root.cwd, 'app/web')) }
}

const yaml = (text: string): Terminal => repository('understudy.config.yaml', text).root

/** What `serve --json` told. */
const told = ({ lines }: Awaited<ReturnType<Terminal['serve']>>): unknown => JSON.parse(lines.out[0] ?? '')

const ending = 'process.exit(process.env.UNDERSTUDY_URL.startsWith("https") ? 7 : 8)'

describe.each([
  ['yaml', 'scenario: lockout\napis: [secure-login]\n'],
  ['js', "export default { scenario: 'lockout', apis: ['secure-login'] }\n"],
  ['ts', "export default { scenario: 'lockout' as string, apis: 'secure-login' } satisfies object\n"],
])('understudy.config.%s', (kind, text) => {
  const name = `understudy.config.${kind}`

  test('says what is served where nobody says otherwise, and in the directories below', async () => {
    const { root, below } = repository(name, text)
    for (const terminal of [root, below]) {
      const served = await terminal.serve()
      expect(told(served)).toMatchObject({ scenario: 'lockout', apis: [{ id: 'secure-login' }] })
      const file = terminal === root ? name : `../../${name}`
      expect(served.lines.err).toEqual([`→ ${file} sets scenario, apis`])
      terminal.signal('SIGTERM')
      await served.done
    }
  })
})

describe('what holds', () => {
  test('is the flag, then the environment, then the file', async () => {
    const terminal = yaml('scenario: lockout\nseed: 1\ntls: true\n')
    const run = (...more: readonly string[]): ReturnType<Terminal['run']> =>
      terminal.run('run', ...more, '--', process.execPath, '-e', ending)
    expect(await run()).toMatchObject({ code: 7, err: '→ understudy.config.yaml sets scenario, seed, tls' })
    expect(await run('blocked', '--seed', '2')).toMatchObject({ code: 7, err: '→ understudy.config.yaml sets tls' })
    vi.stubEnv('UNDERSTUDY_SEED', 'none')
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('--seed takes a whole number') })
    expect((await run('--seed', '3')).code).toBe(7)
  })

  test('a flag replaces a list, and does not add to it', async () => {
    const terminal = yaml('apis: [sirportly, gentics-cms]\n')
    expect(told(await terminal.serve('--api', 'secure-login'))).toMatchObject({ apis: [{ id: 'secure-login' }] })
  })

  test('only for commands that have such an option', async () => {
    const terminal = yaml('scenario: lockout\ntlsCert: none.pem\nport: 4100\n')
    expect(await terminal.run('scenario', 'list')).toMatchObject({ code: 0, err: '' })
    expect((await terminal.run('scenario', 'check', 'scenario.yaml')).err).not.toContain('config')
  })

  test('for options that have to be given, too', async () => {
    const terminal = yaml('as: hurl\nout: hurl\n')
    const { code, err } = await terminal.run('journey', 'export')
    expect([code, err]).toEqual([0, expect.stringContaining('→ understudy.config.yaml sets as, out')])
    expect((await new Terminal().run('journey', 'export')).err).toContain("required option '--as <format>'")
  })
})

describe('paths in a config', () => {
  test('count from where it is', async () => {
    const { root, below } = repository('understudy.config.yaml', 'scenario: ./hall.yaml\napis: ./turnstile.js\n')
    writeModule(root.cwd, 'turnstile.js', 'export { turnstile }')
    writeFileSync(join(root.cwd, 'hall.yaml'), 'turnstile: { users: { b7: { code: "4711" } } }\n')
    const { url } = await below.serve()
    expect((await fetch(`${url}/turnstile/enter?badge=b7&code=4711`, { method: 'POST' })).status).toBe(204)
  })
})

describe('a config that is wrong is told with file, line and column, and nothing is served:', () => {
  test.each<[what: string, name: string, text: string, words: readonly string[]]>([
    [
      'a misspelt key',
      'yaml',
      'scenario: lockout\nadminTokn: x\n',
      ['yaml:2:1: adminTokn: No command has such an option.', 'Did you mean "adminToken"?'],
    ],
    ['a key with hyphens', 'yaml', '{ admin-token: x }', ['yaml:1:3: admin-token:', 'Did you mean "adminToken"?']],
    ['--api in the singular', 'yaml', 'api: sirportly', ['yaml:1:1: api:', 'Did you mean "apis"?']],
    [
      'several at once',
      'yaml',
      'x1: 1\nport: [1]\n',
      ['yaml:1:1: x1:', 'yaml:2:7: port: It takes a text or a number, not [1].'],
    ],
    ['a name of an object', 'yaml', 'constructor: 1', ['yaml:1:1: constructor: No command has such an option.']],
    ['a word for a flag', 'yaml', 'tls: on', ['yaml:1:6: tls: It takes true or false, not "on".']],
    ['a list', 'yaml', '- port', ['yaml:1:1: It is a map of options, not ["port"].']],
    ['no YAML', 'yaml', 'port: [', ['understudy.config.yaml cannot be parsed.', 'yaml:1:8:']],
    ['a server', 'yaml', 'url: http://elsewhere.example', ['yaml:1:1: url: A file names no server']],
    [
      'a misspelt key in code',
      'js',
      "const port = 1\nexport default {\n  port,\n  'scenaro': 'x',\n}\n",
      ['js:4:3: scenaro: No command has such an option. Did you mean "scenario"?'],
    ],
    [
      'a wrong value in code',
      'js',
      'export default { host: [] }',
      ['js:1:18: host: It takes a text or a number, not [].'],
    ],
    [
      'no default export',
      'js',
      'export const port = 1',
      ['js has no default export. Write `export default defineConfig('],
    ],
    ['code that throws', 'js', '\nthrow new Error("no such host")', ['js:2:7 could not be loaded: no such host']],
    ['a function', 'js', 'export default () => ({})', ['js:1:1: It is a map of options']],
  ])('%s', async (_, name, text, words) => {
    const { below } = repository(`understudy.config.${name}`, text)
    const { code, out, err } = await below.run('serve', '--port', '0')
    expect([code, out]).toEqual([2, ''])
    for (const each of words) expect(err).toContain(each)
    expect(err).toContain('../../understudy.config.')
  })

  test('a value that one command does not take', async () => {
    const { code, err } = await yaml('# where\nfailOn: x').run('shadow', 'http://localhost:1')
    expect([code, err]).toEqual([2, expect.stringContaining('yaml:2:9: failOn: Allowed choices are drift.')])
  })

  test('two of them, and one that is called otherwise', async () => {
    const { root } = repository('understudy.config.yaml', '')
    writeFileSync(join(root.cwd, 'understudy.config.js'), '')
    expect((await root.run('serve')).err).toContain('has two configs, understudy.config.js and understudy.config.yaml')
    const other = repository('understudy.config.yml', '').below
    expect(await other.run('serve')).toMatchObject({
      code: 2,
      err: expect.stringContaining('understudy.config.yml is not read'),
    })
  })

  test('and help is there all the same', async () => {
    expect(await yaml('x1: 1').run('serve', '--help')).toMatchObject({ code: 0, err: '' })
  })
})

describe('whose config', () => {
  test('one that others may change is not used', async () => {
    const terminal = yaml('port: 1')
    chmodSync(join(terminal.cwd, 'understudy.config.yaml'), 0o666)
    const { code, err } = await terminal.run('serve', '--port', '0')
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('is not used, because everybody may change it: chmod o-w '),
    ])
  })

  test('one of another user is not used', async () => {
    const terminal = yaml('port: 1')
    // Who may give files away does; anybody else is for once somebody else.
    if (process.getuid?.() === 0) chownSync(join(terminal.cwd, 'understudy.config.yaml'), 65_534, 65_534)
    else {
      const getuid = vi.spyOn(process, 'getuid').mockReturnValue(4_000_000)
      onTestFinished(() => getuid.mockRestore())
    }
    expect(await terminal.run('serve', '--port', '0')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/understudy\.config\.yaml is not used, because it belongs to another user \(\d+\)/),
    })
  })

  test('one outside the repository is not looked for', async () => {
    const { below } = repository('understudy.config.yaml', 'x1: 1')
    mkdirSync(join(below.cwd, '.git'))
    const served = await below.serve()
    expect(served.lines.err).toEqual([])
  })
})

test('a process reads it as well, and says so on stderr alone', async () => {
  const { root } = repository('understudy.config.yaml', 'scenario: lockout')
  await serve(root.cwd)
  const { servers } = JSON.parse((await root.run('status', '--json')).out)
  expect(servers).toMatchObject([{ scenario: 'lockout' }])
})

test('a config may hold every option of every command, by its long name', () => {
  const io = { out: () => undefined, err: () => undefined } as never
  const program = createProgram({ io, rest: [], exitWith: () => undefined }, commands)
  const all = [...program.commands, ...program.commands.flatMap((child) => child.commands)]
  const options = all
    .flatMap((command) => command.options)
    .filter(({ envVar, hidden }) => envVar !== undefined && !hidden)
  const keys = options.filter(({ long }) => !notForConfigs.has(long ?? '')).map(keyOf)
  expect(Object.keys(configKeys).sort()).toEqual([...new Set([...keys, 'scenario'])].sort())
})
