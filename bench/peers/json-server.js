import jsonServer from 'json-server'

const app = jsonServer.create()
app.use(jsonServer.defaults({ logger: false }))
app.post('/jira/rest/auth/1/session', (_request, response) => {
  response.cookie('JSESSIONID', '1')
  response.json({})
})
const router = jsonServer.router({
  info: { active: true, server_time: '2026-01-15T09:00:00Z' },
  user: { state: 'enter' },
})
app.use('/jira/rest/securelogin-admin/1.0/api', router)
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`))
