import { version } from '../../../core/version.ts'
import type { CheckFinding, Findings } from '../findings.ts'
import { failureLines } from './words.ts'

const statuses = {
  passed: 'passed',
  failed: 'failed',
  // The format knows nothing between right and wrong; what differs has its own words in `message`.
  differs: 'other',
  accepted: 'other',
  'not reached': 'skipped',
} as const satisfies Record<CheckFinding['outcome'], string>

/** Findings as CTRF (Common Test Report Format), which dashboards and test managers read. Times in milliseconds. */
export function toCtrf({
  target,
  hint,
  brokenOff,
  warnings,
  startedAt,
  ms,
  checks,
  counts,
  documented,
}: Findings): object {
  const start = Date.parse(startedAt)
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    results: {
      tool: { name: 'auth-understudy', version },
      summary: {
        tests: checks.length,
        passed: counts.passed,
        failed: counts.failed,
        pending: 0,
        skipped: counts.notReached,
        other: counts.differs + counts.accepted,
        start,
        stop: start + ms,
      },
      tests: checks.map(toTest),
      environment: { appName: target.title, testEnvironment: target.baseUrl },
      extra: {
        target: target.path,
        documented,
        notes: [hint, brokenOff, ...warnings].filter((line) => line !== undefined),
      },
    },
  }
}

function toTest({ id, title, kind, outcome, because, ms, failures, clauses }: CheckFinding): object {
  const [first] = failures
  const message = because ?? (first === undefined ? undefined : failureLines(first).slice(0, 2).join(' '))
  return {
    name: id,
    status: statuses[outcome],
    rawStatus: outcome,
    duration: ms,
    suite: [id.split('.')[0] ?? id, kind],
    tags: clauses,
    ...(message === undefined ? {} : { message }),
    ...(failures.length === 0 ? {} : { trace: failures.flatMap(failureLines).join('\n') }),
    extra: { title },
  }
}
