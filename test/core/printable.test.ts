import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UnderstudyError } from '../../src/core/errors.ts'
import { isPrintable, printable, printableJson } from '../../src/core/printable.ts'
import { anyText, raw } from '../hostile/text.ts'

describe('what is printable', () => {
  test.each([
    ['an escape sequence', '\u001b[31m', String.raw`\u001b[31m`],
    ['C1', '\u009b31m', String.raw`\u009b31m`],
    ['DEL and NUL', '\u007f\u0000', String.raw`\u007f\u0000`],
    ['line ends', '\n\r\u0085\u2028\u2029', String.raw`\n\r\u0085\u2028\u2029`],
    ['a tab', '\t', String.raw`\t`],
    ['letters turned around', '\u202e\u2066\u200f\u061c', String.raw`\u202e\u2066\u200f\u061c`],
    ['what takes no room', '\u200b\u200d\ufeff\u00ad\u2060', String.raw`\u200b\u200d\ufeff\u00ad\u2060`],
    ['letters that nobody sees', '\u{e0041}', String.raw`\udb40\udc41`],
    ['half a pair', '\ud800', String.raw`\ud800`],
    ['no character', '\uffff', String.raw`\uffff`],
  ])('%s is spelt as JSON spells it', (_, text, spelt) => {
    expect(printable(`a${text}b`)).toBe(`a${spelt}b`)
  })

  test('is everything that people write with, backslashes too', () => {
    const text = String.raw`Jürgen \n "Ω" 名前 😀 → ½ עברית C:\new`
    expect(printable(text)).toBe(text)
    expect(isPrintable(text)).toBe(true)
  })

  test('is all that is left of any text, which it leaves alone', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = printable(text)
        expect(raw(shown)).toEqual([])
        expect(isPrintable(shown)).toBe(true)
        expect(printable(shown)).toBe(shown)
        expect(isPrintable(text)).toBe(shown === text)
      }),
    )
  })
})

test('printable JSON is the same JSON, without anything raw but its own line ends', () => {
  fc.assert(
    fc.property(fc.jsonValue(), anyText, (value, text) => {
      const data = { value, [text]: [text] }
      expect(JSON.parse(printableJson(data))).toEqual(JSON.parse(JSON.stringify(data)))
      expect(raw(printableJson(data))).toEqual([])
      expect(raw(printableJson(data, 2)).filter((each) => each !== '\n')).toEqual([])
    }),
  )
})

describe('the message of an error', () => {
  test('is one line, whatever is in it', () => {
    const { message, lines } = new UnderstudyError('ERR_USAGE', 'There is no "a\n::error::b\u001b[2J".')
    expect(message).toBe(String.raw`There is no "a\n::error::b\u001b[2J".`)
    expect(lines).toHaveLength(1)
  })

  test('is the lines it was made of, whatever is in them', () => {
    const { lines } = new UnderstudyError('ERR_USAGE', ['one\ntwo', 'three'])
    expect(lines).toEqual([String.raw`one\ntwo`, 'three'])
  })
})
