import { describe, expect, test } from 'vitest'
import { start } from '../../examples/providers/sirportly/server.js'
import { type Answer, type Served, serve } from './provider.ts'

const path = '/api/v2/authentication/authenticate'
const atech = { permalink: 'atech', name: 'aTech Media' }
const fibreband = { permalink: 'fibreband' }
const adam = { username: 'adam', password: 's3cret', account: 'atech', apiAccess: true }
const faye = { ...adam, username: 'faye', twoFactor: { code: '123456' } }

function authenticate(
  server: Served,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return server.send(path, {
    method: 'POST',
    headers: { 'x-auth-application': 'help-app', ...headers },
    body: new URLSearchParams({ password: 's3cret', ...form }),
  })
}

/** The status word of an answer. */
async function outcomeOf(server: Served, form: Record<string, string>): Promise<string> {
  return (await authenticate(server, form)).body.status
}

describe('the independent server of Sirportly', () => {
  test('answers with the user of an account', async () => {
    const server = await serve(start({ accounts: [atech], users: [adam] }))
    const { status, body } = await authenticate(server, { username: 'adam', account: 'atech' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      status: 'Authenticated',
      user: { username: 'adam', 'activated?': true, invite_code: null, account: { ...atech, enabled: true } },
    })
    expect(body.user.created_at).toMatch(/\+00:00$/)
  })

  test('answers with all users that match, where no account is named', async () => {
    const server = await serve(
      start({ accounts: [atech, fibreband], users: [adam, { ...adam, account: 'fibreband', apiAccess: false }] }),
    )
    const { body } = await authenticate(server, { username: 'adam' })
    expect(body.users.map((user: { account: unknown }) => user.account)).toMatchObject([atech])
    expect(await outcomeOf(server, { username: 'adam', account: 'fibreband' })).toBe('APIAccessDisabled')
  })

  test('locks the second factor on the fifth wrong code, until the time of the lock is over', async () => {
    const server = await serve(start({ accounts: [atech], users: [faye], lockFor: 60_000 }))
    const enter = (code: string): Promise<string> =>
      outcomeOf(server, { username: 'faye', account: 'atech', two_factor_code: code })
    expect(await outcomeOf(server, { username: 'faye', account: 'atech' })).toBe('InvalidTwoFactorCode')
    for (const wrong of ['0', '1', '2', '3', '4']) expect(await enter(wrong)).toBe('InvalidTwoFactorCode')
    expect(await enter('123456')).toBe('TwoFactorLocked')
    await server.advance(59_000)
    expect(await enter('123456')).toBe('TwoFactorLocked')
    await server.advance(1001)
    expect(await enter('000000')).toBe('InvalidTwoFactorCode')
    expect(await enter('123456')).toBe('Authenticated')
    expect(await server.attempts()).toEqual({ 'atech/faye': { wrong: 6, locked: 1 } })
  })

  test('stays locked for good, where no time is set', async () => {
    const server = await serve(start({ accounts: [atech], users: [faye], lockAfter: 1 }))
    const enter = (code: string): Promise<string> =>
      outcomeOf(server, { username: 'faye', account: 'atech', two_factor_code: code })
    await enter('000000')
    await server.advance(365 * 86_400_000)
    expect(await enter('123456')).toBe('TwoFactorLocked')
  })

  test('holds a code against no account where it is right for another', async () => {
    const users = [faye, { ...faye, account: 'fibreband', twoFactor: { code: '654321' } }]
    const server = await serve(start({ accounts: [atech, fibreband], users, lockAfter: 1 }))
    const enter = (code: string): Promise<Answer> => authenticate(server, { username: 'faye', two_factor_code: code })
    expect((await enter('123456')).body.users).toHaveLength(1)
    expect(await server.attempts()).toEqual({})
    expect((await enter('000000')).body).toEqual({ status: 'InvalidTwoFactorCode' })
    expect(await server.attempts()).toEqual({
      'atech/faye': { wrong: 1, locked: 1 },
      'fibreband/faye': { wrong: 1, locked: 1 },
    })
  })

  test('lets in applications and networks that are listed', async () => {
    const office = { permalink: 'office', allowFrom: ['192.0.2.0/24'] }
    const users = [{ ...adam, account: 'office' }]
    const server = await serve(start({ applications: ['app'], accounts: [office], users, trustProxy: true }))
    const from = async (application: string, address: string): Promise<unknown[]> => {
      const headers = { 'x-auth-application': application, 'x-forwarded-for': address }
      const { status, body } = await authenticate(server, { username: 'adam', account: 'office' }, headers)
      return [status, body.error ?? body.status]
    }
    expect(await from('app', '192.0.2.9')).toEqual([200, 'Authenticated'])
    expect(await from('app', '198.51.100.7')).toEqual([403, 'NotPermittedFromIPAddress'])
    expect(await from('app', 'nowhere')).toEqual([403, 'NotPermittedFromIPAddress'])
    expect(await from('ape', '192.0.2.9')).toEqual([403, 'InvalidApplication'])
  })

  test('answers what it cannot read with the client being at fault', async () => {
    const server = await serve(start({ accounts: [atech], users: [adam] }))
    const type = { 'content-type': 'multipart/form-data; boundary=b', 'x-auth-application': 'help-app' }
    const broken = await server.send(path, { method: 'POST', headers: type, body: '--b\r\nnonsense' })
    expect(broken.status).toBe(422)
    expect(await outcomeOf(server, { username: 'adam\0x', account: 'atech' })).toBe('InvalidCredentials')
    expect((await server.send(path)).status).toBe(403)
  })
})
