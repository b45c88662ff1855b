// @ts-check
import { openSession, refusalOf } from './login.js'
import { queryOf, readSessionId } from './session-id.js'

/**
 * @typedef {object} SsoSystem how callers are known to the SSO system
 * @property {string} [header] a request header with the username
 * @property {{ [token: string]: string }} [tokens] the usernames by bearer token
 * @property {boolean} [failing] whether it cannot be asked
 */

/**
 * The login for SSO systems, under its two names.
 *
 * @param {import('./routes.js').Routes} routes
 * @param {import('./server.js').Server} server
 */
export function addSso(routes, server) {
  const { settings, users, sessions } = server

  /**
   * @param {import('fastify').FastifyRequest} request
   * @param {import('fastify').FastifyReply} reply
   * @returns {string}
   */
  const login = (request, reply) => {
    if (settings.maintenance) return 'MAINTENANCEMODE'
    const id = readSessionId(queryOf(request, 'sid'), request)
    if (id !== undefined && sessions.use(id) !== undefined) return String(id.sid)
    const { header, tokens = {}, failing } = settings.sso
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    const named = header === undefined ? undefined : request.headers[header.toLowerCase()]
    if (token === undefined && named === undefined) return 'NOTFOUND'
    if (failing === true) return 'FAILURE'
    const username = token !== undefined && Object.hasOwn(tokens, token) ? tokens[token] : named
    const user = users.find(String(username))
    const refusal = refusalOf(server, user)
    return user === undefined || refusal !== undefined ? 'NOTFOUND' : openSession(server, request, reply, user)
  }

  for (const path of ['/auth/login', '/auth/ssologin']) {
    routes.add('GET', path, (request, reply) => reply.type('text/plain').send(login(request, reply)))
  }
}
