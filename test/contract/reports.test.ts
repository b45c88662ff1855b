import { describe, expect, it } from 'vitest'
import type { CheckFinding, Findings } from '../../src/contract/telling/findings.ts'
import { clauseFindings, countOutcomes } from '../../src/contract/telling/findings.ts'
import { groupFailures } from '../../src/contract/telling/report/grouping.ts'
import { formats } from '../../src/contract/telling/report/report.ts'
import { isWellFormed } from './xml.ts'

const nasty = `<b>&"'|*_\`\\\u0000\u001b[31m]]> ::error:: 100%\nsecond line é 😀`

const failed: CheckFinding = {
  id: 'secure-login.lockout',
  title: nasty,
  kind: 'journey',
  outcome: 'failed',
  clauses: ['SL-14', 'SL-11'],
  kept: { 'SL-11': 2 },
  ms: 1234,
  failures: [
    {
      id: 'secure-login.lockout',
      title: nasty,
      step: 3,
      clause: 'SL-14',
      outcome: 'broken',
      because: 'this was failure 3 of 3',
      request: 'GET /user',
      curl: 'curl -i "https://jira.example/user"',
      differences: [{ where: 'body.state', how: 'value', expected: '"blocked"', received: nasty }],
    },
  ],
}
const checks: readonly CheckFinding[] = [
  failed,
  {
    ...failed,
    id: 'secure-login.flow',
    title: 'a login',
    outcome: 'passed',
    kept: { 'SL-10': 1 },
    clauses: ['SL-10'],
    failures: [],
  },
  {
    ...failed,
    id: 'secure-login.pact.sl-x2-a-guess',
    kind: 'interaction',
    outcome: 'differs',
    clauses: ['SL-X2'],
    failures: failed.failures.map((failure) => ({
      ...failure,
      id: 'secure-login.pact.sl-x2-a-guess',
      step: 1,
      clause: 'SL-X2',
      outcome: 'differs' as const,
    })),
  },
  {
    ...failed,
    id: 'secure-login.expiry',
    outcome: 'not reached',
    because: `it waits | ${nasty}`,
    kept: {},
    clauses: ['SL-U6'],
    failures: [],
  },
]
const clauses = ['SL-10', 'SL-11', 'SL-14', 'SL-U6', 'SL-X2', 'SL-16'].map((id) => ({
  id,
  text: `what ${id} says | ${nasty}`,
  origin: 'documented' as const,
}))
const findings: Findings = {
  target: {
    path: 'targets/staging.yaml',
    api: 'secure-login',
    title: 'Secure Login',
    baseUrl: 'https://jira.example/jira',
  },
  hint: `it plays revision: legacy ${nasty}`,
  warnings: [`The server's clock is 8s ahead. ${nasty}`],
  brokenHooks: [],
  documented: { checked: 3, total: 6 },
  startedAt: '2026-01-15T09:00:00.000Z',
  ms: 4321,
  checks,
  clauses: clauseFindings(clauses, checks),
  counts: countOutcomes(checks),
}

function told(format: string, what: Findings = findings): string {
  return formats[format]?.(what).content ?? ''
}

it('every clause has one outcome, and what is not kept a reason', () => {
  expect(findings.clauses.map(({ clause, outcome, shown, because }) => [clause.id, outcome, shown, because])).toEqual([
    ['SL-10', 'kept', 1, undefined],
    ['SL-11', 'kept', 4, undefined],
    ['SL-14', 'broken', 0, 'secure-login.lockout, step 3'],
    ['SL-U6', 'not reached', 0, expect.stringMatching(/^secure-login\.expiry: it waits/)],
    ['SL-X2', 'differs', 0, 'secure-login.pact.sl-x2-a-guess, step 1'],
    ['SL-16', 'not reached', 0, 'no check that was played shows it'],
  ])
  expect(findings.counts).toEqual({ passed: 1, failed: 1, differs: 1, accepted: 0, notReached: 1 })
})

