import { createServer } from '@mswjs/http-middleware'
import { http, HttpResponse } from 'msw'

const api = '*/jira/rest/securelogin-admin/1.0/api'
const sessions = new Map()
const sessionOf = (request) => sessions.get(/JSESSIONID=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1])

const app = createServer(
  http.get(`${api}/info`, () => HttpResponse.json({ active: true, server_time: new Date().toISOString() })),
  http.get(`${api}/user`, ({ request }) => {
    const session = sessionOf(request)
    if (session === undefined) return new HttpResponse(null, { status: 401 })
    return HttpResponse.json({ state: session.authenticated ? 'bypass' : 'enter' })
  }),
  http.post('*/jira/rest/auth/1/session', () => {
    const id = String(Math.random()).slice(2)
    sessions.set(id, { authenticated: false })
    return HttpResponse.json({}, { headers: { 'set-cookie': `JSESSIONID=${id}; Path=/; HttpOnly` } })
  }),
  http.post(`${api}/auth`, async ({ request }) => {
    const session = sessionOf(request)
    if (session === undefined || (await request.text()) !== '910817') return new HttpResponse(null, { status: 401 })
    session.authenticated = true
    return new HttpResponse(null, { status: 200 })
  }),
)
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`))
