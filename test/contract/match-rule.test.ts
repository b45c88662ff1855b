import { expect, it } from 'vitest'
import { mismatch } from '../../src/contract/comparing/match-rule.ts'

it('takes no matcher for nothing that it does not know', () => {
  expect(() => mismatch({ match: 'semver' }, '1.0.0', '1.0.0')).toThrow('has the matcher {"match":"semver"}')
})
