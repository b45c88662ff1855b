import { createSign, generateKeyPairSync } from 'node:crypto'
import { compare, hash } from 'bcryptjs'
import { describe, expect, test } from 'vitest'
import { start } from '../../examples/providers/gentics-cms/server.js'
import { type Answer, type Served, serve } from './provider.ts'

const node = { login: 'node', password: 'secret', firstName: 'Nora' }
const credentials = { login: 'node', password: 'secret' }

/** A login, with the token of the session. */
async function logIn(
  server: Served,
  path = '/rest/auth/login?sid=0',
  cookie = '',
): Promise<Answer & { token: string }> {
  const answer = await server.sendJson(path, credentials, cookie === '' ? {} : { cookie })
  expect(answer.body.responseInfo.responseCode).toBe('OK')
  const [, secret] = (answer.cookie === '' ? cookie : answer.cookie).split('=')
  return { ...answer, token: `${answer.body.sid}${secret}` }
}

async function codeOf(answering: Promise<Answer>): Promise<string> {
  return (await answering).body.responseInfo.responseCode
}

const post = { method: 'POST' }

describe('the independent server of the CMS', () => {
  test('opens a session, and ends it', async () => {
    const server = await serve(start({ users: [node] }))
    const { status, cookie, body, token } = await logIn(server)
    expect(status).toBe(201)
    expect(body.user).toMatchObject({ login: 'node', firstName: 'Nora', groups: [{ name: 'Editors', children: [] }] })
    expect(body.user).not.toHaveProperty('password')
    expect(await codeOf(server.send(`/rest/auth/validate/${token}`))).toBe('OK')
    const headers = { cookie }
    expect((await server.send(`/rest/user/me?sid=${body.sid}`, { headers })).body.user.login).toBe('node')
    expect(await codeOf(server.send(`/rest/auth/logout/${body.sid}`, post))).toBe('INVALIDDATA')
    expect(await codeOf(server.send(`/rest/auth/logout/${body.sid}`, { ...post, headers }))).toBe('OK')
    expect(await codeOf(server.send(`/rest/auth/validate/${token}`))).toBe('INVALIDDATA')
    expect((await server.send(`/rest/user/me?sid=${body.sid}`, { headers })).status).toBe(401)
  })

  test('opens several sessions with one secret, and ends them together', async () => {
    const server = await serve(start({ users: [node] }))
    const first = await logIn(server)
    const second = await logIn(server, '/rest/auth/login?sid=0', first.cookie)
    expect(second.cookie).toBe('')
    expect(second.body.sid).not.toBe(first.body.sid)
    const again = await logIn(server, `/rest/auth/login?sid=${first.body.sid}`, first.cookie)
    expect(again.body.sid).toBe(first.body.sid)
    const logout = `/rest/auth/logout/${first.body.sid}?allSessions=true`
    const gone = await server.send(logout, { ...post, headers: { cookie: first.cookie } })
    expect(gone.headers.get('set-cookie')).toMatch(/^GCN_SESSION_SECRET=;.*Max-Age=0/)
    expect(await codeOf(server.send(`/rest/auth/validate/${second.token}`))).toBe('INVALIDDATA')
  })

  test('gives a new secret to a client whose sessions have all ended', async () => {
    const server = await serve(start({ users: [node] }))
    const first = await logIn(server)
    await server.send(`/rest/auth/logout/${first.body.sid}`, { ...post, headers: { cookie: first.cookie } })
    const second = await logIn(server, '/rest/auth/login?sid=0', first.cookie)
    expect(second.cookie).toMatch(/^GCN_SESSION_SECRET=[0-9A-Za-z]{15}$/)
    expect(second.cookie).not.toBe(first.cookie)
  })

  test('plays the open-source server', async () => {
    const server = await serve(start({ users: [node], dialect: 'observed' }))
    const first = await logIn(server, '/rest/auth/login.json')
    expect([first.status, Object.keys(first.body)]).toEqual([200, ['responseInfo', 'inBackground', 'user', 'sid']])
    expect(Object.keys(first.body.user)).toEqual(['id', 'firstName', 'lastName', 'email'])
    expect(first.headers.get('set-cookie')).toMatch(/^GCN_SESSION_SECRET=\w{15}; Path=\/; HttpOnly; SameSite=Lax$/)
    const again = await logIn(server, `/rest/auth/login?sid=${first.body.sid}`, first.cookie)
    expect([again.body.sid, again.cookie]).not.toEqual([first.body.sid, first.cookie])
    expect(await codeOf(server.send(`/rest/auth/validate/${first.token}.xml`))).toBe('OK')
    expect((await server.sendJson('/rest/auth/loginwithrsa', {})).body.messages).toEqual([
      {
        message: 'HTTP 404 Not Found',
        type: 'CRITICAL',
        timestamp: expect.any(Number),
        isInstantMessage: false,
      },
    ])
    const own = await server.send(`/rest/user/me?sid=${first.body.sid}`)
    expect(own.status).toBe(401)
  })

  test('ends sessions that are idle, and counts wrong passwords', async () => {
    const server = await serve(start({ users: [node] }))
    const { token } = await logIn(server)
    await server.advance(3_599_000)
    expect(await codeOf(server.send(`/rest/auth/validate/${token}`))).toBe('OK')
    await server.advance(3_599_000)
    expect(await codeOf(server.send(`/rest/auth/validate/${token}`))).toBe('OK')
    await server.advance(3_601_000)
    expect(await codeOf(server.send(`/rest/auth/validate/${token}`))).toBe('INVALIDDATA')
    expect(await codeOf(server.sendJson('/rest/auth/login', { login: 'node', password: 'Secret' }))).toBe('NOTFOUND')
    expect(await server.attempts()).toEqual({ node: { wrong: 1, locked: 0 } })
  })

  test('lets in during maintenance only who may see the setting', async () => {
    const admin = { ...node, login: 'admin', seesMaintenance: true }
    const server = await serve(start({ users: [node, admin], maintenance: true, sso: { header: 'x-user' } }))
    const login = '/rest/auth/login'
    expect(await codeOf(server.sendJson(login, credentials))).toBe('MAINTENANCEMODE')
    expect(await codeOf(server.sendJson(login, { ...credentials, login: 'admin' }))).toBe('OK')
    const sso = async (user: string): Promise<unknown> =>
      (await server.send('/rest/auth/ssologin', { headers: { 'x-user': user } })).body
    expect([await sso('node'), await sso('nobody')]).toEqual(['FAILURE', 'NOTFOUND'])
    expect(await sso('admin')).toMatch(/^\d+$/)
  })

  test('knows who comes from the SSO system', async () => {
    const server = await serve(start({ users: [node], sso: { header: 'X-User', tokens: { 'a-token': 'node' } } }))
    const sso = async (headers: Record<string, string>): Promise<unknown> =>
      (await server.send('/rest/auth/ssologin', { headers })).body
    expect(await sso({ authorization: 'Bearer a-token' })).toMatch(/^[1-9]\d*$/)
    expect(await sso({ 'x-user': 'node' })).toMatch(/^[1-9]\d*$/)
    expect(await sso({ authorization: 'Bearer constructor' })).toBe('NOTFOUND')
  })

  test('lets in who has signed, until the signature expires', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const rsa = { publicKey: pem, payload: '{username}{salt}{expirationTimestamp}' }
    const server = await serve(start({ users: [node], rsa }))
    const expirationTimestamp = Math.floor(Date.now() / 1000) + 60
    const signed = createSign('RSA-SHA256').update(`nodepepper${expirationTimestamp}`)
    const body = {
      username: 'node',
      salt: 'pepper',
      expirationTimestamp,
      rsaSignature: signed.sign(privateKey, 'base64'),
    }
    const login = (more = {}): Promise<string> =>
      codeOf(server.sendJson('/rest/auth/loginwithrsa', { ...body, ...more }))
    expect(await login()).toBe('OK')
    expect(await login({ salt: 'salt' })).toBe('NOTFOUND')
    await server.advance(61_000)
    expect(await login()).toBe('NOTFOUND')
  })

  test('makes and matches hashes that another bcrypt matches and makes', async () => {
    const server = await serve(start({ users: [node], allowHashingFrom: ['127.0.0.1'] }))
    const ask = (operation: string, body: object): Promise<Answer> => server.sendJson(`/rest/auth/${operation}`, body)
    for (const password of ['secret', '', 'ü'.repeat(40)]) {
      const { body } = await ask('hashpassword', { password })
      expect(body.hash).toMatch(/^\$2a\$10\$/)
      expect(await compare(password, body.hash)).toBe(true)
      const theirs = await hash(password, 4)
      expect(await codeOf(ask('matchpassword', { password, hash: theirs }))).toBe('OK')
      expect(await codeOf(ask('matchpassword', { password: `x${password}`, hash: theirs }))).toBe('FAILURE')
    }
  })

  test('answers what it cannot read with the client being at fault', async () => {
    const server = await serve(start({ users: [node] }))
    const login = (type: string, body: string): Promise<Answer> =>
      server.send('/rest/auth/login', { method: 'POST', headers: { 'content-type': type }, body })
    expect((await login('application/json', '{"login":')).status).toBe(400)
    expect((await login('text/plain', '{}')).status).toBe(415)
    expect(await codeOf(server.sendJson('/rest/auth/login', { login: 'node\0', password: 'secret' }))).toBe('NOTFOUND')
    expect((await server.send(`/rest/auth/validate/${'9'.repeat(900)}`)).status).toBe(200)
    expect((await server.send('/rest/auth/login', { method: 'PUT' })).headers.get('allow')).toBe('POST, GET')
  })
})
