import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { prepare, read } from './prepare.ts'
import type { Terminal } from './terminal.ts'

const checks = ['--only', 'secure-login.onboarding', '--only', 'secure-login.flow', '--only', 'secure-login.bypass']
const broken = { on: 'secure-login.user', user: 'qa-new', reply: { status: 418 } } as const

async function keep(terminal: Terminal, name: string, ...more: string[]): Promise<number> {
  const { code, out } = await terminal.run('verify', 'target.yaml', ...checks, '--json', ...more)
  mkdirSync(join(terminal.cwd, 'runs'), { recursive: true })
  writeFileSync(join(terminal.cwd, 'runs', name), out)
  return code
}

describe('verify --baseline', () => {
  it('fails for what is newly broken only, and tells what is known and what is mended', async () => {
    const { terminal, mock } = await prepare()
    mock.world.faults.add(broken)
    expect(await keep(terminal, 'old.json')).toBe(1)

    const again = await terminal.run('verify', 'target.yaml', ...checks, '--baseline', 'runs/old.json')
    expect(again.code).toBe(0)
    expect(again.out).toContain('SL-06 differs, as accepted: GET /rest/')
    expect(again.out).toContain('  accepted: known, as runs/old.json has it')
    expect(again.out).toMatch(/\nSince runs\/old\.json \(20\S+Z\) still broken: SL-06\n/)
    expect(again.out).toMatch(/\n2 passed, 0 failed, 1 accepted, 0 not reached; /)

    mock.world.faults.add({ on: 'secure-login.info', reply: { status: 418 } })
    const worse = await terminal.run('verify', 'target.yaml', ...checks, '--baseline', 'runs/old.json', '--fail-fast')
    expect(worse.code).toBe(1)
    expect(worse.out).toMatch(/\nSince \S+ \S+ newly broken: SL-0[135].*still broken: SL-06/)

    mock.world.faults.clear()
    const mended = await terminal.run('verify', 'target.yaml', ...checks, '--baseline', 'runs/old.json')
    expect(mended.code).toBe(0)
    expect(mended.out).toMatch(/\nSince runs\/old\.json \(20\S+Z\) mended: SL-06/)
  })

  it('writes reports that are a baseline themselves', async () => {
    const { terminal, mock } = await prepare()
    mock.world.faults.add(broken)
    await keep(terminal, 'old.json')
    expect(await keep(terminal, 'next.json', '--baseline', 'runs/old.json')).toBe(0)
    expect(await keep(terminal, 'last.json', '--baseline', 'runs/next.json')).toBe(0)
  })

  test.each([
    [['--baseline', 'none.json'], /There is no file none\.json\./],
    [
      ['--baseline', 'other.json'],
      /other\.json has no report of target\.yaml \(Secure Login\), only of a\.yaml \(Sirportly\)\./,
    ],
    [['--baseline', 'target.yaml'], /target\.yaml is no report of `verify`: it is not JSON/],
  ])('%j is refused before anything is sent', async (flags, why) => {
    const { terminal, mock } = await prepare()
    writeFileSync(join(terminal.cwd, 'other.json'), empty)
    const { code, err } = await terminal.run('verify', 'target.yaml', ...flags)
    expect(code).toBe(2)
    expect(err).toMatch(why)
    expect(mock.world.requests).toEqual([])
  })
})

/** A report of another API, without anything in it. */
const empty = JSON.stringify({
  target: { path: 'a.yaml', api: 'sirportly', title: 'Sirportly', baseUrl: 'http://localhost' },
  startedAt: '2026-01-01T00:00:00Z',
  ms: 1,
  checks: [],
  clauses: [],
  documented: { checked: 0, total: 0 },
})

