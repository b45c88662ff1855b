import type { ClauseOutcome } from '../../src/contract/telling/clause-change.ts'
import type { KeptFailure, KeptReport } from '../../src/contract/telling/kept-report.ts'

/** What a made-up run found: the outcome of each clause, and what went wrong in which check. */
export interface MadeRun {
  readonly clauses: { readonly [id: string]: ClauseOutcome }
  readonly failures?: { readonly [check: string]: readonly KeptFailure[] }
  /** Checks that passed. */
  readonly passed?: readonly string[]
  readonly startedAt?: string
  readonly path?: string
}

/** A report, as it is read again. */
export function madeReport({ clauses, failures = {}, passed = [], startedAt, path }: MadeRun): KeptReport {
  const failed = Object.entries(failures).map(([id, each]) => ({ id, outcome: 'failed' as const, failures: each }))
  return {
    target: {
      path: path ?? 'staging.yaml',
      api: 'secure-login',
      title: 'Secure Login',
      baseUrl: 'https://jira.example/jira',
    },
    startedAt: startedAt ?? '2026-11-01T03:00:00.000Z',
    ms: 1000,
    documented: { checked: 1, total: 2 },
    checks: [...failed, ...passed.map((id) => ({ id, outcome: 'passed' as const, failures: [] }))],
    clauses: Object.entries(clauses).map(([id, outcome]) => ({
      clause: { id, text: `what ${id} says <b>`, origin: 'documented' as const },
      outcome,
      shown: 1,
    })),
  }
}

/** One thing that went wrong. */
export function madeFailure(
  clause: string,
  where: readonly string[] = ['status'],
  outcome: KeptFailure['outcome'] = 'broken',
): KeptFailure {
  return { clause, outcome, differences: where.map((each) => ({ where: each })) }
}
