// @ts-check
import { answer } from './answer.js'
import { readBody, textOf } from './body.js'
import { finishLogin } from './login.js'
import { isSigned } from './rsa.js'
import { cookieAttributes, cookieName, parseToken, queryOf, readSessionId } from './session-id.js'

/** @param {import('fastify').FastifyRequest} request */
const sidOf = (request) => /** @type {{ sid: string }} */ (request.params).sid

/**
 * Logins by password and signature, validation, logout and the global prefix; and the own user, which every client asks
 * for next.
 *
 * @param {import('./routes.js').Routes} routes
 * @param {import('./server.js').Server} server
 */
export function addAuth(routes, server) {
  const { settings, clock, attempts, users, sessions } = server

  routes.add('POST', '/auth/login', (request, reply) => {
    const body = readBody(request)
    const login = textOf(body, 'login') ?? ''
    const password = textOf(body, 'password') ?? ''
    const user = users.find(login)
    const right = password !== '' && user?.password === password
    if (user !== undefined && !right) attempts.wrong(login)
    return finishLogin(server, request, reply, right ? user : undefined)
  })

  routes.add('POST', '/auth/loginwithrsa', (request, reply) => {
    const body = readBody(request)
    const right = isSigned(body, settings.rsa, clock.now())
    return finishLogin(server, request, reply, right ? users.find(textOf(body, 'username') ?? '') : undefined)
  })

  routes.add('GET', '/auth/validate/:sid', (request) => {
    const userId = sessions.use(parseToken(sidOf(request)))
    const user = userId === undefined ? undefined : users.byId(userId)
    return user === undefined ? answer(server, 'INVALIDDATA') : answer(server, 'OK', { user: users.toUser(user) })
  })

  routes.add('POST', '/auth/logout/:sid', (request, reply) => {
    reply.code(201)
    const id = readSessionId(sidOf(request), request)
    if (id === undefined || !sessions.exists(id.sid)) return answer(server, 'FAILURE')
    if (sessions.use(id) === undefined) return answer(server, 'INVALIDDATA')
    if (queryOf(request, 'allSessions').toLowerCase() === 'true') {
      sessions.endAll(id.secret)
      reply.setCookie(cookieName, '', { ...cookieAttributes(settings), maxAge: 0 })
    } else {
      sessions.end(id.sid)
    }
    return answer(server, 'OK')
  })

  routes.add('GET', '/auth/globalprefix', () => {
    const { responseInfo, ...rest } = answer(server, 'OK')
    return { ...rest, responseInfo: { ...responseInfo, responseMessage: settings.globalPrefix } }
  })

  routes.add('GET', '/user/me', (request, reply) => {
    const userId = sessions.use(readSessionId(queryOf(request, 'sid'), request))
    const user = userId === undefined ? undefined : users.byId(userId)
    if (user === undefined) return reply.code(401).send(answer(server, 'AUTHREQUIRED'))
    return answer(server, 'OK', { user: users.toUser(user) })
  })
}
