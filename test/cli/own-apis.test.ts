import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { writeModule, writeTurnstile } from '../support/turnstile-file.ts'
import { Terminal } from './terminal.ts'

const scenario = 'turnstile: { users: { b7: { code: "4711" } } }\n'

/** A directory with a module that exports an API, and a scenario for it. */
function project(text = 'export { turnstile }'): Terminal {
  const terminal = new Terminal()
  writeModule(terminal.cwd, 'turnstile.js', text)
  writeFileSync(join(terminal.cwd, 'hall.yaml'), scenario)
  return terminal
}

const enter = (url: string): Promise<Response> => fetch(`${url}/turnstile/enter?badge=b7&code=4711`, { method: 'POST' })
const info = (url: string): Promise<Response> => fetch(`${url}/jira/rest/securelogin-admin/1.0/api/info`)

describe('--api with a file', () => {
  test('serves what it exports, and nothing else', async () => {
    const terminal = project()
    const { url, lines } = await terminal.serve('./hall.yaml', '--api', './turnstile.js')
    expect((await enter(url)).status).toBe(204)
    expect((await info(url)).status).toBe(404)
    expect(JSON.parse(lines.out[0] ?? '')).toMatchObject({ apis: [{ id: 'turnstile', url: `${url}/turnstile` }] })
    expect((await terminal.run('user', 'show', 'b7')).out).toContain('open')
    expect((await terminal.run('user', 'set', 'b7', 'locked=true')).code).toBe(0)
    expect((await enter(url)).status).toBe(423)
  })
})

describe('--api with files and ids', () => {
  test('serves those that are named, of both kinds', async () => {
    const { url } = await project().serve('./hall.yaml', '--api', './turnstile.js', '--api', 'secure-login')
    expect([(await enter(url)).status, (await info(url)).status]).toEqual([204, 200])
    expect((await fetch(`${url}/api/v2/authentication/authenticate`, { method: 'POST' })).status).toBe(404)
  })

  test('can be said in the environment', async () => {
    vi.stubEnv('UNDERSTUDY_API', './turnstile.js, secure-login')
    onTestFinished(() => void vi.unstubAllEnvs())
    const terminal = project()
    const { url } = await terminal.serve('./hall.yaml')
    expect([(await enter(url)).status, (await info(url)).status]).toEqual([204, 200])
    expect((await terminal.run('scenario', 'check', 'hall.yaml')).out).toBe('hall.yaml: ok')
    expect((await terminal.run('user', 'show', 'b7')).out).toContain('open')
    expect((await terminal.run('user', 'list', '--api', './turnstile.js')).out).toMatch(/^API.*\nturnstile +b7.*$/)
  })

  test('runs a command, which finds each by its variable', async () => {
    const command = 'process.exit(process.env.UNDERSTUDY_TURNSTILE_URL.endsWith("/turnstile") ? 7 : 8)'
    const run = ['run', './hall.yaml', '--api', './turnstile.js', '--', process.execPath, '-e', command]
    expect((await project().run(...run)).code).toBe(7)
  })

  test('takes a default export, several, and those that a CommonJS module has', async () => {
    const clauses = 'turnstile.clauses.map((clause) => ({ ...clause, id: `G-${clause.id}` }))'
    const gate = `{ ...turnstile, id: 'gate', clauses: ${clauses}, wrongMethodClause: 'G-TS-U1', mount: () => '/gate' }`
    const terminal = project(`export const version = 3\nexport const gate = ${gate}\nexport default { turnstile }`)
    const { lines } = await terminal.serve('./hall.yaml', '--api', './turnstile.js')
    const ids = JSON.parse(lines.out[0] ?? '').apis.map(({ id }: { id: string }) => id)
    expect(ids.toSorted()).toEqual(['gate', 'turnstile'])
  })
})

describe('a scenario of an API of one’s own', () => {
  const api = ['--api', './turnstile.js'] as const

  test('is checked, shown and listed with it, and wrong without', async () => {
    const terminal = project()
    expect(await terminal.run('scenario', 'check', 'hall.yaml', ...api)).toMatchObject({
      code: 0,
      out: 'hall.yaml: ok',
    })
    expect((await terminal.run('scenario', 'show', 'hall.yaml', ...api)).out).toContain('turnstile:')
    const without = await terminal.run('scenario', 'check', 'hall.yaml')
    expect(without.out).toContain('Is it an API of your own? Then name it: --api ./turnstile.js')
    expect([without.code, without.out]).toEqual([
      2,
      expect.stringContaining('hall.yaml:1:1: turnstile: "turnstile" is not known here'),
    ])
  })

  test('is told to a server that plays it', async () => {
    const terminal = project()
    const { url } = await terminal.serve('default', ...api)
    const played = await terminal.run('scenario', 'use', './hall.yaml', ...api)
    expect([played.code, played.err]).toEqual([0, expect.stringMatching(/^→ main at :\d+$/)])
    expect((await enter(url)).status).toBe(204)
  })

  test('has a JSON Schema for editors', async () => {
    const { code, out } = await project().run('scenario', 'schema', ...api)
    const { properties } = JSON.parse(out)
    expect(code).toBe(0)
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(['secure-login', 'turnstile', 'people']))
    expect(properties.turnstile.properties.users.additionalProperties.properties.code).toMatchObject({
      description: 'the right code',
    })
    const words = properties.apis.items.oneOf as { readonly const: string }[]
    expect(words.map((word) => word.const)).toContain('turnstile')
  })

  test('has its mutants', async () => {
    const mutant = `{ id: 'turnstile.TS-03.opens', clause: 'TS-03', title: 'opens all the same', bend: (api) => api }`
    const terminal = project(`export default { ...turnstile, mutants: async () => [${mutant}] }`)
    const { out } = await terminal.run('mutant', 'list', ...api)
    expect(out).toContain('turnstile.TS-03.opens  opens all the same')
    expect(out).not.toContain('secure-login')
  })
})

