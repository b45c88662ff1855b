import { describe, expect, it } from 'vitest'
import { createWorld, UnderstudyError, type World, type Scenario } from '../../src/index.ts'
import { HostTime } from '../support/host-time.ts'
import { apiPath, Phone } from '../support/phone.ts'
import { request } from '../support/request.ts'

const at = (iso: string): number => Date.parse(iso)
/** A host whose clock stands. */
const still = { time: () => at('2026-01-15T09:00:00Z') }

/** Tries something that has to be refused, and sees that nothing changed by it. */
function refused(world: World, change: () => unknown): UnderstudyError {
  const before = world.snapshot()
  const heard: unknown[] = []
  const stop = world.listen((event) => heard.push(event))
  let error: unknown
  try {
    change()
  } catch (reason) {
    error = reason
  }
  stop()
  expect(error).toBeInstanceOf(UnderstudyError)
  expect([world.snapshot(), heard]).toEqual([before, []])
  return error as UnderstudyError
}

describe('a change of a user', () => {
  it('blocks for the time of the settings, for so long, or until then', async () => {
    const world = await createWorld('lockout')
    const zoe = world.secureLogin.user('zoe')
    expect(zoe.set({ state: 'blocked' })).toMatchObject({
      state: 'blocked',
      failures: 3,
      until: at('2026-01-15T09:30:00Z'),
    })
    expect(zoe.set({ state: 'blocked', for: '90s' }).until).toBe(at('2026-01-15T09:01:30Z'))
    expect(zoe.set({ state: 'blocked', until: '+1d' }).until).toBe(at('2026-01-16T09:00:00Z'))
    expect(zoe.set({ state: 'blocked', until: '2026-02-01T00:00:00+01:00' }).until).toBe(at('2026-01-31T23:00:00Z'))
  })

  it.each(['for', 'until'] as const)('shows the end of a block as it is kept: a whole second (%s)', async (member) => {
    const host = new HostTime('2026-01-15T09:00:00.250Z')
    const world = await createWorld('default', { time: host.time })
    const alice = world.secureLogin.user('alice')
    const end = alice.set({ state: 'blocked', [member]: member === 'for' ? '10s' : '+10s' }).until as number
    expect(end).toBe(at('2026-01-15T09:00:11Z'))
    host.now = end - 1
    expect(alice.view().state).toBe('blocked')
    host.now = end
    expect(alice.view().state).toBe('enter')
  })

  it.each(['for: 10s', 'until: +10s'])('ends a seeded block at a whole second as well (%s)', async (spelt) => {
    const host = new HostTime('2026-01-15T09:00:00.250Z')
    const [member = '', value] = spelt.split(': ')
    const users = { alice: { state: 'blocked', [member]: value } }
    const world = await createWorld({ 'secure-login': { users } } as Scenario, { time: host.time })
    expect(world.secureLogin.user('alice').view().until).toBe(at('2026-01-15T09:00:11Z'))
  })

  it('takes hold of open sessions at once', async () => {
    const world = await createWorld('default', still)
    const alice = await Phone.signIn(world, 'alice')
    const user = world.secureLogin.user('alice')
    expect([await alice.auth('910817'), await alice.state()]).toEqual([200, 'bypass'])
    user.set({ state: 'onboarding' })
    expect([await alice.state(), await alice.auth('910817')]).toEqual(['onboarding', 406])
    user.set({ state: 'blocked', for: '30m' })
    expect([await alice.state(), await alice.auth('910817')]).toEqual(['blocked', 401])
    user.unblock()
    expect(await alice.state()).toBe('bypass')
    user.set({ state: 'enter' })
    expect(await alice.state()).toBe('enter')
    user.set({ state: 'expired' })
    expect([await alice.state(), await alice.auth('910817')]).toEqual(['401', 401])
    expect(await (await Phone.signIn(world, 'alice')).state()).toBe('enter')
  })

  it('changes the credentials', async () => {
    const world = await createWorld('default', still)
    const user = world.secureLogin.user('alice')
    user.set({ pin: '42', password: 'pw' })
    await expect(Phone.signIn(world, 'alice')).rejects.toThrow('401')
    expect(await (await Phone.signIn(world, 'alice', 'pw')).auth('42')).toBe(200)
    user.set({ totp: { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }, state: 'enter' })
    expect(user.view().details).not.toHaveProperty('pin')
    const phone = await Phone.signIn(world, 'alice', 'pw')
    expect([await phone.auth('42'), await phone.auth(await user.code())]).toEqual([401, 200])
  })

  it.each<[string, object, string]>([
    ['an unknown state', { state: 'blokced' }, 'Did you mean "blocked"?'],
    ['an unknown member', { failure: 2 }, 'Did you mean "failures"?'],
    ['failures at the limit', { failures: 3 }, '3 is not below the limit (blockAfter: 3); say state blocked instead.'],
    ['negative failures', { failures: -1 }, '-1 is not a number of at least 0.'],
    ['a block without a length', { state: 'blocked', for: '0s' }, 'at least 1 ms'],
    ['a block that has ended', { state: 'blocked', until: '2026-01-15T09:00:00Z' }, 'is not in the future'],
    ['a block with two ends', { state: 'blocked', for: '1m', until: '+1m' }, 'not both'],
    ['the end of no block', { for: '1m' }, 'go with state blocked'],
    ['the end of no block, with a state', { state: 'bypass', until: '+1m' }, 'go with state blocked'],
    ['two second factors', { pin: '1', totp: { secret: 'JBSWY3DPEHPK3PXP' } }, 'not both'],
    ['a PIN that cannot be entered', { pin: '12 34' }, 'The value is not made of digits only.'],
    ['a secret that is none', { totp: { secret: 'hunter2' } }, 'The value is not Base32 of at least 8 letters'],
    ['a good and a bad member', { password: 'new', failures: 'two' }, '"two" is not a whole number'],
    ['a list', [], 'is not a map'],
  ])('that is wrong (%s) is refused, and nothing of it happens', async (_, change, complaint) => {
    const world = await createWorld('lockout')
    const error = refused(world, () => world.secureLogin.user('olga').set(change))
    expect(error).toMatchObject({ code: 'ERR_CHANGE_INVALID' })
    expect(error.message).toContain(complaint)
    expect(error.message).not.toContain('hunter2')
  })

  it('of the failures of somebody who is blocked is refused, unless the block is lifted in the same breath', async () => {
    const world = await createWorld('lockout')
    const bea = world.secureLogin.user('bea')
    expect(refused(world, () => bea.set({ failures: 1 })).message).toContain('bea is blocked')
    expect(bea.set({ state: 'enter', failures: 1 })).toMatchObject({ state: 'enter', failures: 1 })
    bea.set({ state: 'blocked' })
    expect(bea.set({ unblock: true, failures: 2 })).toMatchObject({ state: 'enter', failures: 2 })
  })

  it('of nobody names the nearest user', async () => {
    const world = await createWorld('default', still)
    const error = refused(world, () => world.secureLogin.user('alcie'))
    expect(error.code).toBe('ERR_USER_UNKNOWN')
    expect(error.message).toBe(
      'Secure Login has no user "alcie"; it has alice, bob, carol, dave. Did you mean "alice"?',
    )
    const empty = await createWorld({}, still)
    expect(refused(empty, () => empty.secureLogin.user('alice')).message).toContain('it has no users.')
  })

  it('of an API that is none names the nearest API', async () => {
    const world = await createWorld('default', still)
    expect(refused(world, () => world.api('secure-logn')).message).toContain('Did you mean "secure-login"?')
  })
})

