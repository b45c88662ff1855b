import fc from 'fast-check'
import { expect } from 'vitest'
import type { ModelRequest, SirportlyModel } from './sirportly-model.ts'
import { askBoth, command, fixedCode, secret, userOf, type Command, type Real } from './sirportly-pair.ts'
import { oneTimeCode, type ModelUser } from './sirportly-user.ts'

/** A number stands for the one-time code of so many periods from now. */
type Code = 'absent' | 'blank' | 'wrong' | 'fixed' | number

function toCode(code: Code, now: number): string | undefined {
  if (typeof code === 'number') return oneTimeCode(secret.hex, Math.floor(now / 30_000) + code)
  return { absent: undefined, blank: '', wrong: '000000', fixed: fixedCode }[code]
}

function asks(request: Omit<ModelRequest, 'code'>, code: Code, times: number): Command {
  return command(`${times} × ${JSON.stringify(request)} with code ${code}`, (model, real) =>
    askBoth(model, real, { ...request, code: toCode(code, model.now) }, times),
  )
}

const often = <Value>(weight: number, common: Value, ...rare: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight, arbitrary: fc.constant(common) }, fc.constantFrom(...rare))

const requests: fc.Arbitrary<Omit<ModelRequest, 'code'>> = fc.record({
  application: often(30, true, false),
  username: often<string | undefined>(15, 'adam', 'bea', 'bea', 'bea', 'carl', '', undefined),
  password: often<string | undefined>(15, 's3cret', 'pa55word', 'pa55word', 'wrong', '', undefined),
  account: fc.constantFrom(undefined, undefined, undefined, '', 'one', 'one', 'two', 'two', 'three', 'four'),
  address: often(3, '10.1.2.3', '192.0.2.1'),
})

const codes: fc.Arbitrary<Code> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Code>('wrong') },
  { weight: 3, arbitrary: fc.constant<Code>('fixed') },
  fc.constantFrom<Code>('absent', 'blank'),
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 2 }) },
)

const asked = fc.tuple(requests, codes).map(([request, code]) => asks(request, code, 1))

/** Changes one user on both sides. */
function change(label: string, toModel: (user: ModelUser) => void, patch: object): fc.Arbitrary<Command> {
  return fc.nat(4).map((index) =>
    command(`user ${index}: ${label}`, (model, real) => {
      const { user, handle } = userOf(index, model, real)
      user.expire(model.now)
      toModel(user)
      handle.set(patch)
    }),
  )
}

/** A change that both refuse where the model says so. */
function changeIf(
  label: string,
  index: number,
  isAllowed: (user: ModelUser, model: SirportlyModel) => boolean,
  toModel: (user: ModelUser, model: SirportlyModel) => void,
  patch: object,
): Command {
  return command(`user ${index}: ${label}`, (model, real) => {
    const { user, handle } = userOf(index, model, real)
    if (isAllowed(user, model)) {
      user.expire(model.now)
      toModel(user, model)
      handle.set(patch)
    } else {
      expect(() => handle.set(patch)).toThrow(expect.objectContaining({ code: 'ERR_CHANGE_INVALID' }))
    }
  })
}

function setFailures(index: number, failures: number): Command {
  return changeIf(
    `${failures} failures`,
    index,
    (user, { now, lockAfter }) => user.factor === 'asked' && !user.isLocked(now) && failures < lockAfter,
    (user) => user.setFailures(failures),
    { failures },
  )
}

function lock(index: number, forSeconds: number | undefined): Command {
  return changeIf(
    `locked for ${forSeconds ?? 'as long as usual'}`,
    index,
    ({ secret: given }) => given !== undefined,
    (user, { now, lockAfter, lockForMs }) =>
      user.force(now, lockAfter, forSeconds === undefined ? lockForMs : forSeconds * 1000),
    { state: 'locked', ...(forSeconds === undefined ? {} : { for: `${forSeconds}s` }) },
  )
}

