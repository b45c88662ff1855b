import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { coverageOf, type ApiCoverage } from '../../src/contract/coverage/coverage.ts'
import type { AnyApi } from '../../src/core/api.ts'
import { createFetch } from '../../src/fetch.ts'
import { createWorld, traceTo, type TraceLine } from '../../src/index.ts'
import { trace } from '../../src/node.ts'
import { Terminal } from '../cli/terminal.ts'
import { login } from './login.ts'
import { turnstile } from './turnstile.ts'

const scenario = { turnstile: { users: { b7: { code: '4711' } } } } as const

async function covered(api: AnyApi, lines: readonly TraceLine[]): Promise<ApiCoverage> {
  const tracing = await api.tracing?.()
  if (tracing === undefined) throw new Error(`${api.id} is not traced`)
  const { apis } = coverageOf(lines, [{ api, universe: tracing.universe }], { all: false, ignored: [] })
  return apis[0] as ApiCoverage
}

/** What is met and what there is, by groups that count; and what is missing. */
function summary({ groups }: ApiCoverage): object {
  const counting = groups.filter(({ counts }) => counts)
  return Object.fromEntries(
    counting.map(({ name, met, total, missing }) => [name, [met, total, ...missing.map(({ id }) => id)]]),
  )
}

describe('coverage of an API of one’s own', () => {
  test('counts clauses, states, transitions and statuses by its definition', async () => {
    const world = await createWorld(scenario, { apis: { turnstile } })
    const lines: TraceLine[] = []
    const stop = await traceTo(world, (line) => lines.push(line))
    const fetch = createFetch(world)
    const enter = (code: string): Promise<Response> =>
      fetch(`https://hall.example/turnstile/enter?badge=b7&code=${code}`, { method: 'POST' })
    await enter('4711')
    expect(summary(await covered(turnstile, lines))).toEqual({
      clauses: [1, 3, 'TS-02', 'TS-03'],
      states: [1, 2, 'locked'],
      transitions: [0, 2, 'enter: open → locked', 'meanwhile: locked → open'],
      statuses: [1, 3, 'enter 403', 'enter 423'],
    })
    for (const code of ['0', '0', '0', '4711']) await enter(code)
    world.clock.advance('1m')
    await enter('4711')
    stop()
    expect(summary(await covered(turnstile, lines))).toEqual({
      clauses: [3, 3],
      states: [2, 2],
      transitions: [2, 2],
      statuses: [3, 3],
    })
    expect(JSON.stringify(lines)).not.toContain('4711')
  })

  test('knows several operations apart, and sessions that are over', async () => {
    const world = await createWorld(
      { 'hall-login': { users: { ada: { password: 'x', pin: '1' } } } },
      { apis: [login] },
    )
    const lines: TraceLine[] = []
    await traceTo(world, (line) => lines.push(line))
    const session = String(world.arrange('a session of hall-login that has expired', { username: 'ada' })['session'])
    await createFetch(world)('https://h.example/hall-login/me', { headers: { cookie: `HALL=${session}` } })
    expect(lines.map(({ caller }) => caller)).toEqual([{ before: 'expired', after: 'expired' }])
    const { groups } = await covered(login, lines)
    expect(groups.find(({ name }) => name === 'statuses')?.missing.map(({ id, way }) => [id, way])).toContainEqual([
      'pin 423',
      'curl -X POST "$UNDERSTUDY_HALL_LOGIN_URL/pin"',
    ])
    expect(groups.find(({ name }) => name === 'transitions')?.missing.map(({ id }) => id)).toEqual([
      'pin: open → blocked',
      'meanwhile: blocked → open',
      'meanwhile: open → expired',
    ])
  })

  test('is told by the command line, with the line that meets what is missing', async () => {
    const terminal = new Terminal()
    const file = pathToFileURL(fileURLToPath(new URL('turnstile.ts', import.meta.url))).href
    writeFileSync(join(terminal.cwd, 'turnstile.js'), `export { turnstile } from '${file}'\n`)
    const world = await createWorld(scenario, { apis: { turnstile } })
    await trace(world, { dir: join(terminal.cwd, '.understudy/traces') })
    await createFetch(world)('https://h.example/turnstile/enter?badge=b7&code=4711', { method: 'POST' })
    const { code, out } = await terminal.run('coverage', '--api', './turnstile.js', '--min', '20')
    expect(code).toBe(0)
    expect(out).toMatch(/\nturnstile +clauses +1 +3 +33\.3\n/)
    expect(out).toContain('  clause TS-03: After three wrong codes')
    expect(out).toContain('    curl -X POST "$UNDERSTUDY_TURNSTILE_URL/enter"\n')
    expect(out).toContain('  status enter 423 (with TS-03)\n')
    expect((await terminal.run('coverage', '--api', './turnstile.js', '--min', '90')).code).toBe(1)
  })
})
