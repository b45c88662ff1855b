import { expect, it, test } from 'vitest'
import { isWorthPlanning, matchesGlob, select } from '../../src/contract/target/check-selection.ts'

const checks = [
  { id: 'x.flow', clauses: ['X-1', 'X-10'] },
  { id: 'x.lockout', clauses: ['X-10'] },
  { id: 'x.pact.x-1-a-login', clauses: ['X-1'] },
]
const chosen = (selection: Parameters<typeof select>[1]): string[] => select(checks, selection).map(({ id }) => id)

it.each([
  [{}, ['x.flow', 'x.lockout', 'x.pact.x-1-a-login']],
  [{ only: ['X-1'] }, ['x.flow', 'x.pact.x-1-a-login']],
  [{ only: ['X-10'] }, ['x.flow', 'x.lockout']],
  [{ only: ['lock'] }, ['x.lockout']],
  [{ only: ['lock', 'flow'] }, ['x.flow', 'x.lockout']],
  [{ only: ['x.*o*'] }, ['x.flow', 'x.lockout', 'x.pact.x-1-a-login']],
  [{ only: ['x.p*'] }, ['x.pact.x-1-a-login']],
  [{ except: ['*.pact.*'] }, ['x.flow', 'x.lockout']],
  [{ only: ['X-10'], except: ['flow'] }, ['x.lockout']],
])('%j picks %j', (selection, ids) => {
  expect(chosen(selection)).toEqual(ids)
})

it.each([
  [{ only: ['x.lokout'] }, 'No check is meant by "x.lokout". Did you mean "x.lockout"? --plan lists them.'],
  [{ except: ['X-100'] }, 'No check shows "X-100". Did you mean "X-10"? --plan lists them.'],
  [{ only: ['flow'], except: ['x.*'] }, 'Everything that --only names is left out by --except.'],
])('%j is refused', (selection, message) => {
  expect(() => chosen(selection)).toThrow(message)
})

test('a glob fits the whole of an id, whatever signs it has', () => {
  expect(['a.b', 'axb', 'a.bc'].map((text) => matchesGlob('a.b', text))).toEqual([true, false, false])
  expect(matchesGlob('*(x)*', 'a(x)b')).toBe(true)
})

test('what is named by clauses has to be rehearsed before it can be picked', () => {
  expect(isWorthPlanning({ only: ['X-1'] }, 'x.flow')).toBe(true)
  expect(isWorthPlanning({ only: ['lock'] }, 'x.flow')).toBe(false)
  expect(isWorthPlanning({ except: ['flow'] }, 'x.flow')).toBe(true)
})