describe('JUnit', () => {
  const xml = told('junit')

  it('is well-formed XML, whatever a server says', () => {
    expect(isWellFormed(xml)).toBe(true)
    expect(isWellFormed(xml.replace('</testsuite>', ''))).toBe(false)
    expect(isWellFormed(xml.replace('&lt;b', '<b'))).toBe(false)
  })

  it('has a case for each check, with stable names, in the words of JUnit', () => {
    expect(
      [...xml.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"/g)].map(([, from, name]) => [from, name]),
    ).toEqual(checks.map(({ id, kind }) => [`secure-login.${kind}`, id]))
    expect(xml).toMatch(
      /<testsuite name="Secure Login at [^"]*" tests="4" failures="1" errors="0" skipped="1" time="4\.321"/,
    )
    expect(xml).toMatch(
      /<testsuites name="auth-understudy" tests="4" failures="1" errors="0" skipped="1" time="4\.321">/,
    )
    expect(xml.match(/<failure type="SL-14" message="SL-14 is broken: GET \/user/g)).toHaveLength(1)
    expect(xml.match(/<skipped message="it waits/g)).toHaveLength(1)
  })
})

describe('GitHub annotations', () => {
  const lines = told('github').trimEnd().split('\n')

  it('are one line each, whatever a server says', () => {
    expect(lines.map((line) => line.slice(0, line.indexOf('::', 2)))).toEqual([
      '::error title=understudy',
      '::error file=targets/staging.yaml,title=SL-14 is broken',
      '::notice file=targets/staging.yaml,title=SL-X2 differs',
      '::notice title=Secure Login',
    ])
    expect(lines[1]).toContain('GET /user (secure-login.lockout)%0Abody.state: expected "blocked", received ')
    expect(lines[1]).toContain(String.raw`100%25\nsecond line`)
  })
})

describe('HTML', () => {
  it('is one page that needs nothing beside it, and is no more than text where a server speaks', () => {
    const page = told('html')
    expect(page).toContain('<!doctype html>')
    expect(page).not.toMatch(/<b>|<script|https?:\/\/[^j]|src=|href=/)
    expect(page).toContain(String.raw`100%\nsecond line`)
    expect(page).toContain('understudy replay secure-login.lockout')
    expect(page).toContain('color-scheme: light dark')
  })
})

describe('Markdown', () => {
  it('keeps its tables and blocks, whatever a server says', () => {
    const rows = told('markdown')
      .split('\n')
      .filter((line) => line.startsWith('| SL-'))
    expect(rows).toHaveLength(clauses.length)
    for (const row of rows) expect(row.replaceAll(/\\./g, '').split('|')).toHaveLength(6)
    const fences = told('markdown')
      .split('\n')
      .filter((line) => line.startsWith('```'))
    expect(fences).toHaveLength(4)
  })
})

describe('CTRF', () => {
  it('has a test for each check, with the status that its readers know, and totals', () => {
    const { results, reportFormat } = JSON.parse(told('ctrf')) as {
      reportFormat: string
      results: { summary: { [name: string]: number }; tests: { [name: string]: unknown }[] }
    }
    expect(reportFormat).toBe('CTRF')
    expect(results.summary).toMatchObject({ tests: 4, passed: 1, failed: 1, skipped: 1, other: 1, pending: 0 })
    expect(results.tests.map(({ name, status, rawStatus }) => [name, status, rawStatus])).toEqual([
      ['secure-login.lockout', 'failed', 'failed'],
      ['secure-login.flow', 'passed', 'passed'],
      ['secure-login.pact.sl-x2-a-guess', 'other', 'differs'],
      ['secure-login.expiry', 'skipped', 'not reached'],
    ])
    expect(results.tests[0]).toMatchObject({ duration: 1234, message: expect.stringContaining('SL-14 is broken') })
  })
})

describe('SARIF', () => {
  const { runs } = JSON.parse(told('sarif')) as {
    runs: { tool: { driver: { rules: { id: string }[] } }; results: { [name: string]: unknown }[] }[]
  }

  it('has a rule for each clause that is met, and a result for each thing that is wrong', () => {
    expect(runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual(['SL-14', 'SL-X2'])
    expect(runs[0]?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['SL-14', 'error'],
      ['SL-X2', 'note'],
    ])
    expect(runs[0]?.results[0]).toMatchObject({
      locations: [{ physicalLocation: { artifactLocation: { uri: 'targets/staging.yaml' } } }],
      partialFingerprints: { clauseAndCheck: 'SL-14/secure-login.lockout' },
    })
  })
})

describe('failures that are one', () => {
  const again = {
    ...failed,
    id: 'secure-login.expiry',
    failures: failed.failures.map((each) => ({ ...each, id: 'secure-login.expiry', step: 9 })),
  }
  const elsewhere = {
    ...failed,
    id: 'secure-login.burst',
    failures: failed.failures.map((each) => ({
      ...each,
      id: 'secure-login.burst',
      differences: [{ where: 'status', how: 'value' as const, expected: '200', received: '500' }],
    })),
  }

  it('are told once, with their checks', () => {
    const groups = groupFailures({ checks: [failed, again, elsewhere], clauses: findings.clauses })
    expect(groups.map(({ clause, checks: ids }) => [clause, ids])).toEqual([
      ['SL-14', ['secure-login.lockout', 'secure-login.expiry']],
      ['SL-14', ['secure-login.burst']],
    ])
    const both: Findings = { ...findings, checks: [failed, again, elsewhere] }
    expect(told('markdown', both).match(/SL-14 is broken/g)).toHaveLength(2)
    expect(told('markdown', both)).toContain('the same in 1 more: secure-login.expiry')
    // Whoever counts tests wants each of them.
    expect(told('junit', both).match(/<failure /g)).toHaveLength(3)
  })
})

it('JSON is the findings', () => {
  expect(JSON.parse(told('json'))).toEqual(findings)
})

it('a run that was broken off says so everywhere', () => {
  const brokenOff = 'the server cannot be reached'
  for (const format of Object.keys(formats)) expect(told(format, { ...findings, brokenOff })).toContain(brokenOff)
})