/** To the end of some user's lock, or a second before or after it. */
function toEnd(by: number): Command {
  return command(`to the end of a lock ${by}`, (model, { world }) => {
    const end = model.users.map(({ lockEnd }) => lockEnd).find((at) => at !== undefined) ?? model.now
    const moved = end + by - model.now
    model.pass(moved)
    world.clock.advance(moved)
  })
}

const administer = (
  label: string,
  settings: Parameters<SirportlyModel['administer']>[0],
  patch: Parameters<Real['world']['sirportly']['set']>[0],
): Command =>
  command(label, (model, { world }) => {
    model.administer(settings)
    world.sirportly.set(patch)
  })

const seconds = fc.constantFrom(1, 29, 30, 59, 60, 61, 600)
const perhapsSeconds = fc.option(seconds, { nil: undefined })

export const commands: fc.Arbitrary<Command>[] = [
  asked,
  asked,
  asked,
  asked,
  fc.tuple(requests, codes, fc.integer({ min: 2, max: 8 })).map(([request, code, times]) => asks(request, code, times)),
  seconds.map((s) =>
    command(`${s} s go by`, (model, { host }) => {
      model.pass(s * 1000)
      host.pass(s * 1000)
    }),
  ),
  fc.constantFrom(0, 0, -1000, 1000).map(toEnd),
  change('active', (user) => user.activate(), { state: 'active' }),
  change('two-factor-required', (user) => user.demandSetUp(), { state: 'two-factor-required' }),
  change('no-api-access', (user) => user.shutOut(), { state: 'no-api-access' }),
  change('unblock', (user) => user.unlock(), { unblock: true }),
  change('no second factor', (user) => user.dropFactor(), { twoFactor: false }),
  change('a fixed code', (user) => user.give({ fixed: fixedCode }), { code: fixedCode }),
  change('an authenticator', (user) => user.give({ hex: secret.hex }), { totp: { secret: secret.base32 } }),
  fc.tuple(fc.nat(4), fc.nat(5)).map(([index, failures]) => setFailures(index, failures)),
  fc.tuple(fc.nat(4), perhapsSeconds).map(([index, forSeconds]) => lock(index, forSeconds)),
  fc.integer({ min: 1, max: 6 }).map((lockAfter) => administer(`lockAfter ${lockAfter}`, { lockAfter }, { lockAfter })),
  perhapsSeconds.map((s) =>
    s === undefined
      ? administer('lockFor blank', { lockForMs: undefined }, { lockFor: null })
      : administer(`lockFor ${s} s`, { lockForMs: s * 1000 }, { lockFor: `${s}s` }),
  ),
  fc
    .constantFrom('byKind', 'byOutcome', 'always200')
    .map((statuses) => administer(`statuses ${statuses}`, { statuses }, { statusCodes: statuses })),
  fc
    .constantFrom('invalid', 'counted', 'required')
    .map((missing) => administer(`missing codes ${missing}`, { missing }, { missingCode: missing })),
  fc
    .boolean()
    .map((accountFirst) =>
      administer(
        `account first ${accountFirst}`,
        { accountFirst },
        { order: accountFirst ? 'account-first' : 'credentials-first' },
      ),
    ),
  fc
    .boolean()
    .map((lockIsTold) =>
      administer(`lock is told ${lockIsTold}`, { lockIsTold }, { lockingCode: lockIsTold ? 'locked' : 'invalid' }),
    ),
  fc
    .boolean()
    .map((emptyIfNobody) =>
      administer(
        `empty if nobody ${emptyIfNobody}`,
        { emptyIfNobody },
        { nobodyLeft: emptyIfNobody ? 'empty' : 'refused' },
      ),
    ),
  fc
    .subarray(['one', 'two', 'three'], { maxLength: 1 })
    .map((disabled) => administer(`disabled: ${disabled.join()}`, { disabled }, { disabledAccounts: disabled })),
]
