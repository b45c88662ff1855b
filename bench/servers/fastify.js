// The same work in Fastify, as an ordinary project would write it.
import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'

const app = Fastify()
await app.register(cookie)
app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, body))

const users = new Map([['alice', { pin: '910817', failures: 0, blockedUntil: 0 }]])
const sessions = new Map()
const api = '/jira/rest/securelogin-admin/1.0/api'
const sessionOf = ({ cookies }) => sessions.get(cookies['JSESSIONID'])

app.get(`${api}/info`, () => ({ active: true, server_time: `${new Date().toISOString().slice(0, 19)}Z` }))
app.get(`${api}/user`, (request, reply) => {
  const session = sessionOf(request)
  if (session === undefined) return reply.code(401).send()
  return { state: session.authenticated ? 'bypass' : 'enter' }
})
app.post('/jira/rest/auth/1/session', (request, reply) => {
  const { username, password } = request.body
  if (!users.has(username) || username !== password) return reply.code(401).send()
  const id = randomBytes(16).toString('hex')
  sessions.set(id, { username, authenticated: false })
  return reply.setCookie('JSESSIONID', id, { path: '/', httpOnly: true }).send({ session: { value: id } })
})
app.post(`${api}/auth`, (request, reply) => {
  const session = sessionOf(request)
  if (session === undefined) return reply.code(401).send()
  const user = users.get(session.username)
  if (session.authenticated) return reply.code(200).send()
  if (user.blockedUntil > Date.now()) return reply.code(401).send()
  if (request.body !== user.pin) {
    if (++user.failures >= 3) user.blockedUntil = Date.now() + 1_800_000
    return reply.code(401).send()
  }
  session.authenticated = true
  user.failures = 0
  return reply.code(200).send()
})

process.stdout.write(`${await app.listen({ port: Number(process.env['PORT'] ?? 0), host: '127.0.0.1' })}\n`)
