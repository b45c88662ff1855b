import { describe, expect, it } from 'vitest'
import { comparePacts } from '../../src/contract/pacts/comparison.ts'
import type { MockSaying } from '../../src/contract/pacts/mock-judge.ts'
import type { Json } from '../../src/core/json.ts'
import { compareSketches, told } from './compare-sketches.ts'
import { pactOf, type Sketch, type Version } from './spelled-pact.ts'

const versions: readonly Version[] = [1, 2, 3, 4]

const login: Sketch = {
  description: 'a login',
  state: 'a user',
  request: {
    method: 'POST',
    path: '/login',
    query: { page: ['1', '2'], q: ['a b'] },
    headers: { Accept: 'application/json, text/plain', 'Content-Type': 'application/json' },
    body: { user: 'alice', tags: ['a'] },
  },
  response: { status: 201, headers: { 'Content-Type': 'application/json' }, body: { id: 7, groups: [{ name: 'x' }] } },
}

const matched: Sketch = {
  ...login,
  request: {
    ...login.request,
    rules: { '$.body.user': { match: 'regex', regex: '\\w+' }, '$.path': { match: 'type' } },
  },
  response: {
    ...login.response,
    rules: {
      '$.body.id': { match: 'type' },
      "$.body['groups'][*].name": { match: 'type' },
      '$.headers.Content-Type': { match: 'regex', regex: 'application/json.*' },
      '$.body.absent': { match: 'type' },
    },
  },
}

const text: Sketch = {
  request: { method: 'PUT', headers: { 'Content-Type': 'text/plain' }, body: '910817' },
  response: { status: 401, body: null },
}

describe('an interaction is the same in every version', () => {
  const pairs = versions.flatMap((one) => versions.map((other) => [one, other] as const))

  it.each(pairs)('in %s and %s', async (one, other) => {
    for (const sketch of one > 1 && other > 1 ? [login, text, matched] : [login, text]) {
      const { interactions, same } = await comparePacts([pactOf([sketch], one)], [pactOf([sketch], other)], 'nobody')
      expect({ interactions, same }).toEqual({ interactions: [], same: 1 })
    }
  })

  it.each<[string, Json, Json]>([
    ['Base64 and text', 'OTEwODE3', { content: 'OTEwODE3', contentType: 'text/plain', encoded: 'base64' }],
    [
      'JSON that is a text',
      { content: '{"a":1}', contentType: 'application/json', encoded: false },
      { content: { a: 1 } },
    ],
    [
      'JSON in Base64',
      { content: 'eyJhIjoxfQ==', contentType: 'application/json', encoded: 'base64' },
      { content: { a: 1 } },
    ],
    ['no body and an empty one', { content: '' }, ''],
    ['null and an empty one', null, ''],
  ])('where the body is %s', async (what, one, other) => {
    const body = what === 'Base64 and text' ? { content: '910817', contentType: 'text/plain', encoded: false } : one
    const as = (written: Json): Sketch => ({ more: { response: { status: 200, body: written } } })
    const { interactions } = await comparePacts([pactOf([as(body)], 4)], [pactOf([as(other)], 4)], 'nobody')
    expect(interactions).toEqual([])
  })

  it('is not the same with a body that has to be empty and with any', async () => {
    const any: Sketch = { response: {} }
    const none: Sketch = { response: { body: null } }
    expect(await told(any, none)).toEqual(['asked response body'])
    expect(await told(none, any)).toEqual(['eased response body'])
  })
})

describe('interactions are paired', () => {
  const kinds = async (old: readonly Sketch[], now: readonly Sketch[]): Promise<string[]> => {
    const { interactions } = await compareSketches(old, now)
    return interactions.map(
      ({ kind, description, formerly }) => `${kind} ${description}${formerly === undefined ? '' : ` < ${formerly}`}`,
    )
  }
  const one = (description: string, status: number, state?: string): Sketch => ({
    description,
    response: { status },
    ...(state === undefined ? {} : { state }),
  })

  it.each<[string, Sketch[], Sketch[], string[]]>([
    ['whatever their order', [one('a', 200), one('b', 201)], [one('b', 201), one('a', 200)], []],
    ['by description', [one('a', 200)], [one('a', 201)], ['changed a']],
    [
      'by states as well',
      [one('a', 200, 's'), one('a', 201, 't')],
      [one('a', 201, 't'), one('a', 202, 's')],
      ['changed a'],
    ],
    [
      'by order, if they are alike',
      [one('a', 200), one('a', 201)],
      [one('a', 202), one('a', 203)],
      ['changed a', 'changed a'],
    ],
    ['but those first that are the same', [one('a', 200), one('a', 201)], [one('a', 201)], ['removed a']],
    ['under another name', [one('a', 200)], [one('b', 200)], ['renamed b < a']],
    ['or not, if they have little in common', [one('a', 200)], [one('b', 201)], ['added b', 'removed a']],
    ['by description alone at last', [one('a', 200, 's')], [one('a', 200, 't')], ['changed a']],
  ])('%s', async (_how, old, now, expected) => {
    expect(await kinds(old, now)).toEqual(expected)
  })
})

describe('what breaks', () => {
  const outcomes = async (
    old: Sketch[],
    now: Sketch[],
    say: (status: number) => Partial<MockSaying>,
  ): Promise<unknown[]> => {
    const { interactions, breaks } = await comparePacts([pactOf(old)], [pactOf(now)], async ({ entry }) => {
      const { status } = entry.data['response'] as { status: number }
      return { isKept: false, because: 'so', differences: [], ...say(status) }
    })
    return [breaks, ...interactions.map(({ judgement }) => judgement?.outcome)]
  }
  const differs = (where: string): Partial<MockSaying> => ({
    differences: [{ where, how: 'value', expected: '1', received: '2' }],
  })
  const old: Sketch[] = [{ response: { status: 200 } }]
  const now: Sketch[] = [{ response: { status: 201 } }]

  it('is what the contract does not give', async () => {
    expect(await outcomes(old, now, () => ({ isKept: true }))).toEqual([0, 'gives'])
    expect(await outcomes(old, now, (status) => (status === 201 ? differs('status') : { isKept: true }))).toEqual([
      1,
      'breaks',
    ])
    expect(await outcomes([], now, () => differs('status'))).toEqual([1, 'breaks'])
  })

  it('is not what it did not give before either, but is what it gives less of', async () => {
    expect(await outcomes(old, now, () => differs('body.x'))).toEqual([0, 'broken before'])
    expect(await outcomes(old, now, (status) => differs(status === 201 ? 'status' : 'body.x'))).toEqual([1, 'breaks'])
  })

  it('is anything that is newly asked where nobody can tell', async () => {
    expect(await outcomes(old, now, () => ({ isKept: undefined }))).toEqual([1, 'breaks'])
    expect(await outcomes(now, [], () => ({ isKept: undefined }))).toEqual([0, undefined])
    const pending = [{ ...now[0], more: { pending: true } }]
    expect(await outcomes(old, pending, () => ({ isKept: undefined }))).toEqual([0, 'pending'])
  })
})
