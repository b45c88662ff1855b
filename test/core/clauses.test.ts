import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { clauses as genticsCms } from '../../src/apis/gentics-cms/clauses.ts'
import { clauses as secureLogin } from '../../src/apis/secure-login/clauses.ts'
import { clauses as sirportly } from '../../src/apis/sirportly/clauses.ts'
import { clauseTable, repliesOf, type ClauseTable } from '../../src/core/clause-entry.ts'
import { codesOf, listOf, partsOf } from '../../src/core/clause-readers.ts'
import { bare } from '../../src/core/saying.ts'
import { along, way } from '../../src/core/tracing.ts'

const met = along('A')
const table = clauseTable<{ limit: number }>()('documented', {
  A: {
    text: 'a',
    says: { yes: bare(200, 'so it is'), no: (times: number) => bare(401, `${times} times`) },
    met: way('curl a'),
    code: 'right',
  },
  B: { text: 'b', origin: 'general', choice: 'c', settings: ['limit'], met, code: 'unneeded' },
})

describe('the entry of a clause', () => {
  test('is listed with where it comes from, the table or itself', () => {
    expect(listOf(table)).toEqual([
      { id: 'A', origin: 'documented', text: 'a' },
      { id: 'B', origin: 'general', text: 'b', choice: 'c', setting: 'limit' },
    ])
  })

  test('gives replies that know their clause, constant or made', () => {
    const { yes, no } = repliesOf(table)
    expect(yes).toEqual({ ...bare(200, 'so it is'), clause: 'A' })
    expect(no(3)).toEqual({ ...bare(401, '3 times'), clause: 'A' })
  })

  test('shares no reply with another one', () => {
    const other = clauseTable()('host', { C: { text: 'c', says: { yes: bare(200, '') }, met } })
    expect(() => repliesOf({ ...table, ...other })).toThrow('Two clauses say "yes"; the second is C.')
  })

  test('tells what its answers mean for a code that was tried', () => {
    expect(codesOf(table)).toEqual({ harmless: ['A'], clearing: ['A'], passing: ['B'] })
  })

  test('decides parts: what speaks of one step first, then what says more of where it fits, then in order', () => {
    const parts = clauseTable()('documented', {
      A: { text: '', met, decides: [{ of: ['A'] }, { where: /a/ }] },
      B: { text: '', met, decides: [{ where: /b/ }, { where: /b/, received: /b/ }] },
      C: { text: '', met, decides: [{ where: /c/, how: ['form'] }, { shows: 'C' }] },
    })
    const told = partsOf(parts).map(({ clause, ...part }) => `${clause} ${Object.keys(part).join(' ')}`)
    expect(told).toEqual(['C shows', 'B where received', 'C where how', 'A where', 'B where', 'A of'])
  })
})

describe.each<[api: string, clauses: ClauseTable]>([
  ['secure-login', secureLogin],
  ['sirportly', sirportly],
  ['gentics-cms', genticsCms],
])('the clauses of %s', (api, clauses) => {
  test('name only clauses that there are, where they decide of others', () => {
    const named = partsOf(clauses).flatMap(({ of = [], notOf = [], shows }) => [...of, ...notOf, shows ?? []].flat())
    expect(named.filter((id) => !Object.hasOwn(clauses, id))).toEqual([])
    expect(named.length).toBeGreaterThan(10)
  })

  test('say nothing that no step replies', () => {
    const folder = new URL(`../../src/apis/${api}/`, import.meta.url)
    const steps = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/mutants/.test(file))
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n')
    const names = Object.keys(repliesOf(clauses))
    expect(names.filter((name) => !new RegExp(`\\breplies\\.${name}\\b`).test(steps))).toEqual([])
    expect(names.length).toBeGreaterThan(15)
  })
})
