import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeModule } from '../support/turnstile-file.ts'
import { Terminal } from './terminal.ts'

/** The schema that a file refers to, as an editor reads it. */
function schemaOf(terminal: Terminal, file: string): { readonly title: string; readonly properties: object } {
  const path = join(terminal.cwd, file)
  const text = readFileSync(path, 'utf8')
  const [, reference = ''] = /\$schema(?:=|": ")([^\s"]+)/.exec(text) ?? []
  return JSON.parse(readFileSync(resolve(dirname(path), reference), 'utf8'))
}

/** As if the package had been installed in the directory. */
function install(terminal: Terminal): string {
  const folder = join(terminal.cwd, 'node_modules/auth-understudy/scenarios')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'scenario.schema.json'), '{ "title": "as installed", "properties": {} }')
  return folder
}

describe('scenario new says where the schema is', () => {
  test.each(['mine.yaml', 'sub/deep/mine.yaml', './mine.yaml', 'mine.json', 'a b/mine.yaml'])(
    'in node_modules, from %s',
    async (file) => {
      const terminal = new Terminal()
      install(terminal)
      const { code, err } = await terminal.run('scenario', 'new', file)
      expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^wrote .*mine\.(yaml|json); play it with/) })
      expect(schemaOf(terminal, file).title).toBe('as installed')
      expect((await terminal.run('scenario', 'check', file)).code).toBe(0)
    },
  )

  test('in a copy beside the file, where the package is not installed', async () => {
    const terminal = new Terminal()
    const { code, err } = await terminal.run('scenario', 'new', 'sub/mine.yaml')
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^wrote sub\/mine\.yaml and, for editors, sub.scenario\.schema\.json; play it/),
    })
    expect(schemaOf(terminal, 'sub/mine.yaml')).toMatchObject({
      title: 'auth-understudy scenario',
      properties: { 'secure-login': {} },
    })
    // A second file has the same schema, of which nothing has to be told.
    expect((await terminal.run('scenario', 'new', 'sub/other.yaml')).err).toMatch(/^wrote sub\/other\.yaml; /)
  })

  test("with APIs of one's own in a copy, wherever the package is", async () => {
    const terminal = new Terminal()
    install(terminal)
    writeModule(terminal.cwd, 'turnstile.js', 'export { turnstile }')
    const { code } = await terminal.run('scenario', 'new', 'mine.yaml', '--api', './turnstile.js')
    expect(code).toBe(0)
    expect(schemaOf(terminal, 'mine.yaml').properties).toHaveProperty('turnstile')
  })

  test('and leaves what stands in its place', async () => {
    const terminal = new Terminal()
    const path = join(terminal.cwd, 'scenario.schema.json')
    writeFileSync(path, 'mine')
    const { code, err } = await terminal.run('scenario', 'new', 'mine.yaml')
    expect(code).toBe(0)
    expect(err).toContain('kept scenario.schema.json, which says something else than the schema; --force overwrites it')
    expect(readFileSync(path, 'utf8')).toBe('mine')
    expect((await terminal.run('scenario', 'new', 'mine.yaml', '--force')).code).toBe(0)
    expect(schemaOf(terminal, 'mine.yaml').title).toBe('auth-understudy scenario')
  })

  test('and writes nothing where the file is there already', async () => {
    const terminal = new Terminal()
    writeFileSync(join(terminal.cwd, 'mine.yaml'), 'mine')
    expect((await terminal.run('scenario', 'new', 'mine.yaml')).code).toBe(2)
    expect(existsSync(join(terminal.cwd, 'scenario.schema.json'))).toBe(false)
    expect((await terminal.run('scenario', 'new', 'mine.yaml/deeper.yaml')).code).toBe(2)
  })
})