describe('a change of a setting', () => {
  it('holds at once', async () => {
    const world = await createWorld('default', still)
    const alice = await Phone.signIn(world, 'alice')
    expect(world.secureLogin.set({ blockAfter: 1, blockFor: '10m' })).toMatchObject({
      blockAfter: 1,
      blockFor: 600_000,
    })
    expect([await alice.auth('0'), await alice.state()]).toEqual([401, 'blocked'])
    world.secureLogin.set({ active: false, revision: 'legacy' })
    expect(await alice.state()).toBe('406')
  })

  it('moves the API with its context path, and keeps the sessions', async () => {
    const world = await createWorld('default', still)
    const alice = await Phone.signIn(world, 'alice')
    world.secureLogin.set({ contextPath: '' })
    expect(await alice.state()).toBe('404')
    expect((await alice.send('GET', '/rest/securelogin-admin/1.0/api/user')).status).toBe(200)
  })

  it.each<[object, string]>([
    [{ blokAfter: 3 }, 'Did you mean "blockAfter"?'],
    [{ revision: 'legcy' }, 'Did you mean "legacy"?'],
    [{ blockAfter: 0 }, 'from 1 to 1000'],
    [{ blockFor: '1ms' }, 'at least 1000 ms'],
    [{ blockFor: '30' }, 'is not a duration'],
    [{ active: 'yes' }, 'is not true or false'],
    [{ contextPath: 'jira' }, 'is not a path such as /jira, or empty'],
    [{ active: false, blockAfter: 1.5 }, 'is not a whole number'],
  ])('to %j is refused, and nothing changes', async (patch, complaint) => {
    const world = await createWorld('default', still)
    const error = refused(world, () => world.secureLogin.set(patch))
    expect(error.code).toBe('ERR_CHANGE_INVALID')
    expect(error.message).toContain(complaint)
  })
})

