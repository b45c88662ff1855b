import { fileURLToPath } from 'node:url'
import { Contestant } from './contestant.js'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const node = process.execPath

/** The server as a user starts it: journal on, default settings. */
export const understudy = (args = []) =>
  new Contestant({
    name: 'auth-understudy',
    command: [node, here('../bin/understudy.js'), 'serve', ...args, '--port', '0'],
    cwd: here('.'),
    ready: /(http:\/\/127\.0\.0\.1:\d+)\/jira/,
  })

export const bare = (users = 10) =>
  new Contestant({ name: 'bare node:http', command: [node, here('servers/bare.js')], env: { USERS: String(users) } })

export const fastify = () => new Contestant({ name: 'Fastify', command: [node, here('servers/fastify.js')] })

const peer = (name, file, does) =>
  new Contestant({ name, command: [node, here(`peers/${file}`)], cwd: here('peers'), does })

/** Mock servers in general. They play no state of their own: what they do is answer, mostly with something fixed. */
export const peers = () => [
  peer('MSW http-middleware', 'msw-middleware.js', ['info', 'user', 'auth']),
  peer('mockttp', 'mockttp.js', ['info', 'user', 'auth']),
  peer('json-server', 'json-server.js', ['info', 'user']),
  peer('Prism', 'prism.js', ['info', 'user', 'auth']),
  peer('Mockoon', 'mockoon.js', ['info', 'user', 'auth']),
]
