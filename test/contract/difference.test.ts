import { describe, expect, it } from 'vitest'
import type { Answered } from '../../src/contract/comparing/answered.ts'
import { differences, type Background } from '../../src/contract/comparing/difference.ts'
import type { Json } from '../../src/core/json.ts'
import type { Kit } from '../../src/core/kit.ts'

type Rules = Partial<Pick<Kit, 'volatile' | 'meaningful' | 'headers' | 'text' | 'unordered' | 'statusOnly'>>

const json = (body: Json, headers: readonly string[] = []): Answered => ({
  status: 200,
  headers: ['content-type', 'application/json', ...headers],
  body: JSON.stringify(body),
  at: 0,
})
const plain = (body: string): Answered => ({ status: 200, headers: ['content-type', 'text/plain'], body, at: 0 })

/** Where answers differ. */
function where(expected: Answered, received: Answered, rules: Rules = {}, background?: Background): string[] {
  const kit = { volatile: {}, headers: [], ...rules }
  return differences(expected, received, kit, background).map((difference) => difference.where)
}

describe('the same shape', () => {
  const rules: Rules = { volatile: { groups: 'same shape', 'groups.*.kind': /^(open|closed)$/ } }
  const wanted = json({ groups: [{ id: 1, name: 'Editors', kind: 'open', children: [] }] })

  it('is that of lists of any length with items like the first', () => {
    const more = [
      { id: 7, name: 'Juniors', kind: 'closed', children: [1] },
      { id: 8, name: '', kind: 'open', children: [] },
    ]
    expect(where(wanted, json({ groups: more }), rules)).toEqual([])
    expect(where(wanted, json({ groups: [] }), rules)).toEqual([])
    expect(where(json({ groups: [] }), json({ groups: ['anything'] }), rules)).toEqual([])
  })

  it('is not that of items with other members or types', () => {
    expect(where(wanted, json({ groups: [{ id: '7', name: 'Juniors', kind: 'odd' }] }), rules)).toEqual([
      'body.groups[0].id',
      'body.groups[0].kind',
      'body.groups[0].children',
    ])
    expect(where(wanted, json({ groups: {} }), rules)).toEqual(['body.groups'])
  })
})

it('a text or null is neither a number nor left out', () => {
  const rules: Rules = { volatile: { code: 'text or null' } }
  const [text, nothing] = [json({ code: 'x' }), json({ code: null })]
  expect([where(text, nothing, rules), where(nothing, text, rules)]).toEqual([[], []])
  expect(where(nothing, json({ code: 1 }), rules)).toEqual(['body.code'])
  expect(where(nothing, json({}), rules)).toEqual(['body.code'])
})

it('anything may be there or not', () => {
  const rules: Rules = { volatile: { 'GC-S1 messages': 'anything' } }
  const [none, some] = [json({}), json({ messages: [1] })]
  expect(where(none, some, rules, { clause: 'GC-S1' })).toEqual([])
  expect(where(some, none, rules, { clause: 'GC-S1' })).toEqual([])
  expect(where(some, json({ messages: {} }), rules, { clause: 'GC-S1' })).toEqual([])
  expect(where(some, none, rules, { clause: 'GC-01' })).toEqual(['body.messages'])
})

it('what an answer has more is no difference, unless it means something by being there', () => {
  const [bare, more] = [json({ user: { id: 1 } }), json({ plan: 'pro', user: { id: 1, password: 'x', since: 2 } })]
  expect(where(bare, more)).toEqual([])
  expect(where(bare, more, { meaningful: ['user.password'] })).toEqual(['body.user.password'])
  expect(where(more, bare)).toEqual(['body.plan', 'body.user.password', 'body.user.since'])
})

it('a rule for a clause counts more than one for all', () => {
  const rules: Rules = { volatile: { message: 'same type', 'GC-22 message': /^\w{4}$/ } }
  const [wanted, got] = [json({ message: 'A547' }), json({ message: 'some words' })]
  expect(where(wanted, got, rules, { clause: 'GC-08' })).toEqual([])
  expect(where(wanted, got, rules, { clause: 'GC-22' })).toEqual(['body.message'])
})

