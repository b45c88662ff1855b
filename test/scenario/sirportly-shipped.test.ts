import { describe, expect, it } from 'vitest'
import { createWorld } from '../../src/index.ts'
import { lines, outcome, password } from '../support/help-desk.ts'

describe('of the shipped scenarios', () => {
  it('default has a user for each answer', async () => {
    const world = await createWorld('default')
    expect(lines(world)).toEqual([
      'atech/adam: active',
      'fibreband/adam: active',
      'atech/ben: no-api-access',
      'atech/eve: two-factor-required',
      'atech/faye: active, 0 failures',
      'atech/lou: locked, 5 failures',
      'fibreband/tess: active, 0 failures',
    ])
    expect(await outcome(world, { username: 'adam', password })).toBe('Authenticated atech fibreband')
  })

  it('sirportly-second-factor has every state around the lock', async () => {
    const world = await createWorld('sirportly-second-factor')
    expect(lines(world)).toEqual([
      'atech/nora: active',
      'atech/eve: two-factor-required',
      'atech/zoe: active, 0 failures',
      'atech/flo: active, 4 failures',
      'atech/lou: locked, 5 failures',
      'atech/lee: locked, 5 failures for 1 s',
      'atech/tess: active, 0 failures',
      'atech/theo: active, 4 failures',
      'atech/ben: no-api-access, 5 failures',
    ])
    const form = (username: string): Record<string, string> => ({
      username,
      password,
      account: 'atech',
      two_factor_code: 'x',
    })
    expect([await outcome(world, form('flo')), await outcome(world, form('flo'))]).toEqual([
      'InvalidTwoFactorCode',
      'TwoFactorLocked',
    ])
    world.clock.advance('1s')
    expect(await outcome(world, { ...form('lee'), two_factor_code: '123456' })).toBe('Authenticated')
    expect(await outcome(world, { ...form('lou'), two_factor_code: '123456' })).toBe('TwoFactorLocked')
  })

  it('sirportly-networks has accounts that are open, for this machine, and for an office', async () => {
    const world = await createWorld('sirportly-networks')
    for (const [address, expected] of [
      ['127.0.0.1', 'Authenticated atech fibreband'],
      ['::1', 'Authenticated atech fibreband'],
      ['192.0.2.200', 'Authenticated atech office'],
      ['2001:db8:1::5', 'Authenticated atech office'],
      ['203.0.113.1', 'Authenticated atech'],
    ] as const) {
      expect(await outcome(world, { username: 'adam', password }, address)).toBe(expected)
    }
    expect(await outcome(world, { username: 'olga', password, account: 'office' })).toBe('NotPermittedFromIPAddress')
  })

  it('sirportly-accounts has one user in five accounts', async () => {
    const world = await createWorld('sirportly-accounts')
    const adam = { username: 'adam', password }
    expect(await outcome(world, adam)).toBe('Authenticated atech')
    expect(await outcome(world, { ...adam, two_factor_code: '123456' })).toBe('Authenticated atech fibreband')
    expect(await outcome(world, { ...adam, account: 'barred' })).toBe('APIAccessDisabled')
    expect(await outcome(world, { ...adam, account: 'closed' })).toBe('AccountNotFound')
    expect(await outcome(world, { ...adam, account: 'other' })).toBe('InvalidCredentials')
    expect(await outcome(world, { ...adam, password: 'pa55word' })).toBe('Authenticated other')
    expect(await outcome(world, { username: 'cleo', password })).toBe('InvalidCredentials')
  })

  it('makes nobody up: a start needs no faker', async () => {
    for (const name of ['default', 'sirportly-second-factor', 'sirportly-networks', 'sirportly-accounts']) {
      const { items } = (await createWorld(name)).sirportly.users()
      for (const { details } of items) expect(details['emailAddress']).toMatch(/@help\.example$/)
    }
  })
})
