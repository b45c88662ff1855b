import { differingMembers, type CheckFinding, type Failure, type Findings } from '../findings.ts'

/** Failures that are one: of one clause, in the same members, in however many checks. */
export type FailureGroup = {
  readonly clause: string
  /** What the clause says. */
  readonly text: string
  readonly outcome: Failure['outcome']
  /** The first of them, which stands for all. */
  readonly first: Failure
  /** The ids of the checks that met it, in their order. */
  readonly checks: readonly string[]
}

const gravity: readonly Failure['outcome'][] = ['broken', 'outside', 'unexpected', 'differs', 'accepted']

/** What went wrong, each thing once: what is broken first, and of that what most checks met. */
export function groupFailures({ checks, clauses }: Pick<Findings, 'checks' | 'clauses'>): FailureGroup[] {
  const texts = new Map(clauses.map(({ clause }) => [clause.id, clause.text]))
  const groups = new Map<string, FailureGroup>()
  for (const failure of checks.flatMap(({ failures }) => failures)) {
    const { clause, outcome, id } = failure
    // What one journey expects says nothing of another.
    const key = JSON.stringify([clause, outcome, differingMembers(failure), outcome === 'unexpected' ? id : ''])
    const known = groups.get(key)
    const met = known?.checks.includes(id) === true ? [] : [id]
    groups.set(key, {
      clause,
      outcome,
      text: texts.get(clause) ?? '',
      first: known?.first ?? failure,
      checks: [...(known?.checks ?? []), ...met],
    })
  }
  return [...groups.values()].sort(
    (one, other) =>
      gravity.indexOf(one.outcome) - gravity.indexOf(other.outcome) || other.checks.length - one.checks.length,
  )
}

/** Checks that were not reached, by reason: most have one in common. */
export function groupUnreached(
  checks: readonly CheckFinding[],
): { readonly because: string; readonly ids: readonly string[] }[] {
  const byReason = new Map<string, string[]>()
  for (const { id, outcome, because = '' } of checks) {
    if (outcome === 'not reached') byReason.set(because, [...(byReason.get(because) ?? []), id])
  }
  return [...byReason].map(([because, ids]) => ({ because, ids }))
}

/** Some ids, and how many there are beside. */
export function someOf(ids: readonly string[], most = 3): string {
  return ids.length > most ? `${ids.slice(0, most).join(', ')} and ${ids.length - most} more` : ids.join(', ')
}