describe('diff', () => {
  it('tells what changed, clause by clause, and ends with 1 where something is newly broken', async () => {
    const { terminal, mock } = await prepare()
    expect(await keep(terminal, 'good.json')).toBe(0)
    mock.world.faults.add(broken)
    await keep(terminal, 'bad.json')
    const worse = await terminal.run('diff', 'runs/good.json', 'runs/bad.json')
    expect(worse.code).toBe(1)
    expect(worse.out).toMatch(/\nnewly broken +SL-06 +kept → broken +GET \/user .*\(secure-login\.onboarding\)\n/)
    const better = await terminal.run('diff', 'runs/bad.json', 'runs/good.json', '--json')
    expect(better.code).toBe(0)
    const [target] = (JSON.parse(better.out) as { targets: { changes: { kind: string; subject: string }[] }[] }).targets
    expect(target?.changes[0]).toMatchObject({ subject: 'SL-06', kind: 'mended', from: 'broken', to: 'kept' })
    const same = await terminal.run('diff', 'runs/good.json', 'runs/good.json')
    expect(same.out).toMatch(/\nnothing has changed\n/)
  })

  it('fails for what is not tested any more with --strict', async () => {
    const { terminal } = await prepare()
    await keep(terminal, 'all.json')
    const fewer = await terminal.run('verify', 'target.yaml', '--only', 'secure-login.bypass', '--json')
    writeFileSync(join(terminal.cwd, 'fewer.json'), fewer.out)
    expect((await terminal.run('diff', 'runs/all.json', 'fewer.json')).code).toBe(0)
    const strict = await terminal.run('diff', 'runs/all.json', 'fewer.json', '--strict')
    expect(strict.code).toBe(1)
    expect(strict.out).toMatch(/\nnewly untested +SL-10 +kept → not reached /)
  })

  it('compares no two APIs', async () => {
    const { terminal } = await prepare()
    await keep(terminal, 'good.json')
    writeFileSync(join(terminal.cwd, 'other.json'), empty)
    const { code, err } = await terminal.run('diff', 'runs/good.json', 'other.json')
    expect([code, err]).toEqual([2, 'error: runs/good.json is of Secure Login, and other.json of Sirportly.'])
  })
})

describe('history', () => {
  it('makes a page and a badge of a folder', async () => {
    const { terminal, mock } = await prepare()
    await keep(terminal, 'one.json')
    mock.world.faults.add(broken)
    await keep(terminal, 'two.json')
    writeFileSync(join(terminal.cwd, 'runs', 'ctrf.json'), '{"reportFormat":"CTRF"}')
    const { code, out, err } = await terminal.run('history', 'runs')
    expect(code).toBe(0)
    expect(err).toBe('left out: runs/ctrf.json: it is a CTRF report')
    expect(out).toMatch(
      /^Secure Login at \S+: 2 runs, the latest of [\d-]+ [\d:]+ UTC: \d+ kept, 1 broken, \d+ not tested\n/,
    )
    expect(read(terminal, 'history', 'index.html')).toContain('newly broken: SL-06')
    expect(read(terminal, 'history', 'badge.svg')).toMatch(/contract: \d+ kept, 1 broken/)
  })

  it('writes nothing where a file is wrong, and tells each', async () => {
    const { terminal } = await prepare()
    await keep(terminal, 'one.json')
    writeFileSync(join(terminal.cwd, 'runs', 'two.json'), '{')
    writeFileSync(join(terminal.cwd, 'runs', 'three.json'), '{}')
    const { code, err } = await terminal.run('history', 'runs')
    expect(code).toBe(2)
    expect(err).toMatch(
      /^error: Nothing was written\.\nruns\/three\.json is no report .*\nruns\/two\.json is no report /,
    )
    expect(readdirSync(terminal.cwd)).not.toContain('history')
    expect((await terminal.run('history', 'nowhere')).err).toMatch(/^error: nowhere cannot be read: ENOENT/)
    mkdirSync(join(terminal.cwd, 'empty'))
    expect((await terminal.run('history', 'empty')).err).toMatch(/^error: There is no report of `verify` in empty\./)
  })
})
