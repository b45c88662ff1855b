import type { Kit } from '../../core/kit.ts'
import { chargesOf, clausesOf, goesAnotherWay, noClause, type Charge } from '../playing/blame.ts'
import { curlLine } from './curl.ts'
import { isDifferent, type CheckResult, type Exchange } from '../playing/exchange.ts'
import { isFatal, type CheckFinding, type Failure } from './findings.ts'
import type { Judge } from './judge.ts'

/** Which check a result is of. */
export type CheckName = Pick<CheckFinding, 'id' | 'title' | 'kind'> & Partial<Pick<CheckFinding, 'clauses'>>

/** A result as a finding: with each clause that an answer goes against, and whether that is wrong. */
export function toFinding(judge: Judge, check: CheckName, result: CheckResult, ms: number): CheckFinding {
  const { outcome, because, unavailable, exchanges } = result
  const { id, title, kind, clauses = [] } = check
  // Of many requests of one step the first tells enough.
  const different = exchanges.filter(isDifferent).filter(({ step }, at, all) => all[at - 1]?.step !== step)
  const failures = different.flatMap((exchange) =>
    chargesOf(judge.kit, exchange).map((charge) => toFailure(judge, check, exchange, charge)),
  )
  return {
    id,
    title,
    kind,
    outcome: outcome === 'failed' ? gravest(failures) : outcome,
    ...(because === undefined ? {} : { because }),
    ...(unavailable === undefined ? {} : { unavailable }),
    clauses: [...new Set([...clauses, ...exchanges.flatMap((exchange) => clausesOf(judge.kit, exchange))])],
    kept: keptBy(judge.kit, exchanges),
    ms,
    failures,
  }
}

/** How many answers showed each clause kept: those that went against none, and of others what was not amiss. */
function keptBy(kit: Kit, exchanges: readonly Exchange[]): CheckFinding['kept'] {
  const kept: { [clause: string]: number } = {}
  for (const exchange of exchanges) {
    if (exchange.received === undefined || goesAnotherWay(kit, exchange)) continue
    const amiss = new Set(chargesOf(kit, exchange).map(({ clause }) => clause))
    const shown = clausesOf(kit, exchange).filter((clause) => !amiss.has(clause))
    for (const clause of new Set(shown)) kept[clause] = (kept[clause] ?? 0) + 1
  }
  return kept
}

function gravest(failures: readonly Failure[]): CheckFinding['outcome'] {
  if (failures.some(isFatal)) return 'failed'
  return failures.every(({ outcome }) => outcome === 'accepted') ? 'accepted' : 'differs'
}

function toFailure(
  { isBinding, accepted, baseline, address }: Judge,
  { id, title }: CheckName,
  exchange: Exchange,
  { clause, differences }: Charge,
): Failure {
  const { step, sent, meaning } = exchange
  const place = sent.written?.['step']?.place
  const because = clause === noClause ? `the journey expects it, where ${meaning.because}` : meaning.because
  const grade = gradeOf(isBinding(clause), differences)
  const isKnown = baseline?.has(id, { clause, outcome: grade, differences }) === true
  const reason =
    accepted.reasonFor(id, clause, differences) ?? (isKnown ? `known, as ${baseline.file} has it` : undefined)
  return {
    id,
    title,
    step: sent.number ?? step + 1,
    ...(place === undefined ? {} : { written: `${place.file}:${place.line}` }),
    clause,
    outcome: reason === undefined ? grade : 'accepted',
    ...(reason === undefined ? {} : { reason }),
    ...(isKnown ? { known: grade } : {}),
    because,
    request: `${sent.method} ${sent.path}`,
    curl: curlLine(address, exchange),
    differences,
  }
}

/** What a vendor says is broken; what else somebody expects in a journey of their own is not as they expect it. */
function gradeOf(isBinding: boolean, differences: Charge['differences']): Exclude<Failure['outcome'], 'accepted'> {
  if (isBinding) return 'broken'
  return differences.some(({ expectedBy }) => expectedBy !== undefined) ? 'unexpected' : 'differs'
}
