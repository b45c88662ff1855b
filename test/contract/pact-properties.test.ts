import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparePacts } from '../../src/contract/pacts/comparison.ts'
import { readPact } from '../../src/contract/pacts/document.ts'
import type { Json } from '../../src/core/json.ts'
import { tries } from '../support/sample.ts'
import { compareSketches } from './compare-sketches.ts'
import { pactOf, spelled, type Sketch, type Version } from './spelled-pact.ts'

const type = { match: 'type' }
const digits = { match: 'regex', regex: '\\d+' }

describe('whatever pacts say', () => {
  const word = fc.stringMatching(/^[A-Za-z][\w-]{0,6}$/)
  const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<Json>(1, 2.5, true, null, 'x', '', '12'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(word, fc.constantFrom('a b', "it's", '__proto__', 'x.y', '0')), tie('value'), {
        maxKeys: 3,
      }),
    ),
  })).value
  const matcher = fc.constantFrom(
    type,
    digits,
    { match: 'type', min: 1 },
    { match: 'integer' },
    { match: 'nobody knows' },
  )
  const rules = fc.dictionary(
    fc.oneof(
      word.map((name) => `$.body.${name}`),
      word.map((name) => `$.body['${name}'][*]`),
      word.map((name) => `$.headers.${name}`),
      fc.constantFrom('$.body', '$.body[0].a', '$.body[*]'),
    ),
    matcher,
    { maxKeys: 4 },
  )
  const headers = fc
    .uniqueArray(word, { maxLength: 3, selector: (name) => name.toLowerCase() })
    .map((names) => Object.fromEntries(names.map((name) => [name, `${name}, z`])))
  const body = fc.oneof(
    value.filter((each) => typeof each !== 'string').map((each) => ({ body: each })),
    word.map((each) => ({ headers: { 'Content-Type': 'text/plain' }, body: each })),
    fc.constant({}),
  )
  const sketch: fc.Arbitrary<Sketch> = fc
    .record({
      description: word,
      state: fc.option(word, { nil: undefined }),
      path: word.map((each) => `/${each}`),
      query: fc.dictionary(word, fc.array(word, { minLength: 1, maxLength: 2 }), { maxKeys: 2 }),
      headers: fc.tuple(headers, headers),
      bodies: fc.tuple(body, body),
      rules: fc.tuple(rules, rules),
      status: fc.integer({ min: 200, max: 599 }),
    })
    .map(
      ({
        description,
        state,
        path,
        query,
        headers: [asks, gives],
        bodies: [sent, got],
        rules: [one, other],
        status,
      }) => ({
        description,
        ...(state === undefined ? {} : { state }),
        request: { path, query, headers: asks, rules: one, ...sent },
        response: { status, headers: gives, rules: other, ...got },
      }),
    )
  const runs = { numRuns: tries('UNDERSTUDY_TEST_COMPARISONS', 200, 5000) }

  it('a pact compared with itself asks nothing new', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sketch, { maxLength: 4 }), async (sketches) => {
        const document = pactOf(sketches)
        const { interactions, same } = await comparePacts([document], [document], 'nobody')
        expect({ interactions, same }).toEqual({ interactions: [], same: sketches.length })
      }),
      runs,
    )
  })

  it('it asks nothing new in the words of another version', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sketch, { maxLength: 3 }), fc.constantFrom<Version>(2, 4), async (sketches, other) => {
        const { interactions } = await compareSketches(sketches, sketches, other)
        expect(interactions).toEqual([])
      }),
      runs,
    )
  })

  it('is compared, whatever stands where something else should', async () => {
    const junk = fc.oneof(
      value,
      fc.jsonValue().map((each) => each as Json),
    )
    await fc.assert(
      fc.asyncProperty(
        sketch,
        fc.constantFrom('headers', 'query', 'body', 'matchingRules', 'generators'),
        junk,
        async (each, name, odd) => {
          const pact = spelled([each], 4)
          const [interaction] = pact['interactions'] as [{ response: object }]
          const bent = {
            ...pact,
            interactions: [{ ...interaction, response: { ...interaction.response, [name]: odd } }],
          }
          const document = readPact(JSON.stringify(bent), 'a pact')
          expect((await comparePacts([document], [document], 'nobody')).interactions).toEqual([])
          const other = await comparePacts([pactOf([each], 4)], [document], 'nobody')
          expect(other.same + other.interactions.length).toBe(1)
        },
      ),
      runs,
    )
  })
})
