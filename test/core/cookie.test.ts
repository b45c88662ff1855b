import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cookiePairs, requestCookie } from '../../src/core/cookie.ts'

const read = (...lines: string[]): string | undefined =>
  requestCookie(
    lines.flatMap((line) => ['Cookie', line]),
    'JSESSIONID',
  )

describe('requestCookie', () => {
  it.each([
    ['JSESSIONID=4F1D', '4F1D'],
    ['lang=en; JSESSIONID=4F1D; theme=dark', '4F1D'],
    ['lang=en;JSESSIONID=4F1D', '4F1D'],
    [' JSESSIONID = 4F1D ', '4F1D'],
    ['JSESSIONID="4F1D"', '4F1D'],
    ['JSESSIONID=', ''],
    ['JSESSIONID=a=b', 'a=b'],
    ['JSESSIONID="', '"'],
    ['JSESSIONID=first; JSESSIONID=second', 'first'],
    ['JSESSIONID', undefined],
    ['jsessionid=4F1D', undefined],
    ['XJSESSIONID=4F1D', undefined],
    ['', undefined],
    [';;=;', undefined],
  ])('finds in %j the session %j', (line, session) => {
    expect(read(line)).toBe(session)
  })

  it('looks through all Cookie lines, in order, whatever the case of their name', () => {
    expect(read('lang=en', 'JSESSIONID=one', 'JSESSIONID=two')).toBe('one')
    expect(requestCookie(['COOKIE', 'JSESSIONID=one'], 'JSESSIONID')).toBe('one')
    expect(requestCookie(['set-cookie', 'JSESSIONID=one'], 'JSESSIONID')).toBeUndefined()
    expect(requestCookie([], 'JSESSIONID')).toBeUndefined()
  })

  it('finds the session among the attributes and repetitions that MSW 2 sends', () => {
    expect(read('JSESSIONID=4F1D; Path=/jira; HttpOnly, JSESSIONID=4F1D; Path=/jira; HttpOnly')).toBe('4F1D')
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(...Array.from('JSESSIONID=;" a')) })), (lines) => {
        const found = read(...lines)
        expect(found === undefined || lines.some((line) => line.includes(found))).toBe(true)
      }),
    )
  })
})

describe('cookiePairs', () => {
  it('splits names from values and leaves attributes out', () => {
    expect(cookiePairs('JSESSIONID=4F1D; Path=/jira; HttpOnly; SameSite=Lax; Max-Age=0; theme=dark; odd')).toEqual([
      ['JSESSIONID', '4F1D'],
      ['theme', 'dark'],
      ['odd', ''],
    ])
    expect(cookiePairs('')).toEqual([])
    expect(cookiePairs(' ; ')).toEqual([])
  })
})
