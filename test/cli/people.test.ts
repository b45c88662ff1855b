import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvError, readCsv } from '../../src/core/csv.ts'
import { Terminal } from './terminal.ts'

const cells = (text: string): string[][] => readCsv(text).map((row) => row.map((cell) => cell.text))

describe('CSV', () => {
  test.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '\uFEFFa,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['"a,""b""\r\nc",d', [['a,"b"\r\nc', 'd']]],
    [
      'a,,\n,\n',
      [
        ['a', '', ''],
        ['', ''],
      ],
    ],
    ['\n\na\n\n', [['a']]],
    ['""\n"",""', [['', '']]],
    ['', []],
  ])('%j', (text, expected) => {
    expect(cells(text)).toEqual(expected)
  })

  test('tells where each cell is, whatever stood before it', () => {
    const [, [first, second] = []] = readCsv('a,b\r\n"x\ny",z')
    expect([first, second]).toMatchObject([
      { line: 2, column: 1 },
      { line: 3, column: 4 },
    ])
  })

  test.each([
    ['a\n"b', 2, 1],
    ['a,b"c', 1, 4],
    ['"a"b', 1, 4],
  ])('%j is refused with its place', (text, line, column) => {
    expect(() => readCsv(text)).toThrow(CsvError)
    expect(() => readCsv(text)).toThrow(expect.objectContaining({ line, column }))
  })

  test('is read as it was written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é') })
    const write = (row: readonly string[]): string => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })),
        fc.constantFrom('\n', '\r\n'),
        (rows, end) => {
          expect(cells(rows.map(write).join(end))).toEqual(rows)
        },
      ),
    )
  })
})

describe('people', () => {
  test('are added, cloned and removed', async () => {
    const terminal = new Terminal()
    await terminal.serve()
    expect((await terminal.run('user', 'add', 'zed', 'pin=012345', '--api', 'secure-login')).out).toMatch(
      /zed +enter .*012345/,
    )
    expect((await terminal.run('user', 'clone', 'carol', 'carla')).out).toMatch(/carla +blocked/)
    expect((await terminal.run('user', 'remove', 'zed')).out).toBe('zed of secure-login was removed')
    expect(await terminal.run('user', 'show', 'zed')).toMatchObject({ code: 2 })
    expect(await terminal.run('user', 'add', 'zed')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Say with --api whose user that is; there are '),
    })
  })

  test('come out of a CSV file, all of them or none, with every error by line and column', async () => {
    const terminal = new Terminal()
    await terminal.serve()
    const users = async (): Promise<string> =>
      (await terminal.run('user', 'list', '--json')).out.replaceAll(/"remaining".*/g, '')
    const before = await users()
    const bring = (text: string, ...more: string[]): ReturnType<Terminal['run']> => {
      writeFileSync(join(terminal.cwd, 'p.csv'), text)
      return terminal.run('user', 'import', 'p.csv', '--api', 'secure-login', ...more)
    }
    for (const [text, told] of [
      [
        'username,pni\nx,1\ny,2,3\n',
        ['p.csv:1:10: "pni" is no member', 'Did you mean "pin"?', 'p.csv:3:5: This line has 3 cells'],
      ],
      [
        'username,pin,state\nx,123456,enter\ny,12,blokced\n',
        ['p.csv:3:6: "blokced" is not one of', 'Did you mean "blocked"?'],
      ],
      ['username,pin\nx,123456\nalice,123456', ['p.csv:3:1: alice is there already.']],
      ['username,pin\nx,123456\nx,123456', ['p.csv:3:1: "x" is there twice.']],
      ['username,pin\n,123456', ['p.csv:2:1: is missing']],
      ['pin\n123456', ['p.csv:1:1: No column is called username.']],
      ['username,username\na,b', ['p.csv:1:10: "username" is there twice.']],
      ['username,pin\nx,"1', ['p.csv:2:3: Nothing closes the quote']],
      ['', ['p.csv:1:1: There is no line that names members.']],
    ] as const) {
      const { code, err } = await bring(text)
      expect(code).toBe(2)
      for (const words of ['p.csv was not imported, and nothing was changed', ...told]) expect(err).toContain(words)
    }
    const good = '\uFEFFusername,pin,displayName,state\r\nann,012345,"Ann, the ""first""",\r\nbea,,,blocked\r\n'
    const preview = await bring(good, '--preview')
    expect([preview.out.split('\n').at(-1), preview.err]).toEqual(['2 users would be added; nothing was changed', ''])
    expect(await users()).toBe(before)
    expect((await bring(good)).out).toContain('2 users were added')
    const { displayName, pin, state } = JSON.parse((await terminal.run('user', 'show', 'ann', '--json')).out) as {
      [name: string]: string
    }
    expect([displayName, pin, state]).toEqual(['Ann, the "first"', '012345', 'enter'])
  })

  test('are set several at once', async () => {
    const terminal = new Terminal()
    await terminal.serve()
    expect((await terminal.run('user', 'set', 'alice', 'dave', 'blocked', '--for', '5m')).out).toMatch(
      /alice +blocked[^]*dave +blocked/,
    )
    expect((await terminal.run('user', 'set', 'alice', 'dave', 'pin=111111')).out).toMatch(
      /alice .*111111\n.*dave .*111111/,
    )
    expect(await terminal.run('user', 'set', 'alice', 'nobody', 'bypass')).toMatchObject({ code: 2 })
    expect((await terminal.run('user', 'show', 'alice')).out).toMatch(/state +blocked/)
  })
})
