import { isGuess } from '../core/clause.ts'
import type { Kit } from '../core/kit.ts'
import { blame, clausesOf } from './blame.ts'
import { curlLine, type Address } from './curl.ts'
import { isDifferent, type CheckResult, type Exchange } from './exchange.ts'
import type { CheckFinding, Failure } from './findings.ts'

/** Which check a result is of. */
export type Checked = Pick<CheckFinding, 'id' | 'title' | 'kind'> & Partial<Pick<CheckFinding, 'clauses'>>

/** A result as a finding: with the clause that each failure breaks. */
export function toFinding(kit: Kit, check: Checked, result: CheckResult, address: Address, ms: number): CheckFinding {
  const { outcome, because, unavailable, exchanges } = result
  const kept: { [clause: string]: number } = {}
  for (const exchange of exchanges) {
    if (exchange.received === undefined || isDifferent(exchange)) continue
    for (const clause of new Set(clausesOf(kit, exchange))) kept[clause] = (kept[clause] ?? 0) + 1
  }
  const { id, title, kind, clauses = [] } = check
  // Of many requests of one step the first tells enough.
  const different = exchanges.filter(isDifferent).filter(({ step }, at, all) => all[at - 1]?.step !== step)
  const failures = different.map((exchange) => toFailure(kit, check, exchange, address))
  const isHarmless = outcome === 'failed' && failures.every(({ clause }) => isGuess(clause))
  return {
    id,
    title,
    kind,
    outcome: isHarmless ? 'differs' : outcome,
    ...(because === undefined ? {} : { because }),
    ...(unavailable === undefined ? {} : { unavailable }),
    clauses: [...new Set([...clauses, ...exchanges.flatMap((exchange) => clausesOf(kit, exchange))])],
    kept,
    ms,
    failures,
  }
}

function toFailure(kit: Kit, { id, title }: Checked, exchange: Exchange, address: Address): Failure {
  const { step, sent, meaning, differences } = exchange
  return {
    id,
    title,
    step: step + 1,
    clause: blame(kit, exchange),
    because: meaning.because,
    request: `${sent.method} ${sent.path}`,
    curl: curlLine(address, exchange),
    differences,
  }
}
