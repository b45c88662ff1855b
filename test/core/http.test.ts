import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyText, headerPairs, headerValue, headerValues, mediaType } from '../../src/core/http.ts'

const headers = ['Content-Type', 'text/plain', 'Set-Cookie', 'a=1', 'set-cookie', 'b=2', 'X-Empty', '']

describe('headerValue', () => {
  it('is the first value of that name, whatever its case', () => {
    expect(headerValue(headers, 'content-type')).toBe('text/plain')
    expect(headerValue(headers, 'set-cookie')).toBe('a=1')
    expect(headerValue(headers, 'x-empty')).toBe('')
    expect(headerValue(headers, 'a=1')).toBeUndefined()
    expect(headerValue([], 'cookie')).toBeUndefined()
  })
})

describe('headerValues', () => {
  it('gives every value of that name, in order', () => {
    expect(headerValues(headers, 'set-cookie')).toEqual(['a=1', 'b=2'])
    expect(headerValues(headers, 'cookie')).toEqual([])
  })
})

describe('headerPairs', () => {
  it('pairs names with values', () => {
    expect(headerPairs(headers)).toHaveLength(4)
    expect(headerPairs(headers)[2]).toEqual(['set-cookie', 'b=2'])
  })

  it('leaves out a name without a value', () => {
    expect(headerPairs(['a', '1', 'b'])).toEqual([['a', '1']])
  })
})

describe('mediaType', () => {
  it.each([
    ['text/plain', 'text/plain'],
    ['text/plain;charset=UTF-8', 'text/plain'],
    [' Text/Plain ; charset=utf-8', 'text/plain'],
    ['application/json', 'application/json'],
    ['', ''],
    [undefined, ''],
  ])('of %j is %j', (value, type) => {
    expect(mediaType(value)).toBe(type)
  })
})

describe('bodyText', () => {
  it('reads any text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(bodyText(new TextEncoder().encode(text))).toBe(text)
      }),
    )
  })

  it("keeps a byte order mark: it is not one of a PIN's digits", () => {
    expect(bodyText(new TextEncoder().encode('\uFEFF910817'))).toBe('\uFEFF910817')
  })

  it.each([
    ['a lone continuation byte', [0x80]],
    ['a character cut off', [0x39, 0xe2, 0x82]],
    ['an overlong form', [0xc0, 0xb9]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['Latin-1', [0x70, 0xe4, 0x73]],
  ])('is undefined for %s', (_, bytes) => {
    expect(bodyText(Uint8Array.from(bytes))).toBeUndefined()
  })
})
