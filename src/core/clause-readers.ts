import type { ClauseTable } from './clause-entry.ts'
import type { Clause } from './clause.ts'
import type { AnswerPart, Kit, Lockout } from './kit.ts'
import type { Universe } from './tracing.ts'

const listed = new WeakMap<ClauseTable, readonly Clause[]>()

/** The clauses as they are listed, counted and told; the same list each time. */
export function listOf(table: ClauseTable): readonly Clause[] {
  const known = listed.get(table)
  if (known !== undefined) return known
  const list = Object.entries(table).map(([id, { origin, text, choice, settings, source }]) => ({
    id,
    origin,
    text,
    ...(choice === undefined ? {} : { choice }),
    ...(settings === undefined ? {} : { setting: settings.join(', ') }),
    ...(source === undefined ? {} : { source }),
  }))
  listed.set(table, list)
  return list
}

/** How each clause is met. */
export function reachOf(table: ClauseTable): Universe['clauses'] {
  return Object.fromEntries(Object.entries(table).map(([id, { met }]) => [id, met]))
}

/** How the contract kit compares answers, as far as clauses tell. */
export function comparisonOf(table: ClauseTable): Required<Pick<Kit, 'volatile' | 'statusOnly' | 'parts'>> {
  return {
    volatile: Object.assign({}, ...Object.values(table).map(({ varies }) => varies)),
    statusOnly: idsWhere(table, ({ statusOnly }) => statusOnly === true),
    parts: partsOf(table),
  }
}

/**
 * Which clause a part of an answer is about. First comes what speaks of one step, then what says more of where it fits, and
 * else what stands first.
 */
export function partsOf(table: ClauseTable): readonly AnswerPart[] {
  return Object.entries(table)
    .flatMap(([clause, { decides = [] }]) => decides.map((part) => ({ ...part, clause })))
    .sort((one, other) => precision(other) - precision(one))
}

function precision({ of, shows, where, how, expected, received }: AnswerPart): number {
  const count = (...said: readonly unknown[]): number => said.filter((each) => each !== undefined).length
  return count(shows) * 8 + count(where) * 4 + count(expected, received) * 2 + count(how, of)
}

/** What answers tell of codes that were tried. */
export function codesOf(table: ClauseTable): Required<Pick<Lockout, 'harmless' | 'passing' | 'clearing'>> {
  return {
    harmless: idsWhere(table, ({ code }) => code === 'right' || code === 'uncounted'),
    passing: idsWhere(table, ({ code }) => code === 'unneeded'),
    clearing: idsWhere(table, ({ code }) => code === 'right'),
  }
}

function idsWhere(table: ClauseTable, holds: (entry: ClauseTable[string]) => boolean): string[] {
  return Object.entries(table).flatMap(([id, entry]) => (holds(entry) ? [id] : []))
}