it('lists without an order are compared by what tells their items', () => {
  const [one, other] = [
    { at: { name: 'a' }, n: 1 },
    { at: { name: 'b' }, n: 2 },
  ]
  const wanted = json({ users: [one, other] })
  const rules: Rules = { unordered: { users: 'at.name' } }
  expect(where(wanted, json({ users: [other, one] }), rules)).toEqual([])
  expect(where(wanted, json({ users: [other, one] }))).not.toEqual([])
  expect(where(wanted, json({ users: [other, { ...one, n: 3 }] }), rules)).toEqual(['body.users[0].n'])
  expect(where(wanted, json({ users: [other] }), rules)).toContain('body.users')
})

it('texts that differ from server to server only have to look alike', () => {
  const rules: Rules = { text: /^\d+$/ }
  expect(where(plain('1'), plain('4711'), rules)).toEqual([])
  expect(where(plain('1'), plain('NOTFOUND'), rules)).toEqual(['body'])
  expect(where(plain('NOTFOUND'), plain('4711'), rules)).toEqual(['body'])
  expect(where(plain('NOTFOUND'), plain('FAILURE'), rules)).toEqual(['body'])
})

describe('of an answer that the contract does not describe only the status counts', () => {
  const html: Answered = { status: 404, headers: ['content-type', 'text/html'], body: '<h1>Not found</h1>', at: 0 }

  it('such as a problem', () => {
    const problem: Answered = { ...html, headers: ['content-type', 'application/problem+json'], body: '{}' }
    expect(where(problem, html)).toEqual([])
    expect(where(problem, { ...html, status: 400 })).toEqual(['status'])
    expect(where(html, problem)).toEqual(['header content-type', 'body'])
  })

  it('such as a clause of which it tells nothing more', () => {
    const wanted = { ...json({ code: 'AUTHREQUIRED' }), status: 404 }
    expect(where(wanted, html, { statusOnly: ['GC-S2'] }, { clause: 'GC-S2' })).toEqual([])
    expect(where(wanted, html, { statusOnly: ['GC-S2'] }, { clause: 'GC-20' })).not.toEqual([])
  })
})

describe('a cookie', () => {
  const rules: Rules = { headers: ['set-cookie'], volatile: { 'cookie.SECRET': /^\w{3}$/ } }
  const setting = (line: string): Answered => json({}, ['set-cookie', line])

  it('has to have a value that looks right, and is told without it', () => {
    const wanted = setting('SECRET=abc; Path=/')
    expect(where(wanted, setting('SECRET=xyz; path=/'), rules)).toEqual([])
    const [found] = differences(wanted, setting('SECRET=longer; Path=/'), { volatile: {}, headers: [], ...rules })
    expect(found).toMatchObject({ where: 'header set-cookie', received: 'SECRET=something else; path=/' })
  })

  it('may have its attributes in any order and case, and further ones', () => {
    const wanted = setting('SECRET=abc; Path=/; HttpOnly')
    for (const line of [
      'SECRET=xyz; httponly; PATH=/',
      'SECRET=xyz;HttpOnly;Path=/;Secure;SameSite=Strict;Version=1',
      ' SECRET = xyz ; Path=/ ; HttpOnly; Expires=Tue, 02 Jan 2029 17:41:44 GMT',
    ])
      expect(where(wanted, setting(line), rules)).toEqual([])
    for (const line of ['SECRET=xyz; Path=/', 'SECRET=xyz; Path=/rest; HttpOnly', 'Secret=xyz; Path=/; HttpOnly'])
      expect(where(wanted, setting(line), rules)).toEqual(['header set-cookie'])
  })

  it('may come with others that the contract does not know, before it and after it', () => {
    const others = ['set-cookie', 'lb=1; Path=/']
    const wanted = setting('SECRET=abc; Path=/')
    const beside = json({}, [...others, 'Set-Cookie', 'SECRET=xyz; Path=/', ...others])
    expect(where(wanted, beside, rules)).toEqual([])
    expect(where(json({}), json({}, others), rules)).toEqual([])
    // One that is known, where none should be set, is seen.
    expect(where(json({}), setting('SECRET=xyz; Path=/'), rules)).toEqual(['header set-cookie'])
    expect(where(wanted, json({}, others), rules)).toEqual(['header set-cookie'])
  })

  it('has no value that matters when it is taken away', () => {
    expect(where(setting('SECRET=abc; Max-Age=0'), setting('SECRET=; Max-Age=0'), rules)).toEqual([])
  })
})

