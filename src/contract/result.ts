import type { Clause } from '../core/clause.ts'
import { formatDuration } from '../core/duration.ts'
import type { Kit, Part } from '../core/kit.ts'
import type { Difference } from './difference.ts'
import type { Exchange, JourneyResult } from './play-journey.ts'

/** One difference, with the clause that is broken by it and how to see it again. */
export type Failure = {
  /** The journey's id: stable from run to run, and what `understudy replay` takes. */
  readonly id: string
  readonly title: string
  /** Which step of it, counted from 1. */
  readonly step: number
  readonly clause: string
  readonly because: string
  readonly request: string
  readonly differences: readonly Difference[]
}

/** What was found out about a clause. */
export type ClauseFinding = {
  readonly clause: Clause
  readonly outcome: 'kept' | 'broken' | 'not reached'
  /** How many answers showed it kept. */
  readonly shown: number
  /** Why it was not reached, or by what it was broken. */
  readonly because?: string
}

/** What became of one check. */
export type CheckFinding = {
  readonly id: string
  readonly title: string
  readonly kind: 'journey' | 'interaction'
  readonly outcome: 'passed' | 'failed' | 'not reached'
  readonly because?: string
  readonly clauses: readonly string[]
  readonly ms: number
  readonly failures: readonly Failure[]
}

/** Everything a run of `verify` found: what reports are made of. */
export type Findings = {
  readonly target: { readonly path: string; readonly api: string; readonly title: string; readonly baseUrl: string }
  /** The revision or dialect that would pass where this one fails, in words. */
  readonly hint?: string
  readonly startedAt: string
  readonly ms: number
  readonly checks: readonly CheckFinding[]
  readonly clauses: readonly ClauseFinding[]
  readonly counts: { readonly passed: number; readonly failed: number; readonly notReached: number }
}

/**
 * The clause that is broken by a difference: of the part that differs; of the step, where the server decided otherwise
 * than it should; or else the one that the answer plays.
 */
export function blame(kit: Kit, { meaning, shows }: Exchange, difference: Difference | undefined): string {
  if (difference === undefined) return shows ?? meaning.clause
  const { where, how, received } = difference
  if (kit.verdicts === undefined && shows !== undefined) return shows
  const part = kit.parts.find(
    (candidate) =>
      isOf(candidate, meaning.clause) &&
      candidate.where?.test(where) !== false &&
      candidate.how?.includes(how) !== false &&
      candidate.received?.test(received) !== false,
  )
  if (part !== undefined) return part.clause
  const decides = kit.verdicts?.some((verdict) => verdict.where.test(where) && verdict.received.test(received)) === true
  return (decides ? shows : undefined) ?? meaning.clause
}

function isOf({ of }: Part, clause: string): boolean {
  return of === undefined || of.includes(clause)
}

/** A journey's result as a finding. */
export function toFinding(kit: Kit, result: JourneyResult, ms: number): CheckFinding {
  const { journey, outcome, because, exchanges } = result
  const failures = exchanges
    .filter(({ differences }) => differences.length > 0)
    .map((exchange): Failure => {
      const { step, call, meaning, differences } = exchange
      return {
        id: journey.id,
        title: journey.title,
        step: step + 1,
        clause: blame(kit, exchange, differences[0]),
        because: meaning.because,
        request: `${call.method} ${call.path}`,
        differences,
      }
    })
  const clauses = [...new Set(exchanges.flatMap((exchange) => clausesOf(kit, exchange)))]
  return {
    id: journey.id,
    title: journey.title,
    kind: 'journey',
    outcome,
    ...(because === undefined ? {} : { because }),
    clauses,
    ms,
    failures,
  }
}

/** Every clause that an answer shows: the one it plays, the one its step is there for, and those of its parts. */
export function clausesOf(kit: Kit, exchange: Exchange): string[] {
  const { meaning, shows, expected } = exchange
  const places = placesOf(expected.body)
  const parts = kit.parts.filter(
    (part) => isOf(part, meaning.clause) && places.some((place) => part.where?.test(place) ?? part.of !== undefined),
  )
  return [meaning.clause, ...(shows === undefined ? [] : [shows]), ...parts.map(({ clause }) => clause)]
}

/** Everything that an answer tells, as it is called where it differs: `body.blocked`, `body.blocked.until`. */
function placesOf(body: string): string[] {
  const visit = (value: unknown, where: string): string[] => {
    if (typeof value !== 'object' || value === null) return [where]
    const members = Object.entries(value).flatMap(([name, member]) =>
      visit(member, Array.isArray(value) ? `${where}[${name}]` : `${where}.${name}`),
    )
    return [where, ...members]
  }
  try {
    return visit(JSON.parse(body), 'body')
  } catch {
    return []
  }
}

/** What the checks say of each clause of the contract. */
export function clauseFindings(
  clauses: readonly Clause[],
  kit: Kit,
  results: readonly JourneyResult[],
  checks: readonly CheckFinding[],
): ClauseFinding[] {
  return clauses.map((clause): ClauseFinding => {
    const failure = checks.flatMap(({ failures }) => failures).find((candidate) => candidate.clause === clause.id)
    const kept = results
      .flatMap(({ exchanges }) => exchanges)
      .filter((exchange) => exchange.differences.length === 0 && exchange.received !== undefined)
    const shown = kept.filter((exchange) => clausesOf(kit, exchange).includes(clause.id)).length
    if (failure !== undefined)
      return { clause, outcome: 'broken', shown, because: `${failure.id}, step ${failure.step}` }
    if (shown > 0) return { clause, outcome: 'kept', shown }
    const lost = checks.find((check) => check.outcome === 'not reached' && check.clauses.includes(clause.id))
    return {
      clause,
      outcome: 'not reached',
      shown,
      because: lost?.because ?? 'no check of this kit shows it by itself',
    }
  })
}

/** A line that sums up. */
export function summary({ counts, ms }: Findings): string {
  const { passed, failed, notReached } = counts
  return `${passed} passed, ${failed} failed, ${notReached} not reached, in ${formatDuration(Math.max(1, Math.round(ms)))}`
}
