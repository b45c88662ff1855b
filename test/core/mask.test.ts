import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { secretNames } from '../../src/core/secret-name.ts'
import { maskKey, maskSession, maskTokens, shorten } from '../../src/world/mask.ts'
import { maskBody, maskForm, maskHeaders, maskJson } from '../../src/world/mask-message.ts'

const secret = secretNames(['password', 'pin', 'value'])
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('shorten', () => {
  it('keeps enough of a long identifier to tell two apart, and nothing of a short one', () => {
    expect(shorten('4F1D2C3B4A596877')).toBe('4F1D…')
    expect(shorten('910817')).toBe('***')
    expect(shorten('')).toBe('***')
  })
})

describe('maskKey', () => {
  it.each([
    ['secure-login/session:4F1D2C3B4A596877', 'secure-login/session:4F1D…'],
    ['secure-login/session:4F1D2C3B4A596877 session:x', 'secure-login/session:4F1D…'],
    ['secure-login/session:4F1D2C3B\n4A596877', 'secure-login/session:4F1D…'],
    ['gentics-cms/session:17', 'gentics-cms/session:17'],
    ['gentics-cms/secret:a1B2c3D4e5F6g7H', 'gentics-cms/secret:a1B2…'],
    ['gentics-cms/secret:12345678', 'gentics-cms/secret:***'],
    ['secure-login/user:alice', 'secure-login/user:alice'],
    ['secure-login/settings', 'secure-login/settings'],
  ])('shows %j as %s', (key, shown) => {
    expect(maskKey(key)).toBe(shown)
  })
})

describe('maskSession', () => {
  it.each([
    ['17', '17'],
    ['2147483647', '2147483647'],
    ['21474836471', '***'],
    ['4F1D2C3B4A596877', '4F1D…'],
    ['-1', '***'],
    ['', '***'],
  ])('shows %j as %s', (id, shown) => {
    expect(maskSession(id)).toBe(shown)
  })
})

const isToken = (word: string): boolean => /^\d\w{12,}$/.test(word)

describe('maskTokens', () => {
  it.each([
    ['a text', 'a text'],
    ['7abcdefghijklm', '7abc…'],
    ['(7abcdefghijklm), 7abcdefghijkl.', '(7abc…), 7abc….'],
    ['x7abcdefghijklm 7abc', 'x7abcdefghijklm 7abc'],
    ['7abcdefghijklm_8abcdefghijklm', '7abc…_8abc…'],
    ['/a/7abcdefghijklm.json?b=7abcdefghijklm&c', '/a/7abc….json?b=7abc…&c'],
    ['/a/7%61bcdefghijklm', '/a/7abc…'],
    ['/a%20b/%E0%A4?x=%zz', '/a%20b/%E0%A4?x=%zz'],
    ['?b=%37abcdefghijklm&c=%20', '?b=7abc…&c=%20'],
    ['', ''],
  ])('shows %j as %j', (text, shown) => {
    expect(maskTokens(text, isToken)).toBe(shown)
  })
})

describe('maskHeaders', () => {
  it.each([
    ['Authorization', 'Basic YWxpY2U6czNjcmV0', 'Basic ***'],
    ['authorization', 'bearer s3cret', 'bearer ***'],
    ['Authorization', 's3cret', '***'],
    ['Authorization', 'Basic', '***'],
    ['Proxy-Authorization', 'Digest username="alice"', 'Digest ***'],
    ['X-Auth-Token', 's3cret', '***'],
    ['Cookie', 'JSESSIONID=4F1D2C3B4A596877; lang=en', 'JSESSIONID=4F1D…; lang=***'],
    ['cookie', 'JSESSIONID="4F1D2C3B;4A596877FFFF"', 'JSESSIONID=***;4A59…'],
    ['Cookie', '4F1D2C3B4A596877', '4F1D…'],
    ['Cookie', 'JSESSIONID=4F1D2C3B4A596877; HttpOnly; Secure', 'JSESSIONID=4F1D…; HttpOnly; Secure'],
    ['Set-Cookie', 'JSESSIONID=4F1D2C3B4A596877; Path=/jira; HttpOnly', 'JSESSIONID=4F1D…; Path=/jira; HttpOnly'],
    ['Accept', 'text/plain', 'text/plain'],
  ])('shows %s: %s as %s', (name, value, shown) => {
    expect(maskHeaders([name, value], secret)).toEqual([[name, shown]])
  })

  it('keeps the order and the number of headers', () => {
    expect(maskHeaders(['a', '1', 'set-cookie', 'x=1', 'a', '2'], secret)).toEqual([
      ['a', '1'],
      ['set-cookie', 'x=***'],
      ['a', '2'],
    ])
  })
})

