import type * as Utf8 from '../../src/core/utf8.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const texts = ['', 'a', 'ä€𝄞', '\uFEFFa', '\0\n%41', 'é'.repeat(500)]
const noUtf8 = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf5, 0x80, 0x80, 0x80], [0x80]]

describe.each(['with', 'without'])('%s a TextDecoder', (how) => {
  let utf8: typeof Utf8

  beforeEach(async () => {
    vi.resetModules()
    if (how === 'without') for (const name of ['TextDecoder', 'TextEncoder']) vi.stubGlobal(name, undefined)
    utf8 = await import('../../src/core/utf8.ts')
  })
  afterEach(() => vi.unstubAllGlobals())

  test.each(texts)('%j is what it was', (text) => {
    const bytes = utf8.encodeUtf8(text)
    expect([...bytes]).toEqual([...Buffer.from(text)])
    expect(utf8.decodeUtf8(bytes)).toBe(text)
    expect(utf8.decodeUtf8Loosely(bytes)).toBe(text)
  })

  test('half a character is a replacement character', () => {
    expect([...utf8.encodeUtf8('a\uD800b')]).toEqual([...Buffer.from('a\uFFFDb')])
  })

  test.each(noUtf8)('what is no UTF-8 is told, and shown', (...bytes) => {
    expect(utf8.decodeUtf8(Uint8Array.from(bytes))).toBeUndefined()
    expect(utf8.decodeUtf8Loosely(Uint8Array.from([0x61, ...bytes]))).toMatch(/^a\uFFFD+$/)
  })
})
