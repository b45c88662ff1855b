// @ts-check
import { randomBytes } from 'node:crypto'
import { bcrypt, bcryptVerify } from 'hash-wasm'
import { isWithin } from '../host/network.js'
import { answer } from './answer.js'
import { expectJson, integerOf, readBody, requiredTextOf } from './body.js'
import { parseInteger, queryOf, secretOf } from './session-id.js'

/** A round more doubles the time; beyond this a request would keep the server busy. */
const mostRounds = 12

/**
 * Hashing and matching of passwords, for whoever has a session or a listed address.
 *
 * @param {import('./routes.js').Routes} routes
 * @param {import('./server.js').Server} server
 */
export function addPasswords(routes, server) {
  const { settings, users, sessions } = server

  /**
   * @param {import('fastify').FastifyRequest} request
   * @param {number} sid
   */
  const mayHash = (request, sid) =>
    sessions.use({ sid, secret: secretOf(request) }) !== undefined || isWithin(settings.allowHashingFrom, request.ip)

  /**
   * @param {string} path
   * @param {(body: import('./body.js').Body) => () => Promise<object>} read gives what is to be done, once the body is read
   */
  const add = (path, read) => {
    routes.add('POST', path, async (request, reply) => {
      expectJson(request)
      const sid = parseInteger(queryOf(request, 'sid') || '0')
      if (sid === undefined) return reply.callNotFound()
      const work = read(readBody(request))
      reply.code(201)
      return mayHash(request, sid) ? work() : answer(server, 'FAILURE')
    })
  }

  add('/auth/hashpassword', (body) => {
    const password = requiredTextOf(body, 'password')
    const userId = integerOf(body, 'userId')
    return async () => {
      const user = userId === undefined ? undefined : users.byId(userId)
      const salt = randomBytes(16)
      const hash = await bcrypt({ password: keyOf(password), salt, costFactor: 10, outputType: 'encoded' })
      return answer(server, 'OK', { hash, ...(user === undefined ? {} : { user: users.toUser(user) }) })
    }
  })

  add('/auth/matchpassword', (body) => {
    const password = requiredTextOf(body, 'password')
    const hash = requiredTextOf(body, 'hash')
    return async () => {
      const [, version, rounds] = /^\$2([aby])\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(hash) ?? []
      if (version === undefined || Number(rounds) < 4 || Number(rounds) > mostRounds) return answer(server, 'FAILURE')
      // The versions differ in mistakes of other programs only.
      const matches = await bcryptVerify({ password: keyOf(password), hash: hash.replace(/^\$2./, '$2a') })
      return answer(server, matches ? 'OK' : 'FAILURE')
    }
  })
}

/**
 * What bcrypt makes of a password: 72 bytes at most. The library wants one at least, and an empty password is the same
 * as the zero that bcrypt puts behind it.
 *
 * @param {string} password
 */
export function keyOf(password) {
  return password === '' ? Buffer.alloc(1) : Buffer.from(password).subarray(0, 72)
}
