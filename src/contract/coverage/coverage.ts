import type { AnyApi } from '../../core/api.ts'
import type { Origin } from '../../core/clause.ts'
import { faultClause } from '../../core/fault.ts'
import type { Reach, Universe } from '../../core/tracing.ts'
import type { TraceLine } from '../../world/trace.ts'

/** What somebody met of some APIs, and what not. */
export interface Coverage extends Share {
  readonly requests: number
  readonly apis: readonly ApiCoverage[]
}

/** Part of a whole. */
export interface Share {
  readonly met: number
  readonly total: number
  /** To one decimal, cut off: only all of it is 100. */
  readonly percent: number
}

export interface ApiCoverage extends Share {
  readonly id: string
  readonly title: string
  readonly groups: readonly GroupCoverage[]
  /** Clauses that cannot be met, and why not. */
  readonly apart: readonly { readonly id: string; readonly because: string }[]
}

/** Things of one kind. */
export interface GroupCoverage extends Share {
  readonly name: 'clauses' | 'states' | 'transitions' | 'statuses' | 'host' | 'assumed'
  /** Whether it counts in the share of the API. */
  readonly counts: boolean
  readonly missing: readonly Missing[]
}

/** Something that was not met, and a line for a shell that meets it. */
export interface Missing {
  readonly id: string
  readonly text?: string
  readonly way: string
  /** The clause whose way that is, where it is not its own. */
  readonly with?: string
}

/** An API with what there is to meet. */
export interface Covered {
  readonly api: AnyApi
  readonly universe: Universe
}

/** What is counted. */
export interface Counting {
  /** What is assumed, and the products around the contract, count as well. */
  readonly all: boolean
  /** Ids that nobody wants counted: of clauses, states, transitions, statuses, or of operations with all of theirs. */
  readonly ignored: readonly string[]
}

/**
 * Counts what the traces met. What is assumed, and the products around the contract, are told apart and count only if
 * `all` of it is wanted: who depends on neither has nothing to test there.
 */
export function coverageOf(lines: readonly TraceLine[], covered: readonly Covered[], counting: Counting): Coverage {
  const ids = new Set(covered.map(({ api }) => api.id))
  const apis = covered.map((each) =>
    ofApi(
      each,
      lines.filter(({ api }) => api === each.api.id),
      counting,
    ),
  )
  return { requests: lines.filter(({ api }) => api !== undefined && ids.has(api)).length, apis, ...sum(apis) }
}

function ofApi({ api, universe }: Covered, lines: readonly TraceLine[], { all, ignored }: Counting): ApiCoverage {
  const items = itemsOf(api, universe, lines).filter(({ id }) => !isIgnored(id, ignored))
  const group = (name: GroupCoverage['name'], counts: boolean): GroupCoverage => {
    const own = items.filter((item) => item.group === name)
    const missing = own.filter(({ isMet }) => !isMet)
    return {
      name,
      counts,
      ...share(own.length - missing.length, own.length),
      missing: missing.map(({ group: _group, isMet: _isMet, ...item }) => item),
    }
  }
  const groups = [
    ...(['clauses', 'states', 'transitions', 'statuses'] as const).map((name) => group(name, true)),
    ...(['host', 'assumed'] as const).map((name) => group(name, all)),
  ].filter(({ total }) => total > 0)
  const apart = Object.entries(universe.clauses).flatMap(([id, reach]) =>
    'apart' in reach ? [{ id, because: reach.apart }] : [],
  )
  return { id: api.id, title: api.title, groups, apart, ...sum(groups.filter(({ counts }) => counts)) }
}

interface Item extends Missing {
  readonly group: GroupCoverage['name']
  readonly isMet: boolean
}

