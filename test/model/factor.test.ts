import { describe, expect, test } from 'vitest'
import { totpCounter } from '../../src/core/second-factor.ts'
import type { Question } from '../../src/core/step.ts'
import { userFactor, type Factor, type FactorContext } from '../../src/model/factor.ts'

interface Badge {
  readonly name: string
  readonly factor: Factor
}

const factor = userFactor<Badge>({
  word: 'number',
  read: ({ factor: held }) => held,
  write: (badge, held) => ({ ...badge, factor: held }),
})

const now = 1_768_467_600_000
const period = totpCounter(now)
const fixed: Badge = { name: 'b7', factor: { code: '123' } }
const timed: Badge = { name: 'b7', factor: { totp: { secret: 'ABCDEFGH' } } }

// Who works codes out answers with the period and the secret.
const context = (codeReuse: 'allowed' | 'refused'): FactorContext => ({
  now,
  settings: { codeReuse, codeWindow: 1 },
  answer: (question: Question) => (question.kind === 'totp' ? `${question.secret}${question.counter}` : ''),
})

describe('a second factor', () => {
  test('is one code that is always right', () => {
    expect(factor.judge(fixed, '123', context('refused'))).toEqual({ isRight: true, user: fixed })
    expect(factor.judge(fixed, '124', context('refused'))).toEqual({ isRight: false, isUsedUp: false, user: fixed })
  })

  test('is an app, whose codes may be used again where that is allowed', () => {
    const { isRight, user } = factor.judge(timed, `ABCDEFGH${period}`, context('allowed'))
    expect([isRight, user === timed]).toEqual([true, true])
  })

  test('notes a code that is taken once, and says so when it comes again', () => {
    const { isRight, user } = factor.judge(timed, `ABCDEFGH${period}`, context('refused'))
    expect([isRight, user.factor.totp]).toEqual([true, { secret: 'ABCDEFGH', usedCounter: period }])
    expect(factor.judge(user, `ABCDEFGH${period}`, context('refused'))).toEqual({
      isRight: false,
      isUsedUp: true,
      user,
    })
  })

  test('gives way to another', () => {
    expect(factor.replace(timed, { code: '9' })).toMatchObject({ factor: { code: '9' } })
    expect(factor.replace(timed, {})).toBe(timed)
  })

  test('is not two at once, and may be none', () => {
    expect(factor.issues({ code: '1', totp: {} }).map(({ path, message }) => `${path[0]}: ${message}`)).toEqual([
      'totp: A user has either a fixed number or time-based ones, not both.',
    ])
    expect([factor.issues({ code: '1' }), factor.issues({})]).toEqual([[], []])
    expect([fixed, timed, { name: 'b7', factor: {} }].map(factor.isSetUp)).toEqual([true, true, false])
  })
})
