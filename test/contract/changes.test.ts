import { describe, expect, it, test } from 'vitest'
import { toBadge } from '../../src/contract/history/badge.ts'
import { toHistoryPage } from '../../src/contract/history/history-page.ts'
import { tracksOf } from '../../src/contract/history/track.ts'
import { Baseline } from '../../src/contract/telling/baseline.ts'
import { clauseChanges } from '../../src/contract/telling/changes.ts'
import { changeKinds, type ClauseOutcome } from '../../src/contract/telling/clause-change.ts'
import { readReports } from '../../src/contract/telling/kept-report.ts'
import { madeFailure, madeReport, type MadeRun } from './made-reports.ts'
import { isWellFormed } from './xml.ts'

const told = (before: MadeRun, after: MadeRun): string[] =>
  clauseChanges(madeReport(before), madeReport(after)).map(
    ({ subject, kind, checks }) => `${kind}: ${[subject, ...checks].join(' ')}`,
  )

describe('what changed', () => {
  const outcomes: readonly ClauseOutcome[] = ['kept', 'broken', 'differs', 'accepted', 'not reached']

  it('is told of every way from one outcome to another, and is nothing where nothing changed', () => {
    const kinds = outcomes.flatMap((from) =>
      outcomes.map((to) => {
        const [before, after] = [from, to].map((each): MadeRun => {
          const isAmiss = each === 'broken' || each === 'differs'
          return { clauses: { A: each }, ...(isAmiss ? { failures: { c: [madeFailure('A', ['status'], each)] } } : {}) }
        })
        return `${from} → ${to}: ${told(before as MadeRun, after as MadeRun).join()}`
      }),
    )
    expect(kinds).toEqual([
      'kept → kept: ',
      'kept → broken: newly broken: A c',
      'kept → differs: newly differs: A c',
      'kept → accepted: newly accepted: A',
      'kept → not reached: newly untested: A',
      'broken → kept: mended: A',
      'broken → broken: still broken: A',
      'broken → differs: newly differs: A',
      'broken → accepted: newly accepted: A',
      'broken → not reached: newly untested: A',
      'differs → kept: mended: A',
      'differs → broken: newly broken: A',
      'differs → differs: still differs: A',
      'differs → accepted: newly accepted: A',
      'differs → not reached: newly untested: A',
      'accepted → kept: mended: A',
      'accepted → broken: newly broken: A c',
      'accepted → differs: newly differs: A c',
      'accepted → accepted: ',
      'accepted → not reached: newly untested: A',
      'not reached → kept: newly tested: A',
      'not reached → broken: newly broken: A c',
      'not reached → differs: newly differs: A c',
      'not reached → accepted: newly accepted: A',
      'not reached → not reached: ',
    ])
  })

  it('tells the worst first, and clauses that one of both has not', () => {
    const before = { clauses: { A: 'broken', B: 'kept', Gone: 'kept' } } as const
    const after = { clauses: { A: 'kept', B: 'broken', New: 'kept' } } as const
    expect(told(before, after)).toEqual(['newly broken: B', 'newly untested: Gone', 'mended: A', 'newly tested: New'])
    expect(changeKinds[0]).toBe('newly broken')
  })

  it('is newly broken where a clause that was broken is broken in another way, or in a check that passed', () => {
    const clauses = { A: 'broken' } as const
    const before: MadeRun = { clauses, failures: { one: [madeFailure('A')] }, passed: ['two'] }
    expect(told(before, { clauses, failures: { one: [madeFailure('A', ['body.state'])] } })).toEqual([
      'newly broken: A one',
    ])
    expect(told(before, { clauses, failures: { one: [madeFailure('A')], two: [madeFailure('A')] } })).toEqual([
      'newly broken: A two',
    ])
    // A check that was not played, or went another way, shows now what others have shown.
    expect(told(before, { clauses, failures: { three: [madeFailure('A')] } })).toEqual(['still broken: A'])
  })

  it('is of a check where a journey of one’s own expects what no clause says', () => {
    const failures = { 'journey.mine': [madeFailure('journey', ['body.x'], 'unexpected')] }
    const [without, having]: MadeRun[] = [
      { clauses: {}, passed: ['journey.mine'] },
      { clauses: {}, failures },
    ]
    expect(told(without as MadeRun, having as MadeRun)).toEqual(['newly unexpected: journey.mine journey.mine'])
    expect(told(having as MadeRun, without as MadeRun)).toEqual(['mended: journey.mine journey.mine'])
  })

  it('sees through what a baseline has made of it', () => {
    const broken = madeReport({ clauses: { A: 'broken' }, failures: { c: [madeFailure('A')] } })
    const [clause] = broken.clauses
    const known = {
      ...broken,
      clauses: [{ ...(clause as NonNullable<typeof clause>), outcome: 'accepted', known: 'broken' } as const],
    }
    expect(clauseChanges(broken, known).map(({ kind }) => kind)).toEqual(['still broken'])
    expect(tracksOf([known])[0]?.runs[0]?.counts).toMatchObject({ broken: 1, accepted: 0 })
  })
})

