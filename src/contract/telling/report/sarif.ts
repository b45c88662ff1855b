import { version } from '../../../core/version.ts'
import { isFatal, type Findings } from '../findings.ts'
import { groupFailures, type FailureGroup } from './grouping.ts'
import { groupLines } from './words.ts'

/** Findings as SARIF 2.1.0, which code scanning reads: a rule for each clause, and a result for each thing that is wrong. */
export function toSarif(findings: Findings): object {
  const { target, clauses } = findings
  const groups = groupFailures(findings)
  const met = clauses.filter(({ clause }) => groups.some((group) => group.clause === clause.id))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'auth-understudy',
            version,
            rules: met.map(({ clause: { id, text, origin } }) => ({
              id,
              shortDescription: { text },
              properties: { origin },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: findings.brokenOff === undefined && findings.brokenHooks.length === 0,
            toolExecutionNotifications: [
              findings.hint,
              findings.brokenOff,
              ...findings.brokenHooks,
              ...findings.warnings,
            ]
              .filter((line) => line !== undefined)
              .map((text) => ({ level: 'warning', message: { text } })),
          },
        ],
        results: groups.map((group) => toResult(group, target.path)),
      },
    ],
  }
}

function toResult(group: FailureGroup, path: string): object {
  const { clause, outcome, first, checks } = group
  return {
    ruleId: clause,
    level: isFatal(group) ? 'error' : 'note',
    message: { text: groupLines(group).join('\n') },
    // The server has no file; the target that names it has.
    locations: [
      { physicalLocation: { artifactLocation: { uri: path.replaceAll('\\', '/') }, region: { startLine: 1 } } },
    ],
    partialFingerprints: { clauseAndCheck: `${clause}/${first.id}` },
    properties: { checks },
    ...(outcome === 'accepted' ? { suppressions: [{ kind: 'external', justification: first.reason ?? '' }] } : {}),
  }
}
