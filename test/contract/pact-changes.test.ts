import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/core/json.ts'
import { told } from './compare-sketches.ts'
import type { Sketch } from './spelled-pact.ts'

const type = { match: 'type' }
const digits = { match: 'regex', regex: '\\d+' }
const answer = (body: Json, rules: NonNullable<Sketch['response']>['rules'] = {}): Sketch => ({
  response: { body, rules },
})

describe('of an answer', () => {
  it.each<[string, Sketch, Sketch, string[]]>([
    ['a new member is asked', answer({ a: 1 }), answer({ a: 1, b: { c: 2 } }), ['asked response body.b']],
    ['one that is gone is eased', answer({ a: 1, b: 2 }), answer({ a: 1 }), ['eased response body.b']],
    ['another value is asked', answer({ a: 1 }), answer({ a: 2 }), ['asked response body.a']],
    [
      'another example by type is none',
      answer({ a: 1 }, { '$.body.a': type }),
      answer({ a: 2 }, { '$.body.a': type }),
      [],
    ],
    [
      'another type is asked',
      answer({ a: 1 }, { '$.body.a': type }),
      answer({ a: '1' }, { '$.body.a': type }),
      ['asked response body.a'],
    ],
    [
      'a value instead of a type is asked',
      answer({ a: 'x' }, { '$.body.a': type }),
      answer({ a: 'x' }),
      ['asked response body.a'],
    ],
    [
      'a type instead of a value is eased',
      answer({ a: 'x' }),
      answer({ a: 'y' }, { '$.body.a': type }),
      ['eased response body.a'],
    ],
    [
      'a regex instead of a type is asked',
      answer({ a: '1' }, { '$.body.a': type }),
      answer({ a: '1' }, { '$.body.a': digits }),
      ['asked response body.a'],
    ],
    [
      'a type instead of a regex is eased',
      answer({ a: '1' }, { '$.body.a': digits }),
      answer({ a: '1' }, { '$.body.a': type }),
      ['eased response body.a'],
    ],
    [
      'a regex that the value has is eased',
      answer({ a: '12' }),
      answer({ a: '3' }, { '$.body.a': digits }),
      ['eased response body.a'],
    ],
    [
      'a regex that it has not is asked',
      answer({ a: 'x' }),
      answer({ a: '3' }, { '$.body.a': digits }),
      ['asked response body.a'],
    ],
    [
      'a regex of another language is asked, as nobody here can tell',
      answer({ a: 'x' }),
      answer({ a: 'x' }, { '$.body.a': { match: 'regex', regex: '(?i)x' } }),
      ['asked response body.a'],
    ],
    [
      'a matcher that is unknown is asked',
      answer({ a: '1.2.3' }, { '$.body.a': type }),
      answer({ a: '1.2.3' }, { '$.body.a': { match: 'semver2' } }),
      ['asked response body.a'],
    ],
    [
      'the same unknown matcher is none',
      answer({ a: '1' }, { '$.body.a': { match: 'semver2' } }),
      answer({ a: '1' }, { '$.body.a': { match: 'semver2' } }),
      [],
    ],
    [
      'a type that is inherited counts',
      answer({ a: { b: 1 } }, { '$.body': type }),
      answer({ a: { b: 2, c: 1 } }, { '$.body': type }),
      ['asked response body.a.c'],
    ],
    ['more items are asked', answer([1]), answer([1, 2]), ['asked response body']],
    [
      'a list by type is eased',
      answer({ l: [1] }),
      answer({ l: [1] }, { '$.body.l': { ...type, min: 1 } }),
      ['eased response body.l'],
    ],
    [
      'a larger least number is asked',
      answer({ l: [1] }, { '$.body.l': { ...type, min: 1 } }),
      answer({ l: [1] }, { '$.body.l': { ...type, min: 2 } }),
      ['asked response body.l'],
    ],
    [
      'a smaller one is eased',
      answer({ l: [1] }, { '$.body.l': { ...type, min: 2 } }),
      answer({ l: [1] }, { '$.body.l': { ...type, min: 1 } }),
      ['eased response body.l'],
    ],
    [
      'how many there are is not handed down',
      answer({ l: [[1]] }, { '$.body.l': { ...type, min: 2 } }),
      answer({ l: [[1]] }, { '$.body.l': { ...type, min: 2 }, '$.body.l[*]': type }),
      [],
    ],
    [
      'a number instead of a whole one is eased',
      answer({ a: 1 }, { '$.body.a': { match: 'integer' } }),
      answer({ a: 1 }, { '$.body.a': { match: 'number' } }),
      ['eased response body.a'],
    ],
    [
      'a rule for what is in no example is asked',
      answer({ a: 1 }),
      answer({ a: 1 }, { '$.body.x[*].y': type }),
      ['asked response rule of body x.*.y'],
    ],
    ['another status is asked', {}, { response: { status: 204 } }, ['asked response status']],
    [
      'a class of it is eased',
      { response: { status: 404 } },
      { response: { status: 404, rules: { '$.status': { match: 'statusCode', status: 'clientError' } } } },
      ['eased response status'],
    ],
    [
      'a class that it is not of is asked',
      { response: { status: 204 } },
      { response: { status: 204, rules: { '$.status': { match: 'statusCode', status: 'clientError' } } } },
      ['asked response status'],
    ],
    ['a header is asked', {}, { response: { headers: { ETag: 'x' } } }, ['asked response header etag']],
    ['and no more', { response: { headers: { ETag: 'x' } } }, {}, ['eased response header etag']],
    [
      'letters of its name are none',
      { response: { headers: { ETag: 'x' } } },
      { response: { headers: { etag: 'x' } } },
      [],
    ],
    [
      'a text instead of JSON is asked',
      answer({ a: 1 }),
      { response: { headers: { 'Content-Type': 'text/plain' }, body: 'a' } },
      ['asked response header content-type', 'asked response body'],
    ],
    [
      'a member with a strange name is told',
      answer({ 'a b': 1 }),
      answer({ 'a b': 2 }),
      ['asked response body["a b"]'],
    ],
  ])('%s', async (_what, old, now, changes) => {
    expect(await told(old, now)).toEqual(changes)
  })
})

