import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { read } from './prepare.ts'
import { Terminal } from './terminal.ts'

describe('init target', () => {
  it.each(['secure-login', 'sirportly', 'gentics-cms'])(
    'writes a file for %s that can be verified once it is filled in',
    async (api) => {
      const terminal = new Terminal()
      const { code, err } = await terminal.run('init', 'target', '--api', api)
      expect({ code, err }).toEqual({
        code: 0,
        err: 'wrote targets/staging.yaml and, for editors, targets/target.schema.json; `understudy verify targets/staging.yaml --plan` shows what it would do',
      })
      const text = read(terminal, 'targets/staging.yaml')
      expect(text).toMatch(/^# yaml-language-server: \$schema=\S*target\.schema\.json\n/)
      const filled = text.replaceAll(/^( *)# (\w[\w-]*: [{].*)$/gm, '$1$2').replaceAll(/\$\{(\w+)\}/g, '5')
      expect(filled).not.toBe(text)
      writeFileSync(join(terminal.cwd, 'targets/staging.yaml'), filled)
      const planned = await terminal.run('verify', 'targets/staging.yaml', '--plan', '--json', '--leave-out-unsafe')
      expect(planned.err).toBe('')
      expect(JSON.parse(planned.out).checks.length).toBeGreaterThan(80)
    },
  )

  it('overwrites nothing unless it is told to, and knows its APIs', async () => {
    const terminal = new Terminal()
    mkdirSync(join(terminal.cwd, 'targets'))
    writeFileSync(join(terminal.cwd, 'targets/staging.yaml'), 'mine')
    const refused = await terminal.run('init', 'target')
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('it exists already; --force overwrites it') })
    expect(read(terminal, 'targets/staging.yaml')).toBe('mine')
    expect((await terminal.run('init', 'target', '--force')).code).toBe(0)
    const unknown = await terminal.run('init', 'target', 'x.yaml', '--api', 'sirporty')
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "sirportly"?') })
    expect(existsSync(join(terminal.cwd, 'x.yaml'))).toBe(false)
  })

  it('names what a server wants to know before it answers anything', async () => {
    const terminal = new Terminal()
    await terminal.run('init', 'target', '--api', 'sirportly')
    expect(read(terminal, 'targets/staging.yaml')).toContain('\n  applications: ["${SIRPORTLY_APPLICATION}"]\n')
    expect((await terminal.run('verify', 'targets/staging.yaml', '--plan')).err).toContain('SIRPORTLY_APPLICATION')
  })
})
