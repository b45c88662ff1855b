import { describe, expect } from 'vitest'
import { test, testWith } from '../../src/vitest.ts'

const refused = (act: () => unknown): string => {
  try {
    act()
    return 'taken'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const one = testWith(['secure-login'])
const own = test.extend({ greeting: 'hello' })

describe('a fixture that there is not', () => {
  const asObject = refused(() => test.override({ scenaro: 'lockout' } as never))
  const asName = refused(() => test.override('lnt' as never, 'off' as never))
  const narrowed = refused(() => one.override({ aps: [] } as never))

  test('is told by test.override, with the nearest', () => {
    expect(asObject).toMatch(/^test\.override has no option "scenaro"; there are .*\. Did you mean "scenario"\?$/)
    expect(asName).toContain('Did you mean "lint"?')
    expect(narrowed).toContain('Did you mean "apis"?')
  })
})

describe('fixtures that there are', () => {
  test.override({ scenario: 'lockout', lint: 'off' }).override('intercept', false)
  own.override({ greeting: 'good day', scenario: 'blocked' })

  test('are overridden as before', ({ world, lint, msw }) => {
    expect([world.scenario.name, lint, msw]).toEqual(['lockout', 'off', undefined])
  })

  own('also those that somebody adds', ({ world, greeting }) => {
    expect([world.scenario.name, greeting]).toEqual(['blocked', 'good day'])
  })
})

describe('a value that is none', () => {
  test.override({ lint: 'eror' as never })

  test.fails('fails the test', ({ world }) => {
    expect(world.scenario.name).toBe('default')
  })
})
