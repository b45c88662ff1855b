import { describe, expect, test } from 'vitest'
import { Terminal } from './terminal.ts'

async function login(
  url: string,
  name: string,
  password = name,
): Promise<{ readonly status: number; readonly code: string }> {
  const response = await fetch(`${url}/rest/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: name, password }),
  })
  const body = (await response.json()) as { responseInfo: { responseCode: string } }
  return { status: response.status, code: body.responseInfo.responseCode }
}

describe('on the command line, the CMS', () => {
  test('lists its users, and has states forced on them', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    const list = await terminal.run('user', 'list', '--api', 'gentics-cms')
    expect(list.out).toMatch(/gentics-cms +node +active +node/)
    expect(list.out).toMatch(/gentics-cms +otto +no-groups +otto/)
    expect((await login(url, 'node')).code).toBe('OK')
    const set = await terminal.run('user', 'set', 'node', 'no-groups', '--password', 'other')
    expect(set).toMatchObject({ code: 0, err: expect.stringMatching(/^→ main at :\d+$/) })
    expect(set.out).toMatch(/node +no-groups +other/)
    expect((await login(url, 'node', 'other')).code).toBe('NOTFOUND')
    await terminal.run('user', 'set', 'node', 'active', 'seesMaintenance=true')
    await terminal.run('api', 'set', 'gentics-cms', 'maintenance=true')
    expect((await login(url, 'node', 'other')).code).toBe('OK')
    const refused = await terminal.run('user', 'set', 'node', 'blocked')
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.err).toContain('"blocked" is not one of active, no-groups, expired')
  })

  test('has settings changed, also those that only JSON can write', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve()
    const settings = ['dialect=observed', 'allowFrom=10.0.0.0/8,127.0.0.1', 'sso={"header":"x-remote-user"}']
    const set = await terminal.run('api', 'set', 'gentics-cms', ...settings, 'messages=[{"message":"Hello"}]')
    expect(set).toMatchObject({ code: 0, err: expect.stringMatching(/^→ main at :\d+$/) })
    expect(set.out).toMatch(/dialect +observed/)
    expect(set.out).toMatch(/allowFrom +10\.0\.0\.0\/8,127\.0\.0\.1/)
    expect(set.out).toContain('{"tokens":{},"header":"x-remote-user","failing":false}')
    expect(set.out).toContain('[{"type":"INFO","message":"Hello"}]')
    expect(await login(url, 'node')).toEqual({ status: 200, code: 'OK' })
    const named = await fetch(`${url}/rest/auth/ssologin`, { headers: { 'x-remote-user': 'ada' } })
    expect(await named.text()).toBe('2')
    const wrong = await terminal.run('api', 'set', 'gentics-cms', 'sso=x-remote-user')
    expect(wrong.err).toContain('is not a map with tokens, header, failing')
  })

  test('shows sessions by their sid, and why a login failed, without secrets', async () => {
    const terminal = new Terminal()
    const { url } = await terminal.serve('cms-sessions')
    const sessions = await terminal.run('session', 'list')
    expect(sessions.out).toMatch(/gentics-cms +1 +node +live/)
    expect(sessions.out).toMatch(/gentics-cms +4 +ada +aged/)
    await fetch(`${url}/rest/auth/validate/1SharedByTwo0001`)
    await login(url, 'node', 'hunter2')
    const why = await terminal.run('why', 'r2')
    expect(why.out).toContain('GC-17')
    expect(why.out).toContain('the password is wrong')
    const all = (await terminal.run('requests')).out + why.out + sessions.out
    expect(all).toContain('/rest/auth/validate/1Sha…')
    expect(all).not.toMatch(/SharedByTwo|hunter2/)
  })
})
