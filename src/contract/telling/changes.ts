import { Baseline } from './baseline.ts'
import { changeKinds, type ClauseChange, type ClauseOutcome } from './clause-change.ts'
import type { KeptFailure, KeptReport } from './kept-report.ts'

/** What became of a clause, or of an answer: what a baseline knows of is no better for that. */
export function trueOutcome<Outcome extends string>({
  outcome,
  known,
}: {
  readonly outcome: Outcome
  readonly known?: Outcome | undefined
}): Outcome {
  return known ?? outcome
}

/** What is otherwise in a later run, the worst first, clause by clause; and what still is not as it should be. */
export function clauseChanges(before: KeptReport, after: KeptReport): readonly ClauseChange[] {
  const baseline = new Baseline(before, '')
  const fresh = newFailures(baseline, after)
  const earlier = new Map(before.clauses.map((each) => [each.clause.id, each]))
  const later = new Map(after.clauses.map((each) => [each.clause.id, each]))
  const byClause = [...new Set([...later.keys(), ...earlier.keys()])].flatMap((subject): ClauseChange[] => {
    const [old, now] = [earlier.get(subject), later.get(subject)]
    const [from, to] = [old, now].map((each): ClauseOutcome => (each === undefined ? 'not reached' : trueOutcome(each)))
    if (from === undefined || to === undefined) return []
    const own = fresh.filter(({ failure }) => failure.clause === subject && trueOutcome(failure) === to)
    const kind = kindOf(from, to, own.length > 0)
    const text = (now ?? old)?.clause.text ?? ''
    return kind === undefined ? [] : [{ subject, kind, from, to, text, checks: [...new Set(own.map(({ id }) => id))] }]
  })
  const all = [...byClause, ...expectations(before, after, fresh)]
  return all.sort((one, other) => changeKinds.indexOf(one.kind) - changeKinds.indexOf(other.kind))
}

/** Whether something has got worse that fails a build. */
export function isWorse({ kind }: ClauseChange): boolean {
  return kind === 'newly broken' || kind === 'newly unexpected'
}

function kindOf(from: ClauseOutcome, to: ClauseOutcome, isFresh: boolean): ClauseChange['kind'] | undefined {
  switch (to) {
    case 'broken':
      return from === 'broken' && !isFresh ? 'still broken' : 'newly broken'
    case 'differs':
      return from === 'differs' && !isFresh ? 'still differs' : 'newly differs'
    case 'accepted':
      return from === 'accepted' ? undefined : 'newly accepted'
    case 'kept':
      return from === 'kept' ? undefined : from === 'not reached' ? 'newly tested' : 'mended'
    case 'not reached':
      return from === 'not reached' ? undefined : 'newly untested'
  }
}

interface Fresh {
  readonly id: string
  readonly failure: KeptFailure
}

function newFailures(baseline: Baseline, { checks }: KeptReport): readonly Fresh[] {
  return checks.flatMap(({ id, failures }) =>
    failures.filter((failure) => !baseline.has(id, failure)).map((failure) => ({ id, failure })),
  )
}

/** What journeys of one's own, and consumers, expect beside the contract: by check, as no clause tells it. */
function expectations(before: KeptReport, after: KeptReport, fresh: readonly Fresh[]): readonly ClauseChange[] {
  const isExpectation = (failure: KeptFailure): boolean => ['unexpected', 'outside'].includes(trueOutcome(failure))
  const added = [...new Set(fresh.filter(({ failure }) => isExpectation(failure)).map(({ id }) => id))]
  const passed = new Set(after.checks.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id))
  const mended = before.checks.filter(({ id, failures }) => passed.has(id) && failures.some(isExpectation))
  return [
    ...added.map((id) => changed(id, 'newly unexpected', 'kept', 'differs')),
    ...mended.map(({ id }) => changed(id, 'mended', 'differs', 'kept')),
  ]
}

function changed(subject: string, kind: ClauseChange['kind'], from: ClauseOutcome, to: ClauseOutcome): ClauseChange {
  return { subject, kind, from, to, text: '', checks: [subject] }
}

/** What has changed since a baseline, kind by kind, in a line each. */
export function changesWords({
  file,
  startedAt,
  changes,
}: {
  readonly file: string
  readonly startedAt: string
  readonly changes: readonly ClauseChange[]
}): string[] {
  const since = `Since ${file} (${startedAt})`
  const lines = changeKinds.flatMap((kind) => {
    const subjects = changes.filter((change) => change.kind === kind).map(({ subject }) => subject)
    return subjects.length === 0 ? [] : [`${kind}: ${subjects.join(' ')}`]
  })
  return lines.length === 0 ? [`${since} nothing has changed.`] : [`${since} ${lines.join('; ')}`]
}
