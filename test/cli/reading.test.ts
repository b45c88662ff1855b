import { describe, expect, test } from 'vitest'
import { plainText, type Line, type Span } from '../../src/cli/shown.ts'
import { table } from '../../src/cli/table.ts'
import { saidDuration } from '../../src/cli/users-table.ts'
import { Terminal } from './terminal.ts'

const plain = (lines: readonly Line[]): string[] =>
  lines.map((line) => ([line].flat() as readonly Span[]).map(plainText).join(''))

const longest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length))

describe('what is read on a terminal', () => {
  test('a table is cut where it is widest, and nowhere if it fits', () => {
    const rows = [
      ['r1', 'a'.repeat(30), 'end'],
      ['r2', 'b', 'end'],
    ]
    expect(plain(table(['ID', 'WHAT', 'LAST'], rows, 20))).toEqual([
      'ID  WHAT        LAST',
      'r1  aaaaaaaaa…  end',
      'r2  b           end',
    ])
    expect(plain(table(['ID', 'WHAT', 'LAST'], rows, 80))).toEqual(plain(table(['ID', 'WHAT', 'LAST'], rows)))
  })

  test.each([
    ['29m58s', '30 min'],
    ['1h30m', '1 h 30 min'],
    ['45s', '45 s'],
    ['1d1h5m', '1 d 1 h'],
    ['59m59s', '1 h'],
    ['0s', '0 s'],
    ['some', 'some'],
  ])('%s is said as %s', (written, said) => {
    expect(saidDuration(written)).toBe(said)
  })

  test('users and requests are a line each in 80 columns, with their states in colour', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    const basic = (password: string): HeadersInit => ({ authorization: `Basic ${btoa(`alice:${password}`)}` })
    const asked = `${url}/jira/rest/securelogin-admin/1.0/api/user`
    for (const password of ['alice', 'wrong']) await fetch(asked, { headers: basic(password) })
    terminal.columns = 80
    const { done, lines } = terminal.begin('user', 'list')
    await done
    const [out = ''] = lines.out
    expect(longest(out)).toBeLessThanOrEqual(80)
    expect(out.split('\n')).toHaveLength(15)
    expect(out).toContain('two-factor-required')
    expect(out).toMatch(/carol +blocked +3\/3 +30 min +carol +135791/)
    expect(lines.painted.join()).toContain('\u001B[31mblocked\u001B[39m')
    const requests = (await terminal.run('requests')).out
    expect(longest(requests)).toBeLessThanOrEqual(80)
    expect(requests).toMatch(/^ID +AT \(UTC\) .*\nr1 +\d\d:\d\d:\d\d +alice +GET …\/api\/user +200/)
    expect(requests.split('\n')).toHaveLength(3)
    terminal.columns = undefined
    expect((await terminal.run('user', 'list')).out).toMatch(/carol +blocked +3\/3 +\d{4}-\S+Z \(\w+\)/)
  })

  test.each([60, 80, 110])('help is no wider than %i columns, and no word of it is torn', async (columns) => {
    const terminal = new Terminal()
    const whole = (await terminal.run('--help')).out
    terminal.columns = columns
    for (const argv of [['--help'], ['user', 'set', '--help'], ['requests', '--help']]) {
      const { out } = await terminal.run(...argv)
      expect(longest(out)).toBeLessThanOrEqual(columns)
    }
    const words = (text: string): string => text.replaceAll(/\s+/g, ' ')
    expect(words((await terminal.run('--help')).out)).toBe(words(whole))
  })

  test('help tells what can be set on a user of each API, and what is done without a command', async () => {
    const terminal = new Terminal()
    const { out } = await terminal.run('user', 'set', '--help')
    expect(out).toMatch(/--api sirportly\):\n {2}states: active, locked, .*\n {2}facts: {2}failures, for, until/)
    expect((await terminal.run('--help')).out).toContain('`understudy lockout` is `understudy serve lockout`')
  })
})
