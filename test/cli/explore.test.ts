import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { start } from '../../examples/providers/secure-login/server.js'
import { secureLoginCompany } from '../contract/company.ts'
import { serveCrossing } from '../contract/crossing.ts'
import { crowd } from '../contract/crowd.ts'
import { serveMock, serveProvider } from '../contract/servers.ts'
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

describe('explore --jobs', () => {
  test.each(['0', 'x', '-1', '1.5', '100', ''])('refuses "%s"', async (jobs) => {
    const { terminal } = await prepare()
    expect(await terminal.run('explore', 'target.yaml', '--jobs', jobs)).toMatchObject({
      code: 2,
      out: '',
      err: `error: --jobs takes a number from 1 to 99, not "${jobs}".`,
    })
  })

  test('tells what was played alone, and goes on with any number of jobs', async () => {
    const { terminal } = await prepare()
    const run = async (...more: string[]): Promise<Told & { jobs: { wanted: number; alone: number } }> =>
      JSON.parse((await terminal.run('explore', 'target.yaml', '--json', ...more)).out) as never
    const first = await run('--sequences', '6', '--jobs', '3')
    expect(first).toMatchObject({ last: 6, played: 6, jobs: { wanted: 3 } })
    expect(first.jobs.alone).toBeGreaterThan(0)
    expect(await run('--sequences', '2', '--resume')).toMatchObject({
      last: 8,
      played: 2,
      jobs: { wanted: 1, alone: 0 },
    })
    const { out } = await terminal.run('explore', 'target.yaml', '--sequences', '6', '--jobs', '3')
    expect(out).toContain(
      `${first.jobs.alone} played alone, because they arrange states or move the clock of the whole server`,
    )
  })

  test('tells whose accounts are too few', async () => {
    const { accounts } = secureLoginCompany
    const { terminal } = await prepare({ accounts: { bypass: accounts['bypass'] }, states: {}, clock: {} })
    const { out } = await terminal.run('explore', 'target.yaml', '--sequences', '4', '--jobs', '2')
    expect(out).toContain(
      'at most 1 of 2 jobs at work at once, and qa-free in 4 of 4 sequences, one after the other: more accounts make it faster (further: in target.yaml)',
    )
  })

  test.each([
    [
      { status: 500, body: '{}' },
      /differed in sequence \d+ beside others, and not when it was played again alone; it is not/,
    ],
    [
      { status: 429 },
      /the server answered \d+ times that these are too many requests \(429\): fewer --jobs or a pace suit it better/,
    ],
  ])('tells what came of being beside others: %j', async (answer, words) => {
    const { accounts, further } = crowd(secureLoginCompany, 3)
    const mock = await serveMock()
    // Not to who signs in: a sequence that cannot begin is left out, and nothing differs.
    const instead = (underWay: number, path: string): typeof answer | undefined =>
      underWay > 2 && !path.includes('/auth/1/session') ? answer : undefined
    const crossing = await serveCrossing(mock.url, { delayMs: 20, instead })
    const { terminal } = await prepare({ baseUrl: `${crossing.url}/jira`, accounts, further, clock: {} }, mock)
    const { code, out } = await terminal.run('explore', 'target.yaml', '--sequences', '9', '--jobs', '3')
    expect(out).toMatch(words)
    expect([code, out.split('\n').at(-1)]).toEqual([0, expect.stringMatching(/; 0 found$/)])
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