describe('maskJson', () => {
  it('masks secret members at any depth, whatever they hold and however they are written', () => {
    const value = {
      user: [{ Password: 's3cret', pin: 910817, name: 'alice' }],
      value: { a: 1 },
      PIN: ['x'],
      password: null,
    }
    expect(maskJson(value, secret)).toEqual({
      user: [{ Password: '***', pin: '***', name: 'alice' }],
      value: '***',
      PIN: '***',
      password: null,
    })
  })

  it('leaves data without secret members as it is', () => {
    const names = fc.string().filter((name) => secret(name) === 'open')
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('tree')),
        fc.dictionary(names, tie('tree')),
      ),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        expect(JSON.stringify(maskJson(value as never, secret))).toBe(JSON.stringify(value))
      }),
    )
  })
})

describe('maskForm', () => {
  it.each([
    ['username=alice&password=s3cret', 'username=alice&password=***'],
    ['Password=s3cret=x&next', 'Password=***&next'],
    ['p%61ssword=s3cret', 'p%61ssword=***'],
    ['%E0%A4=1&pin=910817', '%E0%A4=1&pin=***'],
    ['', ''],
  ])('shows %j as %j', (form, shown) => {
    expect(maskForm(form, secret)).toBe(shown)
  })
})

describe('maskBody', () => {
  it.each([
    ['JSON', '{"username":"alice","password":"s3cret"}', '{"username":"alice","password":"***"}'],
    ['JSON with space around it', ' {"password":"s3cret"}', '{"password":"***"}'],
    ['JSON that is cut off', '{"username":"alice","password":"s3cr', '{"username":"alice","password":"***"'],
    ['JSON with single quotes', "{'password': 's3cret', 'a': 1}", `{'password': "***", 'a': 1}`],
    ['JSON without quotes', '{password: s3cret}', '{password: "***"}'],
    ['a broken list in JSON', '{"password":["s3cret",', '{"password":"***"'],
    ['a form', 'pin=1&a=2', 'pin=***&a=2'],
    ['text', 'hello', 'hello'],
    ['JSON that is only a text', '"hello"', '"hello"'],
    ['a number', '0910817', '0910817'],
  ])('masks the secret members of %s', (_, body, shown) => {
    expect(maskBody(bytes(body), secret, 'members')).toBe(shown)
    expect(maskBody(body, secret, 'plain text')).toBe(shown === body ? '***' : shown)
    expect(maskBody(body, secret, 'all')).toBe('***')
  })

  it('has nothing to show of an empty body', () => {
    expect(maskBody(undefined, secret, 'all')).toBeUndefined()
    expect(maskBody(new Uint8Array(0), secret, 'members')).toBeUndefined()
  })

  it('cuts a long body, and masks what is left of it', () => {
    const long = JSON.stringify({ password: 's3cret', filler: 'x'.repeat(10_000), pin: '910817' })
    for (const body of [long, bytes(long)]) {
      const shown = maskBody(body, secret, 'members') ?? ''
      expect(shown.length).toBeLessThan(4200)
      expect(shown).toMatch(/^\{"password":"\*\*\*","filler":"xxx/)
    }
  })
})
