import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { toJsonSchema } from '../../src/core/json-schema.ts'
import { choice } from '../../src/core/field.ts'
import { scenarioSchema } from '../../src/scenario/schema.ts'

const schema = scenarioSchema(Object.values(registry))
const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema)

/** All members of a schema that are lists of words, with their places. */
function wordLists(value: unknown, place: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [
    ...(name === 'enum' || (name === 'oneOf' && Array.isArray(member) && member.some((each) => 'const' in each))
      ? [[`${place}/${name}`, member] as [string, unknown]]
      : []),
    ...wordLists(member, `${place}/${name}`),
  ])
}

describe('the schema that editors have of scenarios', () => {
  it('says of every word what it means', () => {
    const lists = wordLists(schema, '')
    expect(lists.length).toBeGreaterThan(20)
    for (const [place, words] of lists)
      expect([place, words]).toEqual([
        expect.stringMatching(/oneOf$/),
        (words as object[]).map(() => ({
          const: expect.any(String),
          description: expect.stringMatching(/^.+\n\n\(.+\)$/),
        })),
      ])
  })

  it('has the same words of targets', () => {
    const targets = JSON.parse(readFileSync(new URL('../../targets/target.schema.json', import.meta.url), 'utf8'))
    const means = wordLists(targets, '').filter(([place]) => place.includes('/settings/'))
    expect(means.length).toBeGreaterThan(15)
    expect(means.filter(([place]) => !place.endsWith('/oneOf'))).toEqual([])
  })

  it('gives programs a plain list, and leaves words without meanings as they are', () => {
    const shift = choice(['day', 'night'], { about: 'the shift' })
    const told = choice(['day', 'night'], { about: 'the shift', meanings: { day: 'it is light', night: 'it is dark' } })
    const plain = { type: 'string', enum: ['day', 'night'], description: 'the shift' }
    expect(toJsonSchema(shift)).toEqual(plain)
    expect(toJsonSchema(told, 'stored')).toEqual(plain)
    expect(toJsonSchema(told)).toMatchObject({
      oneOf: [{ const: 'day' }, { const: 'night' }],
      description: 'the shift',
    })
  })

  it.each([
    { 'secure-login': { users: { alice: { state: 'blocked' } } }, 'x-shared': { anything: [1] } },
    { apis: ['sirportly'], faults: [{ on: '*', break: 'reset' }] },
  ])('accepts %j', (scenario) => {
    expect(accepts(scenario)).toBe(true)
  })

  it.each([
    { 'secure-login': { users: { alice: { state: 'blokced' } } } },
    { 'secure-login': { users: { alice: { state: 7 } } } },
    { xshared: {} },
    { apis: ['sirporty'] },
  ])('refuses %j', (scenario) => {
    expect(accepts(scenario)).toBe(false)
  })
})