function itemsOf(api: AnyApi, universe: Universe, lines: readonly TraceLine[]): readonly Item[] {
  const origins = new Map(api.clauses.map(({ id, origin }) => [id, origin]))
  const met = meetings(lines)
  const clauses = Object.entries(universe.clauses).flatMap(([id, reach]): Item[] => {
    if ('apart' in reach) return []
    const isMet = met.clauses.has(id) || ('with' in reach && reach.with.some((other) => met.clauses.has(other)))
    const text = api.clauses.find((clause) => clause.id === id)?.text
    const group = groupOf(origins.get(id), 'clauses')
    return [{ id, ...(text === undefined ? {} : { text }), ...wayTo(reach, universe), isMet, group }]
  })
  const others = (name: 'states' | 'transitions' | 'statuses', isMet: (id: string) => boolean): Item[] =>
    Object.entries(universe[name]).map(([id, reach]) => {
      const clause = 'with' in reach ? reach.with[0] : reach.of
      const origin = clause === undefined ? undefined : origins.get(clause)
      return { id, ...wayTo(reach, universe), isMet: isMet(id), group: groupOf(origin, name) }
    })
  return [
    ...clauses,
    ...others('states', (id) => met.states.has(id)),
    ...others('transitions', (id) => met.transitions.has(id)),
    ...others('statuses', (id) => alternatives(id).some((status) => met.statuses.has(status))),
  ]
}

function groupOf(origin: Origin | undefined, otherwise: GroupCoverage['name']): GroupCoverage['name'] {
  return origin === 'assumed' || origin === 'host' ? origin : otherwise
}

function meetings(lines: readonly TraceLine[]): Readonly<Record<keyof Universe, ReadonlySet<string>>> {
  // What a fault makes of an answer is no answer of the API: neither its status nor what it made of the caller was seen.
  const answered = lines.filter(({ clause }) => clause !== faultClause)
  const known = answered.filter(({ operation }) => operation !== undefined)
  const callers = answered.flatMap(({ operation, caller }) => (caller === undefined ? [] : [{ operation, ...caller }]))
  const between = lines.flatMap(({ meanwhile }) => (meanwhile === undefined ? [] : [meanwhile]))
  return {
    clauses: new Set(answered.map(({ clause }) => clause)),
    states: new Set(callers.flatMap(({ before, after }) => [before, after])),
    transitions: new Set([
      ...callers.map(({ operation, before, after }) => `${operation}: ${before} → ${after}`),
      ...between.map(({ from, to }) => `meanwhile: ${from} → ${to}`),
    ]),
    statuses: new Set(known.map(({ operation, status }) => `${operation} ${status}`)),
  }
}

/** `login 200/201` is either. */
function alternatives(id: string): readonly string[] {
  const [operation = '', statuses = ''] = id.split(' ')
  return statuses.split('/').map((status) => `${operation} ${status}`)
}

/** A line that meets it: its own, or that of the clause it is met with. */
export function wayTo(reach: Reach, universe: Universe): Pick<Missing, 'way' | 'with'> {
  if ('way' in reach) return { way: reach.way }
  const [clause = ''] = reach.with
  const other = universe.clauses[clause]
  return other === undefined || 'apart' in other ? { way: '' } : { way: wayTo(other, universe).way, with: clause }
}

/** Everything that may be ignored: the ids there are, and the operations. */
export function idsOf({ api, universe }: Covered): readonly string[] {
  return [...Object.values(universe).flatMap((group) => Object.keys(group)), ...api.operations.map(({ id }) => id)]
}

/** `logout` is also `logout 204` and `logout: …`. */
function isIgnored(id: string, ignored: readonly string[]): boolean {
  return ignored.some((each) => id === each || id.startsWith(`${each} `) || id.startsWith(`${each}: `))
}

function sum(parts: readonly Share[]): Share {
  const add = (member: 'met' | 'total'): number => parts.reduce((total, part) => total + part[member], 0)
  return share(add('met'), add('total'))
}

function share(met: number, total: number): Share {
  return { met, total, percent: total === 0 ? 100 : Math.floor((met * 1000) / total) / 10 }
}