describe('a module that cannot be served', () => {
  const gate =
    '{ ...turnstile, id: "gate", clauses: turnstile.clauses.map((each) => ({ ...each, id: "G" + each.id })) }'

  test.each<[what: string, text: string, words: readonly string[]]>([
    ['throws', '\nthrow new Error("no badge reader")', ['./turnstile.js:3:7 could not be loaded: no badge reader']],
    ['throws what is no error', 'throw "up"', ['./turnstile.js could not be loaded: up']],
    [
      'imports what is not there',
      'import "./clauses.js"',
      ['./turnstile.js:2:1 could not be loaded: Cannot find module', 'clauses.js'],
    ],
    ['exports nothing', '', ['./turnstile.js exports no API, but nothing at all.']],
    ['exports no API', 'export const [a, b] = [1, 2]', ['./turnstile.js exports no API, but a, b.']],
    [
      'lacks a member',
      'const { seed, ...some } = turnstile\nexport { some }',
      [
        './turnstile.js: the API turnstile cannot be used: one thing is wrong.',
        '  seed: is missing; it takes a function',
      ],
    ],
    ['exports a function', 'export default () => turnstile', ['./turnstile.js exports no API, but default.']],
    [
      'has two of an id',
      'export const gate = { ...turnstile, title: "Gate" }\nexport { turnstile }',
      ['./turnstile.js: the API turnstile', 'id: "turnstile" is the id of Gate (./turnstile.js) as well'],
    ],
    [
      'has a clause of another',
      'export { turnstile }\nexport const gate = { ...turnstile, id: "gate" }',
      ['"TS-01" is a clause of Turnstile (./turnstile.js) as well'],
    ],
    [
      'answers what another answers',
      `export { turnstile }\nexport const gate = { ...${gate}, wrongMethodClause: 'GTS-U1' }`,
      ['POST /turnstile/enter is answered by', 'gate.enter (./turnstile.js)', 'turnstile.enter (./turnstile.js)'],
    ],
  ])('because it %s is told with file and member, and nothing is', async (_, text, words) => {
    const terminal = project(text)
    for (const command of [
      ['serve', './hall.yaml', '--port', '0'],
      ['scenario', 'show', './hall.yaml'],
    ]) {
      const { code, out, err } = await terminal.run(...command, '--api', './turnstile.js')
      expect([code, out]).toEqual([2, ''])
      for (const word of words) expect(err).toContain(word)
    }
  })

  test.each([
    ['./missing.js', 'There is no API file ./missing.js.'],
    [
      'turnstyle',
      'There is no API "turnstyle"; there are secure-login, sirportly, gentics-cms. A file is named by its path, such as ./turnstyle.js.',
    ],
    ['secure-logn', 'Did you mean "secure-login"?'],
  ])('because it is %s is told as well', async (api, words) => {
    const { code, err } = await new Terminal().run('serve', '--port', '0', '--api', api)
    expect([code, err]).toEqual([2, expect.stringContaining(words)])
  })
})

describe('a process', () => {
  const bin = fileURLToPath(new URL('../../bin/understudy.js', import.meta.url))
  const run = (cwd: string, ...argv: readonly string[]): [number | null, string] => {
    const { status, stderr } = spawnSync(process.execPath, [bin, ...argv], { cwd, encoding: 'utf8' })
    return [status, stderr]
  }

  test('loads a module of a project, without anything that understands TypeScript', async () => {
    const { cwd } = new Terminal()
    const api = await writeTurnstile(cwd)
    writeFileSync(join(cwd, 'hall.yaml'), scenario)
    const script = `const at = process.env.UNDERSTUDY_TURNSTILE_URL + '/enter?badge=b7&code=4711'
      fetch(at, { method: 'POST' }).then(({ status }) => process.exit(status - 200))`
    expect(run(cwd, 'run', './hall.yaml', '--api', api, '--', process.execPath, '-e', script)).toEqual([4, ''])
  })

  test('loads TypeScript, where Node does, and else says what does', () => {
    const { cwd } = new Terminal()
    const runsTypeScript = Boolean((process.features as { typescript?: unknown }).typescript)
    const asked = 'TypeScript, and Node … does not run that by itself: take Node 22.18 or later, or name a .js file.'
    const told = (how: string): string => (runsTypeScript ? 'exports no API, but turnstile.' : `${how} ${asked}`)
    writeFileSync(join(cwd, 'turnstile.ts'), 'export const turnstile: number = 1')
    writeFileSync(join(cwd, 'hall.mjs'), 'export * from "./turnstile.ts"')
    const serve = (file: string): [number | null, string] => {
      const [code, err] = run(cwd, 'serve', '--port', '0', '--api', file)
      return [code, err.replace(process.versions.node, '…').replace(cwd, '…')]
    }
    expect(serve('./turnstile.ts')).toEqual([2, expect.stringContaining(`./turnstile.ts ${told('is')}`)])
    const imports = `./hall.mjs ${told('imports …/turnstile.ts, which is')}`
    expect(serve('./hall.mjs')).toEqual([2, expect.stringContaining(imports)])
  })

  test('says what tells where the syntax of a module is wrong', () => {
    const { cwd } = new Terminal()
    writeFileSync(join(cwd, 'hall.mjs'), 'export const hall = {;')
    const [code, err] = run(cwd, 'serve', '--port', '0', '--api', './hall.mjs')
    expect([code, err]).toEqual([2, expect.stringContaining('./hall.mjs could not be loaded: Unexpected token')])
    expect(err).toContain('`node --check ./hall.mjs` tells where')
  })
})
