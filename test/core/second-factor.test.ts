import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acceptsCode, totpCounter, totpPeriodMs } from '../../src/core/second-factor.ts'
import { Needs, type Question } from '../../src/core/step.ts'
import { totpCode } from '../../src/world/totp.ts'
import { createWorld } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { Phone } from '../support/phone.ts'

// RFC 6238, appendix B, SHA-1: the secret is the ASCII text 12345678901234567890, the codes have eight digits there.
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const rfcVectors: [seconds: number, code: string][] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
]
const answer = (question: Question): string =>
  question.kind === 'totp' ? String(totpCode(question)) : 'no other question is asked'

describe('a time-based code', () => {
  it.each(rfcVectors)('at %d s is the end of %s, as RFC 6238 says', (seconds, code) => {
    expect(totpCode({ kind: 'totp', secret: rfcSecret, counter: totpCounter(seconds * 1000) })).toBe(code.slice(2))
    expect(acceptsCode({ secret: rfcSecret }, code.slice(2), seconds * 1000, answer)).toBe(true)
  })

  it('of RFC 4226, appendix D, comes for each count', () => {
    const codes = Array.from({ length: 10 }, (_, counter) => totpCode({ kind: 'totp', secret: rfcSecret, counter }))
    expect(codes.join()).toBe('755224,287082,359152,969429,338314,254676,287922,162583,399871,520489')
  })

  it('has six digits, for every secret and every year, the first ones too', () => {
    const secrets = fc.string({
      unit: fc.constantFrom(...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')),
      minLength: 16,
    })
    fc.assert(
      fc.property(
        secrets,
        fc.integer({ min: Date.parse('0001-01-01'), max: Date.parse('9999-12-31') }),
        (secret, at) => {
          const code = totpCode({ kind: 'totp', secret, counter: totpCounter(at) })
          expect(code).toMatch(/^\d{6}$/)
          expect(totpCode({ kind: 'totp', secret: secret.toLowerCase(), counter: totpCounter(at) })).toBe(code)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is accepted one period before and after its own, and at no other time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -5, max: 5 }), (at, periods) => {
        const code = String(totpCode({ kind: 'totp', secret: rfcSecret, counter: totpCounter(at) }))
        const later = at + periods * totpPeriodMs
        // Codes of different periods are alike once in a million.
        const near = [-1, 0, 1].map((offset) =>
          answer({ kind: 'totp', secret: rfcSecret, counter: totpCounter(later) + offset }),
        )
        fc.pre(Math.abs(periods) <= 1 || !near.includes(code))
        expect(acceptsCode({ secret: rfcSecret }, code, later, answer)).toBe(Math.abs(periods) <= 1)
      }),
    )
  })

  it('is asked for, not computed: without an answer the step needs one', () => {
    const ask = (question: Question): never => {
      throw new Needs(question)
    }
    expect(() => acceptsCode({ secret: rfcSecret }, '287082', 59_000, ask)).toThrow(Needs)
  })
})

describe('a burst of wrong time-based codes', () => {
  it('is counted one by one, although the first has to wait for the library', async () => {
    const world = await createWorld('second-factor')
    const tara = await Phone.signIn(world, 'tara')
    const right = await world.secureLogin.user('tara').code()
    const wrong = right === '000000' ? '000001' : '000000'
    const other = await createWorld('second-factor')
    for (const phone of [tara, await Phone.signIn(other, 'tara')]) {
      expect(await Promise.all([wrong, wrong].map((code) => phone.auth(code)))).toEqual([401, 401])
      expect(phone.world.api('secure-login').user('tara').view().failures).toBe(2)
      expect(await Promise.all([wrong, wrong, right].map((code) => phone.auth(code)))).toEqual([401, 401, 401])
      expect(phone.world.api('secure-login').user('tara').view()).toMatchObject({ state: 'blocked', failures: 3 })
    }
  })
})

describe('a fixed code', () => {
  it('is right at any time, to the letter', () => {
    expect(acceptsCode({ code: '012345' }, '012345', 0, answer)).toBe(true)
    for (const wrong of ['12345', '0123456', ' 012345', '012345\n', ''])
      expect(acceptsCode({ code: '012345' }, wrong, 0, answer)).toBe(false)
  })
})

describe("a server's clock that is off", () => {
  it('refuses the codes of a right phone once it is off by more than a period, and takes them again when set right', async () => {
    const host = new HostTime('2026-01-15T09:00:00Z')
    const world = await createWorld('second-factor', { time: host.time })
    const tara = world.secureLogin.user('tara')
    const login = async (): Promise<number> => (await Phone.signIn(world, 'tara')).auth(await tara.code())
    expect(await login()).toBe(200)
    world.clock.skew('30s')
    expect(await login()).toBe(200)
    world.clock.skew('1m')
    expect(await login()).toBe(401)
    world.clock.skew('-61s')
    expect(await login()).toBe(401)
    world.clock.skew('0s')
    expect(await login()).toBe(200)
  })

  it('stays what it is when the clock is moved: only the difference counts', async () => {
    const world = await createWorld('clock-drift')
    world.clock.advance('400d')
    expect(await (await Phone.signIn(world, 'tara')).auth(await world.secureLogin.user('tara').code())).toBe(401)
    expect(await (await Phone.signIn(world, 'alice')).auth('910817')).toBe(200)
  })
})
