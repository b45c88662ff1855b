import type { Binding, Clause } from '../../core/clause.ts'
import type { Difference } from '../comparing/difference.ts'
import type { ClauseChange, ClauseOutcome } from './clause-change.ts'

/** One answer that was not as expected, with the clause that it goes against and how to see it again. */
export type Failure = {
  /** The check's id: stable from run to run, and what `understudy replay` takes. */
  readonly id: string
  readonly title: string
  /** Which step of a journey, counted from 1. */
  readonly step: number
  /** Where the step stands, of a journey of one's own: `journeys/lockout.yaml:4`. */
  readonly written?: string
  readonly clause: string
  /**
   * It is broken where a vendor says what was expected, and differs where nobody but this project does; accepted where
   * the target says so. It is outside the contract where a consumer expects what nobody promises, and unexpected where a
   * journey of one's own does.
   */
  readonly outcome: 'broken' | 'differs' | 'accepted' | 'outside' | 'unexpected'
  /** Why it is accepted. */
  readonly reason?: string
  /** What it is, where it is accepted only because the baseline has it too. */
  readonly known?: Exclude<Failure['outcome'], 'accepted'>
  /** A line for a shell that plays it again, where `understudy replay` does not. */
  readonly again?: string
  /** Why the contract wants what was expected. */
  readonly because: string
  /** Method and path, with the names of values instead of secrets. */
  readonly request: string
  /** A line for a shell that sends the request again; secrets are variables. */
  readonly curl: string
  readonly differences: readonly Difference[]
}

/** What was found out about a clause. */
export type ClauseFinding = {
  readonly clause: Clause
  readonly outcome: ClauseOutcome
  /** What it is, where it is accepted only because the baseline has it too. */
  readonly known?: 'broken' | 'differs'
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
  /** It has failed where a clause is broken that a vendor says; what else is not as expected only differs. */
  readonly outcome: 'passed' | 'failed' | 'differs' | 'accepted' | 'not reached'
  readonly because?: string
  /** Something of it was not reached because the server was not to be had. */
  readonly unavailable?: true
  readonly clauses: readonly string[]
  /** How many answers showed each clause kept. */
  readonly kept: { readonly [clause: string]: number }
  readonly ms: number
  readonly failures: readonly Failure[]
}

/** Everything a run of `verify` found: what reports are made of. It holds no secret. */
export type Findings = {
  readonly target: {
    readonly path: string
    readonly api: string
    readonly title: string
    readonly baseUrl: string
    /** Where journeys of one's own were taken from, beside those that the target names. */
    readonly journeys?: readonly string[]
    /** Which APIs of one's own were named, by their files. */
    readonly apis?: readonly string[]
  }
  /** What would pass where this fails, in words. */
  readonly hint?: string
  /** Where the run was broken off. */
  readonly brokenOff?: string
  /** What to know beside: how far the server's clock is off, which acceptances are of no use any more. */
  readonly warnings: readonly string[]
  /** What is otherwise than in the run that was taken as baseline. */
  readonly baseline?: { readonly file: string; readonly startedAt: string; readonly changes: readonly ClauseChange[] }
  /** Hooks and commands of the target that failed, each once. */
  readonly brokenHooks: readonly string[]
  /** How many of the clauses that a vendor says, of what the target plays, were checked. */
  readonly documented: { readonly checked: number; readonly total: number }
  readonly startedAt: string
  readonly ms: number
  readonly checks: readonly CheckFinding[]
  readonly clauses: readonly ClauseFinding[]
  readonly counts: {
    readonly passed: number
    readonly failed: number
    readonly differs: number
    readonly accepted: number
    readonly notReached: number
  }
}

/** Whether a failure fails a check: what only differs, or is accepted, does not. */
export function isFatal({ outcome }: Pick<Failure, 'outcome'>): boolean {
  return outcome === 'broken' || outcome === 'outside' || outcome === 'unexpected'
}

/** In which members an answer differs, in order; items of lists are as one. */
export function differingMembers({
  differences,
}: {
  readonly differences: readonly Pick<Difference, 'where'>[]
}): string[] {
  return [...new Set(differences.map(({ where }) => where.replaceAll(/\[\d+\]/g, '[…]')))].sort()
}

/** Counts the checks by what became of them. */
export function countOutcomes(checks: readonly CheckFinding[]): Findings['counts'] {
  const count = (wanted: CheckFinding['outcome']): number => checks.filter(({ outcome }) => outcome === wanted).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    differs: count('differs'),
    accepted: count('accepted'),
    notReached: count('not reached'),
  }
}

/** What the checks say of each clause of the contract. */
export function clauseFindings(clauses: readonly Clause[], checks: readonly CheckFinding[]): ClauseFinding[] {
  // What a journey of one's own wants is no more than a clause nobody promises where a vendor does not say it.
  const failures = checks.flatMap((check) =>
    check.failures.map((failure) => (failure.outcome === 'unexpected' ? { ...failure, outcome: 'differs' } : failure)),
  )
  return clauses.map((clause): ClauseFinding => {
    const own = failures.filter((failure) => failure.clause === clause.id)
    const shown = checks.reduce((sum, { kept }) => sum + (kept[clause.id] ?? 0), 0)
    const [outcome] = (['broken', 'differs', 'accepted'] as const).filter((grade) =>
      own.some((failure) => failure.outcome === grade),
    )
    const first = own.find((failure) => failure.outcome === outcome)
    if (outcome !== undefined && first !== undefined) {
      const reason = first.reason === undefined ? '' : `: ${first.reason}`
      const because = `${first.id}, step ${first.step}${reason}`
      const known = outcome === 'accepted' ? knownAs(own) : undefined
      return { clause, outcome, ...(known === undefined ? {} : { known }), shown, because }
    }
    return shown > 0
      ? { clause, outcome: 'kept', shown }
      : { clause, outcome: 'not reached', shown, because: whyNot(clause, checks) }
  })
}

/** What a clause is whose failures are accepted, some of them because a baseline has them. */
function knownAs(failures: readonly Pick<Failure, 'known'>[]): ClauseFinding['known'] {
  const known = failures.flatMap((failure) => failure.known ?? [])
  if (known.length === 0) return undefined
  return known.includes('broken') ? 'broken' : 'differs'
}

function whyNot({ id }: Clause, checks: readonly CheckFinding[]): string {
  const lost = checks.find((check) => check.outcome === 'not reached' && check.clauses.includes(id))
  if (lost !== undefined) return `${lost.id}: ${lost.because ?? ''}`
  const cut = checks.find((check) => check.failures.length > 0 && check.clauses.includes(id))
  const [failure] = cut?.failures ?? []
  return cut === undefined || failure === undefined
    ? 'no check that was played shows it'
    : `${cut.id} went another way before it showed it, at step ${failure.step} (${failure.clause})`
}

/** How many clauses that bind the target were checked: kept, broken or accepted. */
export function documentedOf(clauses: readonly ClauseFinding[], isBinding: Binding): Findings['documented'] {
  const binding = clauses.filter(({ clause }) => isBinding(clause.id))
  return { checked: binding.filter(({ outcome }) => outcome !== 'not reached').length, total: binding.length }
}