describe('a fault that is added', () => {
  it.each<[unknown, string]>([
    [{ on: 'secure-login.atuh', delay: '1s' }, 'Did you mean "secure-login.auth"?'],
    [{ on: '*' }, 'does nothing'],
    [{ delay: '1s' }, 'on: is missing'],
    [{ on: '*', reply: { status: 99 } }, 'from 200 to 599'],
    [{ on: '*', delay: '1s', probabilty: 1 }, 'Did you mean "probability"?'],
    [null, 'on: is missing'],
    ['*', 'is not a map'],
  ])('as %j is refused, and nothing changes', async (spec, complaint) => {
    const world = await createWorld('default', still)
    expect(refused(world, () => world.faults.add(spec as never)).message).toContain(complaint)
  })

  it('has an id of its own, by which it can be taken off', async () => {
    const world = await createWorld('default', still)
    const ids = [1, 2, 3].map(() => world.faults.add({ on: '*', delay: '1s' }).id)
    expect(ids).toEqual(['f1', 'f2', 'f3'])
    expect(world.faults.clear('f2')).toBe(1)
    expect(world.faults.add({ on: '*', delay: '1s' }).id).toBe('f4')
    expect(refused(world, () => world.faults.clear('f2')).message).toContain(
      'There is no fault "f2"; there are f1, f3, f4.',
    )
    expect(world.faults.clear()).toBe(3)
    expect(refused(world, () => world.faults.clear('f1')).message).toContain('there are none')
  })

  it("ends by the world's clock", async () => {
    const world = await createWorld('lockout')
    world.faults.add({ on: '*', reply: { status: 503 }, for: '10m' })
    const alone = world.faults.add({ on: '*', reply: { status: 502 }, until: '2026-01-15T09:20:00Z' })
    expect(alone.until).toBe('2026-01-15T09:20:00Z')
    const status = async (): Promise<number> => (await world.play(request('GET', `${apiPath}/info`))).status
    expect(await status()).toBe(503)
    world.clock.advance('10m')
    expect(await status()).toBe(502)
    world.clock.advance('10m')
    expect(await status()).toBe(200)
  })
})