test('a baseline knows what differs in fewer members, and not what differs in more, or by another clause', () => {
  const baseline = new Baseline(
    madeReport({ clauses: {}, failures: { c: [madeFailure('A', ['status', 'body.users[0].name'])] } }),
    'old.json',
  )
  expect(baseline.has('c', madeFailure('A', ['body.users[3].name']))).toBe(true)
  expect(baseline.has('c', madeFailure('A', ['body.users[3].name', 'header allow']))).toBe(false)
  expect(baseline.has('c', madeFailure('B', ['status']))).toBe(false)
})

describe('a file that is no report', () => {
  const report = JSON.parse(JSON.stringify(madeReport({ clauses: { A: 'kept' } }))) as { [name: string]: unknown }
  test.each([
    ['{', /it is not JSON \(/],
    ['<html>', /it is XML or HTML\./],
    ['[]', /it is an empty list\./],
    ['null', /null is not a map with target, startedAt, /],
    ['{"reportFormat":"CTRF"}', /it is a CTRF report\./],
    ['{"runs":[]}', /it is a SARIF report\./],
    ['{"waitMs":0,"checks":[]}', /it is a plan: nothing was sent for it\./],
    ['[{"target":{"path":"a"},"error":"nobody answers"}]', /one of its targets could not be checked: nobody answers/],
    [JSON.stringify({ ...report, startedAt: 'yesterday' }), /startedAt: "yesterday" is not an instant\./],
    [
      JSON.stringify({ ...report, clauses: [{ outcome: 'kpt' }] }),
      /clauses\[0\]\.clause: is missing.*clauses\[0\]\.outcome: "kpt" is not one of kept, broken, /,
    ],
    [JSON.stringify([report, {}]), /\[1\]\.target: is missing: what was checked.* and \d more/],
  ])('says which and why: %s', (content, why) => {
    expect(() => readReports(content, 'old.json')).toThrow(/^old\.json is no report of `verify`: /)
    expect(() => readReports(content, 'old.json')).toThrow(why)
  })

  test('is none that has more than is known', () => {
    expect(readReports(JSON.stringify({ ...report, more: 1 }), 'old.json')).toHaveLength(1)
  })
})

describe('a history', () => {
  const days = Array.from({ length: 30 }, (_, at) => `2026-11-${String(at + 1).padStart(2, '0')}T03:00:00.000Z`)
  const reports = days.map((startedAt, at) =>
    madeReport({
      startedAt,
      clauses: { A: 'kept', 'B<': at % 7 === 6 ? 'broken' : 'kept', C: at < 5 ? 'not reached' : 'kept' },
    }),
  )

  it('is in order of time, by target, each run once', () => {
    const other = madeReport({ clauses: { A: 'broken' }, path: 'live.yaml' })
    const tracks = tracksOf([...reports.toReversed(), other, ...reports])
    expect(tracks.map(({ target, runs }) => [target.path, runs.length])).toEqual([
      ['staging.yaml', 30],
      ['live.yaml', 1],
    ])
    expect(tracks[0]?.runs.map(({ startedAt }) => startedAt)).toEqual(days)
    expect(tracks[0]?.runs[6]?.changes).toEqual([{ subject: 'B<', kind: 'newly broken' }])
    expect(tracks[0]?.runs[5]?.changes).toEqual([{ subject: 'C', kind: 'newly tested' }])
  })

  it('is a page that asks nobody for anything, with a column, its words and a row for each run', () => {
    const page = toHistoryPage(tracksOf(reports))
    expect(page.match(/<g class="run">/g)).toHaveLength(30)
    expect(page).toContain('<title>2026-11-07 03:00\n2 kept, 1 broken\nnewly broken: B&lt;</title>')
    expect(page.match(/<th scope="row" class="when">/g)).toHaveLength(30)
    expect(page).not.toMatch(/\b(src|href)=|@import|url\((?!#)/)
    expect(page).not.toContain('says <b>')
    const svg = /<svg class="plot"[\s\S]*?<\/svg>/.exec(page)?.[0] ?? ''
    expect(isWellFormed(svg)).toBe(true)
  })

  it('has a badge that says the same', () => {
    const [bad, good] = [tracksOf(reports.slice(0, 7)), tracksOf(reports)].map(toBadge)
    expect(bad).toContain('<title>contract: 2 kept, 1 broken</title>')
    expect(good).toContain('<title>contract: 3 kept</title>')
    expect([bad, good].every((each) => isWellFormed(each?.trim() ?? ''))).toBe(true)
  })
})
