import { describe, expect, test } from 'vitest'
import * as registry from '../../src/apis/registry.ts'
import { coverageOf, wayTo } from '../../src/contract/coverage/coverage.ts'
import type { AnyApi } from '../../src/core/api.ts'
import type { Universe } from '../../src/core/tracing.ts'
import type { TraceLine } from '../../src/world/trace.ts'
import { genticsCmsBehaviours } from '../suites/gentics-cms.suite.ts'
import { secureLoginBehaviours } from '../suites/secure-login.suite.ts'
import { sirportlyBehaviours } from '../suites/sirportly.suite.ts'
import { traceOf } from './traced.ts'
import { go } from './way.ts'

const { secureLogin, sirportly, genticsCms } = registry

describe.each([
  [secureLogin, secureLoginBehaviours],
  [sirportly, sirportlyBehaviours],
  [genticsCms, genticsCmsBehaviours],
] as const)('what there is to meet of $id', (api: AnyApi, behaviours) => {
  test('has each clause once', async () => {
    expect(Object.keys((await universeOf(api)).clauses).sort()).toEqual(api.clauses.map(({ id }) => id).sort())
  })

  test('names only clauses that answers play, where something is met with another', async () => {
    const universe = await universeOf(api)
    const named = Object.values(universe).flatMap((group) =>
      Object.values(group as Universe['clauses']).flatMap((reach) => ('with' in reach ? reach.with : [])),
    )
    const played = Object.entries(universe.clauses).flatMap(([id, reach]) => ('way' in reach ? [id] : []))
    expect(named.filter((id) => !played.includes(id))).toEqual([])
  })

  test('is met by the lines that are said to meet it', async () => {
    const universe = await universeOf(api)
    const traces = new Map<string, TraceLine[]>()
    const unkept: string[] = []
    for (const group of ['clauses', 'states', 'transitions', 'statuses'] as const) {
      for (const [id, reach] of Object.entries(universe[group])) {
        if ('apart' in reach) continue
        const { way } = wayTo(reach, universe)
        const lines = traces.get(way) ?? (await go(way))
        traces.set(way, lines)
        const { apis } = coverageOf(lines, [{ api, universe }], { all: true, ignored: [] })
        const missing = apis.flatMap(({ groups }) => groups.flatMap(({ missing: items }) => items))
        if (missing.some((item) => item.id === id)) {
          unkept.push(`${group} ${id}: ${way}: ${lines.map(({ clause, status }) => `${clause} ${status}`).join(', ')}`)
        }
      }
    }
    expect(unkept).toEqual([])
    expect(traces.size).toBeGreaterThan(15)
  }, 60_000)

  test('is all that the behaviours show: clauses, states and statuses', async () => {
    const universe = await universeOf(api)
    const lines = (await traceOf(behaviours)).filter((line) => line.api === api.id && line.fault === undefined)
    const known = (id: string): boolean => {
      const reach = universe.clauses[id]
      return reach !== undefined && 'way' in reach
    }
    expect([...new Set(lines.map(({ clause }) => clause))].filter((id) => !known(id))).toEqual([])
    const states = lines.flatMap(({ caller }) => (caller === undefined ? [] : [caller.before, caller.after]))
    expect([...new Set(states)].filter((state) => !Object.hasOwn(universe.states, state))).toEqual([])
    const statuses = Object.keys(universe.statuses).flatMap((id) => {
      const [operation, all = ''] = id.split(' ')
      return all.split('/').map((status) => `${operation} ${status}`)
    })
    const met = lines.flatMap(({ operation, status }) => (operation === undefined ? [] : [`${operation} ${status}`]))
    expect([...new Set(met)].filter((status) => !statuses.includes(status))).toEqual([])
  })
})

async function universeOf(api: AnyApi): Promise<Universe> {
  const tracing = await api.tracing?.()
  if (tracing === undefined) throw new Error(`${api.id} tells nothing`)
  return tracing.universe
}
