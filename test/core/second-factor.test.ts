import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  judgeCode,
  totpCounter,
  totpPeriodMs,
  type CodeSettings,
  type SecondFactor,
} from '../../src/core/second-factor.ts'
import { Needs, type Question } from '../../src/core/step.ts'
import { readTotpSecret } from '../../src/core/totp-secret.ts'
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

const rules: CodeSettings = { codeReuse: 'allowed', codeWindow: 1 }
const accepts = (factor: SecondFactor, code: string, now: number, given = rules): boolean =>
  judgeCode(factor, code, now, given, answer).isRight

describe('a time-based code', () => {
  it.each(rfcVectors)('at %d s is the end of %s, as RFC 6238 says', (seconds, code) => {
    expect(totpCode({ kind: 'totp', secret: rfcSecret, counter: totpCounter(seconds * 1000) })).toBe(code.slice(2))
    expect(accepts({ secret: rfcSecret }, code.slice(2), seconds * 1000)).toBe(true)
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
        expect(accepts({ secret: rfcSecret }, code, later)).toBe(Math.abs(periods) <= 1)
      }),
    )
  })

  it('is asked for, not computed: without an answer the step needs one', () => {
    const ask = (question: Question): never => {
      throw new Needs(question)
    }
    expect(() => judgeCode({ secret: rfcSecret }, '287082', 59_000, rules, ask)).toThrow(Needs)
  })
})

describe('a time-based code that is taken once', () => {
  const once: CodeSettings = { codeReuse: 'refused', codeWindow: 1 }
  const codeAt = (counter: number): string => answer({ kind: 'totp', secret: rfcSecret, counter })
  const now = 100 * totpPeriodMs

  it('tells its period, and is used up from then on with all before it', () => {
    expect(judgeCode({ secret: rfcSecret }, codeAt(100), now, once, answer)).toEqual({
      isRight: true,
      usedCounter: 100,
    })
    const used = { secret: rfcSecret, usedCounter: 100 }
    for (const counter of [99, 100])
      expect(judgeCode(used, codeAt(counter), now, once, answer)).toEqual({ isRight: false, isUsedUp: true })
    expect(judgeCode(used, codeAt(101), now, once, answer)).toEqual({ isRight: true, usedCounter: 101 })
    expect(judgeCode(used, 'nonsense', now, once, answer)).toEqual({ isRight: false, isUsedUp: false })
  })

  it('may be used again as soon as the setting says so', () => {
    expect(judgeCode({ secret: rfcSecret, usedCounter: 100 }, codeAt(100), now, rules, answer)).toEqual({
      isRight: true,
    })
  })

  it('is valid as many periods away as the window has', () => {
    for (const codeWindow of [0, 1, 3]) {
      for (const away of [-4, -3, -2, -1, 0, 1, 2, 3, 4]) {
        const isRight = accepts({ secret: rfcSecret }, codeAt(100 + away), now, { ...rules, codeWindow })
        expect([codeWindow, away, isRight]).toEqual([codeWindow, away, Math.abs(away) <= codeWindow])
      }
    }
  })
})

describe("an authenticator app's secret", () => {
  const kept = 'JBSWY3DPEHPK3PXP'

  it.each([
    'JBSWY3DPEHPK3PXP',
    'jbswy3dpehpk3pxp',
    'jbsw y3dp ehpk 3pxp',
    ' JBSW-Y3DP-EHPK-3PXP ',
    'otpauth://totp/Jira:tara?secret=JBSWY3DPEHPK3PXP&issuer=Jira',
    'otpauth://totp/Jira%3Atara?issuer=Jira&secret=jbswy3dpehpk3pxp&algorithm=SHA1&digits=6&period=30',
    'OTPAUTH://totp/tara?secret=jbsw%20y3dp%20ehpk%203pxp',
  ])('is read from %s', (written) => {
    expect(readTotpSecret(written)).toBe(kept)
  })

  it.each([
    '',
    'JBSW1',
    'JBSWY3D',
    '910817',
    'otpauth://hotp/tara?secret=JBSWY3DPEHPK3PXP&counter=1',
    'otpauth://totp/tara',
    'otpauth://totp/tara?secret=JBSWY3DPEHPK3PXP&digits=8',
    'otpauth://totp/tara?secret=JBSWY3DPEHPK3PXP&period=60',
    'otpauth://totp/tara?secret=JBSWY3DPEHPK3PXP&algorithm=SHA256',
  ])('is none in %s', (written) => {
    expect(readTotpSecret(written)).toBeUndefined()
  })

  it('is read wherever one is written, and else refused with the forms that are', async () => {
    const address = 'otpauth://totp/Jira:tara?secret=jbswy3dpehpk3pxp'
    const world = await createWorld({
      'secure-login': { users: { tara: { totp: { secret: address } } } },
      sirportly: { accounts: { acme: {} }, users: [{ username: 'tess', twoFactor: { totp: { secret: address } } }] },
    })
    expect(world.api('secure-login').user('tara').view().details['totp']).toEqual({ secret: kept })
    expect(world.api('sirportly').user('tess').view().details['totp']).toEqual({ secret: kept })
    world
      .api('secure-login')
      .user('tara')
      .set({ totp: { secret: 'gezd gnbv gy3t qojq' } })
    expect(world.api('secure-login').user('tara').view().details['totp']).toEqual({ secret: 'GEZDGNBVGY3TQOJQ' })
    expect(() =>
      world
        .api('sirportly')
        .user('tess')
        .set({ totp: { secret: `${address}&digits=8` } }),
    ).toThrow(/otpauth:\/\/totp.*6 digits/)
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
    expect(accepts({ code: '012345' }, '012345', 0)).toBe(true)
    for (const wrong of ['12345', '0123456', ' 012345', '012345\n', ''])
      expect(accepts({ code: '012345' }, wrong, 0)).toBe(false)
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
