import { fromIso } from '../../core/instant.ts'
import { clauseChanges, trueOutcome } from '../telling/changes.ts'
import type { ClauseChange, ClauseOutcome } from '../telling/clause-change.ts'
import type { KeptReport } from '../telling/kept-report.ts'

/** One run of a target, beside those before it. */
export type KeptRun = {
  readonly startedAt: string
  /** How many clauses had each outcome. What a baseline knows of is what it is. */
  readonly counts: { readonly [outcome in ClauseOutcome]: number }
  /** The outcome of each clause, by its id. */
  readonly outcomes: { readonly [clause: string]: ClauseOutcome }
  /** What is otherwise than in the run before; all that is amiss in the first one. */
  readonly changes: readonly Pick<ClauseChange, 'subject' | 'kind'>[]
}

/** The runs of one target, the oldest first. */
export type Track = {
  readonly target: KeptReport['target']
  /** What each clause says, by its id, in the order of the contract. */
  readonly clauses: { readonly [clause: string]: string }
  readonly runs: readonly KeptRun[]
}

/** Puts reports in order: by target, and by when they began. One that is there twice counts once. */
export function tracksOf(reports: readonly KeptReport[]): readonly Track[] {
  const byTarget = new Map<string, Map<string, KeptReport>>()
  for (const report of reports) {
    const key = JSON.stringify([report.target.api, report.target.path])
    const runs = byTarget.get(key) ?? new Map<string, KeptReport>()
    byTarget.set(key, runs.set(report.startedAt, report))
  }
  return [...byTarget.values()].map((runs) => trackOf([...runs.values()]))
}

function trackOf(reports: readonly KeptReport[]): Track {
  const ordered = [...reports].sort((one, other) => timeOf(one) - timeOf(other))
  const latest = ordered.at(-1) as KeptReport
  // The contract may have had other clauses once.
  const all = [latest, ...ordered].flatMap(({ clauses }) =>
    clauses.map(({ clause }) => [clause.id, clause.text] as const),
  )
  const runs = ordered.map((report, at) => runOf(report, ordered[at - 1]))
  return { target: latest.target, clauses: Object.fromEntries(new Map(all)), runs }
}

function runOf(report: KeptReport, before: KeptReport | undefined): KeptRun {
  const counts = { kept: 0, accepted: 0, differs: 0, broken: 0, 'not reached': 0 }
  for (const clause of report.clauses) counts[trueOutcome<ClauseOutcome>(clause)]++
  const changes = clauseChanges(before ?? { ...report, clauses: [], checks: [] }, report)
  const isNews = ({ kind }: ClauseChange): boolean =>
    !kind.startsWith('still') && (before !== undefined || !['newly tested', 'newly accepted'].includes(kind))
  return {
    startedAt: report.startedAt,
    counts,
    outcomes: Object.fromEntries(report.clauses.map((each) => [each.clause.id, trueOutcome<ClauseOutcome>(each)])),
    changes: changes.filter(isNews).map(({ subject, kind }) => ({ subject, kind })),
  }
}

function timeOf({ startedAt }: KeptReport): number {
  return fromIso(startedAt) ?? 0
}
