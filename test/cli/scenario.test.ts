import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { shipped } from '../../src/scenario/shipped.ts'
import { Terminal } from './terminal.ts'

describe('scenario', () => {
  test('list names every shipped scenario with what it is for', async () => {
    const { code, out } = await new Terminal().run('scenario', 'list')
    expect(code).toBe(0)
    for (const [name, { description }] of Object.entries(shipped)) {
      expect(out).toContain(`${name} `)
      expect(out).toContain(String(description))
    }
  })

  test('show resolves what a scenario extends', async () => {
    const { out } = await new Terminal().run('scenario', 'show', 'legacy-revision')
    const shown = parse(out)
    expect(shown['secure-login']).toMatchObject({ revision: 'legacy', users: { alice: { pin: '910817' } } })
    expect(shown).not.toHaveProperty('extends')
  })

  test('check passes good files and places the mistakes of bad ones', async () => {
    const terminal = new Terminal()
    writeFileSync(join(terminal.cwd, 'good.yaml'), 'extends: default\n')
    writeFileSync(
      join(terminal.cwd, 'bad.yaml'),
      'secure-login:\n  blockAftr: 3\n  users:\n    alice: { pin: 910817 }\n',
    )
    expect(await terminal.run('scenario', 'check', 'good.yaml')).toMatchObject({ code: 0, out: 'good.yaml: ok' })
    const { code, out } = await terminal.run('scenario', 'check', 'good.yaml', 'bad.yaml', 'gone.yaml')
    expect(code).toBe(2)
    expect(out).toContain('bad.yaml:2:3: secure-login.blockAftr: "blockAftr" is not known here')
    expect(out).toContain('Did you mean "blockAfter"?')
    expect(out).toMatch(/bad\.yaml:4:19: secure-login\.users\.alice\.pin: .* put it in quotes/)
    expect(out).toContain('There is no scenario file gone.yaml.')
  })

  test('new writes a file that plays, and overwrites none', async () => {
    const terminal = new Terminal()
    expect((await terminal.run('scenario', 'new', 'mine.yaml', '--extends', 'lockout')).code).toBe(0)
    expect(readFileSync(join(terminal.cwd, 'mine.yaml'), 'utf8')).toContain('extends: lockout')
    expect((await terminal.run('scenario', 'check', 'mine.yaml')).code).toBe(0)
    const again = await terminal.run('scenario', 'new', 'mine.yaml')
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('it exists already; --force overwrites it') })
    expect((await terminal.run('scenario', 'new', 'mine.yaml', '--force')).code).toBe(0)
    expect((await terminal.run('scenario', 'new', 'x.yaml', '--extends', 'lokcout')).err).toContain(
      'Did you mean "lockout"?',
    )
  })
})
