// What a hand-written server costs that does the same stateful work: sessions, PINs, counts, blocks. No journal, no
// clock of its own, no worlds, no faults; the yardstick of every ratio.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'

const users = new Map(
  Array.from({ length: Number(process.env['USERS'] ?? 10) }, (_, index) => [
    index === 0 ? 'alice' : `crowd-${index}`,
    { pin: '910817', failures: 0, blockedUntil: 0 },
  ]),
)
const sessions = new Map()
const api = '/jira/rest/securelogin-admin/1.0/api'

const server = createServer((request, response) => {
  const path = request.url.split('?', 1)[0]
  if (request.method === 'GET' && path === `${api}/info`) {
    return json(response, { active: true, server_time: `${new Date().toISOString().slice(0, 19)}Z` })
  }
  if (request.method === 'GET' && path === `${api}/user`) {
    const session = sessionOf(request)
    if (session === undefined) return status(response, 401)
    return json(response, view(session))
  }
  if (request.method !== 'POST') return status(response, 404)
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString()
    if (path === '/jira/rest/auth/1/session') return login(response, JSON.parse(body))
    if (path !== `${api}/auth`) return status(response, 404)
    return authenticate(request, response, body)
  })
})

function login(response, { username, password }) {
  if (!users.has(username) || username !== password) return status(response, 401)
  const id = randomBytes(16).toString('hex')
  sessions.set(id, { username, authenticated: false })
  response.setHeader('set-cookie', `JSESSIONID=${id}; Path=/; HttpOnly`)
  return json(response, { session: { name: 'JSESSIONID', value: id } })
}

function authenticate(request, response, pin) {
  const session = sessionOf(request)
  if (session === undefined) return status(response, 401)
  const user = users.get(session.username)
  if (session.authenticated) return status(response, 200)
  if (user.blockedUntil > Date.now()) return status(response, 401)
  if (pin === user.pin) {
    session.authenticated = true
    user.failures = 0
    return status(response, 200)
  }
  user.failures++
  if (user.failures >= 3) {
    user.failures = 0
    user.blockedUntil = Date.now() + 1_800_000
  }
  return status(response, 401)
}

function view({ username, authenticated }) {
  const user = users.get(username)
  if (user.blockedUntil > Date.now())
    return { state: 'blocked', blocked: { reason: 'brute_force', until: new Date(user.blockedUntil).toISOString() } }
  return { state: authenticated ? 'bypass' : 'enter' }
}

function sessionOf({ headers }) {
  const id = /(?:^|;\s*)JSESSIONID=([^;]+)/.exec(headers.cookie ?? '')?.[1]
  return id === undefined ? undefined : sessions.get(id)
}

function json(response, data) {
  const body = JSON.stringify(data)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

function status(response, code) {
  response.writeHead(code, { 'content-length': 0 })
  response.end()
}

server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`)
})