describe('what was met before', () => {
  const captured = (value: string, from = 'body.sid') => new Map([['sid', { from, value, at: 0 }]])
  const known = { oracle: captured('1'), subject: captured('4711') }
  const rules: Rules = { volatile: { sid: 'same type', id: 'same type' }, text: /^\d+$/ }
  const sid = (value: string): Answered => json({ sid: value })

  it('has to be met again', () => {
    expect(where(sid('1'), sid('4711'), rules, { known })).toEqual([])
    expect(where(sid('1'), sid('4712'), rules, { known })).toEqual(['body.sid'])
    expect(where(plain('1'), plain('4711'), rules, { known })).toEqual([])
    expect(where(plain('1'), plain('4712'), rules, { known })).toEqual(['body'])
  })

  it('must not be met again where something new was expected', () => {
    expect(where(sid('2'), sid('4712'), rules, { known })).toEqual([])
    expect(where(sid('2'), sid('4711'), rules, { known })).toEqual(['body.sid'])
  })

  it('is not met again by a number of another kind', () => {
    expect(where(json({ id: 2 }), json({ id: 4711 }), rules, { known })).toEqual([])
  })
})

describe('how something differs', () => {
  const rules: Rules = { volatile: { at: 'instant', ms: 'milliseconds' } }
  const how = (wanted: Json, got: Json): string[] =>
    differences(json(wanted), json(got), { volatile: {}, headers: [], ...rules }).map(
      (difference) => `${difference.how} ${difference.expected}`,
    )

  it.each<[what: string, wanted: Json, got: Json, expected: string[]]>([
    ['is missing', { a: 1 }, {}, ['missing 1']],
    ['is there for nothing', {}, { a: 1 }, []],
    ['is of another type', { a: 1 }, { a: '1' }, ['form 1']],
    ['is another value', { a: 1 }, { a: 2 }, ['value 1']],
    ['is a shorter list', { a: [1, 2] }, { a: [1] }, ['missing 2 items']],
    ['is a longer list', { a: [1] }, { a: [1, 2] }, ['extra 1 items']],
    ['is an instant seconds away', { at: '1970-01-01T00:30:00Z' }, { at: '1970-01-01T00:30:04Z' }, []],
    [
      'is an instant without a zone',
      { at: '1970-01-01T00:30:00Z' },
      { at: '1970-01-01T00:30:00' },
      ['form an instant of ISO 8601 in GMT'],
    ],
    [
      'is an instant in local time',
      { at: '1970-01-01T00:30:00Z' },
      { at: '1970-01-01T06:00:01Z' },
      ['form about 1970-01-01T00:30:00Z, in GMT; this looks like local time'],
    ],
    [
      'is an instant of another day',
      { at: '1970-01-01T00:30:00Z' },
      { at: '1970-01-02T00:30:00Z' },
      ['value about 1970-01-01T00:30:00Z'],
    ],
    [
      'is an instant that is over',
      { at: '1970-01-01T00:30:00Z' },
      { at: '1970-01-01T00:00:00Z' },
      ['form about 1970-01-01T00:30:00Z, which is still to come'],
    ],
    [
      'is another instant',
      { at: '1970-01-01T00:30:00Z' },
      { at: '1970-01-01T00:10:00Z' },
      ['value about 1970-01-01T00:30:00Z'],
    ],
    ['is in milliseconds', { ms: 1_800_000 }, { ms: 1_804_000 }, []],
    ['is in seconds instead', { ms: 90_000_000 }, { ms: 90_000 }, ['value about 1970-01-02T01:00:00Z']],
    ['is a text instead of milliseconds', { ms: 90_000_000 }, { ms: '90000000' }, ['form a number']],
  ])('where it %s', (_, wanted, got, expected) => {
    expect(how(wanted, got)).toEqual(expected)
  })
})