const ask = (request: NonNullable<Sketch['request']>): Sketch => ({ request })
const session = { header: { cookie: { type: 'ProviderState', expression: 'JSESSIONID=${session}' } } }

describe('of a request', () => {
  it.each<[string, Sketch, Sketch, string[]]>([
    ['the method', ask({}), ask({ method: 'HEAD' }), ['asked request method']],
    ['the path', ask({}), ask({ path: '/x' }), ['asked request path']],
    ['a value of the query', ask({ query: { q: ['1'] } }), ask({ query: { q: ['2'] } }), ['asked request query q']],
    ['a name of the query', ask({ query: { q: ['1'] } }), ask({}), ['asked request query q']],
    [
      'a header',
      ask({ headers: { Accept: 'a/b' } }),
      ask({ headers: { Accept: 'a/c' } }),
      ['asked request header accept'],
    ],
    ['a header that is gone', ask({ headers: { Accept: 'a/b' } }), ask({}), ['asked request header accept']],
    ['a member', ask({ body: { a: 1 } }), ask({ body: { a: 1, b: 2 } }), ['asked request body.b']],
    ['a member that is gone', ask({ body: { a: 1, b: 2 } }), ask({ body: { a: 1 } }), ['asked request body.b']],
    [
      'a member by a rule',
      ask({ body: { a: 1 } }),
      ask({ body: { a: 2 }, rules: { '$.body.a': type } }),
      ['asked request body.a'],
    ],
    [
      'a rule alone is noted',
      ask({ body: { a: 1 } }),
      ask({ body: { a: 1 }, rules: { '$.body.a': type } }),
      ['noted request body.a'],
    ],
    [
      'an example by a rule is none',
      ask({ body: { a: 1 }, rules: { '$.body.a': type } }),
      ask({ body: { a: 2 }, rules: { '$.body.a': type } }),
      [],
    ],
    [
      'a value from a state',
      ask({ headers: { Cookie: 'x' } }),
      ask({ headers: { Cookie: 'x' }, generators: session }),
      ['asked request header cookie'],
    ],
    [
      'another example for that is none',
      ask({ headers: { Cookie: 'x' }, generators: session }),
      ask({ headers: { cookie: 'y' }, generators: session }),
      [],
    ],
    ['no body and an empty one are one', ask({}), ask({ body: null }), []],
  ])('%s', async (_what, old, now, changes) => {
    expect(await told(old, now)).toEqual(changes)
  })

  it('states are told, with what it has that nobody here knows', async () => {
    expect(await told({ state: 'a' }, { state: 'b' })).toEqual(['asked states'])
    expect(await told({ state: 'a', params: { x: 1 } }, { state: 'a', params: { x: 2 } })).toEqual(['asked states'])
    expect(await told({}, { more: { transport: 'grpc' } })).toEqual(['asked transport'])
    const odd = { request: {}, response: { matchingRules: { weird: { $x: 1 } }, trailers: [1] } }
    expect(await told({}, { more: odd })).toEqual(['asked response rule weird', 'asked response trailers'])
    const list = { response: { headers: [1], query: 5, generators: 'x' } }
    expect(await told({}, { more: { request: {}, ...list } })).toEqual(
      ['headers', 'query', 'generators'].map((name) => `asked response ${name}`),
    )
    const message = (contents: string): Sketch => ({ more: { type: 'Asynchronous/Messages', contents } })
    expect(await told(message('a'), message('b'))).toEqual(['asked contents'])
    expect(await told({}, { more: { comments: { text: ['for people'] }, key: 'other' } })).toEqual([])
  })
})
