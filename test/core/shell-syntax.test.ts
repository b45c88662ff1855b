import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { commandLine, pathWord, posix, powershell, scenarioWord } from '../../src/core/shell-syntax.ts'
import { anyText, pieces, raw } from '../hostile/text.ts'
import { wordsOf } from '../hostile/powershell.ts'

const cwd = mkdtempSync(join(tmpdir(), 'understudy-shell-'))
afterAll(() => rmSync(cwd, { recursive: true }))

/** The words that a shell makes of a line; nothing else happens. */
function readBy(shell: string, line: string, env: NodeJS.ProcessEnv = {}): string[] {
  const show = `show() { for word; do printf '%s\\0' "$word"; done; }; show ${line}`
  const all = { PATH: process.env['PATH'], ...env }
  // With a socket to read from, bash reads its start-up file.
  const out = execFileSync(shell, ['-c', show], { cwd, env: all, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  expect(readdirSync(cwd)).toEqual([])
  return out.split('\0').slice(0, -1)
}

/** What an argument can be: no NUL, and no half of a pair. */
const argument = anyText.map((text) => Buffer.from(text.replaceAll('\0', '')).toString())

describe.each(['sh', 'bash'])('a quoted word of %s', (shell) => {
  test('means just its text, whatever is in it', () => {
    const words = fc.array(argument, { minLength: 20, maxLength: 40 })
    fc.assert(
      fc.property(words, (texts) => {
        expect(readBy(shell, texts.map(posix.quote).join(' '))).toEqual(texts)
      }),
      { numRuns: 10 },
    )
  })

  test('with variables means its text with their values, whatever they are', () => {
    const one = fc.tuple(argument, argument, argument)
    fc.assert(
      fc.property(fc.array(one, { minLength: 20, maxLength: 40 }), (all) => {
        const env = Object.fromEntries(all.map(([, , value], index) => [`name${index}`, value]))
        const words = all.map(([before, after], index) => posix.fill(`${before}{name${index}}${after}`))
        const filled = (text: string): string => text.replaceAll('{pin}', '4711')
        const texts = all.map(([before, after, value]) => filled(before) + value + filled(after))
        expect(readBy(shell, words.join(' '), { ...env, pin: '4711' })).toEqual(texts)
      }),
      { numRuns: 10 },
    )
  })
})

describe('a word for a shell', () => {
  test('is one printable line, unless it ends in a line end', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = text.replace(/\n+$/, '')
        for (const { quote, fill } of [posix, powershell])
          for (const word of [quote(shown), fill(shown)]) expect(raw(word)).toEqual([])
      }),
    )
  })

  test('that needs no quotes has none', () => {
    const words = ['-s', '-u', 'alice:alice', 'http://127.0.0.1:4010/jira/api', './a-b_c.yaml']
    expect(commandLine(posix, 'curl', ...words)).toBe(
      'curl -s -u alice:alice http://127.0.0.1:4010/jira/api ./a-b_c.yaml',
    )
    expect(commandLine(powershell, 'curl.exe', ...words)).toBe(
      'curl.exe -s -u alice:alice http://127.0.0.1:4010/jira/api ./a-b_c.yaml',
    )
  })
})

describe('a quoted word of PowerShell', () => {
  test('means just its text by the rules of the language', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), (texts) => {
        expect(wordsOf(texts.map(powershell.quote).join(' '), {})).toEqual(texts)
      }),
    )
  })

  test('with variables means its text with their values', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, after, value) => {
        const text = `${before}{name}${after}`
        const meant = text.replaceAll(/\{(?:name|pin)\}/g, () => value)
        expect(wordsOf(powershell.fill(text), { name: value, pin: value })).toEqual([meant])
      }),
    )
  })

  test.each([
    ['a plain quote', "it's", "'it''s'"],
    ['a typographic one, which ends a text as well', 'it\u2019s', "'it\u2019\u2019s'"],
    ['an option with a dot, which would be two words', '-a.b', "'-a.b'"],
    ['an escape sequence', 'a\u001b[0m$x', '"a$([char]27)[0m`$x"'],
  ])('has %s in it', (_, text, word) => {
    expect(powershell.quote(text)).toBe(word)
  })
})

describe('a path', () => {
  test.each(pieces)('with %j is never taken for an option', (piece) => {
    expect(pathWord(`${piece}x`)).not.toMatch(/^-/)
    expect(scenarioWord(`${piece}x`)).toMatch(/^\.{1,2}\/|^\\/)
  })

  test.each([
    ['lockout', './lockout'],
    ['-x.yaml', './-x.yaml'],
    ['/tmp/x.yaml', '/tmp/x.yaml'],
    ['../x.yaml', '../x.yaml'],
    ['./x.yaml', './x.yaml'],
    ['.x.yaml', './.x.yaml'],
    [String.raw`C:\x.yaml`, String.raw`C:\x.yaml`],
  ])('%s of a scenario is %s', (path, word) => {
    expect(scenarioWord(path)).toBe(word)
  })
})
