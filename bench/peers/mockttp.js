import { getLocal } from 'mockttp'

const server = getLocal({ recordTraffic: false })
const api = '/jira/rest/securelogin-admin/1.0/api'
await server.start()
await server.forGet(`${api}/info`).always().thenJson(200, { active: true, server_time: '2026-01-15T09:00:00Z' })
await server.forGet(`${api}/user`).always().thenJson(200, { state: 'enter' })
await server.forPost('/jira/rest/auth/1/session').always().thenReply(200, '{}', { 'set-cookie': 'JSESSIONID=1' })
await server.forPost(`${api}/auth`).always().thenReply(200)
process.stdout.write(`${server.url.replace('localhost', '127.0.0.1')}\n`)
