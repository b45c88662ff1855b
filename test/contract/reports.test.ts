import { describe, expect, it } from 'vitest'
import type { CheckFinding, Findings } from '../../src/contract/findings.ts'
import { clauseFindings, countOutcomes } from '../../src/contract/findings.ts'
import { formats } from '../../src/contract/report/report.ts'
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
  expect(findings.counts).toEqual({ passed: 1, failed: 1, differs: 1, notReached: 1 })
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
    expect(lines[1]).toContain('(secure-login.lockout, step 3)%0Abody.state: expected "blocked", received ')
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

it('JSON is the findings', () => {
  expect(JSON.parse(told('json'))).toEqual(findings)
})

it('a run that was broken off says so everywhere', () => {
  const brokenOff = 'the server cannot be reached'
  for (const format of Object.keys(formats)) expect(told(format, { ...findings, brokenOff })).toContain(brokenOff)
})
