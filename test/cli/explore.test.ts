import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { start } from '../../examples/providers/secure-login/server.js'
import { secureLoginCompany } from '../contract/company.ts'
import { serveProvider } from '../contract/servers.ts'
import { prepare } from './prepare.ts'
import { Terminal } from './terminal.ts'
import { serveTurnstile, type Turnstile } from './turnstile-server.ts'

interface Told {
  readonly seed: number
  readonly last: number
  readonly played: number
  readonly found: readonly { readonly key: string; readonly clause: string; readonly sequence: number }[]
  readonly written: readonly string[]
}

describe('explore --resume', () => {
  const explore = async (terminal: Terminal, ...more: string[]): Promise<{ code: number; told: Told }> => {
    const { code, out } = await terminal.run('explore', 'target.yaml', '--json', ...more)
    return { code, told: JSON.parse(out) as Told }
  }

  test('goes on where the latest run ended, with its seed, and finds nothing twice', async () => {
    const { accounts, provider } = secureLoginCompany
    const server = await serveProvider(start({ ...provider, blockAfter: 4 }))
    const { terminal } = await prepare({
      baseUrl: `${server.url}/jira`,
      states: server.states,
      clock: server.clock,
      settings: { blockAfter: 3 },
      accounts,
    })
    const first = await explore(terminal, '--sequences', '15', '--seed', '1')
    expect(first.told.last).toBe(15)
    expect(first.told.found.length).toBeGreaterThan(0)
    const next = await explore(terminal, '--sequences', '5', '--resume')
    expect([next.told.seed, next.told.last]).toEqual([1, 20])
    const keys = [...first.told.found, ...next.told.found].map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(next.told.found.filter(({ sequence }) => sequence <= 15)).toEqual([])
    const all = await explore(terminal, '--sequences', '20', '--seed', '1', '--write', 'anew')
    expect(all.told.found.map(({ key }) => key)).toEqual(keys)
    expect(readdirSync(join(terminal.cwd, 'anew'))).toHaveLength(keys.length)
  })

  test('needs a run to go on with', async () => {
    const { terminal } = await prepare()
    const refused = {
      code: 2,
      out: '',
      err: 'error: There is no exploring of target.yaml in this directory that --resume could go on with.',
    }
    expect(await terminal.run('explore', 'target.yaml', '--resume')).toEqual(refused)
    mkdirSync(join(terminal.cwd, '.understudy', 'explore'), { recursive: true })
    writeFileSync(join(terminal.cwd, '.understudy', 'explore', 'target.yaml.json'), '{"seed":1,"la')
    expect(await terminal.run('explore', 'target.yaml', '--resume')).toEqual(refused)
  })
})

describe('an API of one’s own', () => {
  const open = async (after: number, account: string): Promise<{ terminal: Terminal; server: Turnstile }> => {
    const server = await serveTurnstile({ after })
    const terminal = new Terminal()
    const root = new URL('../../', import.meta.url)
    const write = (name: string, text: string): void => writeFileSync(join(terminal.cwd, name), text)
    write('turnstile.js', `export { turnstile } from '${new URL('test/own-api/turnstile.ts', root).href}'\n`)
    write(
      'codes.yaml',
      `title: codes that are right and wrong
as: disposable
steps:
  - ask: { operation: turnstile.enter, query: { badge: "{{username}}", code: "{{wrongPin}}" } }
  - ask: { operation: turnstile.enter, query: { badge: "{{username}}", code: "{{pin}}" } }
`,
    )
    write(
      'hall.yaml',
      `api: turnstile
baseUrl: ${server.url}
accounts:
  disposable: ${account}
clock: { url: "${server.url}/clock" }
states: { url: "${server.url}/states" }
`,
    )
    return { terminal, server }
  }
  const flags = ['--api', './turnstile.js', '--journeys', 'codes.yaml', '--sequences', '12'] as const

  test('is explored by what its journeys say, and what is found is played again', async () => {
    const { terminal } = await open(5, '{ username: tim, pin: "4711", mayBeLocked: true }')
    const { code, out } = await terminal.run('explore', 'hall.yaml', ...flags)
    expect([code, out]).toEqual([1, expect.stringContaining('TS-03 is broken: POST /enter?badge=')])
    const [name = ''] = readdirSync(join(terminal.cwd, 'journeys'))
    expect(readFileSync(join(terminal.cwd, 'journeys', name), 'utf8')).toContain('api: turnstile')
    const again = await terminal.run('verify', 'hall.yaml', '--api', './turnstile.js', '--journeys', 'journeys')
    expect([again.code, again.out]).toEqual([1, expect.stringContaining('TS-0')])
  })

  test('that is right has nothing to be found', async () => {
    const { terminal } = await open(3, '{ username: tim, pin: "4711", mayBeLocked: true }')
    const { code, out } = await terminal.run('explore', 'hall.yaml', ...flags)
    expect([code, out]).toEqual([0, expect.stringMatching(/\n12 sequences played with .* 0 found$/)])
  })

  test('sees no code of somebody who may not be locked', async () => {
    const { terminal, server } = await open(3, '{ username: tim, pin: "4711" }')
    const { code } = await terminal.run('explore', 'hall.yaml', ...flags)
    expect([code, server.codesOf('tim')]).toEqual([0, 0])
  })
})
